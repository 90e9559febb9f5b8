"""Was the reason true? For each refusal, a test on what the events say about the time between question and answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.torture.record import Record
from tests.torture.timeline import NOWHERE, Event, Line, Past, State, micros
from wardbeds.domain.times import from_text
from wardbeds.store.undo import TURNS

BedTest = Callable[[str, bool, State], bool]
PersonTest = Callable[[State], bool]
_TAKEN_BED = ("status", "patient", "hold_for", "hold_until", "since")
_TAKEN_PERSON = ("admission", "ward", "bed")


@dataclass
class Case:
    """A refused request before what really was. ``visible``: by when an operation's change was there to see."""

    record: Record
    past: Past
    visible: dict[str, int]

    @property
    def request(self) -> dict[str, Any]:
        """The request's fields."""
        return self.record.request

    @property
    def patient(self) -> int | None:
        """Whom it is about."""
        found = self.request.get("patient_id", self.request.get("person"))
        return found if isinstance(found, int) else None

    @property
    def people(self) -> list[int | None]:
        """Whom it is about: of a swap both."""
        return [self.patient, self.request["bed"]["patient_id"]] if "own" in self.request else [self.patient]

    @property
    def seen_beds(self) -> list[dict[str, Any]]:
        """The beds as the asker saw them: of a swap both."""
        return [self.request["bed"], self.request["own"]] if "own" in self.request else [self.request["bed"]]

    def same(self, patient_id: int | None) -> set[int]:
        """The person's record and those it was merged into by the end of the request."""
        found: set[int] = set()
        while patient_id is not None and patient_id not in found:
            found.add(patient_id)
            survivor, event = self.past.merged.get(patient_id, (None, None))
            patient_id = survivor if event is not None and event.time <= self.record.end else None
        return found

    def bed_states(self, bed_id: int) -> Iterator[tuple[str, bool, State]]:
        """Status, whether a hold was live, and the stored state, at each moment of the request."""
        for state, start, end in self.past.beds[bed_id].during(self.record.start, self.record.end, {}):
            until = micros(from_text(state["hold_until"])) if state["hold_until"] else None
            if until is None:
                yield state["status"], False, state
                continue
            if start < until:
                yield state["status"], True, state
            if end >= until:
                yield "available" if state["status"] == "reserved" else state["status"], False, state

    def person_states(self, patient_id: int | None) -> Iterator[State]:
        """Where the person was at each moment of the request."""
        for one in self.same(patient_id):
            for state, _start, _end in self.past.people[one].during(self.record.start, self.record.end, self.visible):
                yield state


def is_true(case: Case) -> bool:
    """Whether what the refusal says was so at some moment between question and answer."""
    record = case.record
    test = _REASONS.get((record.code, record.detail)) or _REASONS.get((record.code, "*"))
    return test is not None and test(case)


Reason = Callable[[Case], bool]


def _bed(test: BedTest) -> Reason:
    return lambda case: any(test(*one) for one in case.bed_states(case.request["bed"]["bed_id"]))


def _person(test: PersonTest) -> Reason:
    return lambda case: any(test(one) for person in case.people if person is not None
                            for one in case.person_states(person))


def _bed_changed(case: Case) -> bool:
    return any(state["version"] != seen["version"] and (state["status"], state["patient"], state["hold_for"])
               != (seen["status"], seen["patient_id"], seen["held_for"])
               for seen in case.seen_beds for _status, _live, state in case.bed_states(seen["bed_id"]))


def _patient_moved(case: Case) -> bool:
    request = case.request
    if "notes" in request:
        return any(state["patient"] != request["patient_id"]
                   for _status, _live, state in case.bed_states(request["bed"]["bed_id"]))
    if "admission_id" in request:
        return any(state["admission"] not in (None, request["admission_id"])
                   for state in case.person_states(case.patient))
    if case.record.kind == "reopen":
        return _left_again(case)
    if "own" in request:
        return any(state["bed"] != seen["bed_id"] for seen in case.seen_beds
                   for state in case.person_states(seen["patient_id"]))
    seen = request.get("seen")
    return seen is not None and any((state["bed"], state["ward"]) != (seen["bed_id"], seen["ward_id"])
                                    for state in case.person_states(case.patient))


def _already_there(case: Case) -> bool:
    goes_to = zip(case.people, case.seen_beds, strict=True)
    return any(state["bed"] == bed["bed_id"] for person, bed in goes_to for state in case.person_states(person))


def _remark_edited(case: Case) -> bool:
    """Words are in no event: that somebody wrote since the version that was seen is."""
    return any(after["version"] > case.request["bed"]["version"] for event, _before, after in _of_bed(case)
               if event.action == "remark_edited")


def _notes_edited(case: Case) -> bool:
    """Or the patient was away in between, and her notes with her."""
    return any(after["version"] > case.request["bed"]["version"] for event, before, after in _of_bed(case)
               if event.action == "notes_edited" or before["patient"] != after["patient"])


