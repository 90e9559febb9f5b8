"""The regions of the board's page, which F6 walks through, and which of them help is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget


def _first_stop(region: QWidget) -> QWidget | None:
    """What gets the keyboard when a region is entered."""
    if isinstance(region, QStackedWidget):
        return region.currentWidget()
    if region.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return region
    return next((one for one in region.findChildren(QWidget) if one.isVisible() and one.isEnabled()
                 and one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)


def next_region(regions: Sequence[QWidget], focus: QWidget | None, step: int) -> None:
    """Give the keyboard to the next region that takes it, forwards (1) or backwards (-1), and round again."""
    current = next((n for n, region in enumerate(regions) if focus is not None
                    and (region is focus or region.isAncestorOf(focus))), 0)
    for n in range(1, len(regions) + 1):
        region = regions[(current + step * n) % len(regions)]
        first = _first_stop(region)
        if first is not None and region.isVisible():
            first.setFocus(Qt.FocusReason.TabFocusReason)
            return
