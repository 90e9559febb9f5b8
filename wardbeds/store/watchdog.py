"""Breaking calls that never come back.

Linux notices a silently cut network by ``tcp_user_timeout``; Windows and macOS have no such thing, and a call would
wait for minutes. A thread shuts down the socket of a call that is overdue, whereupon it fails like any lost connection.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time

LIMIT = 12.0
"""Seconds for one call: longer than the server's own limit for a statement (10 s), so that it strikes only silence."""
_TICK = 0.5


class Watchdog:
    """Watches the sockets of calls that are under way. Use from any thread."""

    def __init__(self, limit: float = LIMIT) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._deadlines: dict[int, float] = {}
        self._thread: threading.Thread | None = None

    def begin(self, file_descriptor: int) -> None:
        """A call begins on this socket."""
        with self._lock:
            self._deadlines[file_descriptor] = time.monotonic() + self.limit
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
                self._thread.start()

    def end(self, file_descriptor: int) -> None:
        """The call has come back; its socket may be closed from now on."""
        with self._lock:
            self._deadlines.pop(file_descriptor, None)

    def _watch(self) -> None:
        while True:
            time.sleep(min(_TICK, self.limit / 2))
            now = time.monotonic()
            with self._lock:
                for descriptor in [one for one, deadline in self._deadlines.items() if deadline < now]:
                    del self._deadlines[descriptor]
                    _shut_down(descriptor)


def _shut_down(descriptor: int) -> None:
    """Shut the connection behind a descriptor down without closing it: the driver does that when its call fails."""
    with contextlib.suppress(OSError):
        copy = socket.socket(fileno=os.dup(descriptor)) if os.name == "posix" else socket.socket(fileno=descriptor)
        try:
            copy.shutdown(socket.SHUT_RDWR)
        finally:
            if os.name == "posix":
                copy.close()
            else:
                copy.detach()
