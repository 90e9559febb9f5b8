"""The invented people of the demo: patients and those who attend them, the hospital's staff, what is noted of them.

Names are common Rwandan ones put together at random and belong to nobody.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.requests import AdmitPatient, NewPerson, UnknownPerson
from wardbeds.domain.stays import Source
from wardbeds.services import setup
from wardbeds.services.admitting import register
from wardbeds.store import registry
from wardbeds.store.accounts import set_wards
from wardbeds.store.transaction import Transaction
from wardbeds.store.work import Work


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the staff who has not set a password yet, as after an import of the hospital's lists."""

    username: str
    first_name: str
    last_name: str
    wards: tuple[str, ...]
    doctor: bool = False


COLLEAGUES = (
    Colleague("uwamahoro", "Diane", "Uwamahoro", ("Internal Medicine A",)),
    Colleague("niyonzima", "Eric", "Niyonzima", ("Intensive Care",)),
    Colleague("ingabire", "Solange", "Ingabire", ("Maternity",)),
    Colleague("umutoni", "Aline", "Umutoni", ("Paediatrics",)),
    Colleague("rukundo", "Patrick", "Rukundo", ("Surgery",)),
    Colleague("bizimana", "Théogène", "Bizimana", ("Internal Medicine A", "Intensive Care"), doctor=True),
)

_FAMILY = """Uwimana Mukamana Nsengiyumva Habimana Niyonzima Uwase Ingabire Bizimana Nzeyimana Mukandayisenga Tuyisenge
    Ndayishimiye Iradukunda Mukeshimana Hakizimana Niyonsenga Uwera Kabera Nshimiyimana Mugisha Umutoni Gasana Rukundo
    Ishimwe Irakoze Mutesi Kamanzi Munyaneza Nyirahabimana Twagirayezu Bagirishya Uwamahoro Mbonimpa Ntawukuriryayo
    Gahongayire Rwigema Sebahire Habyarimana Kayirangwa Musabyimana Nkurunziza Ruzindana Tuyizere Nyiransabimana
    Munyankindi Bazubagira Kabagwira Sindayigaya Gashumba Ntirenganya Byukusenge Cyubahiro Dusabe Furaha Gatete
    Hategekimana Kanyange Manirakiza Nsabimana Rutayisire Semana Zaninka""".split()
_FEMALE = """Claire Claudine Béatrice Solange Diane Aline Grâce Odette Immaculée Chantal Espérance Josiane Vestine
    Marie Goretti Jeanne Denyse""".split()
_MALE = """Jean Bosco Emmanuel Eric Innocent Théogène Faustin Aimé Olivier Patrick Célestin Augustin Fidèle Damascène
    Pacifique""".split()

COMPLAINTS = {
    "IM-A": ("Fever and cough for five days", "Shortness of breath", "High blood sugar", "Swollen legs",
             "Weakness, does not eat", "High blood pressure, headache"),
    "ICU": ("Breathing support", "After an accident on the road", "Low blood pressure, infection"),
    "MAT": ("Labour", "After a caesarean", "High blood pressure in pregnancy", "Bleeding"),
    "PED": ("Malaria", "Diarrhoea", "Fever", "Fast breathing", "Low weight"),
    "SUR": ("Broken leg", "Appendix", "Hernia", "Wound", "Gall bladder"),
}
"""Why people of a ward came."""
NOTES = (
    ("Measure the blood sugar before each meal.", False), ("Walks with help; do not leave alone.", False),
    ("Please drink two litres a day.", True), ("Waits for the X-ray.", False),
    ("Blood pressure every four hours, call if over 180.", False), ("Does not hear well on the left.", False),
    ("You may get up from tomorrow on.", True), ("Speaks Kinyarwanda and Swahili only.", False),
)
"""Notes about patients, each with whether the patient may read it."""
REMARKS = ("The left rail sticks.", "The call bell does not ring; told the workshop.", "Mattress is new.",
           "Oxygen outlet is weak.", "One wheel does not lock.")
"""Remarks about beds."""


def add_colleagues(transaction: Transaction, actor: Actor, ward_ids: dict[str, int]) -> None:
    """Make the accounts of those who have no password yet. ``ward_ids``: by the wards' names."""
    for one in COLLEAGUES:
        user_id = setup.add_staff(transaction, actor, one.username, Role.MEDICAL_STAFF, {
            "first_name": one.first_name, "last_name": one.last_name})
        set_wards(transaction.connection, user_id, {ward_ids[name] for name in one.wards})


def staff_id(connection: Any, username: str) -> int:
    """The id of a member of staff, who must be there."""
    found = registry.staff_row(connection, username)
    assert found is not None, username
    return int(found["id"])


class People:
    """Registers invented people, one after the other."""

    def __init__(self, transaction: Transaction, actor: Actor, chance: random.Random, now: datetime) -> None:
        self._transaction = transaction
        self._actor = actor
        self._chance = chance
        self._now = now
        self._more = random.Random(20260203)  # noqa: S311  (of its own: names stay as they are)
        self._number = 4100

    def register(self, sex: Sex, years: tuple[int, int], family: str, before: timedelta, *,
                 attended: bool = False) -> int:
        """A new person of this sex and age, registered so long ago; returns the patient's id."""
        self._number += 1
        given = self._chance.choice(_FEMALE if sex is Sex.FEMALE else _MALE)
        if self._number % 11 == 0:
            given = ""
        born = self._now.date() - timedelta(days=self._chance.randint(years[0] * 365 + 20, years[1] * 365))
        return setup.add_person(self._transaction, self._actor, NewPerson(
            last_name=family or self._chance.choice(_FAMILY), first_name=given, sex=sex, date_of_birth=born,
            hospital_number=f"CHB-{self._number:06d}",
            phone=f"+25078{self._chance.randint(1000000, 9999999)}", **self._attendant(attended)),
            happened_at=self._now - before)

    def _attendant(self, attended: bool) -> dict[str, str]:
        if not attended:
            return {}
        given = self._more.choice(_FEMALE * 2 + _MALE)  # mostly women do
        return {"attendant_name": f"{self._more.choice(_FAMILY)} {given}",
                "attendant_phone": f"+250788{self._more.randint(100000, 999999)}"}

    def unknown(self, work: Work, ward_id: int) -> tuple[int, AdmitPatient]:
        """A man whom nobody knows, registered by this work; returns the patient's id and what he is admitted with."""
        self._number += 1  # he gets the next one that is free
        request = AdmitPatient(
            person=UnknownPerson(sex=Sex.MALE, birth_year=self._now.year - 40), ward_id=ward_id,
            source=Source.EMERGENCY, complaint="Found unconscious at the bus station")
        return register(work, request), request
