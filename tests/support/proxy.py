"""A cable that can be cut: a TCP proxy before PostgreSQL that understands its messages, or only holds them back.

It cuts at a given message of one side (with FIN or RST, before or after handing the message on), goes silent with all
sockets open, delays, and lets chunks come late as a lossy network does. Everything is said by plain threads.
"""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

CLIENT, SERVER = "client", "server"
_UNTYPED = {80877103, 80877104}
"""Codes of the requests for TLS and GSS, which the server answers with a single byte."""


@dataclass(frozen=True)
class Cut:
    """Cut at the ``at``-th message (from 1) that ``side`` sends, counted since :meth:`Proxy.arm` or the cut before."""

    side: str
    at: int
    handed_on: bool = False
    reset: bool = False


class Framer:
    """Splits one side's bytes into messages of the protocol, version 3."""

    def __init__(self, *, typed: bool) -> None:
        self.single_bytes = 0
        self._typed = typed
        self._buffer = b""

    def feed(self, chunk: bytes) -> Iterator[tuple[bytes, bool]]:
        """The messages that are complete by now, and whether each asks for a one-byte answer."""
        self._buffer += chunk
        while (size := self._size()) and len(self._buffer) >= size:
            message, self._buffer = self._buffer[:size], self._buffer[size:]
            asks = not self._typed and struct.unpack("!I", message[4:8])[0] in _UNTYPED
            self._typed = self._typed or not asks  # after the start-up message each message has a type
            yield message, asks

    def _size(self) -> int:
        if self.single_bytes and self._buffer:
            self.single_bytes -= 1
            return 1
        head = 5 if self._typed else 4
        if len(self._buffer) < max(head, 1 if self._typed else 8):
            return 0
        return int(struct.unpack("!I", self._buffer[head - 4:head])[0]) + head - 4


@dataclass(eq=False)
class _Line:
    """One connection: both sockets and how far each side has spoken."""

    client: socket.socket
    server: socket.socket
    framers: dict[str, Framer] = field(default_factory=lambda: {
        CLIENT: Framer(typed=False), SERVER: Framer(typed=True)})
    closed: bool = False

    def close(self, *, reset: bool = False) -> None:
        """End both; the server always sees a plain end, the client a reset where wished. The first close counts."""
        if self.closed:
            return
        self.closed = True
        with contextlib.suppress(OSError):
            if reset:
                self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.client.shutdown(socket.SHUT_RD if reset else socket.SHUT_RDWR)  # wakes the thread that reads there
        with contextlib.suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        for one in (self.server, self.client):
            one.close()


class Proxy:
    """Listens on a port of its own and hands on to ``port`` of this machine."""

    def __init__(self, port: int) -> None:
        self._upstream = port
        self._lock = threading.Lock()
        self._flows = threading.Event()
        self._flows.set()
        self._lines: set[_Line] = set()
        self._cuts: list[Cut] = []
        self.counts = {CLIENT: 0, SERVER: 0}
        self.happened = 0
        """How many cuts were made since :meth:`arm`."""
        self.delay = 0.0
        """Seconds that each chunk is late, either way."""
        self.loss = 0.0
        """Which part of the chunks is late by another 0.2 to 1.5 s, as if it had been sent again."""
        self._chance = random.Random(1)
        self._listener: socket.socket | None = None
        self.port = 0
        self.plug_in()

    def url(self, url: str) -> str:
        """The same database behind this proxy."""
        return url.replace(f":{self._upstream}/", f":{self.port}/")

    # cutting at a message ------------------------------------------------------------------------------------

    def arm(self, *cuts: Cut) -> None:
        """Count from nothing, and make these cuts one after the other."""
        with self._lock:
            self._cuts = list(cuts)
            self.counts = {CLIENT: 0, SERVER: 0}
            self.happened = 0

    def _strikes(self, side: str) -> Cut | None:
        with self._lock:
            self.counts[side] += 1
            cut = self._cuts[0] if self._cuts else None
            if cut is None or (cut.side, cut.at) != (side, self.counts[side]):
                return None
            del self._cuts[0]
            self.happened += 1
            self.counts = {CLIENT: 0, SERVER: 0}
            return cut

    # the whole cable -----------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Silence: nothing passes, nothing is closed, new connections are taken and hear nothing."""
        self._flows.clear()

    def heal(self) -> None:
        """Let everything pass again, what was held back first."""
        self._flows.set()

    def unplug(self) -> None:
        """Close every connection and refuse new ones."""
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for line in [*self._lines]:
            line.close(reset=True)

    def plug_in(self) -> None:
        """Take connections (again), on the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=200)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self.unplug()
        self.heal()

    # the threads ---------------------------------------------------------------------------------------------

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _address = listener.accept()
                server = socket.create_connection(("127.0.0.1", self._upstream))
            except OSError:
                return
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line = _Line(client, server)
            self._lines.add(line)
            for side, source, target in ((CLIENT, client, server), (SERVER, server, client)):
                threading.Thread(target=self._pump, args=[line, side, source, target], daemon=True).start()

    def _pump(self, line: _Line, side: str, source: socket.socket, target: socket.socket) -> None:
        try:
            while chunk := source.recv(65536):
                self._flows.wait()
                if self.delay or self.loss:
                    time.sleep(self._late())
                    self._flows.wait()
                if not self._hand_on(line, side, chunk, target):
                    return
        except OSError:
            pass
        self._flows.wait()  # in a silent network nobody hears of an end either
        line.close()
        self._lines.discard(line)

    def _late(self) -> float:
        with self._lock:
            lost = self._chance.random() < self.loss
            return self.delay + (self._chance.uniform(0.2, 1.5) if lost else 0.0)

    def _hand_on(self, line: _Line, side: str, chunk: bytes, target: socket.socket) -> bool:
        """Hand the messages on; False if the cable was cut here."""
        ready = b""
        for message, asks in line.framers[side].feed(chunk):
            if asks:
                line.framers[SERVER].single_bytes += 1
            cut = self._strikes(side)
            if cut is None:
                ready += message
                continue
            target.sendall(ready + (message if cut.handed_on else b""))
            line.close(reset=cut.reset)
            self._lines.discard(line)
            return False
        target.sendall(ready)
        return True
