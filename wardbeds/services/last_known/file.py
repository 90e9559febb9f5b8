"""The file of the last-known board: three sealed parts, written whole or not at all, readable by its owner only."""

from __future__ import annotations

import hashlib
import os
import re
import struct
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from wardbeds.services.last_known.sealing import KEY, Damaged, new_key, seal, unseal
from wardbeds.services.last_known.values import Helpers, People, Places, form

MAGIC = b"wardbeds last known board 1\n"
LEFT_BEHIND_SECONDS = 60
_LENGTHS = struct.Struct(">II")
Part = TypeVar("Part", Helpers, Places, People)


def board_file(folder: Path, url: str) -> Path:
    """Where the board of the server at ``url`` is kept: each server has its own, whatever the password in its URL."""
    plain = re.sub(r"(?<=://)([^@/:]*):[^@/]*@", r"\1@", url)
    return folder / f"last_known_{hashlib.sha256(plain.encode()).hexdigest()[:12]}.bin"


def station_key(folder: Path, *, make: bool = False) -> bytes | None:
    """The station's key for what needs no password; made at the first write, readable by its owner only."""
    path = folder / "last_known.key"
    if not path.exists() and make:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, new_key())
    try:
        key = path.read_bytes()
    except OSError:
        return None
    return key if len(key) == KEY else None


@dataclass(frozen=True, slots=True)
class Sealed:
    """The three parts as they lie in the file. Each is bound to those before it, so that none can be exchanged."""

    helpers: bytes
    places: bytes
    people: bytes

    @classmethod
    def make(cls, station: bytes, data_key: bytes, helpers: Helpers, places: Places, people: People | None) -> Sealed:
        """Seal the parts; without ``people`` nobody's name is in the file at all."""
        first = seal(station, _text(helpers), MAGIC)
        second = seal(station, _text(places), MAGIC + first)
        third = seal(data_key, _text(people), MAGIC + first + second) if people is not None else b""
        return cls(first, second, third)

    def open_helpers(self, station: bytes) -> Helpers:
        """Who may see the names. Raises Damaged."""
        return _value(Helpers, unseal(station, self.helpers, MAGIC))

    def open_places(self, station: bytes) -> Places:
        """The board without names. Raises Damaged."""
        return _value(Places, unseal(station, self.places, MAGIC + self.helpers))

    def open_people(self, data_key: bytes) -> People:
        """Who is where. Raises Damaged."""
        return _value(People, unseal(data_key, self.people, MAGIC + self.helpers + self.places))

    def pack(self) -> bytes:
        """The file's bytes."""
        return b"".join((MAGIC, _LENGTHS.pack(len(self.helpers), len(self.places)), self.helpers, self.places,
                         self.people))

    @classmethod
    def unpack(cls, content: bytes) -> Sealed:
        """The parts out of a file's bytes. Raises Damaged."""
        start = len(MAGIC) + _LENGTHS.size
        if not content.startswith(MAGIC) or len(content) < start:
            raise Damaged
        first, second = _LENGTHS.unpack_from(content, len(MAGIC))
        middle, end = start + first, start + first + second
        return cls(content[start:middle], content[middle:end], content[end:])


def read_sealed(path: Path) -> Sealed | None:
    """The file's parts, still sealed; None where there is no file. Raises Damaged, OSError."""
    try:
        return Sealed.unpack(path.read_bytes())
    except FileNotFoundError:
        return None


def write_whole(path: Path, content: bytes) -> None:
    """Put a file into the place of the old one in one step: whoever is killed meanwhile leaves the old one.

    Readable by its owner only. Raises OSError where there is no room or no right.
    """
    handle, name = tempfile.mkstemp(prefix=f"{path.stem}.", suffix=".new", dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def remove_leftovers(path: Path) -> None:
    """Remove what a killed program left of a write; what another window is just writing is younger than a minute."""
    for left in path.parent.glob(f"{path.stem}.*.new"):
        if time.time() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:
            left.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _text(value: Helpers | Places | People) -> bytes:
    return form(type(value)).dump_json(value)


def _value(kind: type[Part], text: bytes) -> Part:
    from pydantic import ValidationError

    try:
        return cast("Part", form(kind).validate_json(text))
    except ValidationError as error:
        raise Damaged from error
