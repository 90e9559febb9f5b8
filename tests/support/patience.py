"""Waiting for signals on a machine that is busy with other things: long enough that only a broken product gives up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

PATIENCE = 30_000
"""Milliseconds. pytest-qt's own five seconds are less than a sign-in takes beside a race of fifty processes."""


class PatientBot(QtBot):
    """pytest-qt's bot; it goes on as soon as what it waits for is there, and gives up late."""

    def waitSignal(self, signal: SignalInstance, *, timeout: int = PATIENCE, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(self, signals: list[SignalInstance], *, timeout: int = PATIENCE, **how: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **how)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)
