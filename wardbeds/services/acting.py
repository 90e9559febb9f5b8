"""What all actions share: one transaction, and the answer as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wardbeds.domain.beds import Bed
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refusal, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import Request, SeenBed, SeenPlace
from wardbeds.services.redaction import redact_update
from wardbeds.store.action import perform
from wardbeds.store.database import Store
from wardbeds.store.places import Place
from wardbeds.store.work import Work


def act(store: Store, actor: Actor, request: Request, action: str, body: Callable[[Work], None], *,
        beds: Iterable[int] = (), patients: Iterable[int] = (), wards: Iterable[int] = (),
        house: bool = False) -> Done:
    """Carry out ``body`` as ``action`` and say how it left what it touched. Raises Refused and OutOfReach."""
    touched, updates, line = perform(store, actor, request, action, body, beds=beds, patients=patients, wards=wards,
                                     house=house)
    return Done(touched.operation_id, touched.time, tuple(redact_update(actor.role, update) for update in updates),
                line, touched.patient_id, repeated=touched.repeated)


def stale_bed(work: Work, seen: SeenBed, bed: Bed) -> list[Refusal]:
    """STALE if the bed is no longer as seen; an import saw nothing."""
    if work.imported or not seen.is_stale(bed):
        return []
    return [refuse(Code.STALE, "bed_changed", bed=bed.number)]


def stale_place(seen: SeenPlace, place: Place) -> list[Refusal]:
    """STALE if the person is no longer in the bed or on the list where she was seen."""
    if (seen.bed_id, seen.ward_id) == (place.bed_id, place.waiting_ward):
        return []
    return [refuse(Code.STALE, "patient_moved")]
