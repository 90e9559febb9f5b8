"""What a person asks for: one frozen request per action, whatever gesture it came from.

A request names what was seen, so that a stale screen cannot act on what is no longer there, and carries an
operation id made by the client, so that asking again never does it twice (HAZARDS H4, H6, H8).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from wardbeds.domain.beds import Bed, BedStatus, Priority
from wardbeds.domain.blocking import LONGEST, Block, in_own_words
from wardbeds.domain.people import Sex
from wardbeds.domain.placement import Warned
from wardbeds.domain.stays import Feeds, Outcome, Source

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Request(_Frozen):
    """What all requests share. ``happened_at`` None means now, by the server's clock."""

    operation_id: UUID = Field(default_factory=uuid4)
    happened_at: AwareDatetime | None = None


class SeenBed(_Frozen):
    """A bed as the asker saw it. It is stale if its version rose and state, occupant or hold are no longer the same.

    ``held_for`` and ``held_text``: whom or what it is kept for, so that nobody releases a hold that was never seen.
    """

    bed_id: int
    version: int
    status: BedStatus
    patient_id: int | None = None
    held_for: int | None = None
    held_text: str = ""

    @classmethod
    def of(cls, bed: Bed) -> SeenBed:
        """What the board shows of ``bed`` just now."""
        return cls(bed_id=bed.id, version=bed.version, status=bed.status, patient_id=bed.patient_id,
                   held_for=bed.hold.person.patient_id if bed.hold and bed.hold.person else None,
                   held_text=bed.hold.text if bed.hold else "")

    def is_stale(self, bed: Bed) -> bool:
        """Whether ``bed``, as stored, is no longer what was seen. A changed note or hour makes nothing stale."""
        now = SeenBed.of(bed)
        return self.version != bed.version and (
            (self.status, self.patient_id, self.held_for, self.held_text)
            != (now.status, now.patient_id, now.held_for, now.held_text))


class SeenPlace(_Frozen):
    """Where the asker saw the patient: in a bed, or on the waiting list of a ward. Exactly one is given."""

    bed_id: int | None = None
    ward_id: int | None = None


class Override(_Frozen):
    """Warnings that the asker saw and went past, with the one-tap reason."""

    warnings: tuple[Warned, ...]
    reason: Line


class NewPerson(_Frozen):
    """A person not yet registered. Without a hospital number the next free one is given."""

    last_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    first_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    sex: Sex
    date_of_birth: date | None = None
    birth_estimated: bool = False
    hospital_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)] = ""
    national_id: Line = ""
    phone: Line = ""
    attendant_name: Line = ""
    attendant_phone: Line = ""


class UnknownPerson(_Frozen):
    """Somebody whose identity is not known yet: gets "UNKNOWN Male 1" and a number, merged later."""

    sex: Sex
    birth_year: int | None = None


class AdmitPatient(Request):
    """Admit to a ward: onto ``bed``, or without one to the ward's waiting list."""

    person: int | NewPerson | UnknownPerson
    ward_id: int
    bed: SeenBed | None = None
    source: Source = Source.OTHER
    source_text: Line = ""
    complaint: Text = ""
    needs: tuple[str, ...] = ()
    priority: Priority | None = None
    specialty: Line = ""
    nurse_id: int | None = None
    doctor_id: int | None = None
    expected_leaving: date | None = None
    feeds: Feeds | None = None
    override: Override | None = None


class PlacePatient(Request):
    """Put an admitted patient into a bed: from a waiting list (assign) or from another bed (move)."""

    patient_id: int
    seen: SeenPlace
    bed: SeenBed
    reason: Line = ""
    override: Override | None = None


class SwapPatients(Request):
    """Let a patient and the one who lies in ``bed`` change places: both move, or neither.

    ``own`` is the patient's own bed as it was seen.
    """

    patient_id: int
    own: SeenBed
    bed: SeenBed
    reason: Line = ""
    override: Override | None = None

    @model_validator(mode="after")
    def _two_people(self) -> SwapPatients:
        if self.bed.patient_id in (None, self.patient_id) or self.own.patient_id != self.patient_id \
                or self.own.bed_id == self.bed.bed_id:
            raise ValueError("a swap needs two patients in two beds")
        return self


