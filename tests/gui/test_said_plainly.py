"""The same thing has the same words everywhere, and a sentence says who, what, and what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from wardbeds.domain.people import Role
from wardbeds.domain.placement import SoftWarning, Verdict, Warned
from wardbeds.gui import words
from wardbeds.gui.dialogs.help import ShortcutsDialog
from wardbeds.gui.foot import KeyCap
from wardbeds.gui.foot_words import foot_parts
from wardbeds.gui.printing.action import PreviewDialog, as_shown
from wardbeds.gui.printing.command import print_occupancy
from wardbeds.gui.printing.sheet import write_pdf
from wardbeds.gui.verbs import Verb, not_for_role, offers
from wardbeds.services.sheets import occupancy_data

README = Path(__file__).parents[2] / "README.md"


def _text(path: Path) -> str:
    return " ".join(PdfReader(path).pages[0].extract_text().split())


def test_the_sheet_names_the_role_as_the_screen_does(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """From the window, from the command line, and from what is shown while there is no connection."""
    actor = desk.session.actor
    assert actor is not None
    said = f"Printed by {actor.display_name}, nurse"
    assert ("user", f"{actor.display_name}, nurse") in foot_parts(desk.page)
    desk.page.print_sheet()
    qtbot.waitUntil(lambda: bool(desk.page.findChildren(PreviewDialog)))
    (preview,) = desk.page.findChildren(PreviewDialog)
    write_pdf(preview._sheet, tmp_path / "window.pdf")
    preview.reject()
    print_occupancy(occupancy_data(desk.store, desk.hospital.nurse, "North"), tmp_path / "command.pdf")
    print_occupancy(as_shown(desk.session), tmp_path / "offline.pdf")
    for name in ("window", "command", "offline"):
        assert said in _text(tmp_path / f"{name}.pdf"), name


@pytest.mark.parametrize(("code", "params", "said"), [
    (Warned.EQUIPMENT, (("bed", "A-103"), ("needs", "monitor")), "A-103 needs a reason: no monitor"),
    (Warned.ISOLATION, (("bed", "A-103"),),
     "A-103 needs a reason: the patient needs isolation, this is an ordinary bed"),
    (Warned.INFECTIOUS, (("bed", "A-103"),), "A-103 needs a reason: infection risk in the room"),
    (Warned.SIMILAR, (("name", "UWIMANA"),), "A-103 needs a reason: Similar name in the same room: UWIMANA"),
])
def test_a_bed_is_named_once(code: Warned, params: tuple[tuple[str, str], ...], said: str) -> None:
    assert words.verdict_text(Verdict(warnings=(SoftWarning(code, params),)), "A-103") == said


def test_in_a_list_of_warnings_the_bed_is_still_named() -> None:
    assert words.warning_text(SoftWarning(Warned.EQUIPMENT, (("bed", "A-103"), ("needs", "monitor")))) \
        == "A-103 has no monitor"


@pytest.mark.parametrize(("verb", "said"), [
    (Verb.DISCHARGE, "Your role (support) may not discharge patients. Ask a colleague who may."),
    (Verb.RESERVE, "Your role (support) may not reserve beds. Ask a colleague who may."),
])
def test_why_not_names_the_role_and_the_deed(verb: Verb, said: str) -> None:
    assert not_for_role(Role.SUPPORT_STAFF, verb) == said


def test_every_deed_has_words_of_its_own() -> None:
    assert len({not_for_role(Role.CHEF, verb) for verb in Verb}) == len(Verb)


def test_what_is_offered_says_it_too(desk: Desk) -> None:
    bed = desk.session.model.beds[0]
    reasons = {one.verb: one.reason for one in offers(Role.SUPPORT_STAFF, bed, None)}
    assert reasons[Verb.ADMIT] == not_for_role(Role.SUPPORT_STAFF, Verb.ADMIT)
    assert reasons[Verb.BLOCK] == ""


def _keys(desk: Desk) -> set[str]:
    """Every key of the board: its verbs, its shortcuts, and those of the List and the details."""
    shortcuts = {one.key().toString() for one in desk.page.findChildren(QShortcut)}
    assert {"F5", "F11", "Ctrl+F"} <= shortcuts
    return {verb.value for verb in Verb} | shortcuts | {"F2", "Enter", "Space"}


def test_the_sheet_of_keys_has_every_key(desk: Desk) -> None:
    sheet = ShortcutsDialog(desk.session, desk.page)
    shown = {part for cap in sheet.findChildren(KeyCap) for part in cap.accessibleName().split()}
    told = _keys(desk) - {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Shift+F6"}  # these stand together, or beside F6
    assert told - shown == set()


def test_the_readme_has_every_key(desk: Desk) -> None:
    keys = README.read_text(encoding="utf-8").partition("## Keys")[2].partition("\n## ")[0]
    told = _keys(desk) - {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Shift+F6"}
    assert {key for key in told if f"`{key}`" not in keys} == set()
