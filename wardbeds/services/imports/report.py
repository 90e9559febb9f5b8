"""What an import did: every row is counted once, every refused row is named with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.placement import SoftWarning
from wardbeds.services.imports.reading import LAYOUTS

_COLUMNS = {layout.file: layout.columns for layout in LAYOUTS}


class Fate(Enum):
    """What became of a row that was not refused."""

    APPLIED = "applied"
    UNCHANGED = "unchanged"
    UPDATED = "updated"


@dataclass(slots=True)
class Report:
    """The report of ``--report``, and what the exit code follows from."""

    applied: int = 0
    unchanged: int = 0
    updated: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    ignored_columns: list[dict[str, str]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)

    def count(self, fate: Fate) -> None:
        """Count a row that was taken."""
        setattr(self, fate.value, getattr(self, fate.value) + 1)

    def refuse(self, file: str, row: int, refusal: Refusal, reason: str) -> None:
        """Name a row that was refused, and the column at fault, if one is."""
        assert refusal.field is None or refusal.field in _COLUMNS[file], f"{file} has no column {refusal.field}"
        self.refused.append({"file": file, "row": row, "column": refusal.field, "code": refusal.code.value,
                             "reason": reason})

    def refuse_file(self, file: str, column: str | None, reason: str) -> None:
        """Name a file that was refused whole."""
        self.refused.append({"file": file, "row": 1, "column": column, "code": Code.FILE.value, "reason": reason})

    def warn(self, file: str, row: int, warning: SoftWarning, reason: str) -> None:
        """Name a warning that did not stop a row."""
        self.warnings.append({"file": file, "row": row, "code": warning.code.value, "reason": reason})

    def as_dict(self) -> dict[str, Any]:
        """The report as it is written to JSON, refused rows and warnings in the order of files and rows."""
        order = {one["file"]: n for n, one in enumerate(self.files)}

        def place(one: dict[str, Any]) -> tuple[int, int]:
            return order.get(one["file"], 99), one["row"]

        return {"applied": self.applied, "unchanged": self.unchanged, "updated": self.updated,
                "refused": sorted(self.refused, key=place), "warnings": sorted(self.warnings, key=place),
                "ignored_columns": self.ignored_columns, "files": self.files}
