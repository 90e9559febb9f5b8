"""The English sentence behind every code: what happened, and what to do next (UX b.6).

One table for the command line, the import's report and, translated, the windows: ``QT_TRANSLATE_NOOP`` marks the
sentences for the translation tools and is the identity here.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.placement import SoftWarning, Warned


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for translation."""
    return text


CONTEXT = "Sentences"

REFUSALS: dict[tuple[Code, str], str] = {
    (Code.OCC, ""): QT_TRANSLATE_NOOP("Sentences", "{bed} is occupied by {name}. Choose another bed."),
    (Code.BLK, ""): QT_TRANSLATE_NOOP("Sentences", "{bed} is blocked: {reason}. Unblock it or choose another bed."),
    (Code.BLK, "no_reason"): QT_TRANSLATE_NOOP("Sentences", "{bed} is blocked. Unblock it or choose another bed."),
    (Code.DIRTY, ""): QT_TRANSLATE_NOOP("Sentences", "{bed} is not clean yet. Mark it clean or choose another bed."),
    (Code.DIRTY, "left"): QT_TRANSLATE_NOOP(
        "Sentences", "{bed} is not clean yet. It was left {ago} ago. Mark it clean or choose another bed."),
    (Code.HELD, ""): QT_TRANSLATE_NOOP("Sentences", "{bed} is held for {name} until {until}. Release the hold first."),
    (Code.STALE, "bed_changed"): QT_TRANSLATE_NOOP(
        "Sentences", "Somebody changed {bed} in the meantime. Look at the board and choose again."),
    (Code.STALE, "patient_moved"): QT_TRANSLATE_NOOP(
        "Sentences", "The patient is no longer where you saw her. Look at the board and choose again."),
    (Code.STALE, "person_changed"): QT_TRANSLATE_NOOP(
        "Sentences", "Somebody changed this person's details in the meantime. Open them again."),
    (Code.STALE, "remark_changed"): QT_TRANSLATE_NOOP(
        "Sentences", "Somebody changed what is said about {bed} in the meantime. Read it, then write yours."),
    (Code.STALE, "notes_changed"): QT_TRANSLATE_NOOP(
        "Sentences", "Somebody changed the notes of {bed} in the meantime. Read them, then write yours."),
    (Code.STALE, "ward_changed"): QT_TRANSLATE_NOOP(
        "Sentences", "Somebody changed how {ward} is set up in the meantime. Open it again."),
    (Code.STALE, "hospital_changed"): QT_TRANSLATE_NOOP(
        "Sentences", "Somebody changed the hospital's name or time zone in the meantime. Open it again."),
    (Code.STALE, ""): QT_TRANSLATE_NOOP("Sentences", "The board changed in the meantime. Look again and repeat."),
    (Code.STATE, "already_there"): QT_TRANSLATE_NOOP("Sentences", "The patient is already in {bed}."),
    (Code.STATE, "already_admitted"): QT_TRANSLATE_NOOP("Sentences", "This person is already admitted."),
    (Code.STATE, "not_admitted"): QT_TRANSLATE_NOOP("Sentences", "This person is not admitted. Admit first."),
    (Code.STATE, "already_gone"): QT_TRANSLATE_NOOP("Sentences", "This patient has already been discharged."),
    (Code.STATE, "never_came"): QT_TRANSLATE_NOOP("Sentences", "This patient is not admitted."),
    (Code.STATE, "not_waiting"): QT_TRANSLATE_NOOP("Sentences", "This patient is not on a waiting list."),
    (Code.STATE, "not_in_bed"): QT_TRANSLATE_NOOP("Sentences", "This patient waits and is in no bed yet."),
    (Code.STATE, "later_happening"): QT_TRANSLATE_NOOP(
        "Sentences", "Something later is already recorded for this bed or patient. Enter a later time."),
    (Code.STATE, "not_cleaning"): QT_TRANSLATE_NOOP("Sentences", "{bed} does not wait for cleaning."),
    (Code.STATE, "not_disinfected"): QT_TRANSLATE_NOOP("Sentences", "{bed} stays to clean until it is disinfected."),
    (Code.STATE, "not_blocked"): QT_TRANSLATE_NOOP("Sentences", "{bed} is not blocked."),
    (Code.STATE, "already_blocked"): QT_TRANSLATE_NOOP("Sentences", "{bed} is already blocked."),
    (Code.STATE, "no_hold"): QT_TRANSLATE_NOOP("Sentences", "{bed} is not held for anybody."),
    (Code.STATE, "already_held"): QT_TRANSLATE_NOOP("Sentences", "Another bed is already held for {name}."),
    (Code.STATE, "not_decided"): QT_TRANSLATE_NOOP("Sentences", "The discharge has not been decided yet. Ask a nurse."),
    (Code.STATE, "already_decided"): QT_TRANSLATE_NOOP("Sentences", "The discharge has already been decided."),
    (Code.STATE, "cannot_undo"): QT_TRANSLATE_NOOP("Sentences", "This can no longer be undone."),
    (Code.STATE, "nothing_to_undo"): QT_TRANSLATE_NOOP("Sentences", "There is nothing to undo."),
    (Code.STATE, "bed_taken_since"): QT_TRANSLATE_NOOP(
        "Sentences", "This cannot be undone any more: {bed} has changed since."),
    (Code.STATE, "patient_moved_since"): QT_TRANSLATE_NOOP(
        "Sentences", "This cannot be undone any more: this patient's place or record has changed since."),
    (Code.STATE, "not_first"): QT_TRANSLATE_NOOP("Sentences", "There is an administrator already. Sign in instead."),
    (Code.STATE, "never_admitted"): QT_TRANSLATE_NOOP("Sentences", "This person was not discharged in the last week."),
    (Code.STATE, "both_admitted"): QT_TRANSLATE_NOOP(
        "Sentences", "Both are admitted at the moment. Discharge one of them first, then merge."),
    (Code.STATE, "same_person"): QT_TRANSLATE_NOOP("Sentences", "This is the same person already."),
    (Code.STATE, "bed_in_use"): QT_TRANSLATE_NOOP(
        "Sentences", "{bed} cannot be closed: somebody is in it or it is held. Free it first."),
    (Code.STATE, "ward_in_use"): QT_TRANSLATE_NOOP(
        "Sentences", "{ward} cannot be closed: somebody is or waits there. Move or discharge everybody first."),
    (Code.STATE, "last_admin"): QT_TRANSLATE_NOOP(
        "Sentences", "This is the last administrator who can sign in. Make another one first."),
    (Code.STATE, "zone_fixed"): QT_TRANSLATE_NOOP(
        "Sentences", "Patients have been admitted already: another time zone would change the census of earlier days."),
    (Code.STATE, "rights_older"): QT_TRANSLATE_NOOP(
        "Sentences", "The server does not let its stations do this yet. An administrator types: wardbeds db upgrade"),
    (Code.STATE, ""): QT_TRANSLATE_NOOP("Sentences", "This does not apply now."),
    (Code.ROLE, "permission"): QT_TRANSLATE_NOOP("Sentences", "Your role may not do this. Ask a colleague who may."),
    (Code.ROLE, "needs_nurse"): QT_TRANSLATE_NOOP("Sentences", "This place needs a nurse's judgement. Ask a nurse."),
    (Code.ROLE, "other_ward"): QT_TRANSLATE_NOOP(
        "Sentences", "Your role cannot transfer to another ward. Ask a nurse."),
    (Code.ROLE, "wrong_sign_in"): QT_TRANSLATE_NOOP("Sentences", "User name and password do not fit. Try again."),
    (Code.ROLE, "wait"): QT_TRANSLATE_NOOP(
        "Sentences", "Too many wrong tries. Wait {seconds} seconds, then try again."),
    (Code.ROLE, "wrong_code"): QT_TRANSLATE_NOOP("Sentences", "User name and code do not fit. Try again."),
    (Code.ROLE, "inactive"): QT_TRANSLATE_NOOP("Sentences", "This account is not active. Ask an administrator."),
    (Code.ROLE, "suspended"): QT_TRANSLATE_NOOP("Sentences", "This account is suspended. Ask an administrator."),
    (Code.ROLE, "pending"): QT_TRANSLATE_NOOP(
        "Sentences", "This account has no password yet. Ask an administrator for a code."),
    (Code.ROLE, "too_late"): QT_TRANSLATE_NOOP(
        "Sentences", "This lies too far back for your role. Ask an administrator to enter it."),
    (Code.ROLE, "not_owner"): QT_TRANSLATE_NOOP(
        "Sentences", "Only the owner of the database may do this. Name a user with --user."),
    (Code.ROLE, "not_administrator"): QT_TRANSLATE_NOOP(
        "Sentences", "This login may not set up the database. Connect as its administrator: a superuser of the server, "
                     "or the owner of the database who may make roles."),
    (Code.VALUE, "server_address"): QT_TRANSLATE_NOOP(
        "Sentences", "This is not the address of a server. It looks like postgresql://login@host/database."),
    (Code.VALUE, "role_name"): QT_TRANSLATE_NOOP(
        "Sentences", "A login's name is made of small letters, digits and underscores, 63 at most."),
    (Code.ROLE, ""): QT_TRANSLATE_NOOP("Sentences", "Your role may not do this."),
    (Code.VALUE, "required"): QT_TRANSLATE_NOOP("Sentences", "Please fill in this field."),
    (Code.VALUE, "needs_reason"): QT_TRANSLATE_NOOP("Sentences", "This place needs a reason."),
    (Code.VALUE, "death_decided"): QT_TRANSLATE_NOOP(
        "Sentences", "A death is not decided beforehand. Record it with its time when discharging."),
    (Code.VALUE, "future"): QT_TRANSLATE_NOOP("Sentences", "This time lies in the future."),
    (Code.VALUE, "day_over"): QT_TRANSLATE_NOOP(
        "Sentences", "This day is over. Write a day to come, or leave it empty."),
    (Code.VALUE, "before_birth"): QT_TRANSLATE_NOOP("Sentences", "This lies before the person was born."),
    (Code.VALUE, "before_last_stay"): QT_TRANSLATE_NOOP(
        "Sentences", "This lies before the patient came into the bed before this one."),
    (Code.VALUE, "until_past"): QT_TRANSLATE_NOOP("Sentences", "The hold must end later than it begins."),
    (Code.VALUE, "until_too_far"): QT_TRANSLATE_NOOP("Sentences", "A bed can be held for {hours} hours at most."),
    (Code.VALUE, "weak_password"): QT_TRANSLATE_NOOP(
        "Sentences", "Choose a password of eight characters or more that nobody would guess."),
    (Code.VALUE, "bad_username"): QT_TRANSLATE_NOOP(
        "Sentences", "A user name has 2 to 60 letters, digits, dots, hyphens or underscores."),
    (Code.VALUE, "bad_time"): QT_TRANSLATE_NOOP(
        "Sentences", 'This is not a time. Write it as 2026-03-02T08:30:00.'),
    (Code.VALUE, "bad_date"): QT_TRANSLATE_NOOP("Sentences", "This is not a date. Write it as 1990-05-14."),
    (Code.VALUE, "bad_number"): QT_TRANSLATE_NOOP("Sentences", "This is not a number."),
    (Code.VALUE, "bad_phone"): QT_TRANSLATE_NOOP(
        "Sentences", "This is not a phone number. Write it as 0788 123 456."),
    (Code.VALUE, "bad_national_id"): QT_TRANSLATE_NOOP("Sentences", "A national ID has 16 digits."),
    (Code.VALUE, "bad_email"): QT_TRANSLATE_NOOP(
        "Sentences", "This is not an e-mail address. Write it as name@example.org."),
    (Code.VALUE, "too_long"): QT_TRANSLATE_NOOP("Sentences", "This is longer than {length} characters."),
    (Code.VALUE, "too_many_values"): QT_TRANSLATE_NOOP("Sentences", "This row has more values than the header."),
    (Code.VALUE, "control_character"): QT_TRANSLATE_NOOP("Sentences", "This value holds characters nobody can read."),
    (Code.VALUE, "not_one_of"): QT_TRANSLATE_NOOP("Sentences", "This must be one of: {choices}."),
    (Code.VALUE, "room_policy"): QT_TRANSLATE_NOOP("Sentences", "Another row gives this room another policy."),
    (Code.VALUE, ""): QT_TRANSLATE_NOOP("Sentences", "This value cannot be read."),
    (Code.UNKNOWN, "bed"): QT_TRANSLATE_NOOP("Sentences", "There is no such bed."),
    (Code.UNKNOWN, "ward"): QT_TRANSLATE_NOOP("Sentences", "There is no such ward."),
    (Code.UNKNOWN, "person"): QT_TRANSLATE_NOOP("Sentences", "Nobody is registered under this number."),
    (Code.UNKNOWN, "user"): QT_TRANSLATE_NOOP("Sentences", "There is no account with this user name."),
    (Code.UNKNOWN, ""): QT_TRANSLATE_NOOP("Sentences", "This is not known here."),
    (Code.DUP, "hospital_number"): QT_TRANSLATE_NOOP("Sentences", "Another person has this hospital number."),
    (Code.DUP, "national_id"): QT_TRANSLATE_NOOP("Sentences", "Another person has this national ID."),
    (Code.DUP, "username"): QT_TRANSLATE_NOOP("Sentences", "Another person has this user name."),
    (Code.DUP, "ward"): QT_TRANSLATE_NOOP("Sentences", "There is a ward with this name already."),
    (Code.DUP, "closed_ward"): QT_TRANSLATE_NOOP(
        "Sentences", "A ward with this name was closed earlier. Choose another name, so that both stay apart."),
    (Code.DUP, ""): QT_TRANSLATE_NOOP("Sentences", "This is already taken."),
    (Code.OFF, "busy"): QT_TRANSLATE_NOOP("Sentences", "The database is very busy. Nothing was changed; try again."),
    (Code.OFF, "wrong_password"): QT_TRANSLATE_NOOP(
        "Sentences", "The password of this login is not right."),
    (Code.OFF, "no_login"): QT_TRANSLATE_NOOP(
        "Sentences", "The server does not know this login. Ask whoever looks after the server."),
    (Code.OFF, "no_database"): QT_TRANSLATE_NOOP(
        "Sentences", "The server has no database of this name."),
    (Code.OFF, "no_host"): QT_TRANSLATE_NOOP(
        "Sentences", "There is no computer of this name in the network. Check the host."),
    (Code.OFF, "no_answer"): QT_TRANSLATE_NOOP(
        "Sentences", "The server does not answer. Check host, port and network."),
    (Code.OFF, "no_primary"): QT_TRANSLATE_NOOP(
        "Sentences", "None of these servers takes changes at present. Ask whoever looks after them."),
    (Code.OFF, "no_connection"): QT_TRANSLATE_NOOP(
        "Sentences", "The server refused the connection. Ask whoever looks after it."),
    (Code.OFF, "not_let_in"): QT_TRANSLATE_NOOP(
        "Sentences", "The server does not let this login in from here. Ask whoever looks after the server."),
    (Code.OFF, "tls_untrusted"): QT_TRANSLATE_NOOP(
        "Sentences", "The server's certificate is not trusted. Name the file of its certificate authority."),
    (Code.OFF, "tls_other_name"): QT_TRANSLATE_NOOP(
        "Sentences", "The server's certificate is for another host. Write the host as it stands in the certificate."),
    (Code.OFF, "tls_no_file"): QT_TRANSLATE_NOOP(
        "Sentences", "The file of the certificate authority cannot be read."),
    (Code.OFF, "tls_missing"): QT_TRANSLATE_NOOP(
        "Sentences", "The server does not speak TLS. Over a network nothing else is used: have it switched on."),
    (Code.OFF, "schema_empty"): QT_TRANSLATE_NOOP(
        "Sentences", "This database is empty. An administrator makes the tables with: wardbeds db create"),
    (Code.OFF, "schema_older"): QT_TRANSLATE_NOOP(
        "Sentences", "This database is older than this program. An administrator types: wardbeds db upgrade"),
    (Code.OFF, "schema_newer"): QT_TRANSLATE_NOOP(
        "Sentences", "This database was made by a newer Wardbeds. Please update this program."),
    (Code.OFF, "schema_foreign"): QT_TRANSLATE_NOOP(
        "Sentences", "This database holds something else: it was not made by Wardbeds."),
    (Code.OFF, "too_old"): QT_TRANSLATE_NOOP(
        "Sentences", "This program is older than the database: you can look and print. Please update it."),
    (Code.OFF, ""): QT_TRANSLATE_NOOP("Sentences", "The database cannot be reached. The board is read-only."),
    (Code.FILE, "damaged"): QT_TRANSLATE_NOOP(
        "Sentences", "The names kept on this PC are damaged and cannot be shown. Print the board without them."),
    (Code.FILE, ""): QT_TRANSLATE_NOOP("Sentences", "This file cannot be used."),
}

