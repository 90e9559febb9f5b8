"""A bed card: painted from values that were prepared when the bed changed. Names are never cut (UX b.5, tokens 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QStaticText, QTransform

from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.names import family_text
from wardbeds.domain.people import Person
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.flags import Flag, flag_word, name_is_hidden
from wardbeds.gui.board.patterns import pattern
from wardbeds.gui.fitting import SMALLEST, break_text, shorten
from wardbeds.gui.theme import StateColours, Theme

LATE_MINUTES = 60
MOST_LINES = 4
LOWEST = 86
"""The lowest baseline of a name."""
ICON, ICON_ROOM = 14, 18
MOST_FLAGS, FLAG_PITCH, MORE_ROOM = 3, 21, 20
CORNER = 11
BADGES = {BedStatus.AVAILABLE: "circle-check", BedStatus.OCCUPIED: "bed-single", BedStatus.RESERVED: "bookmark",
          BedStatus.CLEANING: "spray-can", BedStatus.MAINTENANCE: "ban"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where its baseline is, and how it is written."""

    text: str
    x: float
    baseline: float
    size: int
    weight: int
    colour: QColor
    right: bool = False
    icon: str = ""

    @property
    def start(self) -> float:
        """Where the letters begin, behind the icon if there is one."""
        return self.x + (round(ICON_ROOM * self.icon_side / ICON) if self.icon else 0)

    @property
    def icon_side(self) -> float:
        """How wide and high the icon is: it goes with small letters."""
        return min(ICON, self.size + 2)


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows, ready to be painted; ``visible_texts`` of tests read it too."""

    width: float
    height: float
    status: BedStatus
    lines: tuple[Line, ...]
    flags: tuple[Flag, ...]
    more_flags: int
    pattern_left: float | None
    badge: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn over a card for the moment."""

    selected: bool = False
    saving: bool = False
    dimmed: bool = False
    focused: bool = True
    placing: str = ""  # "allowed", "warned", "swap", "refused" while a patient is in the hand
    changed: bool = False
    outline: float = 0.0  # 1 just after another station changed the bed, 0 when that has faded
    grip: bool = False  # the pointer is on the sign, which takes the patient into the hand or says the bed is clean


def line_width(text: str, size: int, weight: int) -> float:
    return QFontMetricsF(theme.scene_font(size, weight)).horizontalAdvance(text)


def break_line(text: str, size: int, weight: int, width: float) -> list[str]:
    return break_text(text, width, lambda part: line_width(part, size, weight))


def shorten_lines(lines: list[str], most: int, size: int, weight: int, width: float) -> list[str]:
    return shorten(lines, most, width, lambda part: line_width(part, size, weight))


def name_lines(person: Person, width: float, least: int = SMALLEST) -> list[tuple[str, int, int]]:
    """The name as (text, size, weight) lines: 14 px, else 13, else broken over more lines, never cut.

    ``width`` and sizes are px of the tokens, before the text size in force scales them; no letter is under ``least``.
    """
    family = family_text(person)
    size = next((size for size in (max(14, least), max(13, least)) if line_width(family, size, 600) <= width), least)
    lines = [(part, size, 600) for part in break_line(family, size, 600, width)]
    given = person.first_name
    if given:
        given_size = size if size >= 14 and line_width(given, size, 400) <= width else \
            max(13, least) if len(lines) == 1 else least
        lines += [(part, given_size, 400) for part in break_line(given, given_size, 400, width)]
    if len(lines) > MOST_LINES:  # words are then broken anywhere, which takes fewer lines
        weight_of = len(family)
        parts = break_text(f"{family} {given}".replace(" ", "\u00a0"), width, lambda part: line_width(part, least, 600))
        lines, used = [], 0
        for part in parts:
            lines.append((part.replace("\u00a0", " "), least, 600 if used < weight_of else 400))
            used += len(part)
    return lines


