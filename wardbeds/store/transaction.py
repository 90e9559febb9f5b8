"""One write transaction: the streams it locked, the time it took after the lock, who acts in it.

Locks are the rows of the people it is about, then the ward streams' rows, each in order of id; the time is taken
afterwards, so that a nurse who had to wait is never told that her placement lies before the one she waited for
(DESIGN 3). A ward's stream alone does not keep two wards from acting on one person at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, func, null, select, union

from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import ProfileStatus, Role, actor_name, may_sign_in
from wardbeds.store.database import Again
from wardbeds.store.places import PLACE_COLUMNS, Place, join_places, read_place
from wardbeds.store.prepared import Prepared, Row, Values
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
_PEOPLE = Prepared(
    select(patients.c.id, patients.c.merged_into)
    .where(patients.c.id.in_(_patients) | patients.c.id.in_(
        select(_merged.c.merged_into).where(_merged.c.id.in_(_patients))))
    .order_by(patients.c.id).with_for_update(key_share=True), "patients")
_LOCK = Prepared(
    select(streams.c.id, streams.c.ward_id, streams.c.revision, streams.c.head, streams.c.last_time)
    .where(streams.c.ward_id.in_(bindparam("wards", expanding=True)) | (streams.c.kind == bindparam("kind"))
           | streams.c.ward_id.in_(union(
               select(ward_beds.c.ward_id).where(
                   ward_beds.c.id.in_(_beds) | ward_beds.c.patient_id.in_(_patients)
                   | ward_beds.c.held_for.in_(_patients)),
               select(admissions.c.waiting_ward).where(
                   admissions.c.patient_id.in_(_patients), admissions.c.waiting_ward.is_not(None)))))
    .order_by(streams.c.id).with_for_update(), "beds", "patients", "wards")
_account, _profile = users.alias("account"), profiles.alias("account_profile")


def _who(clock: ColumnElement[Any], *others: ColumnElement[Any]) -> Select[Any]:
    return (select(_account.c.is_active, _profile.c.is_active, _profile.c.status, _profile.c.role,
                   select(schema_version.c.min_writer).scalar_subquery(), clock, _account.c.first_name,
                   _account.c.last_name, _account.c.username, *others)
            .where(_account.c.id == bindparam("who")))


def _who_and_where(clock: ColumnElement[Any]) -> Prepared:
    """The account beside each of the people, where they are included: one answer where two would be waited for."""
    people: BindParameter[Any] = bindparam("people", expanding=True)
    return Prepared(_who(clock, *PLACE_COLUMNS).select_from(join_places(
        _account.join(_profile, _profile.c.user_id == _account.c.id)
        .outerjoin(patients, patients.c.id.in_(people)))), "people")


_WHO: dict[bool, Prepared] = {
    server: Prepared(_who(clock).join_from(_account, _profile, _profile.c.user_id == _account.c.id))
    for server, clock in ((True, func.clock_timestamp()), (False, null()))}
_WHO_AND_WHERE: dict[bool, Prepared] = {
    True: _who_and_where(func.clock_timestamp()), False: _who_and_where(null())}


class Transaction:
    """A write transaction with its locked streams. ``heads`` is by ward id; the house's key is 0."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.postgresql = connection.dialect.name == "postgresql"
        self.heads: dict[int, Head] = {}
        self.role: Role | None = None
        self.user_id = 0
        self.actor_name = ""
        self._people: list[int] = []
        self._places: dict[int, Row] = {}
        self._clock = datetime.min.replace(tzinfo=UTC)
        self.last_bed: dict[int, datetime | None] = {}
        self.last_person: dict[int, datetime | None] = {}

    def lock(self, beds: Iterable[int] = (), patients: Iterable[int] = (), ward_ids: Iterable[int] = (),
             house: bool = False) -> None:
        """Lock these people, and the streams of these wards and of the wards where the beds and people are (waiting,
        in a bed, with a bed held for them). A person who was merged into another one counts as both. What is locked
        already is left; call once, since order is what avoids deadlock.

        Raises Again if somebody was merged into another record while the lock was waited for: nobody has locked that.
        """
        people = sorted(set(patients))
        if people:
            rows = _PEOPLE.rows(self.connection, patients=people)
            people = sorted({*people, *(row[0] for row in rows)})
            if any(row[1] is not None and row[1] not in people for row in rows):
                raise Again
            self._people = people
        for row in _LOCK.rows(self.connection, beds=sorted(set(beds)), patients=people,
                              wards=sorted(set(ward_ids)), kind="house" if house else ""):
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

    def identify(self, user_id: int, *, places: bool = False) -> Role:
        """Read account and clock, now that the locks are held; ``places``: and where the locked people are.

        Raises Refused ROLE if the account may not act, and ProgramTooOld if this program may not write here.
        """
        row = self._look(user_id, places)
        if row is None or not may_sign_in(bool(row[0]), bool(row[1]), ProfileStatus(row[2])):
            raise Refused(refuse(Code.ROLE, "inactive"))
        require_writer(row[4])
        self._clock = max(self._clock, row[5].astimezone(UTC) if self.postgresql else datetime.now(UTC))
        self.role, self.user_id = Role(row[3]), user_id
        self.actor_name = actor_name(*row[6:9])
        return self.role

    def _look(self, user_id: int, places: bool) -> Row | None:
        if not (places and self._people):
            return _WHO[self.postgresql].row(self.connection, who=user_id)
        rows = _WHO_AND_WHERE[self.postgresql].rows(self.connection, who=user_id, people=self._people)
        self._places = {row[9]: row[9:] for row in rows if row[9] is not None}
        return rows[0] if rows else None

    def place(self, patient_id: int) -> Place:
        """Where the person is now, nothing being written in between. Raises Refused UNKNOWN."""
        return read_place(self.connection, patient_id, self._places)

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

    def write(self, statement: Prepared, values: Values | Sequence[Values]) -> int:
        """Execute a prepared statement; how many rows it wrote."""
        self._places.clear()
        return statement.run(self.connection, values)

    def returned(self, statement: Prepared, **values: Any) -> Any:
        """Execute a prepared statement that writes a row and returns a column of it; None where it wrote none."""
        self._places.clear()
        row = statement.row(self.connection, **values)
        return row[0] if row is not None else None

    def run(self, statement: Any, values: dict[str, Any] | list[dict[str, Any]] | None = None) -> Any:
        """Execute a statement in this transaction."""
        self._places.clear()
        return self.connection.execute(statement, values) if values is not None else self.connection.execute(statement)
