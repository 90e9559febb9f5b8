"""One write transaction: the streams it locked, the time it took after the lock, who acts in it.

Locks are the rows of the people it is about, then the ward streams' rows, each in order of id; the time is taken
afterwards, so that a nurse who had to wait is never told that her placement lies before the one she waited for
(DESIGN 3). A ward's stream alone does not keep two wards from acting on one person at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select, union

from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import ProfileStatus, Role, may_sign_in
from wardbeds.store.database import Again
from wardbeds.store.tables import admissions, patients, profiles, schema_version, streams, users, ward_beds
from wardbeds.store.versions import require_writer

MICROSECOND = timedelta(microseconds=1)
IMPORT_USER = "import"


@dataclass(slots=True)
class Head:
    """Where a stream stands: its last revision, hash and time."""

    stream_id: int
    revision: int
    hash: str
    last_time: datetime | None


_beds: BindParameter[Any] = bindparam("beds", expanding=True)
_patients: BindParameter[Any] = bindparam("patients", expanding=True)
_merged = patients.alias("merged")
_PEOPLE = (
    select(patients.c.id)
    .where(patients.c.id.in_(_patients) | patients.c.id.in_(
        select(_merged.c.merged_into).where(_merged.c.id.in_(_patients))))
    .order_by(patients.c.id).with_for_update(key_share=True)
)
_LOCK = (
    select(streams.c.id, streams.c.ward_id, streams.c.revision, streams.c.head, streams.c.last_time)
    .where(streams.c.ward_id.in_(bindparam("wards", expanding=True)) | (streams.c.kind == bindparam("kind"))
           | streams.c.ward_id.in_(union(
               select(ward_beds.c.ward_id).where(
                   ward_beds.c.id.in_(_beds) | ward_beds.c.patient_id.in_(_patients)
                   | ward_beds.c.held_for.in_(_patients)),
               select(admissions.c.waiting_ward).where(
                   admissions.c.patient_id.in_(_patients), admissions.c.waiting_ward.is_not(None)))))
    .order_by(streams.c.id).with_for_update()
)
_WHO = select(users.c.is_active, profiles.c.is_active, profiles.c.status, profiles.c.role,
              select(schema_version.c.min_writer).scalar_subquery()).join_from(
    users, profiles).where(users.c.id == bindparam("who"))
_WHO_AND_WHEN = _WHO.add_columns(func.clock_timestamp())


class Transaction:
    """A write transaction with its locked streams. ``heads`` is by ward id; the house's key is 0."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.postgresql = connection.dialect.name == "postgresql"
        self.heads: dict[int, Head] = {}
        self.role: Role | None = None
        self.user_id = 0
        self._clock = datetime.min.replace(tzinfo=UTC)
        self.last_bed: dict[int, datetime | None] = {}
        self.last_person: dict[int, datetime | None] = {}

    def lock(self, beds: Iterable[int] = (), patients: Iterable[int] = (), ward_ids: Iterable[int] = (),
             house: bool = False) -> None:
        """Lock these people, and the streams of these wards and of the wards where the beds and people are (waiting,
        in a bed, with a bed held for them). A person who was merged into another one counts as both. What is locked
        already is left; call once, since order is what avoids deadlock.
        """
        people = sorted(set(patients))
        if people:
            people = sorted({*people, *self.connection.scalars(_PEOPLE, {"patients": people})})
        for row in self.connection.execute(_LOCK, {
                "beds": sorted(set(beds)), "patients": people, "wards": sorted(set(ward_ids)),
                "kind": "house" if house else ""}):
            self.heads[row[1] or 0] = Head(row[0], row[2], row[3], row[4])

    def lock_access(self, station: str) -> None:
        """Lock the station's access stream, made at its first use. Its key in ``heads`` is -1."""
        query = select(streams.c.id, streams.c.revision, streams.c.head, streams.c.last_time).where(
            streams.c.station == station).with_for_update()
        row = self.connection.execute(query).one_or_none()
        if row is None:
            self.connection.execute(streams.insert().values(kind="access", station=station))
            row = self.connection.execute(query).one()
        self.heads[-1] = Head(*row)

    def identify(self, user_id: int) -> Role:
        """Read account and clock, now that the locks are held. Raises Refused ROLE if the account may not act, and
        ProgramTooOld if this program may not write here.
        """
        row = self.connection.execute(_WHO_AND_WHEN if self.postgresql else _WHO, {"who": user_id}).one_or_none()
        if row is None or not may_sign_in(bool(row[0]), bool(row[1]), ProfileStatus(row[2])):
            raise Refused(refuse(Code.ROLE, "inactive"))
        require_writer(row[4])
        self._clock = max(self._clock, row[5].astimezone(UTC) if self.postgresql else datetime.now(UTC))
        self.role, self.user_id = Role(row[3]), user_id
        return self.role

    def next_time(self) -> datetime:
        """The time of the next event: the server's clock, later than the last event of every locked stream."""
        last = [head.last_time for head in self.heads.values() if head.last_time is not None]
        self._clock = max([self._clock + MICROSECOND, *(time + MICROSECOND for time in last)])
        return self._clock

    def head(self, ward_id: int) -> Head:
        """The locked head of a ward's stream; raises Again if the ward was not among those locked."""
        try:
            return self.heads[ward_id]
        except KeyError:
            raise Again from None

    def run(self, statement: Any, values: dict[str, Any] | list[dict[str, Any]] | None = None) -> Any:
        """Execute a statement in this transaction."""
        return self.connection.execute(statement, values) if values is not None else self.connection.execute(statement)
