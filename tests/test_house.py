"""The house: what the lock file may say, and the library that must not be."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

ROOT = Path(__file__).parents[1]


def test_the_lock_file_has_hashes_and_no_addresses() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"--(index-url|find-links|extra-index-url|trusted-host)", text)
    for requirement in re.findall(r"^[A-Za-z0-9].*$", text, re.MULTILINE):
        assert re.match(r"[\w.\-\[\]]+==[\w.]+", requirement), requirement
    assert text.count("--hash=sha256:") > 100


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: nothing to measure")
def test_qt_does_not_eat_references_to_none() -> None:
    """PySide6 6.12.0 takes a reference of None with each call and ends the interpreter after some thousand."""
    before = sys.getrefcount(None)
    thing = QObject()
    for _ in range(500):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 400


@pytest.mark.parametrize(("target", "does"), [
    ("run", "wardbeds --demo"), ("test", "-m pytest"), ("bench", "-m bench"), ("screenshots", "wardbeds screenshot all"),
    ("package", "-m build")])
def test_what_make_is_asked_for(target: str, does: str) -> None:
    """The names by which everything is made; nothing is made here."""
    done = subprocess.run(["make", "--dry-run", "--always-make", "--no-print-directory", target], cwd=ROOT,
                          check=True, capture_output=True, text=True)
    assert does in done.stdout.splitlines()[-1]


def test_nothing_names_where_it_was_made() -> None:
    """No file of the repository holds a path of somebody's machine."""
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    homes = re.compile(r"/(?:root|home)/\w|/work/")
    for name in files:
        if name.endswith((".py", ".md", ".toml", ".sh", ".lock", "Makefile")) and name != "tests/test_house.py":
            assert not homes.search((ROOT / name).read_text(encoding="utf-8")), name
