"""Pictures of the board that was kept for the hour without a server: without names, asked for them, with names."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import BedStatus
from wardbeds.gui.last_known.page import LastKnownPage
from wardbeds.gui.last_known.session import LastKnownSession
from wardbeds.gui.scenes.studio import NURSE, Scene, Studio
from wardbeds.services import demo
from wardbeds.services.last_known.keeping import Keeper
from wardbeds.services.last_known.opening import open_last_known


def _last_known(step: str) -> Scene:
    """The board as it was kept: without names, with the question for a password, with names."""

    def scene(studio: Studio) -> QWidget:
        account = next(one for one in demo.ACCOUNTS if one.username == NURSE)
        keeper = Keeper(studio.folder, "postgresql://server/wardbeds")
        if studio.session.actor is not None:
            keeper.remember(studio.session.actor, account.password)
        keeper.keep(studio.store)
        known = open_last_known(studio.folder, "postgresql://server/wardbeds")
        assert known is not None
        page = LastKnownPage(LastKnownSession(known, "station-1", studio.tasks))
        studio.leave_later(page.leave)
        page.resize(*studio.size)
        page.show()
        page.session.open_ward(studio.session.ward_id or 0)
        if step == "named":
            page.kept.show_names(NURSE, account.password, lambda _refusal: None)
            studio.settle()
        occupied = [bed for bed in page.session.model.beds if bed.status is BedStatus.OCCUPIED]
        page.selection.select_bed(occupied[2].id)
        if step == "asked":
            page.names.click()
        studio.settle()
        return page

    return scene


KEPT_SCENES: dict[str, Scene] = {
    "last_known": _last_known("unnamed"), "show_names": _last_known("asked"), "last_known_names": _last_known("named"),
}
"""The board without a server at the start."""
