"""The whole truth as the rules of DESIGN 3 and 4 say it, told a second time in a few lines each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from wardbeds.domain.beds import BedStatus, Priority
from wardbeds.domain.errors import Code
from wardbeds.domain.people import Sex
from wardbeds.domain.stays import Feeds, Source

FREE, OCC, RES, CLEAN, BLK = BedStatus
NORTH, SOUTH, HOUSE = 1, 2, 0
PREFIX = "CHB-"
SEX_WORDS = {Sex.MALE: "Male", Sex.FEMALE: "Female"}


@dataclass(frozen=True)
class Hold:
    """Who or what a bed is kept for; ``key`` tells two holds of the same person apart."""

    key: int
    person: int | None = None
    text: str = ""


@dataclass
class Bed:
    """A bed; ``since`` counts actions."""

    ward: int
    status: BedStatus = FREE
    patient: int | None = None
    hold: Hold | None = None
    since: int = 0
    blocked_from: BedStatus = FREE
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Identity:
    """Who somebody is."""

    hospital_number: str
    last_name: str
    first_name: str
    sex: Sex
    date_of_birth: date | None = None
    birth_estimated: bool = False
    national_id: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Particulars:
    """What is recorded at admission; the source stays as it was."""

    source: Source = Source.OTHER
    source_text: str = ""
    complaint: str = ""
    needs: tuple[str, ...] = ()
    priority: Priority = Priority.ROUTINE
    specialty: str = ""
    nurse_id: int | None = None
    doctor_id: int | None = None
    expected_leaving: date | None = None
    feeds: Feeds | None = None


@dataclass
class Person:
    """A registered person: waiting in a ward, in a bed, or neither. ``admission`` is the action that admitted her,
    ``turned`` the one by which she last came or left."""

    identity: Identity
    attendant: tuple[str, str] = ("", "")
    admission: int | None = None
    particulars: Particulars = Particulars()
    ward: int | None = None
    bed: int | None = None
    decided: bool = False
    notes: tuple[str, bool] = ("", False)
    turned: int = 0


@dataclass
class Model:
    """Beds 1 to 8, the people by their ids, and how many actions there were."""

    beds: dict[int, Bed] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    tick: int = 0

    # asking --------------------------------------------------------------------------------------------------

    def hard(self, bed: int, person: int | None) -> list[Code]:
        """Why nobody, or not this person, can be put into the bed."""
        one = self.beds[bed]
        codes = {OCC: [Code.OCC], BLK: [Code.BLK], CLEAN: [Code.DIRTY]}.get(one.status, [])
        return codes + ([Code.HELD] if one.hold is not None and (one.hold.person is None or one.hold.person != person)
                        else [])

    def held(self, person: int) -> int | None:
        """The bed kept for a person."""
        return next((n for n, bed in self.beds.items() if bed.hold is not None and bed.hold.person == person), None)

    def wards_of(self, person: int) -> set[int]:
        """The wards whose boards show the person: where she lies, waits, or has a bed kept for her."""
        one, held = self.people[person], self.held(person)
        found = {self.beds[bed].ward for bed in (one.bed, held) if bed is not None}
        return found | ({one.ward} if one.ward is not None else set())

    def taken(self, *, number: str = "", national_id: str = "", but: int | None = None) -> list[Code]:
        """DUP where somebody else has this hospital number or this national id."""
        others = [one.identity for n, one in self.people.items() if n != but]
        return [Code.DUP] if any((number and one.hospital_number == number)
                                 or (national_id and one.national_id == national_id) for one in others) else []

    def next_number(self) -> str:
        """The number that the next new person gets."""
        numbers = [one.identity.hospital_number.removeprefix(PREFIX) for one in self.people.values()
                   if one.identity.hospital_number.startswith(PREFIX)]
        return f"{PREFIX}{1 + max((int(one) for one in numbers if one.isdecimal()), default=0):06d}"

    def unknown_name(self, sex: Sex) -> str:
        """What an unknown person is called: as nobody else is who is still unknown."""
        word = SEX_WORDS.get(sex, "Person")
        numbers = [int(one.identity.first_name.removeprefix(f"{word} ")) for one in self.people.values()
                   if one.identity.last_name == "UNKNOWN" and one.identity.first_name.startswith(f"{word} ")]
        return f"{word} {1 + max(numbers, default=0)}"

    # changing; each returns the wards touched ----------------------------------------------------------------

    def put(self, bed: int, status: BedStatus) -> None:
        """The bed is in another state from this action on."""
        self.beds[bed].status, self.beds[bed].since = status, self.tick

    def free(self, bed: int) -> set[int]:
        """Nobody is in the bed any more: to clean where the ward's step is on."""
        self.put(bed, CLEAN if self.beds[bed].ward == NORTH else FREE)
        self.beds[bed].patient = None
        return {self.beds[bed].ward}

    def drop_hold(self, bed: int) -> set[int]:
        """The bed is no longer kept."""
        self.beds[bed].hold = None
        if self.beds[bed].status is RES:
            self.put(bed, FREE)
        return {self.beds[bed].ward}

    def occupy(self, person: int, bed: int) -> set[int]:
        """The person lies in the bed from now on, and is nowhere else; no bed is kept for her."""
        one, held = self.people[person], self.held(person)
        wards = self.wards_of(person) | {self.beds[bed].ward}
        if held is not None and held != bed:
            self.drop_hold(held)
        if one.bed is not None:
            self.free(one.bed)
        self.put(bed, OCC)
        self.beds[bed].patient, self.beds[bed].hold = person, None
        one.bed, one.ward = bed, None
        return wards

    def swap(self, first: int, second: int) -> set[int]:
        """The two lie in each other's bed from now on; no bed is kept for either."""
        wards, people = self.wards_of(first) | self.wards_of(second), (self.people[first], self.people[second])
        for person in (first, second):
            held = self.held(person)
            if held is not None:
                self.drop_hold(held)
        people[0].bed, people[1].bed = people[1].bed, people[0].bed
        for person in (first, second):
            bed = self.people[person].bed
            assert bed is not None
            self.put(bed, OCC)
            self.beds[bed].patient = person
        return wards

    def leave(self, person: int) -> set[int]:
        """The admission ends, with what hangs on it."""
        one, held, wards = self.people[person], self.held(person), self.wards_of(person)
        if held is not None:
            self.drop_hold(held)
        if one.bed is not None:
            self.free(one.bed)
        self.people[person] = Person(one.identity, one.attendant, turned=self.tick)
        return wards

    # taking back ---------------------------------------------------------------------------------------------

    def can_take_back(self, before: Model, after: Model, beds: list[int], people: list[int]) -> bool:
        """Whether beds and people are still as an action left them, and no hold would come back as a second one.

        Words do not count.
        """
        as_left = all(_bed_key(self, n) == _bed_key(after, n) for n in beds) and all(
            _person_key(self, n) == _person_key(after, n) for n in people)
        holds = [before.beds[n].hold for n in beds]
        twice = any(self.held(hold.person) not in (None, *beds) for hold in holds if hold and hold.person is not None)
        return as_left and not twice

    def take_back(self, before: Model, after: Model, beds: list[int], people: list[int]) -> set[int]:
        """Give beds and people back what they had before, but for what others wrote since."""
        wards = {self.beds[n].ward for n in beds}
        for n in beds:
            self.beds[n] = replace(before.beds[n], remark=self.beds[n].remark)
        for n in people:
            now, old = self.people[n], before.people.get(n) or Person(self.people[n].identity)
            wards |= {one.ward for one in (now, old) if one.ward is not None}
            wards |= {self.beds[one.bed].ward for one in (now, old) if one.bed is not None}
            self.people[n] = _back(now, old, after.people[n])
        return wards


