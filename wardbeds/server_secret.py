"""The server's password on this PC: in the keyring of the operating system where one works, else in a file of the user.

The keyring's library is imported at first use only. A keyring that does not answer is given up after a while, and the
file is used: nobody waits for it.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from wardbeds.settings import APP_NAME, user_data_folder

T = TypeVar("T")

PATIENCE_SECONDS = 10.0
"""How long a keyring may take: it may ask its owner to unlock it."""


class Place(StrEnum):
    """Where a password is kept."""

    KEYRING = "keyring"
    FILE = "file"


def secret_file() -> Path:
    """The file for passwords that no keyring keeps; only its owner can read it."""
    return user_data_folder() / "secrets.json"


def keep(url: str, password: str) -> Place:
    """Keep the password of the server at ``url`` (without password). Not for the window's thread. Raises OSError."""
    backend = _backend()
    if backend is not None and _in_time(lambda: _kept(backend, url, password), default=False):
        _write({key: value for key, value in _read().items() if key != url})
        return Place.KEYRING
    _write({**_read(), url: password})
    return Place.FILE


def recall(url: str) -> str:
    """The password kept for ``url``; empty if there is none. Not for the window's thread."""
    found = _read().get(url)
    if found is not None:
        return found
    backend = _backend()
    return str(_in_time(lambda: backend.get_password(APP_NAME, url), default=None) or "") if backend else ""


def _backend() -> Any:
    """The keyring, if there is one that is worth the name: no plain file, nothing that merely fails."""

    def find() -> Any:
        import keyring

        backend = keyring.get_keyring()
        return backend if backend.priority >= 1 else None

    return _in_time(find, default=None)


def _kept(backend: Any, url: str, password: str) -> bool:
    backend.set_password(APP_NAME, url, password)
    return bool(backend.get_password(APP_NAME, url) == password)


def _in_time(job: Callable[[], T], default: T) -> T:
    """The job's result, or ``default`` if it fails in any way or does not end in time: keyrings do both."""
    answer: list[T] = []

    def run() -> None:
        try:
            answer.append(job())
        except Exception:  # the library's backends raise whatever their system raises
            return

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(PATIENCE_SECONDS)
    return answer[0] if answer else default


def _read() -> dict[str, str]:
    try:
        value = json.loads(secret_file().read_text(encoding="utf-8"))
        return {str(key): str(secret) for key, secret in value.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _write(secrets: dict[str, str]) -> None:
    """Write a new file, never widening the rights of an old one."""
    path = secret_file()
    if not secrets:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(".new")
    made.unlink(missing_ok=True)
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(secrets, out)
    made.replace(path)
