"""What a helper needs to know about this program and its database: versions and counts, never a name."""

from __future__ import annotations

import platform
import re
import sys
from importlib import metadata

from wardbeds import __version__
from wardbeds.domain.people import Actor
from wardbeds.store.database import Store, is_postgresql
from wardbeds.store.migrate import current_revision
from wardbeds.store.sizes import row_counts

PROGRAM = "wardbeds"
NAME = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?")
EXTRA = re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")


def bundled() -> tuple[str, ...]:
    """Every library that the program needs, and what those need in turn, as far as they are installed here."""
    found: dict[str, str] = {}
    open_ends: list[tuple[str, tuple[str, ...]]] = [(PROGRAM, ())]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while open_ends:
        package, extras = one = open_ends.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            about = metadata.metadata(package)
        except metadata.PackageNotFoundError:
            continue
        found[_plain(package)] = about["Name"]
        open_ends += [_read(line) for line in about.get_all("Requires-Dist") or () if _applies(line, extras)]
    found.pop(PROGRAM, None)
    return tuple(sorted(found.values(), key=str.casefold))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def _read(line: str) -> tuple[str, tuple[str, ...]]:
    """A requirement's package and extras."""
    match = NAME.match(line)
    assert match is not None, line
    return match.group(1), tuple(one.strip() for one in (match.group(2) or "").split(",") if one.strip())


def _applies(line: str, extras: tuple[str, ...]) -> bool:
    """Whether a requirement is always meant, or by one of the extras asked for."""
    wanted = EXTRA.findall(line.partition(";")[2])
    return not wanted or any(one in extras for one in wanted)


COPIED_IN = (("Inter", "3.019", "OFL-1.1"), ("Lucide", "1.62.0", "ISC"))
"""The font and the icons: files in ``resources``, not packages. A test compares them with what the files say."""


def library_licences() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of all that is bundled: font and icons first, then the libraries."""
    found = list(COPIED_IN)
    for name in bundled():
        about = metadata.metadata(name)
        licence = next((about[field] for field in ("License-Expression", "License") if field in about), "")
        if not licence or len(licence) > 60:
            licence = next((one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or ()
                            if one.startswith("License ::")), "see the package")
        found.append((name, about["Version"], licence))
    return tuple(found)


def diagnostics(store: Store, actor: Actor) -> str:
    """Versions, kind of database, sizes. Needs no right; holds no name, number or address."""
    with store.reading() as connection:
        counts = row_counts(connection)
        revision = current_revision(connection)
    lines = [f"Wardbeds {__version__}", f"Python {sys.version.split()[0]}", platform.platform(),
             "PostgreSQL" if is_postgresql(store.url) else "SQLite", f"schema {revision}", f"role {actor.role}",
             *(f"{name} {version}" for name, version, _licence in library_licences()),
             *(f"{name} {number}" for name, number in counts.items())]
    return "\n".join(lines)