def _back(now: Person, old: Person, left: Person) -> Person:
    """The person as before the action; what was decided or written after it stays, who she is always does."""
    same = old.admission == now.admission
    decided = now.decided if old.decided == left.decided and old.admission is not None else old.decided
    notes = now.notes if old.notes == left.notes else old.notes
    return replace(old, identity=now.identity, attendant=now.attendant, decided=decided,
                   particulars=now.particulars if same else old.particulars,
                   notes=notes if old.bed is not None else ("", False))


def changed(before: Model, after: Model) -> tuple[list[int], list[int]]:
    """The beds and the people that an action changed."""
    return ([n for n in after.beds if before.beds[n] != after.beds[n]],
            [n for n in after.people if before.people.get(n) != after.people[n]])


def _bed_key(model: Model, n: int) -> tuple[object, ...]:
    bed = model.beds[n]
    return bed.status, bed.patient, bed.hold, bed.since


def _person_key(model: Model, n: int) -> tuple[object, ...]:
    person = model.people[n]
    return person.admission, person.ward, person.bed, person.turned


def small_hospital() -> Model:
    """As ``tests.support.hospital`` makes it."""
    people = (("Uwimana", "Claire", Sex.FEMALE), ("Kabera", "", Sex.MALE), ("Mugisha", "Eric", Sex.MALE))
    return Model({n: Bed(NORTH if n <= 4 else SOUTH) for n in range(1, 9)},
                 {n: Person(Identity(f"T-00{n}", last, first, sex, date(1980 + n, 2, n)))
                  for n, (last, first, sex) in enumerate(people, 1)})
