"""Two patients who are to change places: the dialog that shows both, whichever way the hands took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.gui.board.targets import Side
from wardbeds.gui.dialogs.swap import SwapDialog

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class SwapView(QObject):
    """Opens the dialog when somebody is let go over another patient."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        page.engine.swap_requested.connect(self._on_requested)

    def _on_requested(self, first: Side, second: Side) -> None:
        page = self._page
        page.selection.select_bed(first.bed.id if page.session.model.bed_by_id(first.bed.id) else second.bed.id)
        page.open_dialog(SwapDialog(page.session, page, first, second))
