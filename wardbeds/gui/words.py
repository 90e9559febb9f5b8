"""Words for codes and values, in the language in force: states, sexes, ages, stays, dates, refusals, actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from wardbeds.domain.beds import BedStatus, Priority
from wardbeds.domain.blocking import Block
from wardbeds.domain.changes import LastAction
from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Person, Role, Sex, age_text_parts
from wardbeds.domain.placement import SoftWarning, Verdict
from wardbeds.domain.sentences import CONTEXT, TIMES, fill, short_warning_template, template, warning_template
from wardbeds.domain.stays import Feeds, Outcome, Source
from wardbeds.domain.times import DEFAULT_ZONE
from wardbeds.settings import Use

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Zone:
    """The hospital's zone, set once at sign-in."""

    zone = ZoneInfo(DEFAULT_ZONE)


def set_zone(zone: ZoneInfo) -> None:
    """Show times in this zone from now on."""
    _Zone.zone = zone


def tr(text: str) -> str:
    """Translate a word of this module."""
    return QCoreApplication.translate("Words", text)


def status_word(status: BedStatus) -> str:
    """The state as people say it."""
    match status:
        case BedStatus.AVAILABLE:
            return tr("Free")
        case BedStatus.OCCUPIED:
            return tr("Occupied")
        case BedStatus.RESERVED:
            return tr("Reserved")
        case BedStatus.CLEANING:
            return tr("To clean")
    return tr("Blocked")


def sex_word(sex: Sex) -> str:
    """Gender in full."""
    return {Sex.MALE: tr("Male"), Sex.FEMALE: tr("Female"), Sex.OTHER: tr("Other")}.get(sex, tr("Not known"))


def sex_letter(sex: Sex) -> str:
    """Gender as one letter, where there is no room for the word."""
    return {Sex.MALE: tr("M"), Sex.FEMALE: tr("F"), Sex.OTHER: tr("O")}.get(sex, "?")


def role_word(role: Role) -> str:
    """What a person is here."""
    return {Role.ADMIN: tr("administrator"), Role.MEDICAL_STAFF: tr("nurse"), Role.SUPPORT_STAFF: tr("support"),
            Role.CAREGIVER: tr("attendant"), Role.CHEF: tr("kitchen"), Role.PATIENT: tr("patient"),
            Role.HOSPITAL_MANAGER: tr("manager")}[role]


def signed_text(name: str, role: Role | None) -> str:
    """Who did or sees something, with what she is here; a station has no role."""
    return f"{name}, {role_word(role)}" if role is not None else name


def day_of(moment: datetime) -> date:
    """The hospital's day at a moment."""
    return moment.astimezone(_Zone.zone).date()


def today() -> date:
    """The hospital's day."""
    return day_of(datetime.now(UTC))


def age_text(born: date | None, on: date | None = None) -> str:
    """Age with its unit, as ``34 y``; empty where the birth date is not known."""
    if born is None:
        return ""
    number, unit = age_text_parts(born, on or today())
    return {"d": tr("{n} d"), "w": tr("{n} w"), "m": tr("{n} m"), "y": tr("{n} y")}[unit].format(n=number)


