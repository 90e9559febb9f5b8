"""Closing the window: not in silence while nobody knows whether the last change was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from wardbeds.gui.frame import Frame
    from wardbeds.gui.main_window import BoardPage
    from wardbeds.gui.session import Session
    from wardbeds.gui.sign_in import SignInPage


class Closing(QObject):
    """Asks whoever closes it then to do so once more; goes with its session."""

    def __init__(self, frame: Frame, session: Session, board: BoardPage, sign_in: SignInPage) -> None:
        super().__init__(session)
        self._frame, self._session = frame, session
        self._board, self._sign_in = board, sign_in
        self._warned = False
        session.checking_changed.connect(self._on_checking)

    @Slot(bool)
    def _on_checking(self, checking: bool) -> None:
        self._warned = self._warned and checking

    def may_close(self) -> bool:
        """Not at the first try while nobody knows whether the last change was saved: nobody would hear of it."""
        if self._warned or not self._session.checking:
            return True
        text = self.tr("It is being checked whether your last change was saved. Close the window once more to leave "
                       "all the same, and look later whether it is there.")
        page = self._frame.pages.currentWidget()
        if page is self._board:
            self._board.notice.say(text, "warning")
        elif page is self._sign_in:  # whoever made the change may have signed out since
            self._sign_in.say(text, "warning")
        else:
            return True
        self._warned = True
        return False
