"""The program's log, and what becomes of a fault that nobody has caught."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from wardbeds.settings import log_file, user_data_folder

if TYPE_CHECKING:
    from collections.abc import Callable


def start_log(last_saved: Callable[[], str] = str) -> None:
    """A rotating log in the user's data folder. No patient's name is ever written to it.

    A crash is told of on the screen too; ``last_saved`` says what was saved last.
    """
    import faulthandler  # these take 30 ms that the first frame does not wait for
    import logging.handlers
    import traceback

    user_data_folder().mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(log_file(), maxBytes=2_000_000, backupCount=5, encoding="utf-8",
                                                   delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    faulthandler.enable()

    def crashed(kind: type[BaseException], _error: BaseException, place: TracebackType | None) -> None:
        logging.getLogger("wardbeds").critical("crash: %s\n%s", kind.__name__, "".join(traceback.format_tb(place)))
        sys.__excepthook__(kind, RuntimeError("see the log"), place)
        QTimer.singleShot(0, lambda: tell(last_saved()))

    def tell(saved: str) -> None:
        from wardbeds.gui.crash import tell_of_crash

        tell_of_crash(saved)

    def crashed_in_thread(what: threading.ExceptHookArgs) -> None:
        logging.getLogger("wardbeds").critical("crash in thread %s: %s\n%s", what.thread.name if what.thread else "",
                                               what.exc_type.__name__, "".join(traceback.format_tb(what.exc_traceback)))

    sys.excepthook = crashed
    threading.excepthook = crashed_in_thread
