"""The patient banner of a dialog."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QWidget,
)

from wardbeds.domain.names import family_text
from wardbeds.domain.people import Person
from wardbeds.gui import theme, words
from wardbeds.gui.controls import text_width


class Banner(QWidget):
    """Who this dialog is about: name, birth date and age, gender, hospital number; never left out."""

    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self._unsaid: tuple[str, ...] = ()
        self.setFixedHeight(theme.px(60))
        self._name_it()

    def show_person(self, person: Person, unsaid: tuple[str, ...] = ()) -> None:
        """Show another person; ``unsaid`` names what was not said yet: ``"born"``, ``"sex"``."""
        self.person, self._unsaid = person, unsaid
        self._name_it()
        self.update()

    def _said(self) -> tuple[tuple[str, str], ...]:
        person = self.person
        return ((self.tr("Hospital No."), person.hospital_number),
                (self.tr("Gender"), "–" if "sex" in self._unsaid else words.sex_word(person.sex)),
                (self.tr("Born"), "–" if "born" in self._unsaid else words.born_text(person)))

    def _name_it(self) -> None:
        person = self.person
        self.setAccessibleName(", ".join([f"{family_text(person)} {person.first_name}".strip(),
                                          words.born_text(person), words.sex_word(person.sex),
                                          person.hospital_number]))

    def visible_texts(self) -> list[str]:
        """What the banner says."""
        person = self.person
        return [family_text(person), person.first_name, words.born_text(person), words.sex_word(person.sex),
                person.hospital_number]

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, colours.states["occupied"].fill)
        painter.fillRect(QRectF(0, 0, 8, rect.height()), colours.states["occupied"].accent)
        painter.fillRect(QRectF(0, rect.bottom() - 2, rect.width(), 2), colours.states["occupied"].accent)
        right = rect.width() - 24
        for caption, value in self._said():
            font = theme.font(14, 600, identifier=caption == self.tr("Hospital No."))
            width = max(text_width(value, font), text_width(caption, theme.font(12)))
            painter.setFont(theme.font(12))
            painter.setPen(colours.ink2)
            painter.drawText(QRectF(right - width, 8, width + 2, rect.height() / 2 - 8), 0, caption)
            painter.setFont(font)
            painter.setPen(colours.ink)
            painter.drawText(QRectF(right - width, rect.height() / 2 - 3, width + 2, rect.height() / 2), 0, value)
            right -= width + 26
        self._name(painter, QRectF(24, 0, right - 24, rect.height() - 2))

    def _name(self, painter: QPainter, rect: QRectF) -> None:
        """The name in 18 px, smaller or on two lines where it is long, never cut."""
        family, given = family_text(self.person), self.person.first_name
        painter.setPen(theme.theme().ink)
        for size in (18, 16, 14):
            wide = text_width(family + " ", theme.font(size, 700)) + text_width(given, theme.font(size))
            if wide <= rect.width():
                painter.setFont(theme.font(size, 700))
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, family)
                painter.setFont(theme.font(size))
                painter.drawText(rect.adjusted(text_width(family + " ", theme.font(size, 700)), 0, 0, 0),
                                 Qt.AlignmentFlag.AlignVCenter, given)
                return
        painter.setFont(theme.font(13, 700))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
                         | Qt.TextFlag.TextWrapAnywhere, f"{family} {given}".strip())