WARNINGS: dict[Warned, str] = {
    Warned.SEX: QT_TRANSLATE_NOOP("Sentences", "{place} is for {policy} patients"),
    Warned.AGE: QT_TRANSLATE_NOOP("Sentences", "{ward} is a ward for {policy} patients"),
    Warned.ISOLATION: QT_TRANSLATE_NOOP("Sentences", "The patient needs isolation, {bed} is an ordinary bed"),
    Warned.INFECTIOUS: QT_TRANSLATE_NOOP("Sentences", "There is an infection risk in the room of {bed}"),
    Warned.EQUIPMENT: QT_TRANSLATE_NOOP("Sentences", "{bed} has no {needs}"),
    Warned.SIMILAR: QT_TRANSLATE_NOOP("Sentences", "Similar name in the same room: {name}"),
    Warned.SPECIALTY: QT_TRANSLATE_NOOP("Sentences", "{ward} is of another specialty than {specialty}"),
    Warned.STAFFED: QT_TRANSLATE_NOOP("Sentences", "{ward} has staff for {staffed} beds only"),
    Warned.RECENT: QT_TRANSLATE_NOOP("Sentences", "The patient was moved less than two hours ago"),
}


IN_SHORT: dict[Warned, str] = {
    Warned.ISOLATION: QT_TRANSLATE_NOOP("Sentences", "the patient needs isolation, this is an ordinary bed"),
    Warned.INFECTIOUS: QT_TRANSLATE_NOOP("Sentences", "infection risk in the room"),
    Warned.EQUIPMENT: QT_TRANSLATE_NOOP("Sentences", "no {needs}"),
}
"""What is said of a bed that has just been named."""