def make_face(bed: Bed, flags: tuple[Flag, ...], width: float, height: float, least: int = SMALLEST) -> Face:
    """Prepare a card of the tokens' M size (160 to 178 px wide, 88 high) in the scheme and text size in force.

    Drawn somewhat smaller than that, its letters are ``least`` px of the scene and more, which is 12 px on the screen.
    """
    colours = theme.theme()
    state = colours.states[bed.status.value]
    now = datetime.now(UTC)
    small, bold = max(12, least), max(13, least)
    lines = [Line(bed.number, 16, 21, max(15, least), 700, colours.ink)]
    pattern = None
    person = bed.occupant.person if bed.occupant else bed.hold.person if bed.hold else None
    if bed.status is BedStatus.OCCUPIED and bed.occupant and person:
        names = _names(person, width, colours, least)
        lines += names
        if len(names) <= 2:
            stay = words.duration_text(bed.occupant.admitted_at, now)
            age = words.age_text(person.date_of_birth)
            room = width - 32 - line_width(stay, bold, 700)
            meta = next((text for text in (f"{words.sex_word(person.sex)} {age}".strip(),
                                           f"{words.sex_letter(person.sex)} {age}".strip())
                         if line_width(text, small, 400) <= room), age)
            lines += [Line(meta, 16, 79, small, 400, colours.ink2),
                      Line(stay, width - 8, 79, bold, 700, colours.ink, right=True)]
    elif bed.status is BedStatus.RESERVED and bed.hold:
        lines += _names(person, width, colours, least) if person else [
            Line(bed.hold.text, 16, 42, max(14, least), 600, colours.ink) if bed.hold.text else
            Line(words.status_word(bed.status), 16, 51, 17, 600, state.word)]
        held = words.tr("Held until {time}").format(time=words.until_text(bed.hold.until))
        if len(lines) <= 3:
            lines.append(Line(held, 16, 79, small, 600, state.word))
            age = words.age_text(person.date_of_birth) if person else ""
            if age and 16 + line_width(held, small, 600) + 8 + line_width(age, small, 400) <= width - 8:
                lines.append(Line(age, width - 8, 79, small, 400, colours.ink2, right=True))
    else:
        lines += _state_lines(bed, state, colours, now, small)
        if bed.status in (BedStatus.CLEANING, BedStatus.MAINTENANCE):
            pattern = 8 + max((line.start + line_width(line.text, line.size, line.weight) for line in lines[1:]),
                              default=60.0)
    shown = shown_flags(flags, width - 32 - 16 - line_width(bed.number, max(15, least), 700))
    return Face(width, height, bed.status, tuple(lines), flags[:shown], len(flags) - shown, pattern, BADGES[bed.status])


