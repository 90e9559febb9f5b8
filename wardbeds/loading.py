"""Opening a database while the window is on the screen already: in a thread, which imports the data libraries too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wardbeds.opening import Cut, Opened, open_database
from wardbeds.settings import user_data_folder

if TYPE_CHECKING:
    from wardbeds.services.last_known.opening import LastKnown


class Loading(QObject):
    """One database at a time. ``loaded`` brings an Opened, a Cut, or what went wrong, on the window's thread."""

    loaded = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy = False

    def start(self, url: str | None, *, demo: bool, wants_known: Callable[[], bool]) -> None:
        """Begin, unless it has begun. ``wants_known``: whether the last-known board of a server that does not answer is
        wanted; asked when it is known not to."""
        if not self.busy:
            self.busy = True
            threading.Thread(target=self._load, args=(url, demo, wants_known), name="loading", daemon=True).start()

    def look_early(self, url: str | None, *, demo: bool) -> None:
        """Bring the last-known board of a server that has not answered yet, if there is one."""
        threading.Thread(target=self._look_early, args=(url, demo), name="looking", daemon=True).start()

    def _load(self, url: str | None, demo: bool, wants_known: Callable[[], bool]) -> None:
        """In a thread: import the data libraries, make or upgrade the embedded database, open it."""
        from wardbeds.domain.errors import OutOfReach

        try:
            result: Opened | Cut | BaseException = open_database(url, demo=demo)
        except OutOfReach as error:
            result = Cut(error, _look_up(url, demo) if wants_known() else None)
        except BaseException as error:
            result = error
        self.busy = False
        self.loaded.emit(result)

    def _look_early(self, url: str | None, demo: bool) -> None:
        from wardbeds.domain.errors import OutOfReach

        known = _look_up(url, demo)
        if known is not None and self.busy:
            self.loaded.emit(Cut(OutOfReach("The server has not answered yet."), known))


def _look_up(url: str | None, demo: bool) -> LastKnown | None:
    """The board that was kept of a server."""
    from wardbeds.store.database import is_postgresql

    if demo or url is None or not is_postgresql(url):
        return None
    import wardbeds.gui.last_known.page  # noqa: F401  (in this thread, so that the window does not wait for it)
    from wardbeds.services.last_known.opening import open_last_known

    return open_last_known(user_data_folder(), url)