def _of_bed(case: Case) -> Iterator[tuple[Event, State, State]]:
    """What was done to the request's bed up to the end of the request, each time with before and after."""
    for event in case.past.events.values():
        both = event.both("beds", case.request["bed"]["bed_id"])
        if both is not None and event.time <= case.record.end:
            yield event, *both


def _set_up_anew(case: Case) -> bool:
    return any(event.action == "ward_changed" and event.time <= case.record.end
               and event.operation != case.record.operation for event in case.past.events.values())


def _left_again(case: Case) -> bool:
    """Which admission ended last changed during the request, or whose: the record was merged."""
    people, start, end = case.same(case.patient), case.record.start, case.record.end
    merges = [case.past.merged[one][1] for one in people if one in case.past.merged]
    merged = any(event.time <= end and max(event.time, case.visible.get(event.operation, 0)) >= start
                 for event in merges)
    return merged or any(len({state["admissions"] for state, _start, _end in case.past.ended[one].during(
        start, end, case.visible)}) > 1 for one in people)


def _identity_changed(case: Case) -> bool:
    """Merging gives a record the identity of the other one."""
    return any(event.time <= case.record.end and case.same(case.patient) & {gone, survivor}
               for gone, (survivor, event) in case.past.merged.items())


def _held_already(case: Case) -> bool:
    """For the person; or, where a hold was to come back by undo, for the one it was for."""
    people = case.same(case.patient)
    if "undoes" in case.request:
        people = {one["before"]["hold_for"] for one in case.past.events[case.request["undoes"]].body["beds"]} - {None}
    return any(live and state["hold_for"] in people for bed_id in case.past.beds
               for _status, live, state in case.bed_states(bed_id))


def _held_for_other(case: Case) -> bool:
    people = case.same(case.patient) if "seen" in case.request or "person" in case.request else set()
    return any(live and state["hold_for"] not in people
               for _status, live, state in case.bed_states(case.request["bed"]["bed_id"]))


def _undone_before(case: Case) -> bool:
    undoes = case.request["undoes"]
    return undoes not in case.past.events or any(
        event.body.get("undoes") == undoes and event.time <= case.record.end for event in case.past.events.values())


def _taken_since(case: Case) -> bool:
    taken = case.past.events[case.request["undoes"]].body
    return any(state[key] != one["after"][key] for one in taken["beds"]
               for _status, _live, state in case.bed_states(one["bed"]) for key in _TAKEN_BED)


def _moved_since(case: Case) -> bool:
    taken = case.past.events[case.request["undoes"]].body
    merged = any(case.same(one["patient"]) != {one["patient"]} for one in taken["people"])
    return merged or any(state[key] != one["after"][key] for one in taken["people"]
                         for state in case.person_states(one["patient"]) for key in _TAKEN_PERSON) or _turned(case)


def _turned(case: Case) -> bool:
    """Somebody came or left since, which nobody had taken back when it was asked."""
    taken = case.past.events[case.request["undoes"]]
    people = [one["patient"] for one in taken.body["people"]]
    later = [event for event in case.past.events.values() if taken.time < event.time <= case.record.end]
    undone = {event.body["undoes"] for event in later if event.time < case.record.start}
    return any(event.action in TURNS and event.operation not in undone
               and any(event.both("people", one) for one in people) for event in later)


def _never_admitted(case: Case) -> bool:
    return any(not state["admissions"] for one in case.same(case.patient) for state, _start, _end
               in case.past.ended[one].during(case.record.start, case.record.end, case.visible))


def _both_admitted(case: Case) -> bool:
    return all(any(state["admission"] is not None for state in case.person_states(case.request[name]))
               for name in ("unknown_id", "known_id"))


def _same_person(case: Case) -> bool:
    return bool(case.same(case.request["unknown_id"]) & case.same(case.request["known_id"]))


def _spare_in_use(case: Case) -> bool:
    return any(state["status"] in ("occupied", "reserved") or state["hold_until"] is not None
               for bed_id in case.record.beds for _status, _live, state in case.bed_states(bed_id))


def _not_in_use(case: Case) -> bool:
    bed_ids = [seen["bed_id"] for seen in case.seen_beds] if case.request.get("bed") else list(case.record.beds)
    taken = case.past.events.get(case.request.get("undoes", ""))
    if taken is not None:  # undo gives back every bed it finds there, also one whose hold had ended with it
        bed_ids += [one["bed"] for one in taken.body["beds"]]
    return any(not state["active"] for bed_id in bed_ids for state, _start, _end
               in case.past.used[bed_id].during(case.record.start, case.record.end, case.visible))


