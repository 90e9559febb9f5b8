"""Two patients side by side, each with where she lies and where she goes, and what speaks against it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from wardbeds.domain.names import family_text
from wardbeds.domain.people import Person
from wardbeds.gui import icons, theme, words
from wardbeds.gui.controls import text_width
from wardbeds.gui.fitting import Row, break_text
from wardbeds.gui.labels import text_label
from wardbeds.gui.layouts import clear

DISC, BESIDE = 40, 12
LEFT, RIGHT, TOP, FACT = 20, 12, 10, 20
BETWEEN = DISC + 2 * BESIDE


class Way(NamedTuple):
    """Who goes from where to where, in words."""

    person: Person
    from_place: str
    to_place: str


def fit_words(text: str, sizes: tuple[int, ...], weight: int, width: float, *, number: bool = False) -> list[Row]:
    """Words on one line as large as they fit, else broken over more in the last of the sizes; never cut."""
    for size in sizes:
        if text_width(text, theme.font(size, weight, identifier=number)) <= width:
            return [Row(text, size, weight, number)]
    font = theme.font(sizes[-1], weight, identifier=number)
    return [Row(part, sizes[-1], weight, number)
            for part in break_text(text, width, lambda part: text_width(part, font))]


class SwapCard(QWidget):
    """A patient banner, and below it from which bed to which."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: Way | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_way(self, way: Way) -> None:
        """Show another patient, or other beds."""
        self._way = way
        self.setAccessibleName(", ".join(self.visible_texts()))
        self.updateGeometry()
        self.update()

    def visible_texts(self) -> list[str]:
        """What the card says."""
        way = self._way
        if way is None:
            return []
        return [f"{family_text(way.person)} {way.person.first_name}".strip(), words.born_text(way.person),
                words.sex_word(way.person.sex), way.person.hospital_number,
                self.tr("Now in {bed}").format(bed=way.from_place), self.tr("Goes to {bed}").format(bed=way.to_place)]

    # measures ------------------------------------------------------------------------------------------------

    def _facts(self, width: float) -> list[tuple[str, list[Row]]]:
        assert self._way is not None
        person = self._way.person
        room = width - self._caption_width()
        return [(caption, fit_words(value, (14, 13, 12), 600, room, number=number)) for caption, value, number in (
            (self.tr("Born"), words.born_text(person), False), (self.tr("Gender"), words.sex_word(person.sex), False),
            (self.tr("Hospital No."), person.hospital_number, True))]

    def _caption_width(self) -> int:
        captions = (self.tr("Born"), self.tr("Gender"), self.tr("Hospital No."))
        return max(text_width(one, theme.font(13)) for one in captions) + 12

    def _names(self, width: float) -> list[Row]:
        assert self._way is not None
        person = self._way.person
        given = fit_words(person.first_name, (18, 16, 14), 400, width) if person.first_name else []
        return [*fit_words(family_text(person), (18, 16, 14), 700, width), *given]

    def _places(self, width: float) -> tuple[list[Row], list[Row]]:
        assert self._way is not None
        half = width / 2 - theme.px(18)
        return (fit_words(self._way.from_place, (18, 16, 14, 12), 600, half),
                fit_words(self._way.to_place, (22, 18, 16, 14, 12), 700, half))

    def _banner_height(self, width: float) -> int:
        facts = sum(max(theme.px(FACT), _height(rows)) for _caption, rows in self._facts(width))
        return 2 * theme.px(TOP) + _height(self._names(width)) + theme.px(6) + facts

    def _foot_height(self, width: float) -> int:
        return theme.px(14 + 18) + max(_height(rows) for rows in self._places(width))

    def heightForWidth(self, width: int) -> int:
        if self._way is None:
            return theme.px(160)
        room = width - theme.px(LEFT + RIGHT)
        return self._banner_height(room) + self._foot_height(room)

    def sizeHint(self) -> QSize:
        width = theme.px(300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(100))

    # painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._way is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, rect = theme.theme(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        room = self.width() - theme.px(LEFT + RIGHT)
        foot = rect.bottom() - self._foot_height(room)
        whole = QPainterPath()
        whole.addRoundedRect(rect, 8, 8)
        painter.fillPath(whole, colours.raised)
        painter.save()
        painter.setClipPath(whole)
        painter.fillRect(QRectF(0, 0, rect.width() + 1, foot), colours.states["occupied"].fill)
        painter.fillRect(QRectF(0, 0, 8, foot), colours.states["occupied"].accent)
        painter.fillRect(QRectF(0, foot - 2, rect.width() + 1, 2), colours.states["occupied"].accent)
        painter.restore()
        painter.setPen(QPen(colours.line3, 1))
        painter.drawPath(whole)
        self._paint_person(painter, room)
        self._paint_places(painter, foot, room)

    def _paint_person(self, painter: QPainter, room: float) -> None:
        colours, left = theme.theme(), theme.px(LEFT)
        painter.setPen(colours.ink)
        y = _draw(painter, self._names(room), left, float(theme.px(TOP)), room) + theme.px(6)
        beside = self._caption_width()
        for caption, rows in self._facts(room):
            painter.setPen(colours.ink2)
            painter.setFont(theme.font(13))
            painter.drawText(QRectF(left, y, beside, theme.px(FACT)), Qt.AlignmentFlag.AlignVCenter, caption)
            painter.setPen(colours.ink)
            if len(rows) == 1:
                painter.setFont(rows[0].font)
                painter.drawText(QRectF(left + beside, y, room - beside + 2, theme.px(FACT)),
                                 Qt.AlignmentFlag.AlignVCenter, rows[0].text)
            else:
                _draw(painter, rows, left + beside, y, room - beside)
            y += max(theme.px(FACT), _height(rows))

    def _paint_places(self, painter: QPainter, foot: float, room: float) -> None:
        colours, left, half = theme.theme(), theme.px(LEFT), room / 2
        now, then = self._places(room)
        top = foot + theme.px(7)
        for x, caption, rows, ink in ((left, self.tr("Now in"), now, colours.ink2),
                                      (left + half + theme.px(18), self.tr("Goes to"), then, colours.ink)):
            painter.setPen(colours.ink2)
            painter.setFont(theme.font(12))
            painter.drawText(QRectF(x, top, half, theme.px(18)), Qt.AlignmentFlag.AlignVCenter, caption)
            painter.setPen(ink)
            middle = (max(_height(now), _height(then)) - _height(rows)) / 2
            _draw(painter, rows, x, top + theme.px(18) + middle, half)
        side = theme.px(20)
        icons.draw(painter, "arrow-right", QRectF(left + half - theme.px(14), foot + (self.height() - foot - side) / 2,
                                                  side, side), colours.focus)


