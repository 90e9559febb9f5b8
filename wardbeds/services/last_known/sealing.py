"""The locks of the last-known board: AES-256-GCM for its parts, and a key that a password makes.

The password makes an X25519 key by Argon2id; only its public half is kept. So each write can lock a fresh data key for
everybody who signed in lately, without anybody's password and without a secret in memory.
"""

from __future__ import annotations

import os
import zlib

KEY, NONCE, PUBLIC = 32, 12, 32


class Damaged(Exception):
    """The file is not what was written, or the key is not the one it was written with."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return os.urandom(KEY)


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Compress and encrypt; opens only with the same key, unchanged, and together with ``bound_to``."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, zlib.compress(plain, 1), bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """The reverse of :func:`seal`. Raises Damaged."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return zlib.decompress(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to))
    except (InvalidTag, ValueError, zlib.error) as error:
        raise Damaged from error


def secret_of(password: str, salt: bytes) -> bytes:
    """The secret half of the key that a password makes: Argon2id, 64 MiB, three passes (RFC 9106), 0.1 to 0.4 s.

    Slower than at sign-in, because whoever takes the disk away can try passwords at leisure.
    """
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(password.encode("utf-8", "surrogatepass"), salt, time_cost=3, memory_cost=64 * 1024,
                           parallelism=2, hash_len=KEY, type=Type.ID)


def public_of(secret: bytes) -> bytes:
    """The public half of a key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def lock_for(public: bytes, data_key: bytes) -> bytes:
    """The data key, locked so that only the secret half of ``public`` opens it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    once_public = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return once_public + seal(_between(shared, once_public, public), data_key, once_public)


def unlock_with(secret: bytes, locked: bytes) -> bytes:
    """The data key out of :func:`lock_for`. Raises Damaged."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once_public = locked[:PUBLIC]
    try:
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(once_public))
    except ValueError as error:
        raise Damaged from error
    return unseal(_between(shared, once_public, public_of(secret)), locked[PUBLIC:], once_public)


def _between(shared: bytes, once_public: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY, None, b"wardbeds last known" + once_public + public).derive(shared)
