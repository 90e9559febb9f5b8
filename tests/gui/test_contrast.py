"""Every text can be read: 4.5 to 1 against what is really behind it; icons and edges 3 to 1, from the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.text_walk import contrast, contrast_faults
from wardbeds.gui import theme
from wardbeds.gui.scenes.studio import Studio
from wardbeds.gui.screenshots import SCENES
from wardbeds.gui.theme import DARK, LIGHT, STALE, Theme

LOOKED_AT = ("map", "grid", "list", "map_paediatrics", "refused", "offline", "back", "back_list", "catch_up_strip",
             "meanwhile", "checking", "too_old", "others_selected", "in_hand", "move", "discharge", "admit_stay",
             "details", "find_bed", "shortcuts", "about", "ward_new", "people", "reopen", "support", "no_wards")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_the_screens_can_be_read(qapp: QApplication, tmp_path: Path, scheme: str) -> None:
    theme.set_text_scale(qapp, 100)
    theme.set_scheme(qapp, scheme)
    studio = Studio(tmp_path, (1366, 698))
    faults = {}
    for name in LOOKED_AT:
        studio.calm()
        shown = SCENES[name](studio)
        dialog = studio.page.dialog
        found = contrast_faults(dialog.panel if dialog is not None else shown)  # what lies behind one is pale
        if found:
            faults[name] = found
    studio.calm()
    studio.close()
    assert not faults, "\n".join(f"{name}: {fault}" for name, found in faults.items() for fault in found)


@pytest.mark.parametrize("colours", [LIGHT, DARK, *STALE.values()], ids=lambda one: one.name)
def test_icons_and_edges_stand_out(colours: Theme) -> None:
    pairs = [(colours.line3, colours.raised), (colours.focus, colours.chrome), (colours.focus, colours.raised),
             (colours.wall_line, colours.floor), (colours.window_line, colours.window), (colours.fixture, colours.floor),
             (colours.ink2, colours.chrome), (colours.error, colours.error_soft),
             (colours.warning, colours.warning_soft), (colours.info, colours.info_soft),
             (colours.success, colours.success_soft), (colours.action_edge, colours.action)]
    for state in colours.states.values():
        pairs += [(state.glyph, state.accent), (state.accent, state.fill), (state.edge, colours.floor)]
    for one, other in pairs:
        assert contrast(one, other) >= 3.0, (one.name(), other.name(), contrast(one, other))


def test_the_look_finds_a_pale_text(qtbot: QtBot) -> None:
    widget = QWidget()
    widget.resize(300, 80)
    label = QLabel("hard to read", widget)
    label.setGeometry(10, 10, 200, 30)
    palette = label.palette()
    palette.setColor(label.foregroundRole(), QColor("#C8C8C8"))
    label.setPalette(palette)
    qtbot.addWidget(widget)
    widget.show()
    assert contrast_faults(widget)
