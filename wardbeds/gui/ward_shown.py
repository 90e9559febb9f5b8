"""The ward that is open, or what is to be done first where there is none, or none with beds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.domain.access import Permission, can_fully

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class WardShown(QObject):
    """Puts an opened ward on the page; what is to be set up first stands in the board's place."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        session = page.session
        session.ward_opened.connect(self.on_ward_opened)
        session.wards_listed.connect(lambda _wards: page.command_bar.ward.show_wards(session.wards))
        session.wards_listed.connect(self.on_wards_listed)
        page.no_wards.set_up.connect(lambda: page.house.new_ward() if session.model.board is None
                                     else page.house.change_ward())
        page.no_wards.import_lists.connect(page.house.import_lists)

    def on_ward_opened(self, _board: object) -> None:
        """Show the ward's name; what was selected in another one is not any more."""
        page = self._page
        board = page.session.model.board
        assert board is not None
        page.command_bar.ward.show_ward(board.ward.code, board.ward.name)
        page.window().setWindowTitle(f"{board.ward.name} – Wardbeds")
        if page.selected() == (None, None):
            page.selection.select_bed(None)
        self._offer_beds()
        page.filtering.on_ward_updated()
        if page.dialog is None and not page.command_bar.search.hasFocus():
            page.focus_board()

    def _offer_beds(self) -> None:
        """In a ward without beds, too, the board's place says what to do first; who waits there is still shown."""
        page = self._page
        board, actor = page.session.model.board, page.session.actor
        if board is None or actor is None:
            return
        if not board.beds:
            page.no_wards.offer(may_set_up=can_fully(actor.role, Permission.WARD_SETUP), ward=board.ward.name)
            page.views.setCurrentWidget(page.no_wards)
            page.fold.show()
        elif page.views.currentWidget() is page.no_wards:
            page.show_view(page.view)
        page.connection.show_strip()

    def on_wards_listed(self, wards: tuple[object, ...]) -> None:
        """Without a ward the board's place says what to do first."""
        page = self._page
        actor = page.session.actor
        empty = not wards
        if empty and actor is not None:
            page.no_wards.offer(may_set_up=can_fully(actor.role, Permission.WARD_SETUP))
            page.views.setCurrentWidget(page.no_wards)
            page.command_bar.show_no_ward()
            page.no_wards.focus_first()
        elif page.views.currentWidget() is page.no_wards and page.session.model.beds:
            page.show_view(page.view)
        page.work.setVisible(not empty)
        page.connection.show_strip()
        page.fold.show()
