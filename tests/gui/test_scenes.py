"""Every scene is looked at: texts 4.5 to 1, icons and edges 3 to 1 in both schemes, a name on all that takes focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.scene_looks import drawn_icons, edge_faults, icon_faults, nameless
from tests.support.text_walk import Longer, language, pale_texts, recording, settle, uncached, walked
from wardbeds.gui import icons, theme
from wardbeds.gui.controls import Button, Painted
from wardbeds.gui.dialogs.dialog_help import on_top
from wardbeds.gui.scenes.studio import Studio
from wardbeds.gui.screenshots import SCENES, who_acts

SIZE = (1366, 698)


def _scenes(folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Each scene's name with what is to be looked at: the dialog's panel where one is open, else the page."""
    studio = Studio(folder, SIZE)
    for name, scene in SCENES.items():
        studio.calm(who_acts(name))
        shown = scene(studio)
        dialog = getattr(shown, "dialog", None)
        settle()
        yield name, on_top(dialog).panel if dialog is not None else shown  # what lies behind a dialog is pale
    studio.calm()
    studio.close()


def _look(root: QWidget) -> list[str]:
    with uncached(root), recording() as painted, drawn_icons() as drawn:
        image = root.grab().toImage()
    return [*pale_texts(root, image, painted), *icon_faults(root, image, drawn), *edge_faults(root, image)]


def _walk(root: QWidget) -> list[str]:
    with uncached(root), recording() as painted:
        root.grab()
    return walked(root, painted)


def _all(faults: dict[str, list[str]]) -> str:
    return "\n".join(f"{where}: {fault}" for where, found in faults.items() for fault in found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_scene_can_be_read(qapp: QApplication, tmp_path: Path, scheme: str) -> None:
    theme.set_text_scale(qapp, 100)
    theme.set_scheme(qapp, scheme)
    faults = {name: [*_look(root), *nameless(root)] for name, root in _scenes(tmp_path)}
    assert len(faults) == len(SCENES)
    assert not any(faults.values()), _all(faults)


@pytest.mark.parametrize(("percent", "long"), [(130, False), (100, True)], ids=["130", "100-longer"])
def test_no_text_of_a_scene_is_cut(qapp: QApplication, tmp_path: Path, percent: int, long: bool) -> None:
    with language(Longer(qapp) if long else None):
        theme.set_text_scale(qapp, percent)
        theme.set_scheme(qapp, "light")
        faults = {name: _walk(root) for name, root in _scenes(tmp_path)}
    assert not any(faults.values()), _all(faults)


class _Pale(Painted):
    """Its icon is hardly seen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "check", QRectF(4, 4, 20, 20), QColor("#D8D8D8"))


def test_the_look_finds_what_is_wrong(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    root = QWidget()
    root.resize(400, 120)
    _Pale("pale", root).setGeometry(10, 10, 40, 40)
    QLineEdit(root).setGeometry(60, 10, 100, 40)
    faint = Button("Faint", parent=root)
    faint.setGeometry(200, 10, 100, 40)
    monkeypatch.setattr(Button, "_inks", lambda _self: (QColor("#FFFFFF"), QColor("#0F1A2A"), QColor("#D8D8D8")))
    qtbot.addWidget(root)
    root.show()
    qtbot.waitExposed(root)
    settle()
    found = "\n".join([*_look(root), *nameless(root)])
    assert "icon #d8d8d8 on" in found
    assert "edge of Button(Faint)" in found
    assert "QLineEdit in QWidget() has no name" in found
