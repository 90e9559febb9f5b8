"""An import from start to end: the files in their order, in batches, with progress; or all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wardbeds.domain.access import Permission, require
from wardbeds.domain.errors import Refusal, Refused
from wardbeds.domain.people import Actor
from wardbeds.domain.placement import SoftWarning
from wardbeds.domain.sentences import refusal_sentence, warning_sentence
from wardbeds.domain.times import hospital_day
from wardbeds.services.imports import movements, reference
from wardbeds.services.imports.movements import Known, Movement
from wardbeds.services.imports.reading import LAYOUTS, FileTrouble, Layout, Record, read_file
from wardbeds.services.imports.report import Fate, Report
from wardbeds.services.settings import read_settings
from wardbeds.store import registry
from wardbeds.store.batches import Needs, applied_already, begin, handle_row, run_all, run_batch
from wardbeds.store.database import Store
from wardbeds.store.transaction import Transaction

BATCH = 300
Progress = Callable[[str, int, int], None]


class NothingToImport(Exception):
    """No such folder, or none of the files in it; the sentence is fit for a person."""


class _Strict(Exception):
    """A strict import met a refusal: everything is rolled back."""


@dataclass(slots=True)
class _Loaded:
    """The files of a folder, read."""

    records: dict[str, list[Record]]


def run_import(store: Store, actor: Actor, folder: Path, *, strict: bool = False,
               progress: Progress | None = None) -> Report:
    """Import what the folder holds. Needs ``data:import``; every row is judged with the actor's rights.

    Raises NothingToImport, Refused ROLE, OutOfReach.
    """
    require(actor.role, Permission.DATA_IMPORT)
    report = Report()
    loaded = _load(folder, report)
    run = _Run(store, actor, report, progress or (lambda _file, _done, _all: None), read_settings(store).zone)
    if strict:
        run.all_or_nothing(loaded)
    else:
        run.in_batches(loaded)
    return report


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A file as it would be imported: how many rows, which columns are ignored, or why it cannot be read."""

    file: str
    rows: int
    ignored: tuple[str, ...] = ()
    trouble: str = ""


def preview_import(actor: Actor, folder: Path) -> tuple[FilePreview, ...]:
    """What the folder holds, without changing anything. Needs ``data:import``; raises NothingToImport."""
    require(actor.role, Permission.DATA_IMPORT)
    report = Report()
    loaded = _load(folder, report)
    troubles = {one["file"]: one["reason"] for one in report.refused}
    ignored: dict[str, list[str]] = {}
    for one in report.ignored_columns:
        ignored.setdefault(one["file"], []).append(one["column"])
    return tuple(FilePreview(one["file"], len(loaded.records.get(one["file"], [])),
                             tuple(ignored.get(one["file"], ())), troubles.get(one["file"], ""))
                 for one in report.files)


def require_files(folder: Path) -> list[Layout]:
    """The files of an import that are in the folder. Raises NothingToImport where there is none."""
    if not folder.is_dir():
        raise NothingToImport(f"There is no folder {folder}.")
    present = [layout for layout in LAYOUTS if (folder / layout.file).exists()]
    if not present:
        names = ", ".join(layout.file for layout in LAYOUTS)
        raise NothingToImport(f"None of these files is in {folder}: {names}.")
    return present


def _load(folder: Path, report: Report) -> _Loaded:
    loaded = _Loaded({})
    for layout in require_files(folder):
        try:
            records, ignored = read_file(folder / layout.file, layout)
        except FileTrouble as trouble:
            report.files.append({"file": layout.file, "rows": 0})
            report.refuse_file(layout.file, trouble.column, trouble.reason)
            continue
        loaded.records[layout.file] = records
        report.files.append({"file": layout.file, "rows": len(records)})
        report.ignored_columns += [{"file": layout.file, "column": name} for name in ignored]
    return loaded


