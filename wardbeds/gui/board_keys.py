"""The keys of the board's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from wardbeds.gui.dialogs.dialog_help import on_top
from wardbeds.gui.regions import next_region as enter_next
from wardbeds.gui.verbs import Verb

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class BoardKeys(QObject):
    """Takes the page's keys: those with Ctrl and the function keys anywhere, letters where the board has the focus."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._shortcuts()

    def _shortcuts(self) -> None:
        page = self._page
        for keys, action in (
                ("Ctrl+Z", page.session.undo), ("Ctrl+P", page.print_sheet), ("Ctrl+K", self.search),
                ("Ctrl+1", lambda: page.choose_view(0)), ("Ctrl+2", lambda: page.choose_view(1)),
                ("Ctrl+3", lambda: page.choose_view(2)), ("F5", page.session.reload), ("F4", page.fold.toggle),
                ("Ctrl+L", page.lock_requested.emit), ("F6", lambda: self.next_region(1)),
                ("Shift+F6", lambda: self.next_region(-1)), ("F11", self._full_screen),
                ("Ctrl+F", page.going.find_bed)):
            self._shortcut(keys, self._unless_dialog(action))
        self._shortcut("F1", page.show_help)

    def _shortcut(self, keys: str, action: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self._page).activated.connect(action)

    def _unless_dialog(self, action: Callable[[], None]) -> Callable[[], None]:
        """The board's keys rest while a dialog is open."""

        def guarded() -> None:
            if self._page.dialog is None:
                action()

        return guarded

    def press(self, event: QKeyEvent) -> bool:
        """Take a key; whether there was something to do with it. Letters are verbs, see :meth:`_takes_letters`."""
        page = self._page
        if page.dialog is not None:
            on_top(page.dialog).keyPressEvent(event)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
            page.others.escape()
            return True
        if page.popover.press(event.text().upper()):
            return True
        if event.text() in ("/", "?") and not page.command_bar.isAncestorOf(page.window().focusWidget() or page):
            self.search() if event.text() == "/" else page.show_shortcuts()
            return True
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        return not held and self._takes_letters() and self._press_verb(event)

    def _press_verb(self, event: QKeyEvent) -> bool:
        page, shift = self._page, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if page.inspector.copies(event):
            return True
        wanted = "Del" if event.key() == Qt.Key.Key_Delete else ("Shift+" if shift else "") + event.text().upper()
        verb = next((one for one in Verb if one.value == wanted), None)
        if verb is not None:
            page.do(verb)
        elif event.key() == Qt.Key.Key_F10 and shift:
            page.show_menu(page.mapToGlobal(page.work.geometry().topLeft()))
        else:
            return False
        return True

    def _takes_letters(self) -> bool:
        """Letters are verbs only where the board, a patient or what can be done has the focus."""
        page = self._page
        focus = page.window().focusWidget()
        parts = (page.views, page.rail, page.stub, page.inspector, page.work)
        return page.letter_keys and (focus in (None, page, *parts)
                                    or any(part.isAncestorOf(focus) for part in parts if focus is not None))

    def escape(self) -> None:
        """Esc: away with what was said; the patient goes back, unless another bed is to be chosen first."""
        page = self._page
        other_bed = page.popover.isVisible() and page.engine.hand is not None
        page.hush()
        if not other_bed:
            page.pilot.abort()

    def search(self) -> None:
        """Ctrl+K: what is in the search box is typed over."""
        page = self._page
        page.command_bar.search.setFocus()
        page.command_bar.search.selectAll()

    def _full_screen(self) -> None:
        window = self._page.window()
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def next_region(self, step: int) -> None:
        """F6: command bar, chips, rail, board, details, work strip, and round again."""
        page = self._page
        regions = (page.command_bar, page.strip, page.rail, page.views, page.inspector, page.work)
        enter_next(regions, page.window().focusWidget(), step)