class SwapCards(QWidget):
    """Both cards, and between them the sign of a swap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.second = SwapCard(), SwapCard()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(theme.px(BETWEEN))
        layout.addWidget(self.first, 1)
        layout.addWidget(self.second, 1)

    def show_ways(self, first: Way, second: Way) -> None:
        """Show both."""
        self.first.show_way(first)
        self.second.show_way(second)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, side = theme.theme(), theme.px(DISC)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.focus_soft)
        painter.drawEllipse(disc)
        icons.draw(painter, "repeat-2", disc.adjusted(9, 9, -9, -9), colours.focus)


class Check(QLabel):
    """One line of what was looked at: fine, or a warning, each with its icon."""

    def __init__(self, text: str, *, warned: bool) -> None:
        super().__init__()
        made = text_label(text, 14, 400, "ink")
        self.setText(made.text())
        self.setFont(made.font())
        self.setPalette(made.palette())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(made.sizePolicy())
        self.setContentsMargins(theme.px(26), 1, 0, 1)
        self._warned = warned

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        name, ink = ("triangle-alert", colours.warning) if self._warned else ("circle-check", colours.success)
        icons.draw(painter, name, QRectF(0, theme.px(2), theme.px(18), theme.px(18)), ink)
        painter.end()
        super().paintEvent(event)


class Checks(QWidget):
    """Below each card what speaks against that patient's way, or that nothing does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(theme.px(BETWEEN))
        self._columns = QVBoxLayout(), QVBoxLayout()
        for n, column in enumerate(self._columns):
            column.setSpacing(4)
            grid.addLayout(column, 0, n)
            grid.setColumnStretch(n, 1)

    def show_found(self, first: list[str], second: list[str], fine: tuple[str, str]) -> None:
        """The warnings of each; ``fine``: what is said where there are none."""
        for column, found, nothing in zip(self._columns, (first, second), fine, strict=True):
            clear(column)
            for text in found or [nothing]:
                line = Check(text, warned=bool(found))
                column.addWidget(line)
                line.show()  # at once: the dialog is as high as what is shown
            column.addStretch(1)

    def texts(self) -> list[str]:
        """What is said, from left to right."""
        return [one.text() for one in self.findChildren(Check) if not one.isHidden()]


def _height(rows: list[Row]) -> int:
    return sum(row.height for row in rows)


def _draw(painter: QPainter, rows: list[Row], x: float, y: float, width: float) -> float:
    """Lines under each other from ``y`` on; where they end."""
    for row in rows:
        painter.setFont(row.font)
        painter.drawText(QRectF(x, y, width + 2, row.height), Qt.AlignmentFlag.AlignVCenter, row.text)
        y += row.height
    return y
