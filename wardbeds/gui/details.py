"""A bed and who lies in it in full: identity, phones, admission, notes, and its history in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wardbeds.domain.beds import Bed, BedStatus, Occupant, Waiting
from wardbeds.domain.blocking import read_block
from wardbeds.domain.names import family_text
from wardbeds.domain.people import Person
from wardbeds.domain.stays import AdmissionDetail, Details, HistoryLine
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.controls import Button, text_width
from wardbeds.gui.labels import label
from wardbeds.gui.layouts import clear
from wardbeds.gui.scroll_bar import use_slim_bars
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import ICONS, Offer
from wardbeds.services.reading import read_details

WIDTH, SIDE = 344, 16
WAIT_MILLISECONDS = 120


def text_label(text: str, size: int = 14, weight: int = 400, colour: str = "ink", *,
               identifier: bool = False) -> QLabel:
    """Words that wrap, in a colour of the theme."""
    made = label(text, size, weight, colour)
    made.setFont(theme.font(size, weight, identifier=identifier))
    made.setTextFormat(Qt.TextFormat.PlainText)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)  # else Qt makes room for the words in a narrow column
    made.setSizePolicy(policy)
    return made


class StateTag(QWidget):
    """The state of a bed as icon and word."""

    def __init__(self, status: BedStatus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = status
        self.setAccessibleName(words.status_word(status))
        self.setFixedSize(text_width(words.status_word(status), theme.font(13, 600)) + 44, theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        state = theme.theme().states[self._status.value]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(state.edge, 1))
        painter.setBrush(state.fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self.height() / 2,
                                self.height() / 2)
        icons.draw(painter, BADGES[self._status], QRectF(11, self.height() / 2 - 8, 16, 16), state.accent)
        painter.setPen(theme.theme().ink)
        painter.setFont(theme.font(13, 600))
        painter.drawText(QRectF(33, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter,
                         words.status_word(self._status))


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
        layout.addWidget(text_label(f"{words.since_text(line.at)}  {line.actor_name}, {line.station}", 12, 400,
                                    "ink2"))
        reason = words.block_text(read_block(line.reason)) if line.action in ("blocked", "unblocked") else line.reason
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


class DetailsPanel(QWidget):
    """The panel's content for one bed or one waiting patient; asks the database when what it shows may be old."""

    verb_requested = Signal(object)
    shown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None, *, in_dialog: bool = False) -> None:
        super().__init__(parent)
        self._session = session
        self._in_dialog = in_dialog
        self._bed: Bed | None = None
        self._waiting: Waiting | None = None
        self._offers: list[Offer] = []
        self._details: Details | None = None
        self._asked: tuple[int | None, int | None] = (None, None)
        self._layout = QVBoxLayout(self)
        side, top = (0, 0) if in_dialog else (SIDE, 16)
        self._layout.setContentsMargins(side, top, side, 16)
        self._layout.setSpacing(8)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MILLISECONDS)
        self._timer.timeout.connect(self._ask)

    def show_selection(self, bed: Bed | None, waiting: Waiting | None, offers: list[Offer]) -> None:
        """Show what the board knows at once, and the rest when the database has answered."""
        person = bed.occupant.person if bed and bed.occupant else waiting.person if waiting else None
        key = (bed.id if bed else None, person.patient_id if person else None)
        if (bed, waiting, offers) == (self._bed, self._waiting, self._offers) and self._details is not None:
            return
        if key != self._asked:
            self._details = None
        self._bed, self._waiting, self._offers, self._asked = bed, waiting, offers, key
        self.rebuild()
        if bed is not None or waiting is not None:
            self._timer.start()

    def _ask(self) -> None:
        if not self._session.online:
            self.shown.emit()
            return
        key = self._asked
        self._session.ask(lambda store, actor: read_details(store, actor, *key),
                          lambda found: self._answered(key, found))

    def _answered(self, key: tuple[int | None, int | None], found: Details) -> None:
        if key == self._asked and found != self._details:
            self._details = found
            self.rebuild()
        self.shown.emit()

    # building ------------------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Lay everything out anew."""
        clear(self._layout)
        if self._bed is None and self._waiting is None:
            self._layout.addWidget(text_label(self.tr("Select a bed or a patient to see details."), 14, 400, "ink2"))
            self._layout.addStretch(1)
            return
        self._head()
        person = self._bed.occupant.person if self._bed and self._bed.occupant else \
            self._waiting.person if self._waiting else None
        if person is not None:
            self._person(person)
        elif self._bed is not None:
            self._empty_bed(self._bed)
        if not self._in_dialog:
            self._actions()
        self._history(person is not None)
        self._layout.addStretch(1)

    def _head(self) -> None:
        row = QHBoxLayout()
        bed = self._bed
        title = QLabel(bed.number if bed is not None else self.tr("Waiting"))
        title.setFont(theme.font(24, 700))
        row.addWidget(title)
        if bed is not None:
            row.addSpacing(8)
            row.addWidget(StateTag(bed.status))
        row.addStretch(1)
        self._layout.addLayout(row)

    def _person(self, person: Person) -> None:
        detail = self._details.admission if self._details else None
        rows = [] if self._in_dialog else self._identity(person)
        if detail is not None:
            rows += self._admission_rows(detail)
        elif not self._session.online and self._bed is not None and self._bed.occupant is not None:
            rows += self._stay_rows(self._bed.occupant)
        self._facts(rows)
        if detail is not None and detail.decided_at is not None:
            self._layout.addWidget(Ribbon(self.tr("Discharge decided"), "success", "log-out"))
        elif detail is not None and detail.expected_leaving is not None and detail.expected_leaving <= words.today():
            self._layout.addWidget(Ribbon(self.tr("Expected to leave today"), "success", "log-out"))
        if detail is not None and detail.notes:
            self._layout.addWidget(text_label(self.tr("Notes"), 13, 600, "ink2"))
            self._layout.addWidget(text_label(detail.notes))

    def _identity(self, person: Person) -> list[tuple[str, str, bool]]:
        """The name above the facts; in a dialog both stand in its banner."""
        self._layout.addSpacing(4)
        self._layout.addWidget(text_label(family_text(person), 20, 700))
        if person.first_name:
            self._layout.addWidget(text_label(person.first_name, 20))
        self._layout.addSpacing(6)
        return [(self.tr("Born"), words.born_text(person), False),
                (self.tr("Gender"), words.sex_word(person.sex), False),
                (self.tr("Hospital No."), person.hospital_number, True)]

    def _stay_rows(self, occupant: Occupant) -> list[tuple[str, str, bool]]:
        """What the board itself knows of the stay, for as long as the database cannot be asked."""
        stay = words.duration_text(occupant.admitted_at, self._session.now())
        rows = [(self.tr("Admitted"), f"{words.moment_text(occupant.admitted_at)} ({stay})", False),
                (self.tr("In this bed since"), words.moment_text(occupant.since), False),
                (self.tr("Leaves about"), words.date_text(occupant.expected_leaving), False),
                (self.tr("Needs"), ", ".join(words.need_word(code) for code in occupant.needs), False)]
        return [row for row in rows if row[1]]

    def _admission_rows(self, detail: AdmissionDetail) -> list[tuple[str, str, bool]]:
        occupant = self._bed.occupant if self._bed is not None else None
        stay = words.duration_text(detail.admitted_at, self._session.now())
        rows = [(self.tr("Admitted"), f"{words.moment_text(detail.admitted_at)} ({stay})", False),
                (self.tr("Comes from"), detail.source_text or words.source_word(detail.source), False)]
        if occupant is not None and occupant.since != detail.admitted_at:
            rows.append((self.tr("In this bed since"), words.moment_text(occupant.since), False))
        rows += [(self.tr("Leaves about"), words.date_text(detail.expected_leaving), False),
                 (self.tr("Reason"), detail.complaint, False),
                 (self.tr("Needs"), ", ".join(words.need_word(code) for code in detail.needs), False),
                 (self.tr("Nurse"), detail.nurse_name, False), (self.tr("Doctor"), detail.doctor_name, False),
                 (self.tr("Phone"), words.phone_text(detail.phone), True),
                 (self.tr("Attendant"), detail.attendant_name, False),
                 (self.tr("Attendant’s phone"), words.phone_text(detail.attendant_phone), True)]
        return [row for row in rows if row[1]]

    def _empty_bed(self, bed: Bed) -> None:
        rows = [(self.tr("Room"), bed.room_name, False),
                (self.tr("Since"), words.moment_text(bed.since) if bed.since else "", False),
                (self.tr("Equipment"), ", ".join(words.need_word(code) for code in bed.features), False),
                (self.tr("Reason"), words.capital(bed.block.reason), False),
                (self.tr("Expected back"), words.date_text(bed.block.back), False),
                (self.tr("Maintenance"), self.tr("has been told") if bed.block.told else "", False),
                (self.tr("Remark"), bed.remark, False)]
        if bed.hold is not None:
            who = f"{family_text(bed.hold.person)} {bed.hold.person.first_name}".strip() if bed.hold.person \
                else bed.hold.text
            rows[:0] = [(self.tr("Held for"), who, False), (self.tr("Until"), words.moment_text(bed.hold.until), False)]
        self._facts([row for row in rows if row[1]])

    def _facts(self, rows: list[tuple[str, str, bool]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, theme.px(104))
        grid.setColumnStretch(1, 1)
        for n, (caption, value, identifier) in enumerate(rows):
            name = text_label(caption, 13, 400, "ink2")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            name.setFixedWidth(theme.px(104))
            shown = text_label(value, 14, 600 if identifier else 400, identifier=identifier)
            shown.setAccessibleName(f"{caption}: {value}")
            grid.addWidget(name, n, 0)
            grid.addWidget(shown, n, 1)
        self._layout.addLayout(grid)

    def _actions(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        half, cell = (theme.px(WIDTH) - 2 * SIDE - 10 - 8) // 2, 0
        for offer in self._offers:
            button = Button(offer.text, ICONS[offer.verb], offer.verb.value, spread=True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.allow(offer.allowed, offer.reason)
            button.clicked.connect(lambda _c=False, verb=offer.verb: self.verb_requested.emit(verb))
            whole = button.sizeHint().width() > half
            cell += cell % 2 if whole else 0
            grid.addWidget(button, cell // 2, cell % 2, 1, 2 if whole else 1)
            cell += 2 if whole else 1
        self._layout.addSpacing(4)
        self._layout.addLayout(grid)

    def _history(self, of_person: bool) -> None:
        self._layout.addSpacing(12)
        self._layout.addWidget(text_label(self.tr("History"), 15, 700))
        if self._details is None:
            self._layout.addWidget(text_label(self.tr("Reading…") if self._session.online else self.tr(
                "The history can be read when the connection is back."), 13, 400, "ink2"))
            return
        lines = self._details.person_lines if of_person else self._details.bed_lines
        if not lines:
            self._layout.addWidget(text_label(self.tr("Nothing yet."), 13, 400, "ink2"))
        for n, line in enumerate(lines):
            self._layout.addWidget(HistoryRow(line, first=n == 0, last=n == len(lines) - 1,
                                              with_person=not of_person))


class Ribbon(QWidget):
    """One line of importance on a soft ground."""

    def __init__(self, text: str, kind: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.setFixedHeight(theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, f"{self._kind}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        ink = getattr(colours, self._kind)
        icons.draw(painter, self._icon, QRectF(12, self.height() / 2 - 8, 16, 16), ink)
        painter.setPen(ink)
        painter.setFont(theme.font(14, 600))
        painter.drawText(QRectF(38, 0, self.width() - 40, self.height()), Qt.AlignmentFlag.AlignVCenter, self._text)


class Inspector(QScrollArea):
    """The panel docked at the right of a wide window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = DetailsPanel(session)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        use_slim_bars(self, thick=10, ground="chrome")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.panel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Details"))
        self.setFixedWidth(theme.px(WIDTH))

    def restyle(self) -> None:
        """Take the scheme and text size in force."""
        self.setFixedWidth(theme.px(WIDTH))
        self.panel.rebuild()
