"""Emptying a layout for what comes next."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def clear(layout: QLayout) -> None:
    """Empty a layout and those inside it; the widgets are hidden at once and deleted by and by.

    Items are not taken out: a taken layout would have two owners, and be deleted twice.
    """
    for n in reversed(range(layout.count())):
        item = layout.itemAt(n)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            layout.removeItem(inner)
            inner.deleteLater()
        else:
            layout.removeItem(item)
