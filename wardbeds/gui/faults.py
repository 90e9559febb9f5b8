"""Faults of the program itself, as they go into its log."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)


def log_fault(what: str, error: BaseException) -> None:
    """What went wrong, of which kind and where: never its words, which may hold a name or a password."""
    import traceback  # the first frame does not wait for it

    log.error("%s: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
