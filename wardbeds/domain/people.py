"""People as the board shows them, and the code lists that describe them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Sex(StrEnum):
    """FHIR administrative gender."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a person may do; one per profile (the seed's six and the hospital manager)."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    CHEF = "chef"
    MEDICAL_STAFF = "medical_staff"
    SUPPORT_STAFF = "support_staff"
    HOSPITAL_MANAGER = "hospital_manager"
    ADMIN = "admin"


class ProfileStatus(StrEnum):
    """The seed's account states."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"
    PENDING = "pending_verification"


@dataclass(frozen=True, slots=True)
class Person:
    """A patient's identity: the three identifiers that every writing dialog shows, and sex."""

    patient_id: int
    hospital_number: str
    last_name: str
    first_name: str
    sex: Sex
    date_of_birth: date | None = None
    birth_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, where: the signed-in person and the station. Rights are checked afresh by every service."""

    user_id: int
    username: str
    display_name: str
    role: Role
    station: str
    ward_ids: frozenset[int] = frozenset()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An account of somebody who works here."""

    user_id: int
    username: str
    first_name: str
    last_name: str
    role: Role
    status: ProfileStatus
    is_active: bool
    email: str = ""
    phone: str = ""
    ward_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One row of a search: who, and where she is now."""

    person: Person
    phone: str
    national_id: str
    ward_id: int | None
    ward_name: str
    bed_id: int | None
    bed_number: str
    waiting: bool
    last_left_at: datetime | None

    @property
    def admitted(self) -> bool:
        """Whether there is an open admission: in a bed or waiting."""
        return self.waiting or self.bed_id is not None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody registered whom a new person could be.

    ``taken`` names the field of the new person that belongs to the registered one alone, as a number does; empty where
    the two are only alike, and somebody has to say whether they are the same.
    """

    found: FoundPerson
    taken: str = ""


def actor_name(first: str, last: str, username: str) -> str:
    """How the board calls who did something."""
    return f"{first} {last}".strip() or username


def may_sign_in(user_active: bool, profile_active: bool, status: ProfileStatus) -> bool:
    """Account truth table of DESIGN 3: all three must say yes; a pending account may only set its password."""
    return user_active and profile_active and status is ProfileStatus.ACTIVE


def age_text_parts(born: date, today: date) -> tuple[int, str]:
    """Age as (number, unit) by the CUI units: days under 4 weeks, weeks under 1 year, months under 2, then years.

    The unit is ``"d"``, ``"w"``, ``"m"`` or ``"y"``. A birth date after ``today`` counts as 0 days.
    """
    days = max(0, (today - born).days)
    if days < 28:
        return days, "d"
    years = age_in_years(born, today)
    if years < 1:
        return days // 7, "w"
    if years < 2:
        months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
        return months, "m"
    return years, "y"


def age_in_years(born: date, today: date) -> int:
    """Completed years of life on ``today``; a birthday on 29 February counts from 1 March in common years."""
    return max(0, today.year - born.year - ((today.month, today.day) < (born.month, born.day)))
