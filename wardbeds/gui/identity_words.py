"""A corrected identity in words: which fields, and what they held before."""

from __future__ import annotations

from datetime import date

from wardbeds.domain.identity import Before, read_before
from wardbeds.domain.people import Sex
from wardbeds.gui import words


def before_text(line: str) -> str:
    """What a kept line tells, a field in each line; a text of another origin stays as it is."""
    return "\n".join(_sentence(one) for one in read_before(line)) or line


def _sentence(one: Before) -> str:
    field = {"last_name": words.tr("Family name"), "first_name": words.tr("Given name"), "sex": words.tr("Gender"),
             "date_of_birth": words.tr("Born"), "hospital_number": words.tr("Hospital No."),
             "national_id": words.tr("National ID"), "phone": words.tr("Phone")}[one.field]
    if one.held is None:
        return words.tr("{field} corrected").format(field=field)
    if not one.held:
        return words.tr("{field}: nothing before").format(field=field)
    return words.tr("{field}: {held} before").format(field=field, held=_held(one.field, one.held))


def _held(field: str, held: str) -> str:
    if field == "sex" and held in set(Sex):
        return words.sex_word(Sex(held))
    if field == "phone":
        return words.phone_text(held)
    if field != "date_of_birth":
        return held
    about, day = held.startswith("~"), held.removeprefix("~")
    try:
        born = date.fromisoformat(day)
    except ValueError:  # nobody wrote it here
        return held
    return words.tr("about {year}").format(year=born.year) if about else words.date_text(born)
