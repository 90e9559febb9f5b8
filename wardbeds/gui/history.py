"""What happened to a bed and to who lies in it, in words: who, when, what; the latest first."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wardbeds.domain.blocking import read_block
from wardbeds.domain.names import family_text, full_name
from wardbeds.domain.stays import Details, HistoryLine
from wardbeds.gui import theme, words
from wardbeds.gui.identity_words import before_text
from wardbeds.gui.labels import text_label
from wardbeds.gui.layouts import clear
from wardbeds.gui.segments import Segments


def _reason(line: HistoryLine) -> str:
    """What is kept besides, as people read it."""
    if line.action in ("blocked", "unblocked"):
        return words.block_text(read_block(line.reason))
    return before_text(line.reason) if line.action == "identity_edited" else line.reason


class HistoryRow(QWidget):
    """One event: what, when, by whom, why; a dot on a line."""

    def __init__(self, line: HistoryLine, *, first: bool, last: bool, with_person: bool,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = first, last
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(26), 0, 0, 12)
        layout.setSpacing(1)
        places = f"{line.from_place} → {line.to_place}" if line.from_place and line.to_place \
            else line.to_place or line.from_place
        what = " ".join(part for part in (words.action_word(line.action), places) if part)
        if line.disinfected:
            what = self.tr("{what}, disinfected").format(what=what)
        if line.undone:
            what = self.tr("{what} (undone)").format(what=what)
        layout.addWidget(text_label(what, 13, 600, "ink3" if line.undone else "ink"))
        if with_person and line.person is not None:
            layout.addWidget(text_label(f"{family_text(line.person)} {line.person.first_name}".strip(), 13))
        elif line.other is not None:
            layout.addWidget(text_label(self.tr("with {name}").format(name=full_name(line.other)), 13))
        layout.addWidget(text_label(f"{words.since_text(line.at)}  {line.actor_name}, {line.station}", 12, 400,
                                    "ink2"))
        reason = _reason(line)
        if reason:
            layout.addWidget(text_label(reason, 12, 400, "ink2"))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = 8.0, theme.px(9)
        painter.setPen(QPen(colours.line2, 1.5))
        if not self._last:
            painter.drawLine(int(x), int(y), int(x), self.height())
        if not self._first:
            painter.drawLine(int(x), 0, int(x), int(y))
        painter.setPen(QPen(colours.focus if self._first else colours.line3, 2.5))
        painter.setBrush(colours.chrome)
        painter.drawEllipse(QRectF(x - 4.5, y - 4.5, 9, 9))


class History(QWidget):
    """The lines of the patient, of the bed, or of either by choice where there are both."""

    turned = Signal(bool)
    """Now it is the bed's: True, or the patient's."""
    resized = Signal()

    def __init__(self, details: Details, *, person: bool, bed: bool, of_bed: bool) -> None:
        super().__init__()
        self._details = details
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.switch = Segments([(self.tr("Patient"), "user"), (self.tr("Bed"), "bed-single")])
        layout.addWidget(self.switch)  # now it has a parent: shown without one it would be a window of its own
        self.switch.choose(int(of_bed))
        self.switch.setHidden(not (person and bed))
        self.switch.chosen.connect(lambda n: self._turn(of_bed=n == 1))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        layout.addLayout(self._lines)
        self._fill(of_bed=bed and (of_bed or not person))

    def _turn(self, *, of_bed: bool) -> None:
        self._fill(of_bed=of_bed)
        self.turned.emit(of_bed)
        self.resized.emit()

    def _fill(self, *, of_bed: bool) -> None:
        clear(self._lines)
        lines = self._details.bed_lines if of_bed else self._details.person_lines
        if not lines:
            self._lines.addWidget(text_label(self.tr("Nothing yet."), 13, 400, "ink2"))
        for n, line in enumerate(lines):
            self._lines.addWidget(HistoryRow(line, first=n == 0, last=n == len(lines) - 1, with_person=of_bed))