class _Run:
    """One import under way."""

    def __init__(self, store: Store, actor: Actor, report: Report, progress: Progress, zone: ZoneInfo) -> None:
        self.store = store
        self.actor = actor
        self.report = report
        self.progress = progress
        self.zone = zone

    def in_batches(self, loaded: _Loaded) -> None:
        """A transaction every few hundred rows."""
        for file, handle, needs in self._reference():
            records = loaded.records.get(file, [])
            for chunk in _chunks(records):
                answers = run_batch(self.store, self.actor.user_id, chunk, needs(chunk), handle)
                self._note(chunk, answers)
                self.progress(file, chunk[-1].row - 1, len(records))
        read = self._read_movements(loaded)
        done = 0
        for batch in _chunks(read):
            answers = run_batch(self.store, self.actor.user_id, batch, _movement_needs(batch), self._apply)
            self._note([one.record for one in batch], answers)
            done += len(batch)
            self.progress("movements.csv", done, len(read))

    def all_or_nothing(self, loaded: _Loaded) -> None:
        """One transaction for everything; any refusal, of a file too, rolls it back."""

        def job(connection: Any) -> list[tuple[list[Record], list[Any]]]:
            self.report.refused = list(before)  # tried again, where others held what it needs
            noted: list[tuple[list[Record], list[Any]]] = []
            everything = [ward["id"] for ward in registry.ward_rows(connection).values()]
            transaction = begin(connection, self.actor.user_id, Needs(wards=tuple(everything), house=True))
            for file, handle, _needs in self._reference():
                records = loaded.records.get(file, [])
                noted.append((records, [handle_row(transaction, one, handle) for one in records]))
            read = self._read_movements(loaded, connection)
            noted.append(([one.record for one in read],
                          [handle_row(transaction, one, self._apply) for one in read]))
            if self.report.refused or any(isinstance(one, Refusal) for _, answers in noted for one in answers):
                results.extend(noted)
                raise _Strict
            return noted

        results: list[tuple[list[Record], list[Any]]] = []
        before = list(self.report.refused)
        try:
            for records, answers in run_all(self.store, job):
                self._note(records, answers)
        except _Strict:
            for records, answers in results:
                kept = [answer if isinstance(answer, Refusal) else Fate.UNCHANGED for answer in answers]
                self._note(records, kept)

    def _reference(self) -> list[tuple[str, Any, Any]]:
        """File, handler of a row, and what a chunk of it must lock."""

        def handler(function: Any) -> Any:
            def handle(transaction: Transaction, record: Record) -> Fate:
                record.check()
                require(transaction.role or self.actor.role, Permission.DATA_IMPORT)
                fate: Fate = function(transaction, self.actor, record)
                return fate

            return handle

        def patient(transaction: Transaction, actor: Actor, record: Record) -> Fate:
            return reference.patient(transaction, actor, record, hospital_day(datetime.now(UTC), self.zone))

        def house(chunk: list[Record]) -> Any:
            numbers = {one.get("hospital_number") for one in chunk} - {""}
            names = {one.get("ward") for one in chunk} - {""}

            def needs(connection: Any) -> Needs:
                wards = registry.ward_rows(connection) if names else {}
                ids = tuple(wards[name]["id"] for name in names if name in wards)
                patients = tuple(registry.patient_ids(connection, numbers).values()) if numbers else ()
                return Needs(wards=ids, patients=patients, house=True)

            return needs

        return [("wards.csv", handler(reference.ward), house), ("beds.csv", handler(reference.BedRows()), house),
                ("patients.csv", handler(patient), house), ("staff.csv", handler(reference.staff), house)]

    def _read_movements(self, loaded: _Loaded, connection: Any = None) -> list[Movement]:
        """The movements that can be read and name only what is known, in order of time; the others are refused."""
        records = loaded.records.get("movements.csv", [])
        if not records:
            return []
        known = self._known(records, connection)
        now = datetime.now(UTC)
        read = []
        for record in records:
            try:
                read.append(movements.read_movement(record, known, now, self.zone))
            except Refused as error:
                self.report.refuse(record.file, record.row, error.refusal, refusal_sentence(error.refusal, self.zone))
        return sorted(read, key=lambda one: one.at)

    def _known(self, records: list[Record], connection: Any) -> Known:
        def read(found: Any) -> Known:
            wards = {name: ward["id"] for name, ward in registry.ward_rows(found).items()}
            numbers = {record.get("hospital_number") for record in records} - {""}
            return Known(wards, registry.bed_ids(found), registry.patient_ids(found, numbers))

        if connection is not None:
            return read(connection)
        with self.store.reading() as own:
            return read(own)

    def _apply(self, transaction: Transaction, movement: Movement) -> Fate | tuple[SoftWarning, ...]:
        """Unchanged if this very row was applied before, else what the service says."""
        if applied_already(transaction.connection, str(movement.operation_id)):
            return Fate.UNCHANGED
        return movements.apply(transaction, self.actor, movement)

    def _note(self, records: Iterable[Record], answers: Iterable[Any]) -> None:
        for record, answer in zip(records, answers, strict=True):
            if isinstance(answer, Refusal):
                self.report.refuse(record.file, record.row, answer, refusal_sentence(answer, self.zone))
            elif isinstance(answer, Fate):
                self.report.count(answer)
            else:
                self.report.count(Fate.APPLIED)
                for warning in answer:
                    self.report.warn(record.file, record.row, warning, warning_sentence(warning))


def _chunks(rows: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start:start + BATCH]


def _movement_needs(batch: list[Movement]) -> Callable[[Any], Needs]:
    wanted = Needs(beds=tuple({one.bed_id for one in batch if one.bed_id is not None}),
                 patients=tuple({one.patient_id for one in batch if one.patient_id is not None}),
                 wards=tuple({one.ward_id for one in batch if one.ward_id is not None}))
    return lambda _connection: wanted
