"""Looking for a bed over all wards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, BedWish, Ward
from wardbeds.domain.people import Sex
from wardbeds.gui import theme, words
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices, box_grid
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Check

NEEDS = ("oxygen", "monitor", "isolation", "ventilator", "suction", "cot", "bariatric")


class FindBedDialog(Dialog):
    """What is needed above, the beds that suit below; Enter goes there."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, go: Callable[[int, int], None]) -> None:
        super().__init__(session, parent, session.tr("Find a bed"), session.tr("Show the bed"))
        self._go = go
        self._found: tuple[tuple[Ward, Bed], ...] = ()
        self._asked: BedWish | None = None
        self.sex = Choices([(Sex.UNKNOWN.value, self.tr("Any")), (Sex.FEMALE.value, self.tr("Woman")),
                            (Sex.MALE.value, self.tr("Man"))], 3)
        self.sex.choose(Sex.UNKNOWN.value)
        self.needs = {code: Check(words.capital(words.need_word(code))) for code in NEEDS}
        boxes = box_grid(list(self.needs.values()), 4)
        specialties = sorted({one.ward.specialty for one in session.wards} - {""})
        self.specialty = self.combo([(self.tr("Any"), ""), *((one, one) for one in specialties)])
        self.also = Check(self.tr("Also beds that still wait for cleaning"))
        self.beds = RowList()
        self.beds.setAccessibleName(self.tr("Beds found"))
        self.beds.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrow keys belong to the choices above it
        self.beds.nothing = self.tr("No bed suits. Ask for less, or look for beds to clean.")
        self.give_way(self.beds, theme.px(80), theme.px(152))
        self.add_row("sex", self.tr("For"), self.sex)
        self.add_row("needs", self.tr("With"), boxes)
        if specialties:
            self.add_row("specialty", self.tr("Specialty"), self.specialty)
        self.add_row("also", self.tr("State"), self.also)
        self.add_wide(self.beds)
        self.sex.chosen.connect(lambda _value: self.search())
        self.specialty.currentIndexChanged.connect(lambda _n: self.search())
        for check in (self.also, *self.needs.values()):
            check.toggled.connect(lambda _on: self.search())
        self.beds.row_opened.connect(lambda _row: self._on_primary())
        self.search()

    def search(self) -> None:
        """Ask for the beds that suit what is chosen now."""
        wish = BedWish(self.sex.value, tuple(code for code, box in self.needs.items() if box.isChecked()),
                       self.specialty.currentData() or "", self.also.isChecked())
        self._asked = wish
        self.session.find_beds(wish, lambda found: self._show(found) if wish == self._asked else None)

    def _show(self, found: tuple[tuple[Ward, Bed], ...]) -> None:
        self._found = found
        self.beds.clear()
        for ward, bed in found:
            about = [ward.name, bed.room_name and self.tr("Room {name}").format(name=bed.room_name),
                     words.status_word(bed.status), ", ".join(words.need_word(code) for code in bed.features)]
            self.beds.add(bed.number, "   ".join(part for part in about if part), icon=BADGES[bed.status])
        self.beds.choose(0)
        self.foot_note.setText(self._count(len(found)))

    def _count(self, found: int) -> str:
        """How many beds suit; nothing where none does, for the list says that itself."""
        if found == 1:
            return self.tr("1 bed suits")
        return self.tr("{n} beds suit").format(n=found) if found else ""

    def submit(self) -> None:
        row = self.beds.current_row()
        if not 0 <= row < len(self._found):
            self.refuse(self.tr("No bed is chosen."))
            return
        ward, bed = self._found[row]
        self.finish()
        self._go(ward.id, bed.id)
