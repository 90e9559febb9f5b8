"""Whether the waiting rail is open or folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class RailFold(QObject):
    """Shows the waiting rail or the stub that is left of it; remembers what somebody wants beside which view."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._folded: dict[bool, bool] = {}  # beside the List, and elsewhere
        page.stub.clicked.connect(self.toggle)

    def toggle(self) -> None:
        """F4: fold the waiting rail away, or open it."""
        page = self._page
        self._folded[page.views.currentWidget() is page.list] = not page.rail.isHidden()
        self.show()

    def show(self) -> None:
        """The rail, or what is left of it: a table needs the width on a narrow screen."""
        page = self._page
        beside_list = page.views.currentWidget() is page.list
        folded = self._folded.get(beside_list, beside_list and not page.inspector.isVisible())
        empty = page.session.model.board is None and page.views.currentWidget() is page.no_wards
        page.rail.setVisible(not folded and not empty)
        page.stub.setVisible(folded and not empty)
