"""A card on a board that is drawn large: what the middle size leaves out, in letters that stay 12 px (UX b.5, L).

The state has its word wherever the bed has nobody's name: “Occupied” and “Reserved” beside a name would stand on some
cards only, for the signs of the flags need that room and warn of more.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtGui import QColor

from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.names import family_text
from wardbeds.domain.people import Person
from wardbeds.gui import theme, words
from wardbeds.gui.board.card import (
    BADGES,
    LATE_MINUTES,
    Face,
    Line,
    break_line,
    line_width,
    shorten_lines,
    shown_flags,
)
from wardbeds.gui.board.flags import Flag, flag_word, name_is_hidden

LEFT, RIGHT, HEAD, NAME = 16, 8, 18, 12
MOST_NAME_LINES = 2


class Part(NamedTuple):
    """One line below the bed number, before it has its place."""

    text: str
    letters: int
    weight: int
    colour: QColor
    icon: str = ""


def make_large_face(bed: Bed, flags: tuple[Flag, ...], width: float, height: float, size: int) -> Face:
    """Prepare a card whose smallest letters are ``size`` px of the scene, 12 px on the screen."""
    colours = theme.theme()
    now = datetime.now(UTC)
    room = width - LEFT - RIGHT
    person = bed.occupant.person if bed.occupant else bed.hold.person if bed.hold else None
    parts: list[Part] = _name(person, room, size, height) if person else []
    if bed.status is BedStatus.OCCUPIED and bed.occupant and person:
        parts += _occupied(bed, person, size)
        parts += _flag_words(flags, size, room)
        parts += _words(bed.occupant.notes.partition("\n")[0], size, 400, colours.ink2, room)
    else:
        parts += _other(bed, size, room, now)
    lines = [Line(bed.number, LEFT, HEAD, 14, 700, colours.ink)]
    shown = shown_flags(flags, width - 32 - LEFT - line_width(bed.number, 14, 700))
    baseline = float(HEAD + 2)
    for part in parts:
        baseline += part.letters + 2.5
        if baseline > height - 4:
            break
        lines.append(Line(part.text, LEFT, baseline, part.letters, part.weight, part.colour, icon=part.icon))
    if bed.occupant is not None:
        _add_stay(lines, words.duration_text(bed.occupant.admitted_at, now), size, width)
    pattern = None
    if bed.status in (BedStatus.CLEANING, BedStatus.MAINTENANCE):
        pattern = 8 + max((line.start + line_width(line.text, line.size, line.weight) for line in lines[1:]),
                          default=60.0)
    return Face(width, height, bed.status, tuple(lines), flags[:shown], len(flags) - shown, pattern,
                BADGES[bed.status])


def _words(text: str, size: int, weight: int, colour: QColor, room: float) -> list[Part]:
    return [Part(part, size, weight, colour) for part in break_line(text, size, weight, room)] if text else []


def _name(person: Person, room: float, size: int, height: float) -> list[Part]:
    """Family and given name, large as long as identifiers have room below, else in the smallest letters."""
    family, given = family_text(person), person.first_name
    for letters in (NAME, size):
        found = [(part, weight) for text, weight in ((family, 600), (given, 400)) if text
                 for part in break_line(text, letters, weight, room)]
        if len(found) <= MOST_NAME_LINES:
            break
    most = int((height - 4 - HEAD - 2) // (letters + 2.5))
    texts = shorten_lines([part for part, _weight in found], most, letters, 600, room)
    return [Part(text, letters, weight, theme.theme().ink) for text, (_part, weight) in zip(texts, found, strict=False)]


def _flag_words(flags: tuple[Flag, ...], size: int, room: float) -> list[Part]:
    """As many flags in words as one line takes, and how many more there are."""
    for n in range(len(flags), 0, -1):
        more = f"  +{len(flags) - n}" if n < len(flags) else ""
        text = ", ".join(flag_word(flag) for flag in flags[:n]) + more
        if line_width(text, size, 600) <= room:
            return [Part(text, size, 600, theme.theme().ink2)]
    return []


def _occupied(bed: Bed, person: Person, size: int) -> list[Part]:
    """Both identifiers in full, gender and age, and since when."""
    colours = theme.theme()
    assert bed.occupant is not None
    since = words.tr("Since {time}").format(time=words.since_text(bed.occupant.since))
    return [Part(f"{person.hospital_number}  {words.sex_word(person.sex)}", size, 600, colours.ink),
            Part(words.born_text(person), size, 400, colours.ink2), Part(since, size, 400, colours.ink2)]


def _other(bed: Bed, size: int, room: float, now: datetime) -> list[Part]:
    """A bed without anybody in it: state, for whom and until when it is kept, why not, and what it is like."""
    colours = theme.theme()
    state = colours.states[bed.status.value]
    parts: list[Part] = []
    if bed.hold is not None and bed.status is not BedStatus.CLEANING:
        person = bed.hold.person
        parts += [Part(person.hospital_number, size, 400, colours.ink2)] if person else _words(
            bed.hold.text, NAME, 600, colours.ink, room)
        until = words.tr("Held until {time}").format(time=words.until_text(bed.hold.until))
        if not parts:
            parts = [Part(words.status_word(bed.status), 15, 600, state.word)]
        return [*parts, Part(until, size, 600, state.word)]
    parts.append(Part(words.status_word(bed.status), 15, 600, state.word))
    if name_is_hidden(bed):
        parts.append(Part(flag_word(Flag.HIDDEN), size, 400, colours.ink2))
    if bed.status is BedStatus.CLEANING and bed.since is not None:
        late = (now - bed.since).total_seconds() / 60 >= LATE_MINUTES
        parts.append(Part(words.waited_text(bed.since, now), size, 700, colours.error if late else colours.ink,
                          "triangle-alert" if late else ""))
    parts += _words(words.capital(bed.block.reason), size, 400, colours.ink, room * 0.62)
    for text in (words.back_text(bed.block), words.told_text(bed.block)):
        parts += _words(words.capital(text), size, 600, colours.ink2, room * 0.62)
    parts += _words(", ".join(words.need_word(code) for code in bed.features), size, 400, colours.ink2,
                    room if bed.status is BedStatus.AVAILABLE else room * 0.62)
    return parts + _words(bed.remark.partition("\n")[0], size, 400, colours.ink2, room * 0.62)


def _add_stay(lines: list[Line], stay: str, size: int, width: float) -> None:
    """The length of stay at the right, on the last line that leaves room for it; a name goes before it."""
    colours = theme.theme()
    taken = line_width(stay, size + 1, 700)
    for line in reversed(lines[1:]):
        if line.start + line_width(line.text, line.size, line.weight) + 8 <= width - RIGHT - taken:
            lines.append(Line(stay, width - RIGHT, line.baseline, size + 1, 700, colours.ink, right=True))
            return
