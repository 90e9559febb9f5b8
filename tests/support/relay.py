"""A cable that can be pulled: a port that leads to a server while it is open."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Relay:
    """Hands bytes through from ``port`` to ``target``, both on this machine."""

    def __init__(self, port: int, target: int) -> None:
        self.port = port
        self._target = target
        self._listener: socket.socket | None = None
        self._ends: list[socket.socket] = []

    def plug_in(self) -> None:
        """Accept connections from now on."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def pull(self) -> None:
        """Cut every connection and accept none."""
        for end in [self._listener, *self._ends]:
            if end is not None:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
        self._listener, self._ends = None, []

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                there = socket.create_connection(("127.0.0.1", self._target))
                self._ends += [here, there]
                for one, other in ((here, there), (there, here)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    @staticmethod
    def _pump(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while content := one.recv(65_536):
                other.sendall(content)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
