"""Pictures of a board that others change too: marks, the connection lost and back, two versions of one thing."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import (
    BlockBed,
    DischargePatient,
    EditRemark,
    MarkClean,
    PlacePatient,
    SeenBed,
    SeenPlace,
)
from wardbeds.domain.stays import Outcome
from wardbeds.gui.link import LOST_AFTER, SLOW_AFTER
from wardbeds.gui.scenes.studio import Scene, Studio
from wardbeds.gui.verbs import Verb
from wardbeds.services import accounts, demo
from wardbeds.services.bed_states import block_bed, mark_clean
from wardbeds.services.editing import edit_remark
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.placing import place_patient

COLLEAGUE = "uwera"


def _colleague(studio: Studio) -> Actor:
    one = next(one for one in demo.ACCOUNTS if one.username == COLLEAGUE)
    return accounts.sign_in(studio.store, one.username, one.password, "Station 2")


def _seen(bed: Bed) -> SeenBed:
    return SeenBed.of(bed)


def _discharge(studio: Studio, bed: Bed) -> None:
    assert bed.patient_id is not None
    actor = _colleague(studio)
    studio.did(actor, discharge_patient(studio.store, actor, DischargePatient(
        patient_id=bed.patient_id, seen=SeenPlace(bed_id=bed.id), outcome=Outcome.IMPROVED)))


def _acts(studio: Studio) -> None:
    """Three things happen at Station 2: somebody goes home, a bed is clean, somebody is placed without any warning."""
    engine, model, actor = studio.page.engine, studio.session.model, _colleague(studio)
    _discharge(studio, studio.bed(BedStatus.OCCUPIED, 7))
    cleaned = MarkClean(bed=_seen(studio.bed(BedStatus.CLEANING)))
    studio.did(actor, mark_clean(studio.store, actor, cleaned))
    for waiting in model.waiting:
        engine.pick_up_waiting(waiting)
        free = [bed for bed in model.beds if bed.status is BedStatus.AVAILABLE
                and engine.verdict(bed.id).allowed and not engine.verdict(bed.id).warnings]
        engine.cancel()
        if free:
            studio.did(actor, place_patient(studio.store, actor, PlacePatient(
                patient_id=waiting.person.patient_id, seen=SeenPlace(ward_id=waiting.ward_id), bed=_seen(free[-1]))))
            return
    blocked = BlockBed(bed=_seen(studio.bed(BedStatus.AVAILABLE)), reason="mattress")
    studio.did(actor, block_bed(studio.store, actor, blocked))


def _changed(view: int) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.page.show_view(view)
        _acts(studio)
        _wait_for_marks(studio, 3)
        if view == 2:
            changed = max(studio.session.model.row_of(bed_id) for bed_id in studio.session.model.changes.beds)
            studio.page.list.scrollTo(studio.page.list.model().index(changed, 0))
        return studio.page

    return scene


def _overtaken(studio: Studio) -> QWidget:
    """Somebody is placed on a bed that Station 2 has just blocked."""
    bed, actor, waiting = studio.bed(BedStatus.AVAILABLE), _colleague(studio), studio.session.model.waiting[0]
    studio.did(actor, block_bed(studio.store, actor, BlockBed(bed=_seen(bed), reason="mattress")))
    studio.session.perform(place_patient, PlacePatient(
        patient_id=waiting.person.patient_id, seen=SeenPlace(ward_id=waiting.ward_id), bed=_seen(bed)))
    studio.settle()
    return studio.page


def _holds_ended(studio: Studio) -> QWidget:
    """Hours later, as the board's clock goes."""
    model = studio.session.model
    now, studio_clock = model.clock(), model.clock
    model.clock = lambda: now + timedelta(hours=9)
    model.pass_time()
    model.clock = studio_clock
    studio.settle()
    studio.leave_later(studio.session.reload)
    return studio.page


def _wait_for_marks(studio: Studio, least: int) -> None:
    studio.wait_until(lambda: len(studio.session.model.changes.beds) >= least)
    studio.settle()


def _changed_and_selected(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED, 2)
    return _changed(0)(studio)


def _reconnecting(studio: Studio) -> QWidget:
    link = studio.session.link
    link.stop()
    link._last_answer -= (SLOW_AFTER + LOST_AFTER) / 2
    link.judge()
    studio.settle()
    return studio.page


def _offline(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED, 2)
    studio.unplug()
    studio.settle()
    return studio.page


def _back(studio: Studio) -> QWidget:
    studio.unplug()
    _acts(studio)
    studio.plug_in()
    _wait_for_marks(studio, 3)
    return studio.page


def _back_list(studio: Studio) -> QWidget:
    _back(studio)
    studio.page.connection.show_changes.click()
    studio.settle()
    return studio.page


def _catch_up(studio: Studio) -> QWidget:
    _back(studio)
    studio.page.connection.enter_missed.click()
    studio.select(BedStatus.AVAILABLE)
    return studio.dialog(Verb.BLOCK)


def _catch_up_strip(studio: Studio) -> QWidget:
    _back(studio)
    studio.page.connection.enter_missed.click()
    studio.select(BedStatus.OCCUPIED, 2)
    return studio.page


def _meanwhile(studio: Studio) -> QWidget:
    bed = studio.select(BedStatus.OCCUPIED, 3)
    studio.dialog(Verb.NOTES)
    edit_remark(studio.store, _colleague(studio), EditRemark(
        bed=_seen(bed), seen_remark=bed.remark, remark="The left rail is loose"))
    studio.wait_until(lambda: studio.page.dialog is not None and studio.page.dialog.meanwhile.bar.isVisible())
    studio.settle()
    return studio.page


def _meanwhile_gone(studio: Studio) -> QWidget:
    bed = studio.select(BedStatus.OCCUPIED, 4)
    studio.dialog(Verb.DISCHARGE)
    _discharge(studio, bed)
    studio.wait_until(lambda: studio.page.dialog is not None and studio.page.dialog.meanwhile.bar.isVisible())
    studio.settle()
    return studio.page


def _checking(studio: Studio) -> QWidget:
    bed = studio.select(BedStatus.AVAILABLE)
    studio.unplug()
    studio.session.model.set_saving(bed.id)
    studio.session.checking_changed.emit(True)
    studio.settle()
    return studio.page


def _too_old(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED, 2)
    studio.session.link.stop()
    studio.session.set_may_write(False)
    studio.settle()
    return studio.page


STATION_SCENES: dict[str, Scene] = {
    "overtaken": _overtaken, "holds_ended": _holds_ended,
    "others_map": _changed(0), "others_grid": _changed(1), "others_list": _changed(2),
    "others_selected": _changed_and_selected, "reconnecting": _reconnecting, "offline": _offline, "back": _back,
    "back_list": _back_list, "catch_up": _catch_up, "catch_up_strip": _catch_up_strip, "meanwhile": _meanwhile,
    "meanwhile_gone": _meanwhile_gone, "checking": _checking, "too_old": _too_old,
}
