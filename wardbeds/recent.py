"""The last servers that this PC tried, with what came of it; never a password."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from wardbeds.domain.addresses import without_password
from wardbeds.settings import user_data_folder

KEPT = 5


@dataclass(frozen=True, slots=True)
class Tried:
    """A server's URL without password, when it was tried last (ISO 8601), and the refusal's detail; empty: it fits."""

    url: str
    at: str
    trouble: str = ""


def recent_file() -> Path:
    """Where they are kept."""
    return user_data_folder() / "recent.json"


def read_recent() -> list[Tried]:
    """The last ones, the newest first."""
    try:
        return [Tried(str(one["url"]), str(one["at"]), str(one["trouble"]))
                for one in json.loads(recent_file().read_text(encoding="utf-8"))][:KEPT]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def note_tried(url: str, trouble: str = "") -> None:
    """Put a server on top of the list. A disk that cannot be written loses the note and nothing else."""
    url = without_password(url)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    listed = [Tried(url, now, trouble), *(one for one in read_recent() if one.url != url)][:KEPT]
    try:
        recent_file().parent.mkdir(parents=True, exist_ok=True)
        recent_file().write_text(json.dumps([asdict(one) for one in listed]), encoding="utf-8")
    except OSError:
        return
