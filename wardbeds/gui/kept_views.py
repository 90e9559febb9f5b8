"""What each person chose to see, over a restart: Map, Grid or List, the List's order, how large each ward is drawn."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings

from wardbeds.gui.board.list_order import Order

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


LAST_VIEW = 2


class KeptViews(QObject):
    """Kept at this PC for who is signed in, by number: no name stands in the file. Another person's choice is left."""

    def __init__(self, page: BoardPage, file: Path, database: str, first_view: int = 0) -> None:
        """``first_view``: what somebody sees who has not chosen yet."""
        super().__init__(page)
        self._page = page
        self._first_view = first_view
        self._database = hashlib.sha256(database.encode()).hexdigest()[:12]  # its address may hold a password
        self._settings = QSettings(str(file), QSettings.Format.IniFormat, self)
        self._zoomed = {"map": page.map, "grid": page.grid}
        for name, view in self._zoomed.items():
            view.zoom_chosen.connect(lambda ward_id, zoom, name=name: self._keep(f"{name}/{ward_id}", zoom))
        page.view_chosen.connect(lambda number: self._keep("view", number))
        page.list.order_changed.connect(lambda: self._keep("order", page.list.order.text()))
        page.session.signed_in.connect(lambda _actor: self._recall())

    def _group(self) -> str:
        actor = self._page.session.actor
        return f"{self._database}/{actor.user_id}" if actor is not None else ""

    def _keep(self, key: str, value: object) -> None:
        if self._group():
            self._settings.setValue(f"{self._group()}/{key}", value)

    def _recall(self) -> None:
        """Show what this person chose last time."""
        for name, view in self._zoomed.items():
            view.recall_zooms(self._zooms(name))
        self._page.list.sort_by(Order.read(str(self._settings.value(f"{self._group()}/order") or "")))
        self._page.show_view(_number(self._settings.value(f"{self._group()}/view"), LAST_VIEW, self._first_view))

    def _zooms(self, name: str) -> dict[int, float]:
        self._settings.beginGroup(f"{self._group()}/{name}")
        try:
            found = {key: self._settings.value(key) for key in self._settings.childKeys()}
        finally:
            self._settings.endGroup()
        return {int(key): float(str(value)) for key, value in found.items()
                if key.isdigit() and _is_number(str(value))}


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _number(value: object, most: int, other: int) -> int:
    """A number from the file, whoever wrote it; ``other`` where it is none."""
    return min(most, int(str(value))) if str(value).isdigit() else other
