"""What the line at the foot says: the filter in force, what another station did, connection, person, station."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import words

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage

Part = tuple[str, str]


def foot_parts(page: BoardPage) -> list[Part]:
    """Pairs of an icon's name and words, the most important first; nothing before somebody is signed in."""
    actor, session = page.session.actor, page.session
    if actor is None:
        return []
    where = page.tr("Connected") if session.online else page.tr("No connection")
    demo = page.tr("DEMO, invented people") if session.settings and session.settings.demo else ""
    found = [("triangle-alert", page.foot_warning), *_filter(page), *_others(page),
             ("server" if session.online else "wifi-off", where),
             ("user", words.signed_text(actor.display_name, actor.role)), ("map", session.station),
             ("lock", page.tr("Ctrl L locks")), ("info", demo)]
    return [part for part in found if part[1]]


def _filter(page: BoardPage) -> list[Part]:
    """A filter is always announced."""
    mine, states = page.filtering.my_beds(), page.strip.filter()
    if mine is not None:
        return [("user", page.tr("Showing your {n} patients; the others are pale").format(n=len(mine)))]
    if not states:
        return []
    beds = page.session.model.beds
    named = ", ".join(words.status_word(BedStatus(one)) for one in sorted(states))
    return [("info", page.tr("Showing {n} of {all}, filter: {states}").format(
        n=sum(bed.status in states for bed in beds), all=len(beds), states=named))]


def _others(page: BoardPage) -> list[Part]:
    """What another station did, where the work strip has no room for it."""
    line = page.others.line
    if line is None or page.others.stands_in_work_strip:
        return []
    return [("users", f"{words.others_text(line)}, {words.when_and_who(line)}")]
