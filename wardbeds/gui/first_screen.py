"""What is seen first after signing in, by what the PC is for, as far as the role allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from wardbeds.domain.access import Permission, can
from wardbeds.domain.beds import BedStatus
from wardbeds.gui.homes.plain import PlainHome
from wardbeds.settings import Use

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage
    from wardbeds.gui.session import Session

LIST, MAP = 2, 0


def first_view(use: Use) -> int:
    """What of the board is shown to who has not chosen yet: the list where beds are worked through, else the plan."""
    return LIST if use is Use.SUPPORT else MAP


def home_of(session: Session, board: BoardPage) -> QWidget:
    """The board, or for a role that it is not open to a page that says so."""
    assert session.actor is not None
    if can(session.actor.role, Permission.BOARD_READ):
        return board
    home = PlainHome(session.actor)
    home.leave_requested.connect(session.sign_out)
    return home


def show_first(page: BoardPage) -> None:
    """Where support staff come, the beds to clean; in the office, the people who work here; on a ward, the board.

    The board is on the screen by now.
    """
    session = page.session
    if session.actor is None:
        return
    if session.use is Use.SUPPORT and can(session.actor.role, Permission.BED_CLEAN):
        page.strip.press(BedStatus.CLEANING)
    elif session.use is Use.ADMINISTRATION and can(session.actor.role, Permission.USERS_MANAGE):
        page.house.people()
