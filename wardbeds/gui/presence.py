"""Whether whoever waits for an answer is still there to hear it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def is_there(callback: Callable[..., Any]) -> bool:
    """Whether the widgets that a callback belongs to are still there: a dialog may be closed before its answer."""
    cells = [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    return all(isValid(one) for one in [getattr(callback, "__self__", None), *cells] if isinstance(one, QObject))
