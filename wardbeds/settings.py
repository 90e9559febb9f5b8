"""Where things are on this machine: bundled files, the user's data folder, the station's name."""

from __future__ import annotations

import os
import re
import socket
from importlib.resources import files
from pathlib import Path

APP_NAME = "wardbeds"


def data_dir(name: str) -> Path:
    """Folder ``name`` ("resources", "migrations") bundled with the program.

    In an installed wheel it lies inside the package, in the source tree beside it.
    """
    package = Path(str(files("wardbeds")))
    bundled = package / "_data" / name
    return bundled if bundled.is_dir() else package.parent / name


def user_data_folder() -> Path:
    """The user's data folder; ``WARDBEDS_HOME`` overrides it. Not created here."""
    override = os.environ.get("WARDBEDS_HOME")
    if override:
        return Path(override)
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False)


def embedded_database(demo: bool = False) -> Path:
    """The embedded database's file; the demo has one of its own."""
    return user_data_folder() / ("demo.db" if demo else "wardbeds.db")


def default_station() -> str:
    """The machine's host name, cut to what the database keeps of a station."""
    return re.sub(r"[^\w.-]", "-", socket.gethostname())[:64] or "station"
