"""A real X server for the flows that need one: Xvfb on a fresh display, and xdotool to drive the program."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

STILL = 0.15
"""The program tells its geometry every 0.1 s: what is at the same place twice after this has settled."""


@contextmanager
def x_server(size: str = "1366x768", pixels: Path | None = None) -> Iterator[str]:
    """Start Xvfb; yields the display. Its pixels are kept in the folder ``pixels``, for :func:`picture`."""
    read, write = os.pipe()
    kept = ["-fbdir", str(pixels)] if pixels is not None else []
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", *kept],
        pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        display = f":{answer.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait(timeout=20)


def picture(pixels: Path) -> QImage:
    """What is on the screen whose pixels are kept in this folder: a dump as X's own programs write it (XWD)."""
    dump = (pixels / "Xvfb_screen0").read_bytes()
    head = struct.unpack("!25I", dump[:100])
    width, height, line, colours = head[4], head[5], head[12], head[19]
    start = head[0] + 12 * colours
    return QImage(dump[start:start + line * height], width, height, line, QImage.Format.Format_RGB32).copy()


class Driver:
    """Moves the real mouse over what the program says is on the screen."""

    def __init__(self, display: str, geometry: Path) -> None:
        self._display = display
        self._geometry = geometry

    def told(self) -> dict[str, Any]:
        """What the program says just now; empty before it says anything."""
        try:
            found: dict[str, Any] = json.loads(self._geometry.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def wait(self, what: Any, seconds: float = 20) -> dict[str, Any]:
        """Wait until ``what(told)`` is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told = self.told()
            if told and what(told):
                return told
            time.sleep(0.05)
        raise AssertionError(f"never came true; the screen says: {self.told()}")

    def settle(self, calm: float = 0.4, seconds: float = 20) -> None:
        """Wait until the picture has not changed for a moment: answers have come, dialogs have found their place."""
        end = time.monotonic() + seconds
        before, since = self.told(), time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < calm:
            time.sleep(0.05)
            now = self.told()
            if now != before:
                before, since = now, time.monotonic()

    def find(self, kind: str, key: str) -> tuple[int, int]:
        """The middle of a card, chip, button or field, once it has stood still for a moment."""
        before: tuple[int, int] | None = None
        for _attempt in range(60):
            told = self.wait(lambda now: any(self._is(one, key) for one in now.get(kind, [])))
            x, y, width, height = next(one["rect"] for one in told[kind] if self._is(one, key))
            middle = x + width // 2, y + height // 2
            if middle == before:
                return middle
            before = middle
            time.sleep(STILL)
        raise AssertionError(f"{key} never stood still")

    @staticmethod
    def _is(one: dict[str, Any], key: str) -> bool:
        return key in (one["id"], one["words"], one.get("hospital_number"))

    def do(self, *arguments: object) -> None:
        """Run xdotool."""
        subprocess.run(["xdotool", *(str(one) for one in arguments)], check=True,
                       env={**os.environ, "DISPLAY": self._display})

    def click(self, kind: str, key: str) -> None:
        """Click something."""
        self.settle(0.15)
        self.do("mousemove", *self.find(kind, key), "click", 1)

    def drag(self, source: tuple[int, int], target: tuple[int, int]) -> None:
        """Press, move in ten steps, let go."""
        self.do("mousemove", *source, "mousedown", 1)
        for n in range(1, 11):
            self.do("mousemove", *(a + (b - a) * n // 10 for a, b in zip(source, target, strict=True)))
        self.do("mouseup", 1)
