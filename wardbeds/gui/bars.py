"""What may stand between the chips and the board: the banner without connection, what lasts, what can be dismissed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.gui.notices import Notice
from wardbeds.gui.offline_banner import OfflineBanner


class Bars:
    """Made once; each shows itself when there is something to say."""

    def __init__(self, parent: QWidget) -> None:
        self.offline = OfflineBanner(parent)
        self.checking = Notice(parent)
        self.too_old = Notice(parent)
        self.back = Notice(parent)
        self.catch_up = Notice(parent)
        self.notice = Notice(parent)

    def all(self) -> tuple[OfflineBanner | Notice, ...]:
        """From top to bottom."""
        return self.offline, self.checking, self.too_old, self.back, self.catch_up, self.notice

    def restyle(self) -> None:
        """Take the scheme and text size in force."""
        for one in self.all():
            one.restyle()
