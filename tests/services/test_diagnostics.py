"""What a helper is told about the program: all that is bundled with its licence, and no name of anybody."""

from __future__ import annotations

import sys
from importlib import metadata

from tests.support.hospital import Hospital
from wardbeds.services.diagnostics import bundled, diagnostics, library_licences
from wardbeds.settings import data_dir


def test_all_that_the_program_needs_is_named_with_version_and_licence() -> None:
    named = {name.casefold().replace("_", "-"): (version, licence) for name, version, licence in library_licences()}
    needed = {"pyside6-essentials", "shiboken6", "sqlalchemy", "alembic", "mako", "markupsafe", "pydantic", "pydantic-core",
              "psycopg", "psycopg-binary", "argon2-cffi", "argon2-cffi-bindings", "cffi", "phonenumberslite",
              "platformdirs"}
    assert needed <= set(named)
    assert named["mako"][0] == metadata.version("Mako")
    assert all(version and licence and licence != "see the package" for version, licence in named.values()), named
    assert not {"pytest", "ruff", "mypy", "wardbeds"} & set(named)
    assert list(bundled()) == sorted(bundled(), key=str.casefold)


def test_diagnostics_tell_versions_and_sizes_but_nobodys_name(small_hospital: Hospital) -> None:
    text = diagnostics(small_hospital.store, small_hospital.nurse)
    assert f"Python {sys.version.split()[0]}" in text
    assert "schema " in text
    assert "None" not in text
    assert "beds 8" in text
    for secret in ("Uwimana", "Kabera", "Claire", "T-001", "nurse", "Nurse", "Test", "North", str(small_hospital.store.url)):
        assert secret not in text.replace(f"role {small_hospital.nurse.role}", "")


def test_font_and_icons_are_named_as_their_own_files_say() -> None:
    named = {name: (version, licence) for name, version, licence in library_licences()}
    version, licence = named["Inter"]
    font = (data_dir("resources") / "fonts" / "Inter-Regular.otf").read_bytes()
    assert f"Version {version};".encode("utf-16-be") in font or f"Version {version};".encode() in font
    assert licence == "OFL-1.1"
    version, licence = named["Lucide"]
    icons = list((data_dir("resources") / "icons").glob("*.svg"))
    assert icons
    assert all(f"lucide-static v{version} - {licence}" in one.read_text(encoding="utf-8") for one in icons)
