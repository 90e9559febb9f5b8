"""Carrying out one action: lock, identify, work, event, commit; and telling a repeated operation from a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from wardbeds.domain.changes import LastAction, WardUpdate
from wardbeds.domain.errors import InDoubt, OutOfReach, ProgramTooOld, Refused
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import Request
from wardbeds.store.board import beds_by_id, read_waiting
from wardbeds.store.database import ASK_AGAIN, Store
from wardbeds.store.history import read_last_action
from wardbeds.store.refusals import refusal_of
from wardbeds.store.tables import event_subjects, events, streams
from wardbeds.store.transaction import Transaction
from wardbeds.store.work import Work

Body = Callable[[Work], None]


@dataclass(frozen=True, slots=True)
class Touched:
    """What an operation touched: wards, each with the revision of its event, and beds.

    ``repeated`` if it had been done before.
    """

    operation_id: UUID
    time: datetime
    revisions: dict[int, int]
    bed_ids: tuple[int, ...]
    repeated: bool = False
    patient_id: int | None = None


class Answer(NamedTuple):
    """What was touched, as it was left, and the line for the work strip."""

    touched: Touched
    updates: tuple[WardUpdate, ...]
    line: LastAction | None


def perform(store: Store, actor: Actor, request: Request, action: str, body: Body, *, beds: Iterable[int] = (),
            patients: Iterable[int] = (), wards: Iterable[int] = (), house: bool = False) -> Answer:
    """Run ``body`` in one transaction that holds the streams of what it names, write its event, and read back.

    All or none; the same operation id again changes nothing and answers as the first time. What was touched is read
    back before COMMIT, while the locks still keep it as it was written: it is handed on only when COMMIT has been
    answered, and it is one transaction less to wait for. Raises Refused and OutOfReach.
    """
    beds, patients, wards = list(beds), list(patients), list(wards)

    def job(connection: Connection) -> Answer:
        transaction = Transaction(connection)
        transaction.lock(beds, patients, wards, house)
        transaction.identify(actor.user_id, places=True)
        work = Work(transaction, actor, request.operation_id, action, request.happened_at)
        body(work)
        work.finish(house=house)
        return _read_back(connection, _touched(work, request.operation_id), work.line())

    try:
        return store.write(job)
    except (Refused, ProgramTooOld):  # an answer to COMMIT may have been lost before
        done = _done_before(store, request.operation_id, actor)
        if done is None:
            raise
        return _answer_again(store, done)
    except IntegrityError as error:
        done = _done_before(store, request.operation_id, actor)
        if done is not None:  # whichever constraint noticed first: what the operation wrote is in its own way
            return _answer_again(store, done)
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise Refused(refusal) from error


def _touched(work: Work, operation_id: UUID) -> Touched:
    person = next((subject[0] for subject in work.draft.subjects if subject[0] is not None), None)
    beds = set(work.draft.beds) | {bed for subject in work.draft.subjects for bed in subject[1:] if bed is not None}
    revisions = {ward_id: work.transaction.head(ward_id).revision for ward_id in sorted(work.wards_touched)}
    return Touched(operation_id, work.draft.time, revisions, tuple(sorted(beds)), patient_id=person)


def _done_before(store: Store, operation_id: UUID, actor: Actor) -> Touched | None:
    """What the operation touched when it was done before; then as safe as if it had been answered at once.

    Raises InDoubt where this cannot be found out: a refusal would then be a guess.
    """
    try:
        done = find_operation(store, operation_id, actor)
        if done is not None:
            store.settle()
        return done
    except OutOfReach as error:
        raise InDoubt(ASK_AGAIN) from error


def find_operation(store: Store, operation_id: UUID, actor: Actor) -> Touched | None:
    """What the operation touched, if it is in the database and was this actor's."""
    with store.reading() as connection:
        rows = connection.execute(
            select(events.c.time, streams.c.ward_id, event_subjects.c.patient_id, event_subjects.c.from_bed,
                   event_subjects.c.to_bed, events.c.revision)
            .join_from(events, streams, streams.c.id == events.c.stream_id)
            .outerjoin(event_subjects, (event_subjects.c.stream_id == events.c.stream_id)
                       & (event_subjects.c.revision == events.c.revision))
            .where(events.c.operation_id == str(operation_id), events.c.actor_id == actor.user_id)).all()
    if not rows:
        return None
    revisions = {row[1]: row[5] for row in rows if row[1] is not None}
    bed_ids = {bed for row in rows for bed in row[3:5] if bed is not None}
    person = next((row[2] for row in rows if row[2] is not None), None)
    return Touched(operation_id, rows[0][0], revisions, tuple(sorted(bed_ids)), True, person)


def _answer_again(store: Store, touched: Touched) -> Answer:
    """What an operation that had been done before touched, as it is now.

    Raises InDoubt if the database is out of reach by now: it is done, but whoever asks again must hear so.
    """
    try:
        with store.reading() as connection:
            return _read_back(connection, touched)
    except OutOfReach as error:
        raise InDoubt(ASK_AGAIN) from error


def _read_back(connection: Connection, touched: Touched, line: LastAction | None = None) -> Answer:
    beds = beds_by_id(connection, touched.bed_ids)
    waiting = read_waiting(connection, *touched.revisions) if touched.revisions else []
    updates = tuple(
        WardUpdate(ward_id, revision, tuple(bed for bed in beds.values() if bed.ward_id == ward_id),
                   tuple(one for one in waiting if one.ward_id == ward_id), touched.time)
        for ward_id, revision in sorted(touched.revisions.items()))
    return Answer(touched, updates, line or read_last_action(connection, str(touched.operation_id)))
