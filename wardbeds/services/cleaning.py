"""What whoever cleans has to know of a bed."""

from __future__ import annotations

from wardbeds.domain.access import Permission, require
from wardbeds.domain.people import Actor
from wardbeds.store.admission import last_needs
from wardbeds.store.database import Store

ISOLATION = "isolation"


def needs_disinfecting(store: Store, actor: Actor, bed_id: int) -> bool:
    """Whether the bed's last patient needed isolation. Needs ``board:read``; says nothing of who it was."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        return ISOLATION in last_needs(connection, bed_id)
