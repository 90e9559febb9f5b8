"""Wards, beds, patients and staff of an import: unknown key = insert, equal = unchanged, different = update."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wardbeds.domain.beds import MAX_BED_NUMBER, RoomSexPolicy, WardSexPolicy, join_codes, split_codes
from wardbeds.domain.contacts import read_email, read_national_id, read_phone
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.names import MAX_NAME, name_key
from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.requests import NewPerson
from wardbeds.services import setup
from wardbeds.services.imports import checks
from wardbeds.services.imports.reading import Record
from wardbeds.services.imports.report import Fate
from wardbeds.store import registry
from wardbeds.store.accounts import set_wards
from wardbeds.store.places import read_place
from wardbeds.store.transaction import Transaction

_USERNAME = re.compile(r"[^\s/]{1,150}")


def _different(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in wanted.items() if found[key] != value}


def ward(transaction: Transaction, actor: Actor, record: Record) -> Fate:
    """One row of wards.csv."""
    name = checks.text(record, "ward", 100, required=True)
    wanted: dict[str, Any] = {
        "location": checks.text(record, "location", 200), "description": checks.text(record, "description", 500),
        "sex_policy": checks.one_of(record, "sex_policy", list(WardSexPolicy))}
    step = checks.one_of(record, "cleaning_step", ("yes", "no"))
    wanted = {key: value for key, value in wanted.items() if value}
    if step:
        wanted["cleaning_step"] = step == "yes"
    known = registry.ward_rows(transaction.connection).get(name)
    if known is None:
        setup.add_ward(transaction, actor, {"name": name, **wanted})
        return Fate.APPLIED
    changed = _different(known, wanted)
    if not changed:
        return Fate.UNCHANGED
    setup.change_ward(transaction, actor, known["id"], changed)
    return Fate.UPDATED


class BedRows:
    """The rows of beds.csv; remembers the rooms' policies, since two rows may not contradict each other."""

    def __init__(self) -> None:
        self._policies: dict[tuple[str, str], str] = {}

    def __call__(self, transaction: Transaction, actor: Actor, record: Record) -> Fate:
        """One row of beds.csv."""
        name = checks.text(record, "ward", 100, required=True)
        number = checks.text(record, "bed_number", MAX_BED_NUMBER, required=True)
        room_name = checks.text(record, "room", 50)
        policy = checks.one_of(record, "room_sex_policy", list(RoomSexPolicy))
        status = checks.one_of(record, "status", ("available", "maintenance"))
        wanted = self._described(record)
        if policy and self._policies.get((name, room_name), policy) != policy:
            raise Refused(refuse(Code.VALUE, "room_policy", field="room_sex_policy"))
        known_ward = registry.ward_rows(transaction.connection).get(name)
        if known_ward is None:
            raise Refused(refuse(Code.UNKNOWN, "ward", field="ward"))
        if known_ward["id"] not in transaction.heads:
            transaction.lock(ward_ids=[known_ward["id"]])
        fate = self._write(transaction, actor, known_ward["id"], (number, room_name, policy, status), wanted)
        if policy and room_name:
            self._policies[name, room_name] = policy
        return fate

    @staticmethod
    def _described(record: Record) -> dict[str, Any]:
        wanted = {"bed_type": checks.text(record, "bed_type", 60), "remark": checks.text(record, "notes", 2000),
                  "features": join_codes(split_codes(checks.text(record, "features", 300))),
                  "x": checks.number(record, "x"), "y": checks.number(record, "y")}
        return {key: value for key, value in wanted.items() if value not in ("", None)}

    @staticmethod
    def _write(transaction: Transaction, actor: Actor, ward_id: int, key: tuple[str, str, str, str],
               wanted: dict[str, Any]) -> Fate:
        number, room_name, policy, status = key
        room = registry.room_row(transaction.connection, ward_id, room_name) if room_name else None
        room_changed = False
        room_id: int | None
        if room_name and room is None:
            room_id = registry.insert_room(transaction, ward_id, room_name, policy or "any")
        else:
            room_id = room["id"] if room is not None else None
            room_changed = bool(room and policy and room["sex_policy"] != policy)
            if room_changed and room:
                setup.change_room(transaction, actor, room["id"], ward_id, policy)
        if room_id is not None:
            wanted = {**wanted, "room_id": room_id}
        bed = registry.bed_row(transaction.connection, ward_id, number)
        if bed is None:
            made = {"ward_id": ward_id, "bed_number": number, "status": status or "available", **wanted}
            setup.add_bed(transaction, actor, made)
            return Fate.APPLIED
        changed = _different(bed, wanted)
        if changed:
            setup.change_bed(transaction, actor, bed, changed)
        return Fate.UPDATED if changed or room_changed else Fate.UNCHANGED


