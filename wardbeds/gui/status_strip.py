"""R2: how many beds in which state, each a filter; how full; who leaves; how old what you see is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from wardbeds.domain.beds import BedStatus, Counts
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.chips import Chip, MineChip
from wardbeds.gui.controls import Button, text_width
from wardbeds.gui.spinner import Spinner
from wardbeds.gui.squeeze import SqueezedBar

Words = list[tuple[str, int]]
"""Words with the weight of their letters."""
ORDER = (BedStatus.AVAILABLE, BedStatus.OCCUPIED, BedStatus.RESERVED, BedStatus.CLEANING, BedStatus.MAINTENANCE)


class Usage(QWidget):
    """Occupied of usable beds: numbers, a bar, per cent; and how many leave today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = Counts(0, 0, 0, 0, 0, 0)
        self._leaving = 0
        self._bar, self._percent, self._long = True, True, True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_usage(self, counts: Counts, leaving: int) -> None:
        """Show other numbers."""
        self._counts, self._leaving = counts, leaving
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def hide_bar(self, hidden: bool) -> None:
        """Save the room of the bar."""
        self._bar = not hidden
        self.updateGeometry()

    def hide_percent(self, hidden: bool) -> None:
        """Save the room of the per cent."""
        self._percent = not hidden
        self.updateGeometry()

    def hide_words(self, hidden: bool) -> None:
        """Save the room of the words; numbers and icon stay."""
        self._long = not hidden
        self.setToolTip(self.text() if hidden else "")
        self.updateGeometry()

    def _parts(self) -> tuple[Words, Words, Words]:
        percent = self._counts.occupied_percent
        return (_count_bold(self.tr("{n} of {all} usable"), self._counts.occupied, all=self._counts.usable),
                [] if percent is None else [(self.tr("{n} %").format(n=percent), 600)],
                _count_bold(self.tr("Leaving today {n}"), self._leaving))

    def _shown(self) -> tuple[Words, Words, Words]:
        """The parts for which there is room."""
        first, percent, leaving = self._parts()
        if not self._long:
            first = [(f"{self._counts.occupied}/{self._counts.usable}", 600)]
            leaving = [(str(self._leaving), 600)]
        return first, percent if self._percent else [], leaving

    def text(self) -> str:
        """The same in words."""
        return ", ".join("".join(text for text, _weight in part) for part in self._parts() if part)

    def sizeHint(self) -> QSize:
        first, percent, leaving = (_width(part) for part in self._shown())
        return QSize(6 + first + 8 + (62 if self._bar else 0) + (percent + 8 if percent else 0) + 36 + leaving + 2,
                     theme.target(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        first, percent, leaving = self._shown()
        middle = self.height() / 2
        x = self._write(painter, first, 6) + 8
        if self._bar:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.line1)
            painter.drawRoundedRect(QRectF(x, middle - 4, 54, 8), 4, 4)
            painter.setBrush(colours.primary)
            share = (self._counts.occupied_percent or 0) / 100
            painter.drawRoundedRect(QRectF(x, middle - 4, 54 * min(1.0, share), 8), 4, 4)
            x += 62
        if percent:
            x = self._write(painter, percent, x) + 8
        painter.fillRect(QRectF(x + 4, middle - 9, 1, 18), colours.line2)
        icons.draw(painter, "log-out", QRectF(x + 14, middle - 8, 16, 16), colours.ink2)
        self._write(painter, leaving, x + 36)

    def _write(self, painter: QPainter, part: Words, x: int) -> int:
        """Words in their weights; returns where they end."""
        painter.setPen(theme.theme().ink)
        for text, weight in part:
            painter.setFont(theme.font(14, weight))
            width = text_width(text, theme.font(14, weight))
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width
        return x


def _width(part: Words) -> int:
    return sum(text_width(text, theme.font(14, weight)) for text, weight in part)


def _count_bold(sentence: str, count: int, **others: int) -> Words:
    """A sentence with its count in bold."""
    before, here, after = sentence.partition("{n}")
    parts = ((before, 400), (here and str(count), 700), (after, 400))
    return [(text.format(n=count, **others), weight) for text, weight in parts if text]


class StatusStrip(SqueezedBar):
    """Chips, usage, zoom, data age."""

    filter_changed = Signal(object)
    zoom_requested = Signal(int)

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.chips = [Chip(status, words.status_word(status), self) for status in ORDER]
        self.usage = Usage(self)
        self._zoom_shown = True
        self.zoom_out, self.zoom_in, self.zoom_fit = (
            Button("", name, quiet=True) for name in ("zoom-out", "zoom-in", "maximize"))
        for button, name in ((self.zoom_out, self.tr("Zoom out")), (self.zoom_in, self.tr("Zoom in")),
                             (self.zoom_fit, self.tr("Fit the ward"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
        layout = self._row
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(6)
        for chip in self.chips:
            layout.addWidget(chip)
            chip.toggled.connect(lambda _on: self.filter_changed.emit(self.filter()))
        self.mine = MineChip(self.tr("Mine"), self)
        self.mine.toggled.connect(lambda _on: self.filter_changed.emit(self.filter()))
        layout.addWidget(self.mine)
        layout.addWidget(self.usage)
        layout.addStretch(1)
        self.zoom_text = QLabel("100 %")
        self.zoom_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._spaced(layout)
        for button, step in ((self.zoom_out, -1), (self.zoom_in, 1), (self.zoom_fit, 0)):
            button.clicked.connect(lambda _c=False, step=step: self.zoom_requested.emit(step))
        self.age = AgeLabel(self)
        layout.addWidget(self.age)
        self.set_steps([self._hide_zoom_text, self.usage.hide_bar, self.usage.hide_percent, self.age.set_compact,
                        self.usage.hide_words, self._hide_chip_words])
        model.counts_changed.connect(self.refresh)

    def _spaced(self, layout: QHBoxLayout) -> None:
        """Zoom stands close together: it is one thing."""
        group = QHBoxLayout()
        group.setSpacing(0)
        for widget in (self.zoom_out, self.zoom_text, self.zoom_in, self.zoom_fit):
            group.addWidget(widget)
        layout.addLayout(group)

    def show_zoom_percent(self, percent: int) -> None:
        """Show how large the board is drawn."""
        self.zoom_text.setFont(theme.font(13, 600))
        self.zoom_text.setText(self.tr("{n} %").format(n=percent))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.theme().line1)

    def _hide_zoom_text(self, hidden: bool) -> None:
        self.zoom_text.setVisible(not hidden and self._zoom_shown)

    def _hide_chip_words(self, hidden: bool) -> None:
        for chip in (*self.chips, self.mine):
            chip.set_compact(hidden)

    def filter(self) -> frozenset[BedStatus]:
        """The states that are pressed."""
        return frozenset(chip.status for chip in self.chips if chip.isChecked())

    def press(self, status: BedStatus) -> None:
        """Filter by a state, as if its chip had been pressed."""
        next(chip for chip in self.chips if chip.status is status).setChecked(True)

    def clear_filter(self) -> None:
        """Press none."""
        for chip in (*self.chips, self.mine):
            chip.setChecked(False)

    def refresh(self) -> None:
        """Count anew."""
        counts = self._model.counts()
        for chip, number in zip(self.chips, (counts.available, counts.occupied, counts.reserved, counts.cleaning,
                                             counts.maintenance), strict=True):
            chip.set_count(number)
        self.usage.show_usage(counts, len(self._model.leaving()))
        self.squeeze()

    def show_age(self, moment: datetime, *, fresh: bool) -> None:
        """Show the time of the last good answer."""
        self.age.show_age(moment, fresh=fresh)
        self.squeeze()

    def show_zoom(self, shown: bool) -> None:
        """Zoom belongs to Map and Grid."""
        self._zoom_shown = shown
        for button in (self.zoom_in, self.zoom_out, self.zoom_fit):
            button.setVisible(shown)
        self.squeeze()


class AgeLabel(QWidget):
    """When the board was last known to be right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._time = ""
        self._compact = False
        self._fresh = True
        self.spinner = Spinner(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_compact(self, compact: bool) -> None:
        """Show the time only."""
        self._compact = compact
        self.updateGeometry()

    def _words(self) -> str:
        return self._time if self._compact else self._text

    def show_age(self, moment: datetime, *, fresh: bool) -> None:
        """Show the time of the last good answer."""
        time = words.time_text(moment)
        if (time, fresh) == (self._time, self._fresh):
            return
        self._time, self._fresh = time, fresh
        self._text = self.tr("Shared {time}").format(time=time)
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def show_waiting(self, text: str) -> None:
        """Say that an answer is awaited."""
        self._text = self._time = text
        self._fresh = False
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(18 + text_width(self._words(), theme.font(13)), theme.target(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = colours.states["available"].accent if self._fresh else colours.warning_frame
        if self.spinner.shown:
            self.spinner.paint(painter, QRectF(1.5, self.height() / 2 - 4.5, 9, 9), mark)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mark)
            painter.drawEllipse(QRectF(2, self.height() / 2 - 4, 8, 8))
        painter.setPen(colours.ink2)
        painter.setFont(theme.font(13))
        painter.drawText(self.rect().adjusted(16, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, self._words())