TIMES = ("until", "since", "at")
"""Parameters that are times, as ISO 8601."""

ROOM_SEX = QT_TRANSLATE_NOOP("Sentences", "Room {room} is for {policy} patients")


def warning_template(warning: SoftWarning) -> str:
    """The sentence of a warning, with places for its parameters."""
    return ROOM_SEX if any(name == "room" for name, _value in warning.params) else WARNINGS[warning.code]


def short_warning_template(warning: SoftWarning) -> str:
    """The same where the bed has just been named, so that it is not named again."""
    return IN_SHORT.get(warning.code) or warning_template(warning)


class _Params(dict[str, str]):
    """Parameters of a sentence; one that was not given is left out in words."""

    def __missing__(self, key: str) -> str:
        return "…"


def template(refusal: Refusal) -> str:
    """The sentence of a refusal, with places for its parameters."""
    return REFUSALS.get((refusal.code, refusal.detail)) or REFUSALS.get((refusal.code, "")) or refusal.code.value


def refusal_sentence(refusal: Refusal, zone: tzinfo = UTC) -> str:
    """A refusal in English, its times as they are in ``zone``."""
    return template(refusal).format_map(_Params((name, _in_zone(name, value, zone)) for name, value in refusal.params))


def _in_zone(name: str, value: str, zone: tzinfo) -> str:
    if name not in TIMES or not value:
        return value
    return f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M}"


def fill(sentence: str, params: tuple[tuple[str, str], ...]) -> str:
    """Put parameters into a sentence, translated or not."""
    return sentence.format_map(_Params(params))


def warning_sentence(warning: SoftWarning) -> str:
    """A soft warning in English."""
    return fill(warning_template(warning), warning.params)