def patient(transaction: Transaction, actor: Actor, record: Record, today: date) -> Fate:
    """One row of patients.csv; ``today`` is the hospital's."""
    number = checks.text(record, "hospital_number", 32, required=True)
    wanted: dict[str, Any] = {
        "last_name": checks.text(record, "last_name", MAX_NAME, required=True),
        "first_name": checks.text(record, "first_name", MAX_NAME),
        "sex": checks.one_of(record, "sex", list(Sex), required=True),
        "date_of_birth": checks.birth_date(record, "date_of_birth", today),
        "phone": checks.contact(record, "phone", 32, read_phone),
        "email": checks.contact(record, "email", 254, read_email),
        "national_id": checks.contact(record, "national_id", 32, read_national_id)}
    wanted = {key: value for key, value in wanted.items() if value not in ("", None)}
    known = registry.person_row(transaction.connection, number)
    if "national_id" in wanted:
        owner = registry.owner_of_national_id(transaction.connection, wanted["national_id"])
        if owner is not None and (known is None or owner != known["id"]):
            raise Refused(refuse(Code.DUP, "national_id", field="national_id"))
    if known is None:
        email = wanted.pop("email", "")
        setup.add_person(transaction, actor, NewPerson(hospital_number=number, **wanted), email)
        return Fate.APPLIED
    changed = _different(known, wanted)
    if not changed:
        return Fate.UNCHANGED
    _change_person(transaction, actor, known, changed)
    return Fate.UPDATED


def _change_person(transaction: Transaction, actor: Actor, known: dict[str, Any], changed: dict[str, Any]) -> None:
    user: dict[str, Any] = {key: changed[key] for key in ("last_name", "first_name", "email") if key in changed}
    profile = {"phone": changed["phone"]} if "phone" in changed else {}
    own: dict[str, Any] = {key: changed[key] for key in ("sex", "date_of_birth", "national_id") if key in changed}
    if "last_name" in user or "first_name" in user:
        own["name_key"] = name_key(user.get("last_name", known["last_name"]),
                                   user.get("first_name", known["first_name"]))
    setup.change_person(transaction, actor, read_place(transaction.connection, known["id"]), (user, profile, own))


def staff(transaction: Transaction, actor: Actor, record: Record) -> Fate:
    """One row of staff.csv. A new account is pending until its owner sets a password."""
    username = checks.text(record, "username", 150, required=True)
    wanted: dict[str, Any] = {
        "first_name": checks.text(record, "first_name", MAX_NAME),
        "last_name": checks.text(record, "last_name", MAX_NAME, required=True),
        "email": checks.text(record, "email", 254), "phone": checks.text(record, "phone", 32),
        "role": checks.one_of(record, "role", [role for role in Role if role is not Role.PATIENT], required=True)}
    if not _USERNAME.fullmatch(username):
        taken = registry.staff_row(transaction.connection, username) is not None
        raise Refused(refuse(Code.DUP if taken else Code.VALUE, "username" if taken else "bad_username",
                             field="username"))
    wanted = {key: value for key, value in wanted.items() if value}
    names = frozenset(split_codes(record.get("wards")))
    known_wards = registry.ward_rows(transaction.connection)
    if names - known_wards.keys():
        raise Refused(refuse(Code.UNKNOWN, "ward", field="wards"))
    ids = {known_wards[name]["id"] for name in names}
    known = registry.staff_row(transaction.connection, username)
    if known is None:
        role = Role(wanted.pop("role"))
        set_wards(transaction.connection, setup.add_staff(transaction, actor, username, role, wanted), ids)
        return Fate.APPLIED
    if known["username"] in ("system", "import") or known["role"] == Role.PATIENT:
        raise Refused(refuse(Code.DUP, "username", field="username"))
    changed = _different(known, wanted)
    if names and names != known["wards"]:
        set_wards(transaction.connection, known["id"], ids)
    elif not changed:
        return Fate.UNCHANGED
    setup.change_staff(transaction, actor, known["id"], changed)
    return Fate.UPDATED
