"""What a helper needs to know about this program and its database: versions and counts, never a name."""

from __future__ import annotations

import platform
import sys
from importlib import metadata

from wardbeds import __version__
from wardbeds.domain.people import Actor
from wardbeds.store.database import Store, is_postgresql
from wardbeds.store.sizes import row_counts

LIBRARIES = ("PySide6-Essentials", "shiboken6", "SQLAlchemy", "alembic", "pydantic", "psycopg", "argon2-cffi",
             "cryptography", "phonenumberslite", "platformdirs", "tzdata")


def library_licences() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of every library that is bundled."""
    found = []
    for name in LIBRARIES:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
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
    lines = [f"Wardbeds {__version__}", f"Python {sys.version.split()[0]}", platform.platform(),
             "PostgreSQL" if is_postgresql(store.url) else "SQLite", f"role {actor.role}",
             *(f"{name} {version}" for name, version, _licence in library_licences()),
             *(f"{name} {number}" for name, number in counts.items())]
    return "\n".join(lines)
