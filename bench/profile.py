"""Where the processor's time goes: ``python -m bench.profile [place] [drag] [search] [sheet] [memory]``, else all.

Times are those of the thread itself, so that a busy machine changes little; being watched slows everything down.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from bench import drag, memory, search, sheets
from bench.actions import TIMES, moves_and_assignments
from bench.real_window import signed_in
from bench.report import machine
from wardbeds.gui import theme
from wardbeds.gui.printing.sheet import write_pdf
from wardbeds.services import accounts
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

Parts = Sequence[tuple[str, tuple[str, ...]]]
"""What a part is called, and what the files or functions of it have in their names; the first that fits counts."""
ACTION: Parts = (
    ("SQLite itself, COMMIT included", ("'sqlite3.",)),
    ("binding, sending, reading rows", ("store/prepared.py", "store/types.py", "domain/times.py", "isoformat")),
    ("SQLAlchemy: pool, connection, transaction", ("sqlalchemy",)),
    ("the event: body, hash", ("json", "store/events.py", "hash", "domain/changes.py")),
    ("values of rows", ("store/board.py", "store/places.py", "domain/beds.py", "dataclasses", "enum.py")),
    ("rules, services, unit of work", ("wardbeds/",)),
)
DRAG: Parts = (
    ("painting: Qt's painter", ("QtGui.QPainter'", "QStaticText", "QFontMetrics", "drawText")),
    ("painting: cards", ("board/card.py", "board/bed_item.py", "gui/icons.py", "gui/theme.py")),
    ("painting: ground of the plan", ("board/floor_plan.py", "board/fixtures.py", "board/plan.py")),
    ("painting: ghost, hand, strips", ("board/ghost", "gui/hand_line.py", "gui/fitting.py", "gui/work_strip.py")),
    ("rules of placing", ("domain/", "board/placing.py")),
    ("looking for the bed, marks", ("board/",)),
    ("layouts of bars", ("gui/squeeze.py", "sizeHint", "minimumSize")),
    ("Qt's event loop, scene and windows", ("PySide6", "processEvents", "mouseMove", "viewportEvent")),
    ("the rest of the window", ("wardbeds/",)),
)
SEARCH: Parts = (
    ("SQLite itself", ("'sqlite3.",)),
    ("SQLAlchemy: statement, binding, rows", ("sqlalchemy",)),
    ("values of rows, words folded", ("wardbeds/",)),
)
SHEET: Parts = (
    ("Qt: text", ("drawText", "horizontalAdvance", "setFont")),
    ("Qt: pages, lines, boxes, signs", ("PySide6", "built-in method translate", "built-in method scale")),
    ("words of times and states", ("gui/words.py", "domain/")),
    ("laying out", ("gui/printing/", "gui/icons.py")),
)


def tell(what: str, profile: cProfile.Profile, parts: Parts, times: int) -> None:
    """Print the shares of the parts, and the five functions that took most."""
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    spent: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for (file, _line, name), (_calls, _times, own, _total, _callers) in stats.items():
        sign = f"{file} {name}"
        part = next((part for part, signs in parts if any(one in sign for one in signs)), "Python's own, the rest")
        spent[part] += own
        single[f"{'/'.join(Path(file).parts[-2:])} {name}"] += own
    print(f"{what}: {1000 * spent.total() / times:.2f} ms of the processor each, slowed down by being watched")
    for part, seconds in spent.most_common():
        print(f"  {part:44} {100 * seconds / spent.total():3.0f} %")
    for place, seconds in single.most_common(5):
        print(f"      most: {100 * seconds / spent.total():3.0f} %  {place}")


def _watch() -> cProfile.Profile:
    return cProfile.Profile(time.thread_time)


def _place() -> None:
    for what, profile in moves_and_assignments(_watch):
        tell(what, profile, ACTION, TIMES)


def _drag() -> None:
    for beds in (60, 600):
        with signed_in(beds) as page:
            drag.drag_over(page)  # once before: what is made at the first time is no part of a frame
            profile = _watch()
            profile.runcall(drag.drag_over, page)
        tell(f"a frame while dragging, {beds} cards", profile, DRAG, drag.STEPS)


def _search() -> None:
    with tempfile.TemporaryDirectory() as home:
        store, names = Store.open(ensure(Path(home) / "people.db")), search.Names()
        search.fill(store, names)
        find, typed = search.searcher(store, accounts.system_actor("bench")), search.keystrokes(names)
        for one in typed:
            find(one)
        profile = _watch()
        for one in typed:
            profile.runcall(find, one)
        store.close()
    tell(f"a keystroke among {search.PEOPLE:,} people", profile, SEARCH, len(typed))


def _sheet() -> None:
    for beds, rooms, per_room in ((40, 10, 4), (1000, 100, 10)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sheet.pdf"
            write_pdf(sheets.occupancy(rooms, per_room), path)
            profile = _watch()
            for _time in range(3):
                profile.runcall(write_pdf, sheets.occupancy(rooms, per_room), path)
        tell(f"an occupancy sheet, {beds:,} beds", profile, SHEET, 3)


def _memory() -> None:
    print("memory, MB resident, in a process of its own")
    for what, value in memory.steps():
        print(f"  {what:44} {value:6.1f}")


JOBS: dict[str, Callable[[], None]] = {"place": _place, "drag": _drag, "search": _search, "sheet": _sheet,
                                       "memory": _memory}


def main(wanted: list[str]) -> int:
    """Profile what is asked for."""
    if unknown := set(wanted) - JOBS.keys():
        print(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(JOBS)}", file=sys.stderr)
        return 2
    print(machine())
    app = QApplication(["bench"])
    theme.set_scheme(app, "light")
    for name in wanted or JOBS:
        JOBS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
