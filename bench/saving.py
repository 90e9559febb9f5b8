"""From letting a patient go over a bed to the bed that says so: in the real window, on a PostgreSQL server.

The floor of "saved" is the same placement by its service alone, in turns, without a window.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.real_window import show_whole, until, window_of
from bench.report import Result, p95
from tests.support.hospital import PASSWORD, Hospital, make_hospital
from tests.torture import engines
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, DischargePatient, PlacePatient, SeenBed, SeenPlace, UnknownPerson
from wardbeds.domain.stays import Outcome
from wardbeds.gui.main_window import BoardPage
from wardbeds.services.admitting import admit_patient
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.placing import place_patient
from wardbeds.store.database import Store

TURNS, WARM = 44, 4
BED, WARD = "S-1", "South"
"""South does not clean: whoever left leaves the bed free."""


@dataclass
class Times:
    """Milliseconds from the mouse button's release: until "saving" was painted, until the bed showed who is in it; and
    of the service alone."""

    saving: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)


class _Paints(QObject):
    """Notes when a widget was painted last."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.painted = False
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.painted = self.painted or event.type() is QEvent.Type.Paint
        return False


def _wait(hospital: Hospital) -> int:
    """Somebody unknown waits in South; who."""
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.FEMALE), ward_id=hospital.wards[WARD]))
    return hospital.board(WARD).waiting[0].person.patient_id


def _leave(hospital: Hospital, patient_id: int) -> None:
    discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=patient_id, seen=SeenPlace(bed_id=hospital.beds[BED]), outcome=Outcome.IMPROVED))


def _alone(hospital: Hospital) -> float:
    patient_id = _wait(hospital)
    request = PlacePatient(patient_id=patient_id, seen=SeenPlace(ward_id=hospital.wards[WARD]),
                           bed=SeenBed.of(hospital.bed(BED)))
    start = time.perf_counter()
    place_patient(hospital.store, hospital.nurse, request)
    took = (time.perf_counter() - start) * 1000
    _leave(hospital, patient_id)
    return took


def _drop(hospital: Hospital, page: BoardPage, paints: _Paints) -> tuple[float, float]:
    """Drag the one who waits onto the bed; until "saving" was painted, until the bed showed her."""
    bed_id, model, window = hospital.beds[BED], page.session.model, page.window().windowHandle()
    patient_id = _wait(hospital)
    until(lambda: [one.waiting.person.patient_id for one in page.rail.cards] == [patient_id]
          and (bed := model.bed_by_id(bed_id)) is not None and bed.status is BedStatus.AVAILABLE)
    card = page.rail.cards[0]
    paints.painted = False
    page.window().repaint()
    until(lambda: paints.painted and not card.visibleRegion().isEmpty())  # what has come is laid out as well
    start = page.window().mapFromGlobal(card.mapToGlobal(QPoint(30, 20)))
    target = page.window().mapFromGlobal(page.map.item_rect_global(bed_id).center().toPoint())
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for at in (start + QPoint(40, 20), target - QPoint(6, 6), target):
        QTest.mouseMove(window, at)
        QApplication.processEvents()
    let_go = time.perf_counter()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)
    assert model.saving == bed_id, page.pilot.active
    paints.painted = False
    until(lambda: paints.painted)
    saving = (time.perf_counter() - let_go) * 1000
    until(lambda: (bed := model.bed_by_id(bed_id)) is not None and bed.patient_id == patient_id)
    paints.painted = False
    page.map.viewport().update()
    until(lambda: paints.painted)
    saved = (time.perf_counter() - let_go) * 1000
    _leave(hospital, patient_id)
    return saving, saved


@contextmanager
def _nurse_at(url: str, hospital: Hospital) -> Iterator[BoardPage]:
    """The program's window on this database, a nurse signed in, South open."""
    with window_of(url, "nurse", PASSWORD) as page:
        model = page.session.model
        page.session.open_ward(hospital.wards[WARD])
        until(lambda: model.board is not None and model.board.ward.name == WARD)
        show_whole(page)
        yield page


def measure() -> Times:
    """Placements by hand and by the service alone, in turns."""
    found = Times()
    with engines.server() as (server, _name), closing(Store.open(server.url(engines.DATABASE))) as store:
        hospital = make_hospital(store)
        with _nurse_at(store.url, hospital) as page:
            paints = _Paints(page.map.viewport())
            for turn in range(TURNS):
                alone, (saving, saved) = _alone(hospital), _drop(hospital, page, paints)
                if turn >= WARM:
                    found.alone.append(alone)
                    found.saving.append(saving)
                    found.saved.append(saved)
    return found


def run() -> list[Result]:
    """What a person sees after a drop."""
    times = measure()
    saving, saved = p95(times.saving), p95(times.saved)
    return [Result('a drop until the bed shows "saving", p95', saving, "ms", "under 100 ms", saving < 100),
            Result("  until it shows who is in it, floor: the service", saved, "ms", "under 1 s", saved < 1000,
                   p95(times.alone))]
