"""A bed and who lies in it in full: identity, phones, admission, notes, and its history in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from wardbeds.domain.beds import Bed, Occupant, Waiting
from wardbeds.domain.names import family_text
from wardbeds.domain.people import Person
from wardbeds.domain.stays import AdmissionDetail, Details
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.facts import Fact, Facts
from wardbeds.gui.history import History
from wardbeds.gui.labels import text_label
from wardbeds.gui.layouts import clear
from wardbeds.gui.menus import open_at
from wardbeds.gui.session import Session
from wardbeds.gui.state_tag import Ribbon, StateTag
from wardbeds.gui.verbs import ICONS, Offer
from wardbeds.gui.work_strip import make_menu
from wardbeds.services.reading import read_details

WIDTH, SIDE = 344, 16
WAIT_MILLISECONDS = 120
PHONE, ATTENDANT, WAITING_ATTENDANT = "P", "A", "F"
"""The keys that copy the patient's phone number and the attendant's; A places one who waits, so F, as in family."""
SHOWN = 6
"""So many verbs have a button: with more, even with a row for those left, the history would be out of sight."""


class DetailsPanel(QWidget):
    """The panel's content for one bed or one waiting patient; asks the database when what it shows may be old."""

    verb_requested = Signal(object)
    shown = Signal()
    copied = Signal(str)
    """A phone number, in words fit to be shown."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, in_dialog: bool = False) -> None:
        super().__init__(parent)
        self._session = session
        self._in_dialog = in_dialog
        self._bed: Bed | None = None
        self._waiting: Waiting | None = None
        self._offers: list[Offer] = []
        self._details: Details | None = None
        self._of_bed = False
        self.facts: list[Facts] = []
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
            self._details, self._of_bed = None, False
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
        self.facts = []
        bed, waiting = self._bed, self._waiting
        if bed is None and waiting is None:
            self._layout.addWidget(text_label(self.tr("Select a bed or a patient to see details."), 14, 400, "ink2"))
            self._layout.addStretch(1)
            return
        self._head()
        person = bed.occupant.person if bed and bed.occupant else waiting.person if waiting else None
        bed_facts = self._about_bed(bed) if bed is not None else None
        if person is None and bed_facts is not None:
            self._layout.addWidget(bed_facts)
        elif person is not None:
            self._person(person, bed_facts)
        if not self._in_dialog:
            self._actions()
        self._history(person is not None)
        self._layout.addStretch(1)

    def press(self, letter: str) -> bool:
        """Copy the phone number that has this key; whether there was one."""
        return any(one.press(letter) for one in self.facts)

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
        if self._offers[SHOWN:]:
            row.addWidget(self._more(self._offers[SHOWN:]))
        self._layout.addLayout(row)

    def _person(self, person: Person, bed_facts: QWidget | None) -> None:
        """The patient, with what the bed is like: beside each other where there is room."""
        detail = self._details.admission if self._details else None
        rows = [] if self._in_dialog else self._identity(person)
        if detail is not None:
            rows += self._admission_rows(detail)
        elif not self._session.online and self._bed is not None and self._bed.occupant is not None:
            rows += self._stay_rows(self._bed.occupant)
        facts = self._facts(rows)
        if bed_facts is not None and self._in_dialog:
            beside = QHBoxLayout()
            beside.setSpacing(24)
            beside.addWidget(facts, 3, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(bed_facts, 2, Qt.AlignmentFlag.AlignTop)
            self._layout.addLayout(beside)
        else:
            self._layout.addWidget(facts)
        self._remarks(detail)
        if bed_facts is not None and not self._in_dialog:
            self._layout.addSpacing(4)
            self._layout.addWidget(bed_facts)

    def _remarks(self, detail: AdmissionDetail | None) -> None:
        """What is important about the stay, and the notes."""
        if detail is not None and detail.decided_at is not None:
            self._layout.addWidget(Ribbon(self.tr("Discharge decided"), "success", "log-out"))
        elif detail is not None and detail.expected_leaving is not None and detail.expected_leaving <= words.today():
            self._layout.addWidget(Ribbon(self.tr("Expected to leave today"), "success", "log-out"))
        if detail is not None and detail.notes:
            self._layout.addWidget(text_label(self.tr("Notes"), 13, 600, "ink2"))
            self._layout.addWidget(text_label(detail.notes))

    def _identity(self, person: Person) -> list[Fact]:
        """The name above the facts; in a dialog both stand in its banner."""
        self._layout.addSpacing(4)
        self._layout.addWidget(text_label(family_text(person), 20, 700))
        if person.first_name:
            self._layout.addWidget(text_label(person.first_name, 20))
        self._layout.addSpacing(6)
        return [Fact(self.tr("Born"), words.born_text(person)), Fact(self.tr("Gender"), words.sex_word(person.sex)),
                Fact(self.tr("Hospital No."), person.hospital_number, identifier=True)]

    def _stay_rows(self, occupant: Occupant) -> list[Fact]:
        """What the board itself knows of the stay, for as long as the database cannot be asked."""
        stay = words.duration_text(occupant.admitted_at, self._session.now())
        return [Fact(self.tr("Admitted"), f"{words.moment_text(occupant.admitted_at)} ({stay})"),
                Fact(self.tr("In this bed since"), words.moment_text(occupant.since)),
                Fact(self.tr("Leaves about"), words.date_text(occupant.expected_leaving)),
                Fact(self.tr("Specialty"), words.capital(occupant.specialty)),
                Fact(self.tr("Needs"), ", ".join(words.need_word(code) for code in occupant.needs))]

    def _admission_rows(self, detail: AdmissionDetail) -> list[Fact]:
        occupant = self._bed.occupant if self._bed is not None else None
        stay = words.duration_text(detail.admitted_at, self._session.now())
        moved = occupant is not None and occupant.since != detail.admitted_at
        return [
            Fact(self.tr("Phone"), words.phone_text(detail.phone), identifier=True, copied=True, key=PHONE),
            Fact(self.tr("Attendant"), detail.attendant_name),
            Fact(self.tr("Attendant’s phone"), words.phone_text(detail.attendant_phone), identifier=True,
                 copied=True, key=ATTENDANT if self._waiting is None else WAITING_ATTENDANT),
            Fact(self.tr("Admitted"), f"{words.moment_text(detail.admitted_at)} ({stay})"),
            Fact(self.tr("Priority"), words.priority_word(detail.priority)),
            Fact(self.tr("Comes from"), detail.source_text or words.source_word(detail.source)),
            Fact(self.tr("In this bed since"), words.moment_text(occupant.since) if moved and occupant else ""),
            Fact(self.tr("Leaves about"), words.date_text(detail.expected_leaving)),
            Fact(self.tr("Reason"), detail.complaint), Fact(self.tr("Specialty"), words.capital(detail.specialty)),
            Fact(self.tr("Needs"), ", ".join(words.need_word(code) for code in detail.needs)),
            Fact(self.tr("Meals"), words.feeds_word(detail.feeds)),
            Fact(self.tr("Nurse"), detail.nurse_name), Fact(self.tr("Doctor"), detail.doctor_name)]

    def _about_bed(self, bed: Bed) -> Facts:
        """What the bed is like, and, where nobody lies in it, why and since when."""
        empty = bed.occupant is None
        rows = self._held_rows(bed) + self._state_rows(bed) if empty else []
        return self._facts([*rows, Fact(self.tr("Room"), bed.room_name),
                            Fact(self.tr("Type"), words.capital(bed.bed_type)),
                            Fact(self.tr("Equipment"), ", ".join(words.need_word(code) for code in bed.features)),
                            Fact(self.tr("Remark"), bed.remark)], "" if empty else self.tr("The bed"))

    def _held_rows(self, bed: Bed) -> list[Fact]:
        if bed.hold is None:
            return []
        person = bed.hold.person
        who = f"{family_text(person)} {person.first_name}".strip() if person else bed.hold.text
        return [Fact(self.tr("Held for"), who), Fact(self.tr("Until"), words.moment_text(bed.hold.until))]

    def _state_rows(self, bed: Bed) -> list[Fact]:
        return [Fact(self.tr("Since"), words.moment_text(bed.since) if bed.since else ""),
                Fact(self.tr("Reason"), words.capital(bed.block.reason)),
                Fact(self.tr("Expected back"), words.date_text(bed.block.back)),
                Fact(self.tr("Maintenance"), self.tr("has been told") if bed.block.told else "")]

    def _facts(self, rows: list[Fact], heading: str = "") -> Facts:
        made = Facts(rows, heading, narrow=not self._in_dialog)
        made.copied.connect(self.copied)
        self.facts.append(made)
        return made

    def _actions(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        half, cell = (theme.px(WIDTH) - 2 * SIDE - 10 - 8) // 2, 0
        for offer in self._offers[:SHOWN]:
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

    def _more(self, rest: list[Offer]) -> Button:
        """What else can be done, as a menu, as in the work strip."""
        more = Button("", "ellipsis")
        more.setAccessibleName(self.tr("More"))
        more.clicked.connect(lambda: open_at(make_menu(self, rest, self.verb_requested.emit), more))
        return more

    def _history(self, of_person: bool) -> None:
        self._layout.addSpacing(12)
        self._layout.addWidget(text_label(self.tr("History"), 15, 700))
        if self._details is None:
            self._layout.addWidget(text_label(self.tr("Reading…") if self._session.online else self.tr(
                "The history can be read when the connection is back."), 13, 400, "ink2"))
            return
        shown = History(self._details, person=of_person, bed=self._bed is not None, of_bed=self._of_bed)
        shown.turned.connect(self._on_turned)
        shown.resized.connect(self.shown)
        self._layout.addWidget(shown)

    def _on_turned(self, of_bed: bool) -> None:
        self._of_bed = of_bed
