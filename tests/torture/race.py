"""The race: many clients flat out on few beds; and the same at the pace of people."""

from __future__ import annotations

from pathlib import Path

from tests.torture.crew import work_off
from tests.torture.house import make_house
from tests.torture.verdict import Verdict, judge_run
from wardbeds.store.database import Store


def race(url: str, folder: Path, clients: int, *options: str, station: str = "") -> Verdict:
    """Let clients race on a fresh, migrated database at ``url``; logs go to ``folder``. Returns the judgement.

    ``station``: the same database by the login that stations have; the house is made by its owner.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(url)
    try:
        house = make_house(store)
        house.save(folder / "house.json")
        work_off(station or url, folder, clients, *options)
        return judge_run(store, house, folder)
    finally:
        store.close()
