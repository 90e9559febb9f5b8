"""Reading the files of a folder: records with their row numbers, or the reason why a file is refused whole."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from wardbeds.domain.errors import Code, Refused, refuse


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file; those with ``required`` must be in the header."""

    file: str
    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All that are read."""
        return *self.required, *self.optional


LAYOUTS = (
    Layout("wards.csv", ("ward",), ("location", "description", "sex_policy", "cleaning_step")),
    Layout("beds.csv", ("ward", "bed_number"),
           ("room", "room_sex_policy", "status", "bed_type", "features", "notes", "x", "y")),
    Layout("patients.csv", ("hospital_number", "last_name", "sex"),
           ("first_name", "date_of_birth", "phone", "email", "national_id")),
    Layout("staff.csv", ("username", "last_name", "role"), ("first_name", "email", "phone", "wards")),
    Layout("movements.csv", ("at", "event"), ("hospital_number", "ward", "bed_number", "detail")),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record; ``row`` counts records, the header is 1. Values are stripped, missing ones are empty."""

    file: str
    row: int
    values: dict[str, str]
    too_long: bool = False

    def get(self, column: str) -> str:
        """The value of a column, empty where it is missing."""
        return self.values.get(column, "")

    def check(self) -> None:
        """Raise Refused VALUE for what no column can hold."""
        if self.too_long:
            raise Refused(refuse(Code.VALUE, "too_many_values"))
        for column, value in self.values.items():
            if any(ord(char) < 32 and char not in "\t\n\r" for char in value):
                raise Refused(refuse(Code.VALUE, "control_character", field=column))


@dataclass(frozen=True, slots=True)
class FileTrouble(Exception):
    """A file that is refused whole: which column is missing, if one is, and why."""

    column: str | None
    reason: str


def read_file(path: Path, layout: Layout) -> tuple[list[Record], list[str]]:
    """The file's records and the columns it has besides. Raises FileTrouble."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileTrouble(None, "The file is not UTF-8. Save it as CSV UTF-8 and import again.") from error
    except OSError as error:
        raise FileTrouble(None, f"The file cannot be read: {error.strerror}.") from error
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except csv.Error as error:
        raise FileTrouble(None, f"The file is not a CSV file: {error}.") from error
    if not rows:
        raise FileTrouble(None, "The file is empty: it has no header row.")
    header = [name.strip() for name in rows[0]]
    known = set(layout.columns)
    for name in layout.required:
        if name not in header:
            raise FileTrouble(name, f'The column "{name}" is missing.')
    for name in known:
        if header.count(name) > 1:
            raise FileTrouble(name, f'The column "{name}" is there twice.')
    records = []
    for number, row in enumerate(rows[1:], 2):
        values = {name: value.strip() for name, value in zip(header, row, strict=False) if name in known}
        records.append(Record(layout.file, number, values, any(value.strip() for value in row[len(header):])))
    return records, [name for name in header if name not in known]
