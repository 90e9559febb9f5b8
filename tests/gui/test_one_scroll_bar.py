"""A dialog with a list in it scrolls in the list only, on the cheapest screen, with large or long words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.text_walk import Longer, language
from wardbeds.domain.requests import AdmitPatient, SeenBed
from wardbeds.gui import theme
from wardbeds.gui.verbs import Verb
from wardbeds.services import admitting


@pytest.mark.parametrize(("percent", "long"), [(100, False), (130, False), (115, True)])
@pytest.mark.parametrize("what", ["find", "move", "transfer"])
def test_only_the_list_has_a_bar(desk: Desk, qtbot: QtBot, qapp: QApplication, percent: int, long: bool,
                                 what: str) -> None:
    hospital, page = desk.hospital, desk.page
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1"))))
    see(desk, qtbot)
    page.resize(1366, 698)
    with language(Longer(qapp) if long else None):
        theme.set_text_scale(qapp, percent)
        page.selection.select_bed(hospital.beds["N-1"])
        if what == "find":
            page.going.find_bed()
        else:
            page.do(Verb.MOVE if what == "move" else Verb.TRANSFER)
        dialog = page.dialog
        assert dialog is not None
        qtbot.waitUntil(lambda: desk.tasks.pending == 0)
        QApplication.processEvents()
        assert dialog.scroll_area.verticalScrollBar().maximum() == 0
        assert dialog.beds.height() >= theme.px(80)  # type: ignore[attr-defined]
        dialog.reject()
