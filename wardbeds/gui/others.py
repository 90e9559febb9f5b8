"""What other stations do, as the window shows it: marks on the beds and one line in words (UX b.9)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from wardbeds.domain.changes import Happening, LastAction
from wardbeds.gui import words

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage

TWICE_WITHIN = 1.0
"""Seconds between two presses of Esc that together mean “all seen”."""


class OthersView(QObject):
    """Marks what others changed until somebody looks at it. The line stays until the next one or “all seen”."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self.line: LastAction | None = None
        self.clock = time.monotonic
        self._escaped = float("-inf")
        self._ward: int | None = None
        session = page.session
        session.others_changed.connect(self._on_others)
        session.ward_opened.connect(lambda _board: self._on_ward())
        page.selection.changed.connect(self._on_selection)
        page.engine.picked_up.connect(lambda _hand: page.show_foot())
        page.engine.put_back.connect(page.show_foot)

    @property
    def stands_in_work_strip(self) -> bool:
        """Whether the work strip shows the line: nothing is selected and nobody is in the hand."""
        page = self._page
        return page.engine.hand is None and page.selected() == (None, None) and not page.work.line.isHidden()

    def _on_others(self, happenings: tuple[Happening, ...]) -> None:
        model = self._page.session.model
        for one in happenings:
            station = one.line.station if one.line is not None else self.tr("another station")
            model.changes.mark((bed_id for bed_id in one.bed_ids if model.row_of(bed_id) >= 0), station)
        last = next((one.line for one in reversed(happenings) if one.line is not None), None)
        if last is not None:
            self._show(last)
            said = QAccessibleAnnouncementEvent(self._page.foot.words, words.others_full_text(last))
            said.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(said)

    def _show(self, line: LastAction | None) -> None:
        self.line = line
        self._page.work.others = line
        self._page.foot.words.setToolTip(words.others_full_text(line) if line is not None else "")
        self._page.show_selection()
        self._page.show_foot()

    def forget(self) -> None:
        """What was said is of no interest any more."""
        self._show(None)

    def _on_ward(self) -> None:
        """Another ward: the line was about a place that is no longer shown."""
        if self._ward != self._page.session.ward_id:
            self._ward = self._page.session.ward_id
            self.forget()

    def _on_selection(self) -> None:
        self._page.session.model.changes.see(self._page.selection.bed_id)
        if self.line is not None:
            self._page.show_foot()

    def escape(self) -> None:
        """Esc on the board; the second one within a second: all changes were seen."""
        now = self.clock()
        twice = now - self._escaped <= TWICE_WITHIN
        self._escaped = float("-inf") if twice else now
        if twice:
            self._page.session.model.changes.see_all()
            self.forget()
