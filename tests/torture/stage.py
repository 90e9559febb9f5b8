"""A database on which one situation is set up again and again, quickly, on each engine."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select, text

from tests.torture.situations import SITUATIONS, Scene, make_people
from wardbeds.store.database import Store
from wardbeds.store.tables import admissions, bed_stays, events, metadata, patients, ward_beds


class Stage:
    """Situations by name, each put back at will. ``first`` and ``second`` are the two stations' stores."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.scenes: dict[str, Scene] = {}
        self.first, self.second = Store.open(url), Store.open(url)

    def close(self) -> None:
        """Close both."""
        self.first.close()
        self.second.close()

    def set(self, name: str) -> Scene:
        """Put the situation back as it was made; returns its scene."""
        if name not in self.scenes:
            self._reset("empty")
            scene = make_people(self.first)
            SITUATIONS[name].build(self.first, scene)
            scene.look(self.first)
            self.scenes[name] = scene
            self._keep(name)
        self._reset(name)
        return copy.copy(self.scenes[name])

    def _keep(self, name: str) -> None:
        raise NotImplementedError

    def _reset(self, name: str) -> None:
        raise NotImplementedError


class FileStage(Stage):
    """SQLite: a file a situation, copied over the one in use. The second station does not wait for the first."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"sqlite:///{path}")
        self.path = path
        self.second = _Hasty.open(path, busy_milliseconds=1)
        self._keep("empty")

    def _files(self) -> None:
        self.close()
        for end in ("-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def _keep(self, name: str) -> None:
        self._files()
        shutil.copyfile(self.path, self.path.with_suffix(f".{name}"))

    def _reset(self, name: str) -> None:
        self._files()
        shutil.copyfile(self.path.with_suffix(f".{name}"), self.path)


class _Hasty(Store):
    """Asks once: a busy answer is an answer, and the test asks again when the other is done."""

    def write(self, job: Any, attempts: int | None = None, *, patience: float | None = None, repeatable: bool = True) -> Any:
        return super().write(job, 1, patience=patience, repeatable=repeatable)


class ServerStage(Stage):
    """PostgreSQL: the rows of each situation are kept in a schema of its own and written back past all guards.

    By a connection of its own: whoever goes past the guards loses all plans that were made.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.clerk = Store.open(url)
        self.tables = [table.name for table in metadata.sorted_tables]
        self._keep("empty")

    def close(self) -> None:
        """Close all."""
        super().close()
        self.clerk.close()

    def _keep(self, name: str) -> None:
        with self.clerk.engine.begin() as connection:
            connection.execute(text(f'CREATE SCHEMA "{name}"'))
            steps = ["SET LOCAL session_replication_role = replica"]
            for table in self.tables:
                connection.execute(text(f'CREATE TABLE "{name}".{table} AS SELECT * FROM public.{table}'))
                columns = ", ".join(one["name"] for one in inspect(connection).get_columns(table)
                                    if "computed" not in one)
                steps.append(f'INSERT INTO public.{table} ({columns}) OVERRIDING SYSTEM VALUE '
                             f'SELECT {columns} FROM "{name}".{table}')
                steps.insert(1, f"DELETE FROM public.{table}")
            steps += [f"PERFORM setval('{row[0]}', {row[1] or 1}, {row[1] is not None})"
                      for row in connection.execute(text(
                          "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences"))]
            body = "; ".join(steps)
            connection.execute(text(
                f'CREATE FUNCTION "{name}".put_back() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {body}; END $$'))

    def _reset(self, name: str) -> None:
        with self.clerk.engine.begin() as connection:
            connection.execute(text(f'SELECT "{name}".put_back()'))


State = tuple[Any, ...]


def read_state(store: Store) -> State:
    """Everything that matters of how things stand, without ids and times that differ from run to run."""
    with store.reading() as connection:
        return (
            _rows(connection, select(ward_beds.c.id, ward_beds.c.status, ward_beds.c.patient_id, ward_beds.c.held_for,
                                     ward_beds.c.blocked_from, ward_beds.c.version, ward_beds.c.is_active,
                                     ward_beds.c.notes, ward_beds.c.remark)),
            _rows(connection, select(admissions.c.patient_id, admissions.c.waiting_ward, admissions.c.decided_outcome,
                                     admissions.c.outcome, admissions.c.complaint)),
            _rows(connection, select(bed_stays.c.patient_id, bed_stays.c.bed_id, bed_stays.c.ended_why,
                                     bed_stays.c.open_bed, bed_stays.c.notes)),
            _rows(connection, select(patients.c.id, patients.c.hospital_number, patients.c.merged_into)),
            tuple(_told(*row) for row in connection.execute(
                select(events.c.stream_id, events.c.action, events.c.body)
                .order_by(events.c.stream_id, events.c.revision))),
        )


def _told(stream: int, action: str, body: str) -> tuple[Any, ...]:
    """What an event says of beds and people before and after it."""
    told = json.loads(body)
    beds = [(one["bed"], *(side[key] for side in (one["before"], one["after"])
                           for key in ("status", "patient", "hold_for", "version"))) for one in told.get("beds", ())]
    people = [(one["patient"], *((side["admission"] is not None, side["ward"], side["bed"], side["hold"],
                                  side["decided"]) for side in (one["before"], one["after"])))
              for one in told.get("people", ())]
    return stream, action, tuple(beds), tuple(people)


def _rows(connection: Connection, query: Any) -> tuple[Any, ...]:
    return tuple(sorted((tuple(row) for row in connection.execute(query)), key=repr))