def _overlapping(case: Case) -> bool:
    """A corrected time reaches into another stay: of one of the person's beds, or of the person elsewhere."""
    bed_id, end = case.request["seen"]["bed_id"], case.record.end
    since = micros(datetime.fromisoformat(case.request["since"]))
    starts = [micros(from_text(state["since"])) for _status, _live, state in case.bed_states(bed_id)
              if state["patient"] is not None]
    first, last = min([since, *starts]), max([since, *starts])
    own = case.same(case.patient)
    lines = [case.past.people[one] for one in own]
    beds = {state["bed"] for line in lines for state in line.states if state["bed"] is not None}
    elsewhere = any(_reaches(line, "bed", {bed_id}, first, last, end) for line in lines)
    return (elsewhere or any(_reaches(case.past.beds[one], "patient", own, first, last, end) for one in beds)
            or _stretched(case, beds, own, first) or _lay_there_before(case, lines, first, last))


def _lay_there_before(case: Case, lines: list[Line], first: int, last: int) -> bool:
    """The person herself, admitted another time."""
    now = {state["admission"] for state in case.person_states(case.patient)}
    return any(_reaches(Line(line.times, [state if state["bed"] else NOWHERE for state in line.states], line.events),
                        "admission", now, first, last, case.record.end) for line in lines)


def _stretched(case: Case, beds: set[int], own: set[int], first: int) -> bool:
    """Somebody who moved on from one of the beds lay there longer than her move tells: its time was corrected since."""
    for event in case.past.events.values():
        if event.action == "time_corrected" and event.time <= case.record.end:
            person = event.body["people"][0]["patient"]
            until = micros(from_text(event.body["beds"][0]["after"]["since"]))
            if person not in own and until > first and _bed_before(case.past.people[person], event.time) in beds:
                return True
    return False


def _bed_before(line: Line, time: int) -> int | None:
    """The bed that somebody lay in before the one of that time."""
    beds = [state["bed"] for at, state in zip(line.times, line.states, strict=True) if at <= time]
    return next((one for one in reversed(beds) if one != beds[-1]), None)


def _reaches(line: Line, key: str, mine: set[int], first: int, last: int, end: int) -> bool:
    """Whether somebody or somewhere else was in the line between two moments."""
    return any(state[key] is not None and state[key] not in mine and line.times[n] <= min(last, end)
               and (n + 1 == len(line.times) or line.times[n + 1] >= first) for n, state in enumerate(line.states))


_REASONS: dict[tuple[str, str], Reason] = {
    ("STALE", "bed_changed"): _bed_changed,
    ("STALE", "patient_moved"): _patient_moved,
    ("STALE", "person_changed"): _identity_changed,
    ("STALE", "remark_changed"): _remark_edited,
    ("STALE", "notes_changed"): _notes_edited,
    ("STALE", "ward_changed"): _set_up_anew,
    ("STATE", "not_admitted"): _person(lambda state: state["admission"] is None),
    ("STATE", "already_gone"): _person(lambda state: state["admission"] is None),
    ("STATE", "never_came"): _person(lambda state: state["admission"] is None),
    ("STATE", "already_admitted"): _person(lambda state: state["admission"] is not None),
    ("STATE", "not_in_bed"): _person(lambda state: state["bed"] is None),
    ("STATE", "not_waiting"): _person(lambda state: state["ward"] is None),
    ("STATE", "already_decided"): _person(lambda state: state["decided"] is not None),
    ("STATE", "not_decided"): _person(lambda state: state["decided"] is None),
    ("STATE", "already_there"): _already_there,
    ("STATE", "already_held"): _held_already,
    ("STATE", "not_cleaning"): _bed(lambda status, _live, _state: status != "cleaning"),
    ("STATE", "not_blocked"): _bed(lambda status, _live, _state: status != "maintenance"),
    ("STATE", "already_blocked"): _bed(lambda status, _live, _state: status == "maintenance"),
    ("STATE", "no_hold"): _bed(lambda _status, live, _state: not live),
    ("STATE", "nothing_to_undo"): _undone_before,
    ("STATE", "bed_taken_since"): _taken_since,
    ("STATE", "patient_moved_since"): _moved_since,
    ("STATE", "never_admitted"): _never_admitted,
    ("STATE", "both_admitted"): _both_admitted,
    ("STATE", "same_person"): _same_person,
    ("STATE", "bed_in_use"): _spare_in_use,
    ("STATE", "later_happening"): lambda case: "since" in case.request and _overlapping(case),
    ("VALUE", "before_last_stay"): lambda case: _overlapping(case),
    ("VALUE", "until_past"): lambda case: micros(datetime.fromisoformat(case.request["until"])) <= case.record.end,
    ("UNKNOWN", "bed"): _not_in_use,
    ("OCC", "*"): _bed(lambda status, _live, _state: status == "occupied"),
    ("BLK", "*"): _bed(lambda status, _live, _state: status == "maintenance"),
    ("DIRTY", "*"): _bed(lambda status, _live, _state: status == "cleaning"),
    ("HELD", "*"): _held_for_other,
}
"""What is not listed is no reason in this house: every role may do what it is asked, every number is right."""