def duration_text(since: datetime, now: datetime) -> str:
    """How long: minutes under an hour, hours under a day, else days."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return tr("{n} min").format(n=minutes)
    if minutes < 24 * 60:
        return tr("{n} h").format(n=minutes // 60)
    return tr("{n} d").format(n=minutes // (24 * 60))


def waited_text(since: datetime, now: datetime) -> str:
    """How long somebody waits: ``3 h 20`` within a day, then days."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60 or minutes >= 24 * 60:
        return duration_text(since, now)
    return tr("{h} h {m:02d}").format(h=minutes // 60, m=minutes % 60)


def date_text(day: date | None) -> str:
    """A date that cannot be misread: ``02-Feb-2026``."""
    return f"{day.day:02d}-{tr(MONTHS[day.month - 1])}-{day.year}" if day else ""


def example_day() -> str:
    """How a day ahead is written, with one that is ahead."""
    return tr("as {day}").format(day=date_text(today() + timedelta(days=4)))


def short_date_text(day: date) -> str:
    """Day and month: ``02-Feb``."""
    return f"{day.day:02d}-{tr(MONTHS[day.month - 1])}"


def time_text(moment: datetime) -> str:
    """Hospital time of day: ``09:41``."""
    return moment.astimezone(_Zone.zone).strftime("%H:%M")


def weekday_text(moment: datetime) -> str:
    """A day with its name, as ``Monday 02-Feb-2026``."""
    local = moment.astimezone(_Zone.zone)
    names = (tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"), tr("Saturday"), tr("Sunday"))
    return f"{names[local.weekday()]} {date_text(local.date())}"


def moment_text(moment: datetime) -> str:
    """Date and time in the hospital."""
    local = moment.astimezone(_Zone.zone)
    return f"{date_text(local.date())} {local:%H:%M}"


def since_text(moment: datetime) -> str:
    """Day and time without the year: ``29-Jan 10:20``."""
    local = moment.astimezone(_Zone.zone)
    return f"{short_date_text(local.date())} {local:%H:%M}"


def until_text(moment: datetime) -> str:
    """A time of today as ``14:30``, of another day with the day before it."""
    local = moment.astimezone(_Zone.zone)
    return f"{local:%H:%M}" if local.date() == today() else f"{short_date_text(local.date())} {local:%H:%M}"


def born_text(person: Person, *, age: bool = True) -> str:
    """Birth date with the age behind it; an estimated one as a year."""
    if person.date_of_birth is None:
        return tr("birth date not known")
    text = tr("about {year}").format(year=person.date_of_birth.year) if person.birth_estimated \
        else date_text(person.date_of_birth)
    return f"{text} ({age_text(person.date_of_birth)})" if age else text


def second_line(person: Person, gap: int = 2) -> str:
    """What stands under a name so that nobody is taken for somebody else: number, birth date, gender."""
    return (" " * gap).join((person.hospital_number, born_text(person), sex_word(person.sex)))


def _params(params: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Parameters as people read them: times local, codes in words."""
    words = {"male": tr("male"), "female": tr("female"), "adult": tr("adult"), "child": tr("child")}
    shown = []
    for name, value in params:
        if name in TIMES and value:
            shown.append((name, until_text(datetime.fromisoformat(value))))
        elif name == "policy":
            shown.append((name, words.get(value, value)))
        elif name == "needs":
            shown.append((name, ", ".join(need_word(code) for code in value.split(";"))))
        else:
            shown.append((name, value))
    return tuple(shown)


def refusal_text(refusal: Refusal) -> str:
    """What happened and what to do next."""
    refusal = _with_age(refusal)
    return fill(QCoreApplication.translate(CONTEXT, template(refusal)), _params(refusal.params))


def _with_age(refusal: Refusal) -> Refusal:
    """A bed that is not clean: for how long it has been so, where that is known."""
    since = refusal.param("since")
    if refusal.code is not Code.DIRTY or not since:
        return refusal
    ago = waited_text(datetime.fromisoformat(since), datetime.now(UTC))
    return replace(refusal, detail="left", params=(*refusal.params, ("ago", ago)))


def warning_text(warning: SoftWarning) -> str:
    """A soft warning in words."""
    return fill(QCoreApplication.translate(CONTEXT, warning_template(warning)), _params(warning.params))


def verdict_text(verdict: Verdict, bed_number: str) -> str:
    """What letting go would do."""
    if verdict.refusal is not None:
        return refusal_text(verdict.refusal)
    if verdict.warnings:
        reasons = "; ".join(fill(QCoreApplication.translate(CONTEXT, short_warning_template(one)), _params(one.params))
                            for one in verdict.warnings)
        return tr("{bed} needs a reason: {reasons}").format(bed=bed_number, reasons=reasons)
    return tr("Place in {bed}").format(bed=bed_number)


def swap_text(verdict: Verdict, name: str) -> str:
    """What letting somebody change places with who lies here would do."""
    if verdict.refusal is not None:
        return refusal_text(verdict.refusal)
    if not verdict.warnings:
        return tr("Swap with {name}").format(name=name)
    reasons = "; ".join(dict.fromkeys(
        fill(QCoreApplication.translate(CONTEXT, warning_template(one)), _params(one.params))
        for one in verdict.warnings))
    return tr("Swap with {name} needs a reason: {reasons}").format(name=name, reasons=reasons)


def need_word(code: str) -> str:
    """A need or feature in words; unknown codes as they are."""
    return {"oxygen": tr("oxygen"), "monitor": tr("monitor"), "telemetry": tr("telemetry"), "suction": tr("suction"),
            "ventilator": tr("ventilator"), "cot": tr("cot"), "bariatric": tr("bariatric bed"),
            "isolation": tr("isolation"), "nitrogen": tr("nitrogen"), "television": tr("television"),
            "infectious": tr("infectious")}.get(code, code)


def outcome_word(outcome: Outcome) -> str:
    """How an admission ends, as the dialog names it."""
    return {Outcome.IMPROVED: tr("Home, improved"), Outcome.STABLE: tr("Home, unchanged"),
            Outcome.DISCHARGED: tr("Discharged"), Outcome.REFERRED: tr("Referred to another facility"),
            Outcome.AGAINST_ADVICE: tr("Left against advice"), Outcome.ABSCONDED: tr("Absconded"),
            Outcome.DECEASED: tr("Died"), Outcome.CANCELLED: tr("Cancelled")}[outcome]


def source_word(source: str) -> str:
    """Where an admission comes from."""
    return {Source.EMERGENCY: tr("Emergency"), Source.CLINIC: tr("Clinic"), Source.PLANNED: tr("Planned"),
            Source.ROUTINE: tr("Routine"), Source.TRANSFER: tr("Transfer in"), Source.BORN_HERE: tr("Born here"),
            Source.OTHER: tr("Other")}[Source(source)]


def feeds_word(feeds: Feeds | None) -> str:
    """Who feeds a patient; empty where nobody has said."""
    return {Feeds.KITCHEN: tr("Kitchen"), Feeds.FAMILY: tr("Family"),
            Feeds.CHARITY: tr("Charity")}[feeds] if feeds is not None else ""


def priority_word(priority: Priority) -> str:
    """How urgently somebody is treated."""
    return {Priority.EMERGENCY: tr("Emergency"), Priority.URGENT: tr("Urgent"),
            Priority.ROUTINE: tr("Routine")}[priority]


def room_policy_word(policy: str) -> str:
    """Whom a room takes."""
    return {"male": tr("Men"), "female": tr("Women"), "same": tr("One sex")}.get(policy, tr("All"))


def back_text(block: Block) -> str:
    """When a blocked bed is expected back, or was; empty where nobody knows."""
    if block.back is None:
        return ""
    text = tr("back {date}") if block.back >= today() else tr("was expected back {date}")
    return text.format(date=date_text(block.back))


def told_text(block: Block) -> str:
    """That maintenance knows; empty where it was not told."""
    return tr("maintenance told") if block.told else ""


def block_text(block: Block) -> str:
    """Until when a bed is blocked, why, and who knows, in one line: the day first, where the line may be cut."""
    return capital("; ".join(part for part in (back_text(block), block.reason, told_text(block)) if part))


def usual_specialties() -> tuple[str, ...]:
    """Specialties that most hospitals have; others are written as they are called."""
    return (tr("internal medicine"), tr("surgery"), tr("paediatrics"), tr("neonatology"), tr("obstetrics"),
            tr("gynaecology"), tr("orthopaedics"), tr("intensive care"), tr("emergency"), tr("psychiatry"))


def usual_bed_types() -> tuple[str, ...]:
    """Kinds of bed that most hospitals have."""
    return (tr("ordinary"), tr("adjustable"), tr("cot"), tr("incubator"), tr("delivery bed"), tr("stretcher"))


def use_word(use: Use) -> str:
    """What a PC is for."""
    return {Use.WARD: tr("Nurses’ station"), Use.SUPPORT: tr("Support staff"),
            Use.ADMINISTRATION: tr("Administration")}[use]


def action_word(action: str) -> str:
    """What was done, as the work strip says it."""
    return {"admitted": tr("Admitted"), "assigned": tr("Placed"), "moved": tr("Moved"), "swapped": tr("Swapped"),
            "discharge_decided": tr("Discharge decided"), "left": tr("Left"), "discharged": tr("Discharged"),
            "removed": tr("Taken off the list"), "cleaned": tr("Clean"), "blocked": tr("Blocked"),
            "unblocked": tr("Unblocked"), "held": tr("Held"), "hold_released": tr("Hold released"),
            "hold_ended": tr("Hold ended"), "undone": tr("Undone"), "notes_edited": tr("Notes changed"),
            "remark_edited": tr("Remark changed"), "admission_edited": tr("Admission changed"),
            "identity_edited": tr("Identity corrected"), "bed_added": tr("Bed added"),
            "bed_changed": tr("Bed changed"), "person_registered": tr("Registered"),
            "merged": tr("Merged"), "reopened": tr("Discharge taken back"), "cancelled": tr("Admission cancelled"),
            "time_corrected": tr("Time corrected"), "ward_added": tr("Ward added"),
            "ward_changed": tr("Ward changed"), "room_changed": tr("Room changed"),
            "bed_closed": tr("Bed closed"), "user_added": tr("Account made"),
            "user_changed": tr("Account changed"), "hospital_changed": tr("Hospital changed"),
            }.get(action, action.replace("_", " "))


def places_text(action: LastAction) -> str:
    """From where to where."""
    if action.from_place and action.to_place:
        return f"{action.from_place} {'↔' if action.other is not None else '→'} {action.to_place}"
    return action.to_place or action.from_place


def capital(text: str) -> str:
    """The words with a capital first letter, as they stand alone."""
    return text[:1].upper() + text[1:]


def fault_text(*, doubted: bool = False) -> str:
    """A fault of the program, in plain words; ``doubted``: nobody knows whether something was saved before it."""
    if doubted:
        return tr("Something went wrong in the program. Perhaps your last change was saved, perhaps not: look whether "
                  "it is there before you enter it again, and tell your administrator.")
    return tr("Something went wrong in the program. Nothing was changed. Please try again; if it happens again, tell "
              "your administrator.")


def not_kept_text(error: BaseException) -> str:
    """Why what this PC was told could not be written into its file, or its keyring."""
    return tr("This PC cannot keep the choice: {why}").format(
        why=getattr(error, "strerror", None) or type(error).__name__)


def phone_text(number: str) -> str:
    """A phone number in groups, as it is read aloud and dialled: +250 788 123 456."""
    if not number.startswith("+250") or len(number) != 13:
        return number
    return f"{number[:4]} {number[4:7]} {number[7:10]} {number[10:]}"


def short_name(name: str) -> str:
    """A person of the staff with the initial only: ``E. Uwase``."""
    first, _, last = name.rpartition(" ")
    return f"{first[:1]}. {last}" if first else name


def happening_text(line: LastAction) -> str:
    """What somebody did, where and to whom: ``B-104 → UWERA, Solange``; other actions are named."""
    who = full_name(line.person) if line.person else ""
    if line.person and line.other:
        who = tr("{first} and {second}").format(first=who, second=full_name(line.other))
    places = places_text(line)
    if who and line.to_place and not line.from_place and line.action in ("admitted", "assigned"):
        return f"{places} → {who}"
    moved = line.action == "moved" and places
    return " ".join(part for part in ("" if moved else action_word(line.action), places, who) if part)


def when_and_who(line: LastAction) -> str:
    """When it happened and who entered it."""
    return f"{time_text(line.at)}, {short_name(line.actor_name)}"


def others_text(line: LastAction) -> str:
    """What another station did, without time and name: ``Station 2: B-104 → UWERA, Solange``."""
    return tr("{station}: {what}").format(station=line.station, what=happening_text(line))


def others_full_text(line: LastAction) -> str:
    """What another station did, with the identifiers that tell people apart."""
    about = [text for person in (line.person, line.other) if person
             for text in (person.hospital_number, born_text(person))]
    return ", ".join([others_text(line), *about, when_and_who(line)])
