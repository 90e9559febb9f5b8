"""The wheel, installed far from the tree: migrations and resources work from inside it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import sysconfig
import venv
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.support.imports import DATA
from wardbeds.store.database import Store
from wardbeds.store.embedded import create_file
from wardbeds.store.migrate import HEAD, migrate

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
                   check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment of its own in which the wheel is installed; the libraries are borrowed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    own = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    _run([folder / "bin" / "python", "-m", "pip", "install", "--no-index", "--no-deps", wheel], folder)
    return folder / "bin"


def _run(words: list[object], folder: Path) -> str:
    """Run a program where it cannot see the tree; it must succeed. Returns what it printed."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([str(word) for word in words], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def test_the_wheel_brings_resources_migrations_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("wardbeds/_data/migrations/versions/0001_first.py",
                   "wardbeds/_data/migrations/versions/0001_first.postgresql.sql",
                   "wardbeds/_data/resources/fonts/Inter-Regular.otf", "wardbeds/_data/resources/fonts/OFL.txt",
                   "wardbeds/_data/resources/icons/bed-single.svg", "wardbeds/_data/resources/icons/LICENSE"):
        assert wanted in names


def test_it_is_the_wheel_that_runs(programs: Path, tmp_path: Path) -> None:
    where = _run([programs / "python", "-c", "import wardbeds; print(wardbeds.__file__)"], tmp_path)
    assert Path(where).is_relative_to(programs.parent)


def test_an_old_database_is_upgraded(programs: Path, tmp_path: Path) -> None:
    """By the migrations inside the wheel, from the first release on."""
    path = tmp_path / "old.db"
    create_file(path)
    store = Store.open(path)
    with store.writing() as connection:
        migrate(connection, "0001")
    store.close()
    _run([programs / "wardbeds", "db", "upgrade", "--db", path], tmp_path)
    _run([programs / "wardbeds", "db", "check", "--db", path], tmp_path)
    with closing(sqlite3.connect(path)) as upgraded:
        assert upgraded.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_a_database_is_made_filled_and_printed(programs: Path, tmp_path: Path) -> None:
    """The sheet is set in the typeface inside the wheel."""
    path, sheet = tmp_path / "ward.db", tmp_path / "sheet.pdf"
    _run([programs / "python", "-m", "wardbeds", "db", "create", "--db", path], tmp_path)
    _run([programs / "wardbeds", "import", DATA / "pas01", "--db", path], tmp_path)
    _run([programs / "wardbeds", "db", "check", "--db", path], tmp_path)
    _run([programs / "wardbeds", "print", "occupancy", "--ward", "Department 1", "--out", sheet, "--db", path], tmp_path)
    pages: list[Any] = list(PdfReader(sheet).pages)
    fonts = {str(font.get_object()["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Inter" in font for font in fonts), fonts
