"""Passwords: Argon2id, and the few rules a new one must meet."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wardbeds.domain.errors import Code, Refused, refuse

MIN_LENGTH = 8
_COMMON = frozenset("""password password1 12345678 123456789 1234567890 qwertyui qwertyuiop azertyui azertyuiop
    11111111 00000000 88888888 iloveyou sunshine princess football superman letmein1 welcome1 admin123 admin1234
    administrator hospital hospital1 rwanda123 rwanda2024 rwanda2025 rwanda2026 kigali123 murakoze muraho123
    changeme changeit passw0rd trustno1 abc12345 abcd1234 a1b2c3d4 wardbeds""".split())


@cache
def _hasher() -> PasswordHasher:
    # 19 MiB and two passes: about 20 ms on a cheap PC, OWASP's first choice for Argon2id.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")


def check_new(password: str, username: str = "") -> None:
    """Raise Refused VALUE ``weak_password`` if too short, too common, or the user name itself."""
    folded = password.casefold()
    if len(password) < MIN_LENGTH:
        raise Refused(refuse(Code.VALUE, "weak_password", field="password", why="short", length=MIN_LENGTH))
    if folded in _COMMON or folded == username.casefold() or len(set(folded)) < 3:
        raise Refused(refuse(Code.VALUE, "weak_password", field="password", why="common"))


def hash_password(password: str) -> str:
    """Argon2id, salted, in its own text form."""
    return _hasher().hash(password)


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; takes as long for an account without one, so that nobody learns which exist."""
    try:
        return _hasher().verify(password_hash or _nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False