def shown_flags(flags: tuple[Flag, ...], room: float) -> int:
    """How many flags stand beside the bed number in ``room`` px; where some are left over, “+n” stands there too."""
    if len(flags) <= MOST_FLAGS and len(flags) * FLAG_PITCH <= room:
        return len(flags)
    return max(0, min(MOST_FLAGS, int((room - MORE_ROOM) // FLAG_PITCH)))


def make_small_face(bed: Bed, flags: tuple[Flag, ...], width: float, height: float, size: int) -> Face:
    """A card for a board that is drawn small: number, family name or state, and age or minutes, in letters of
    ``size`` px of the scene, which are 12 px on the screen (UX b.5, level S: read-only for drops)."""
    colours = theme.theme()
    state = colours.states[bed.status.value]
    now = datetime.now(UTC)
    person = bed.occupant.person if bed.occupant else bed.hold.person if bed.hold else None
    if person is not None:
        body = [(part, 600, colours.ink) for part in break_line(person.last_name.upper(), size, 600, width - 22)]
        last = (words.age_text(person.date_of_birth), 400, colours.ink2)
    else:
        said = (bed.hold.text if bed.hold else "") or words.status_word(bed.status)
        body = [(part, 600, state.word) for part in break_line(said, size, 600, width - 22)]
        waits = bed.status is BedStatus.CLEANING and bed.since is not None
        last = (words.waited_text(bed.since, now) if waits and bed.since else "", 600, colours.ink)
    pitch = size + 1
    room = int((height - 4) // pitch) - 1
    texts = shorten_lines([text for text, _weight, _colour in body], room, size, 600, width - 22)
    shown = [*((text, weight, colour) for text, (_text, weight, colour) in zip(texts, body, strict=False)),
             *([last] if last[0] and len(body) < room else [])]
    lines = [Line(bed.number, 16, size + 3, size, 700, colours.ink)]
    lines += [Line(text, 16, size + 3 + pitch * (n + 1), size, weight, colour)
              for n, (text, weight, colour) in enumerate(shown)]
    beside = width - 16 - 32 - line_width(bed.number, size, 700)
    some, more = flags[:1] if beside >= FLAG_PITCH else (), max(0, len(flags) - 1)
    counted = more if beside >= FLAG_PITCH + line_width(f"+{more}", size - 3, 700) else 0
    return Face(width, height, bed.status, tuple(lines), some, counted, None, BADGES[bed.status])


def _names(person: Person, width: float, colours: Theme, least: int) -> list[Line]:
    found = name_lines(person, width - 22, least)
    if len(found) <= 2:
        return [Line(text, 16, baseline, size, weight, colours.ink)
                for (text, size, weight), baseline in zip(found, (42, 59), strict=False)]
    pitch = max(least, 15 if len(found) <= MOST_LINES else 12)
    most = int((LOWEST - 37) // pitch) + 1
    shown = shorten_lines([text for text, _size, _weight in found], most, least, 600, width - 22)
    return [Line(text, 16, 37 + pitch * n, least, weight, colours.ink)
            for n, (text, (_text, _size, weight)) in enumerate(zip(shown, found, strict=False))]


def _state_lines(bed: Bed, state: StateColours, colours: Theme, now: datetime, small: int) -> list[Line]:
    free = bed.status is BedStatus.AVAILABLE
    lines = [Line(words.status_word(bed.status), 16, 51, 18 if free else 17, 600, state.word)]
    if bed.status is BedStatus.CLEANING and bed.since is not None:
        minutes = (now - bed.since).total_seconds() / 60
        late = minutes >= LATE_MINUTES
        lines.append(Line(words.waited_text(bed.since, now), 16, 80, small, 700 if late else 600,
                          colours.error if late else colours.ink, icon="triangle-alert" if late else ""))
    if name_is_hidden(bed):
        lines.append(Line(flag_word(Flag.HIDDEN), 16, 80, small, 400, colours.ink2))
    if bed.status is BedStatus.MAINTENANCE and bed.block_reason:
        reason = break_line(words.capital(bed.block.reason), small, 400, 134)
        reason = shorten_lines(reason, 2, small, 400, 134)
        lines += [Line(part, 16, 80 - (small + 2) * (len(reason) - 1 - n), small, 400, colours.ink)
                  for n, part in enumerate(reason)]
    return lines


def paint(painter: QPainter, face: Face, marks: Marks) -> None:
    """Paint a card at the painter's origin."""
    colours = theme.theme()
    state = colours.states[face.status.value]
    rect = QRectF(0, 0, face.width, face.height)
    faded = marks.dimmed or marks.placing == "refused"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if faded:
        painter.setOpacity(0.38)
    _ground(painter, face, rect, state)
    marked = marks.placing in ("allowed", "warned")  # the sign in the lower right corner stands where some words end
    for line in face.lines:
        if not (marked and line.right):
            _text(painter, line)
    _symbols(painter, face, state, colours, marks)
    painter.setOpacity(1.0)
    _marks(painter, face, rect, marks, colours)


def _ground(painter: QPainter, face: Face, rect: QRectF, state: StateColours) -> None:
    edge = {BedStatus.AVAILABLE: 2.0, BedStatus.RESERVED: 2.0}.get(face.status, 1.0)
    inner = rect.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    _stripe_and_fill(painter, inner, state)
    if face.pattern_left is not None and face.pattern_left < face.width - 16:
        panel = QRectF(face.pattern_left, 30, face.width - face.pattern_left - 2, face.height - 32)
        painter.setBrushOrigin(QPointF(0, 0))
        painter.fillRect(panel, pattern(face.status, painter.worldTransform().m11()))
    pen = QPen(state.edge, edge)
    if face.status is BedStatus.RESERVED:
        pen.setDashPattern([3.0, 2.0])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, 6, 6)


def _stripe_and_fill(painter: QPainter, inner: QRectF, state: StateColours) -> None:
    """The stripe is what the fill leaves of the ground below it: no clip, which would cost the most. On a pale card
    both would show through each other, so there each is clipped to its part."""
    pale = painter.opacity() < 1
    if pale:
        painter.setClipRect(QRectF(0, 0, 8, inner.bottom() + 2))
    painter.setBrush(state.accent)
    painter.drawRoundedRect(QRectF(inner.left(), inner.top(), 20, inner.height()), 6, 6)
    painter.setBrush(state.fill)
    if pale:
        painter.setClipRect(QRectF(8, 0, inner.right(), inner.bottom() + 2))
        painter.drawRoundedRect(inner, 6, 6)
        painter.setClipping(False)
    else:
        painter.drawRoundedRect(QRectF(8, inner.top(), inner.right() - 8, inner.height()), 6, 6)
        painter.fillRect(QRectF(8, inner.top(), 8, inner.height()), state.fill)


@lru_cache(maxsize=4096)
def _laid_out(text: str, size: int, weight: int) -> tuple[QStaticText, float, float]:
    """A line laid out once, with its ascent and width: laying it out anew was most of a card's repaint (measured)."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    font = theme.scene_font(size, weight)
    made.prepare(QTransform(), font)
    metrics = QFontMetricsF(font)
    return made, metrics.ascent(), metrics.horizontalAdvance(text)


def _text(painter: QPainter, line: Line) -> None:
    laid_out, ascent, width = _laid_out(line.text, line.size, line.weight)
    painter.setFont(theme.scene_font(line.size, line.weight))
    painter.setPen(line.colour)
    painter.drawStaticText(QPointF(line.x - width if line.right else line.start, line.baseline - ascent), laid_out)
    if line.icon:
        side = line.icon_side
        icons.draw(painter, line.icon, QRectF(line.x, line.baseline - 11.5 * side / ICON, side, side), line.colour)


def _symbols(painter: QPainter, face: Face, state: StateColours, colours: Theme, marks: Marks) -> None:
    right, grip = face.width - 7, marks.grip
    if marks.placing == "refused":
        painter.setOpacity(1.0)
        icons.draw(painter, "circle-slash", QRectF(right - 18, 7, 18, 18), colours.ink2)
        painter.setOpacity(0.38)
        return
    if face.status is BedStatus.OCCUPIED:
        badge_name = "repeat-2" if marks.placing == "swap" else "grip-vertical" if grip else face.badge
        icons.draw(painter, badge_name, QRectF(right - 18, 7, 18, 18),
                   colours.focus if grip else state.accent)
        right -= 23
    else:
        badge = QRectF(right - 20, 7, 20, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.focus if grip else state.accent)
        painter.drawRoundedRect(badge.adjusted(-3, -3, 3, 3) if grip else badge, 5, 5)
        icons.draw(painter, "check" if grip else face.badge, badge.adjusted(3, 3, -3, -3),
                   colours.raised if grip else state.glyph)
        right -= 25
    for flag in face.flags:
        colour = colours.warning if flag in (Flag.ISOLATION, Flag.SIMILAR) else colours.ink2
        icons.draw(painter, flag.value, QRectF(right - 16, 8, 16, 16), colour)
        right -= FLAG_PITCH
    if face.more_flags:
        _text(painter, Line(f"+{face.more_flags}", right, 20.5, face.lines[0].size - 3, 700, colours.ink2, right=True))


def _marks(painter: QPainter, face: Face, rect: QRectF, marks: Marks, colours: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if marks.placing in ("allowed", "warned"):
        free = colours.states["available"]
        colour = free.accent if marks.placing == "allowed" else colours.warning_frame
        painter.setPen(QPen(colour, 4))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        disc = QRectF(face.width - 50, face.height - 46, 36, 36)
        painter.setPen(Qt.PenStyle.NoPen if marks.placing == "allowed" else QPen(colour, 2))
        painter.setBrush(colour if marks.placing == "allowed" else colours.warning_soft)
        painter.drawEllipse(disc)
        name, ink = ("plus", free.glyph) if marks.placing == "allowed" else ("triangle-alert", colours.warning)
        icons.draw(painter, name, disc.adjusted(8, 8, -8, -8), ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    if marks.saving:
        painter.fillRect(QRectF(8, face.height - 5, face.width - 9, 4), colours.line2)
        painter.fillRect(QRectF(8, face.height - 5, (face.width - 9) * 0.6, 4), colours.focus)
    if marks.changed:
        _corner(painter, rect, colours.focus)
    if marks.outline:
        _outline(painter, rect, colours.focus, marks.outline)
    if marks.selected:
        painter.setPen(QPen(colours.focus, 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-3.5, -3.5, 3.5, 3.5), 9, 9)


def _outline(painter: QPainter, rect: QRectF, colour: QColor, strength: float) -> None:
    """Another station changed this bed just now: a frame close to the card, where a selected one leaves a gap."""
    paler = QColor(colour)
    paler.setAlphaF(strength)
    painter.setPen(QPen(paler, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 7, 7)


def _corner(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Another station changed this bed: its lower right corner is filled, as round as the card."""
    right, bottom = rect.right() - 0.5, rect.bottom() - 0.5
    path = QPainterPath(QPointF(right, bottom - CORNER))
    path.lineTo(right, bottom - 5.5)
    path.quadTo(right, bottom, right - 5.5, bottom)
    path.lineTo(right - CORNER, bottom)
    path.closeSubpath()
    painter.fillPath(path, colour)