class DecideDischarge(Request):
    """Decide that the patient may go; the bed stays occupied until the patient has left."""

    patient_id: int
    seen: SeenPlace
    outcome: Outcome
    note: Text = ""


class RecordLeft(Request):
    """The patient, whose discharge was decided, has left the bed."""

    patient_id: int
    seen: SeenPlace


class DischargePatient(Request):
    """Decide and leave in one step, from a bed or from the waiting list."""

    patient_id: int
    seen: SeenPlace
    outcome: Outcome
    note: Text = ""
    attendant_informed: bool = False


class RemoveWaiting(Request):
    """Take a patient off the waiting list and cancel the admission, with the reason."""

    patient_id: int
    seen: SeenPlace
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class MarkClean(Request):
    """Cleaning of the bed is done. ``disinfected``: the answer where it was asked, as after isolation, else None."""

    bed: SeenBed
    disinfected: bool | None = None


class BlockBed(Request):
    """Take a bed out of use. ``expected_back`` None: not known; ``maintenance_told``: whoever mends it knows."""

    bed: SeenBed
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
                      AfterValidator(in_own_words)]
    expected_back: date | None = None
    maintenance_told: bool = False

    @property
    def block(self) -> Block:
        """All of it."""
        return Block(self.reason, self.expected_back, self.maintenance_told)

    @model_validator(mode="after")
    def _fits(self) -> BlockBed:
        if len(self.block.text) > LONGEST:
            raise ValueError("the reason is too long")
        return self


class UnblockBed(Request):
    """Give a blocked bed back: to what it was before."""

    bed: SeenBed


class HoldBed(Request):
    """Keep a bed for a registered person, or for what ``text`` says, until a time."""

    bed: SeenBed
    patient_id: int | None = None
    text: Line = ""
    until: AwareDatetime


class ReleaseHold(Request):
    """Stop keeping the bed."""

    bed: SeenBed


class EditRemark(Request):
    """Change the remark about the bed itself; it stays when patients come and go. ``seen_remark``: what it said."""

    bed: SeenBed
    seen_remark: str
    remark: Text


class EditNotes(Request):
    """Change the occupant's notes; they travel with the patient and are cleared when the bed is freed.

    ``seen_notes`` and ``seen_shared``: what they said, and whether the patient might read it.
    """

    bed: SeenBed
    patient_id: int
    seen_notes: str
    seen_shared: bool
    notes: Text
    shared: bool = False


class EditAdmission(Request):
    """Change what was recorded at admission. A field left out (None) stays; set fields are in ``model_fields_set``."""

    patient_id: int
    admission_id: int
    complaint: Text | None = None
    needs: tuple[str, ...] | None = None
    priority: Priority | None = None
    specialty: Line | None = None
    nurse_id: int | None = None
    doctor_id: int | None = None
    expected_leaving: date | None = None
    feeds: Feeds | None = None
    attendant_name: Line | None = None
    attendant_phone: Line | None = None


class EditIdentity(Request):
    """Correct who a patient is. Fields left out stay; ``seen`` is the hospital number that was on the screen."""

    patient_id: int
    seen_hospital_number: str
    last_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] | None = None
    first_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] | None = None
    sex: Sex | None = None
    date_of_birth: date | None = None
    birth_estimated: bool | None = None
    hospital_number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)] | None = None
    national_id: Line | None = None
    phone: Line | None = None


class CancelAdmission(Request):
    """An admission that should not have been: the person was never here. Not undone: admit again."""

    patient_id: int
    seen: SeenPlace
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ReopenAdmission(Request):
    """A discharge that should not have been. ``ward_id``: whose list takes the person if the bed is gone."""

    patient_id: int
    ward_id: int
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class CorrectTime(Request):
    """Since when the patient really has been in the bed."""

    patient_id: int
    seen: SeenPlace
    since: AwareDatetime
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class MergePeople(Request):
    """``unknown_id`` turned out to be ``known_id``: one record from now on, with the known person's identity."""

    unknown_id: int
    known_id: int
    reason: Line = ""


class UndoAction(Request):
    """Take back the operation ``undoes``, my last bed action at this station."""

    undoes: UUID


def happened(request: Request, now: datetime) -> datetime:
    """When it happened: as the request says, else now."""
    return request.happened_at or now
