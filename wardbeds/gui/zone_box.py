"""The list of time zones to choose from."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from wardbeds.gui import theme
from wardbeds.gui.inputs import ComboBox
from wardbeds.services.hospital import offered_zones


def zone_box(known: str) -> ComboBox:
    """All zones by name, the one that is known chosen; typing the first letters finds another one."""
    box = ComboBox()
    box.addItems(offered_zones(known))
    box.setCurrentText(known)
    box.setFixedHeight(theme.target(40))
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.view().setMinimumWidth(theme.px(260))
    return box
