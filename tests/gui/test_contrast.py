"""The palette: icons and edges 3 to 1, faded or not. What is really on each screen, test_scenes looks at."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.text_walk import contrast, contrast_faults
from wardbeds.gui.theme import DARK, LIGHT, STALE, Theme


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
