"""Ward and bed of a new stay: the ones that were chosen on the board, unless somebody knows better."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wardbeds.domain.beds import Bed, BedStatus, WardBoard, as_of
from wardbeds.domain.errors import Refusal
from wardbeds.gui import words
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.services.reading import read_board


class Where(QWidget):
    """Two lists: the wards; the waiting list and the free beds of the one chosen."""

    ward_changed = Signal()
    bed_changed = Signal()

    def __init__(self, dialog: Dialog, board: WardBoard, bed: Bed | None) -> None:
        super().__init__()
        self._dialog, self._session = dialog, dialog.session
        self._wish: int | None = None
        self.board, self.bed = board, bed
        self.ward = dialog.combo([(one.ward.name, one.ward.id) for one in self._session.wards])
        self.ward.setCurrentIndex(self.ward.findData(board.ward.id))
        self.beds = dialog.combo([])
        self.ward.setAccessibleName(self.tr("Ward"))
        self.beds.setAccessibleName(self.tr("Bed"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.ward, 3)
        row.addWidget(self.beds, 2)
        self.setFocusProxy(self.ward)
        self._fill_beds()
        self.ward.currentIndexChanged.connect(lambda _n: self._read_ward())
        self.beds.currentIndexChanged.connect(lambda _n: self._on_bed())

    def _fill_beds(self) -> None:
        """The waiting list, and the beds that are free; the one clicked is kept even if it is held."""
        blocked = self.beds.blockSignals(True)
        self.beds.clear()
        self.beds.addItem(self.tr("Waiting list"), None)
        now = self._session.now()
        for bed in (as_of(one, now) for one in self.board.beds):
            if bed.status is BedStatus.AVAILABLE or (self.bed is not None and bed.id == self.bed.id):
                self.beds.addItem(bed.number, bed.id)
        self.beds.setCurrentIndex(max(0, self.beds.findData(self.bed.id) if self.bed is not None else 0))
        self.beds.blockSignals(blocked)

    def place(self) -> tuple[int, int | None]:
        """The ids of the ward and the bed chosen."""
        return self.ward.currentData(), self.beds.currentData()

    @property
    def reading(self) -> bool:
        """Whether the beds of the ward chosen are not here yet: what is listed are those of the ward before."""
        return bool(self.ward.currentData() != self.board.ward.id)

    def go_to(self, ward_id: int, bed_id: int | None) -> None:
        """Choose the place that was chosen before, as far as it is there and free."""
        self._wish = bed_id
        if ward_id == self.board.ward.id:
            self.beds.setCurrentIndex(max(0, self.beds.findData(bed_id)))
        else:
            self.ward.setCurrentIndex(max(0, self.ward.findData(ward_id)))

    def _read_ward(self) -> None:
        ward_id = self.ward.currentData()

        def read(board: WardBoard) -> None:
            if self.ward.currentData() == board.ward.id:
                self.board, self.bed = board, None
                self._fill_beds()
                self.beds.setCurrentIndex(max(0, self.beds.findData(self._wish)))
                self.ward_changed.emit()
                self._on_bed()

        def refused(refusal: Refusal) -> None:
            self._stay(ward_id, words.refusal_text(refusal))

        if self.reading:
            self._session.ask(lambda store, actor: read_board(store, actor, ward_id), read, refused,
                              lambda why: self._stay(ward_id, why))

    def _stay(self, ward_id: int, why: str) -> None:
        """A ward cannot be read: the one before is chosen again, whose beds are listed."""
        if self.ward.currentData() == ward_id:  # nobody has chosen yet another one meanwhile
            self.ward.setCurrentIndex(self.ward.findData(self.board.ward.id))
            self._dialog.fields.forgive("ward_id")
            self._dialog.refuse(why)

    def _on_bed(self) -> None:
        chosen = self.beds.currentData()
        self.bed = next((bed for bed in self.board.beds if bed.id == chosen), None)
        self.bed_changed.emit()
