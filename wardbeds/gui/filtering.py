"""The chips above the board: what they count, and what they dim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.gui.board.zoomed_view import ZoomedView
from wardbeds.gui.list_words import say_above_list

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class Filtering(QObject):
    """Dims what the chips leave out, in all views, and zooms what is zoomed."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        page.session.ward_updated.connect(lambda _update: self.on_ward_updated())
        page.strip.filter_changed.connect(self._filter)
        page.strip.zoom_requested.connect(self._zoom)
        for plan in (page.map, page.grid):
            plan.zoomed.connect(self._show_zoom)
        page.views.currentChanged.connect(lambda _view: self._show_zoom())

    def on_ward_updated(self) -> None:
        """Chips and filter follow the beds."""
        page = self._page
        page.strip.show_age(page.session.as_of, fresh=page.session.online)
        actor = page.session.actor
        if actor is not None:
            page.strip.mine.set_count(sum(bed.occupant is not None and bed.occupant.nurse_id == actor.user_id
                                          for bed in page.session.model.beds))
        self._filter(page.strip.filter())
        page.show_selection()

    def my_beds(self) -> frozenset[int] | None:
        """The beds of the patients I am the responsible nurse of, while “Mine” is pressed."""
        page = self._page
        actor = page.session.actor
        if actor is None or not page.strip.mine.isChecked():
            return None
        return frozenset(bed.id for bed in page.session.model.beds
                         if bed.occupant is not None and bed.occupant.nurse_id == actor.user_id)

    def _filter(self, states: object) -> None:
        page = self._page
        assert isinstance(states, frozenset)
        mine = self.my_beds()
        for view in (page.map, page.grid, page.list):
            view.set_filter(states, mine)
        say_above_list(self._page)
        page.show_foot()

    def _show_zoom(self) -> None:
        page = self._page
        view = page.views.currentWidget()
        if isinstance(view, ZoomedView):
            page.strip.show_zoom_percent(round(100 * view.zoom))

    def _zoom(self, step: int) -> None:
        view = self._page.views.currentWidget()
        if isinstance(view, ZoomedView):
            view.fit() if step == 0 else view.zoom_step(step)
