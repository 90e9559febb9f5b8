"""The whole machine: all rules, undo, and hours in which much happens."""

from __future__ import annotations

import random

from hypothesis.stateful import initialize, rule

from tests.services.machine.base import SEEDS, STATIONS
from tests.services.machine.bed_rules import HOLDS, BedRules
from tests.services.machine.editing_rules import EditingRules
from tests.services.machine.model import BLK, CLEAN, FREE, NORTH, OCC, RES, SOUTH, changed
from tests.services.machine.moving import ENDS, Moving
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Code
from wardbeds.domain.requests import UndoAction
from wardbeds.services import undoing


class Machine(Moving, BedRules, EditingRules):
    """Two stations, everything that a nurse can do."""

    @rule(station=STATIONS)
    def look(self, station: int) -> None:
        """The station's screen is read anew."""
        self.see(station)

    @rule(station=STATIONS)
    def undo(self, station: int) -> None:
        """Take back my last action at this station, while what it left is still so."""
        if not self.done[station]:
            return
        done, before, after = self.done[station].pop()
        beds, people = changed(before, after)
        codes = [] if self.model.can_take_back(before, after, beds, people) else [Code.STATE]
        self.act(station, undoing.undo_action, UndoAction(undoes=done.operation_id), codes,
                 lambda _done: self.model.take_back(before, after, beds, people), undoable=False)

    @initialize(seed=SEEDS)
    def morning(self, seed: int) -> None:
        """Every day begins with both stations looking, and then at once much happens."""
        self.see(0)
        self.see(1)
        self.busy_hour(seed)

    @rule(seed=SEEDS)
    def busy_hour(self, seed: int) -> None:
        """Many actions in a row, most of them likely ones, so that what takes several to go wrong is reached as well.

        The stations take turns, several actions each, so that the other one's screen grows stale.
        """
        chance, station = random.Random(seed), 0
        for _ in range(60):
            station = 1 - station if chance.random() < 0.2 else station
            self._anything(chance, station)
            self.board_equals_model()

    def _anything(self, chance: random.Random, station: int) -> None:
        who, seed = self._likely_person(chance), chance.getrandbits(32)
        bed, ward = self._likely_bed(chance, FREE), chance.choice([NORTH, SOUTH])
        onto = chance.choice([None, bed, bed])
        match chance.randrange(23):
            case 0 | 1 | 2:
                self.admit(station, chance.randrange(10), onto, ward, seed)
            case 3:
                self.admit_new(station, onto, ward, seed)
            case 4:
                self.admit_unknown(station, onto, ward, seed)
            case 5 | 6 | 7:
                self.place(station, who, chance.choice([bed, self._likely_bed(chance, RES)]))
            case 8 | 9:
                self.end(station, who, chance.choice(self._likely_ends(who)))
            case 10:
                self.clean(station, self._likely_bed(chance, CLEAN))
            case 11:
                self.block(station, self._likely_bed(chance, FREE, CLEAN))
            case 12:
                self.unblock(station, self._likely_bed(chance, BLK))
            case 13:
                self.release(station, self._likely_bed(chance, RES))
            case 14:
                self.hold(station, self._likely_bed(chance, FREE, CLEAN), chance.randrange(10), chance.choice(HOLDS))
            case 15:
                self.remark(station, bed, chance.choice(["", "x", "y"]))
            case 16:
                self.note(station, self._likely_bed(chance, OCC), chance.choice(["", "x", "y"]), chance.random() < 0.5)
            case 17:
                self.admission(station, who, seed)
            case 18:
                self.identity(station, who, seed)
            case 19:
                self.undo(station)
            case 20 | 21:
                self.swap(station, who, self._likely_bed(chance, OCC))
            case _:
                self.look(station)

    def _likely_bed(self, chance: random.Random, *states: BedStatus) -> int:
        """A bed in one of these states; now and then any bed."""
        found = [n for n, bed in self.model.beds.items() if bed.status in states]
        return chance.choice(found if found and chance.random() < 0.8 else sorted(self.model.beds))

    def _likely_ends(self, who: int) -> tuple[str, ...]:
        """What can end somebody's admission: one whose discharge is decided leaves."""
        one = self.model.people[self.somebody(who)]
        return (*ENDS, "left", "left") if one.decided else (*ENDS, "decide", "remove" if one.ward else "decide")

    def _likely_person(self, chance: random.Random) -> int:
        """Where in the order somebody is who is admitted; now and then anybody."""
        found = [n for n, one in enumerate(self.model.people[key] for key in sorted(self.model.people))
                 if one.admission is not None]
        return chance.choice(found) if found and chance.random() < 0.8 else chance.randrange(10)
