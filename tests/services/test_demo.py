"""The demo hospital shows everything the program can show, and is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardbeds.domain.beds import BedStatus, WardBoard
from wardbeds.domain.people import Role
from wardbeds.domain.placement import InHand, Target, Warned, judge
from wardbeds.domain.stays import Feeds
from wardbeds.services import accounts, demo, reading
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.sizes import row_counts


def test_the_demo_has_every_state_warning_and_role(sqlite_store: Store) -> None:
    demo.fill(sqlite_store)
    demo.fill(sqlite_store)  # a second start changes nothing
    admin = accounts.sign_in(sqlite_store, "uwera", "demo-admin", "demo")
    wards = reading.list_wards(sqlite_store, admin)
    assert {one.ward.code: one.counts.beds for one in wards} == {"IM-A": 40, "ICU": 6, "MAT": 24, "PED": 22, "SUR": 22}
    boards = [reading.read_board(sqlite_store, admin, one.ward.id) for one in wards]
    beds = [bed for board in boards for bed in board.beds]
    assert {bed.status for bed in beds} == set(BedStatus)
    maternity = next(board for board in boards if board.ward.code == "MAT")
    assert all(bed.status is BedStatus.OCCUPIED for bed in maternity.beds)
    assert any(bed.block_reason == "used by attendant" for bed in beds)
    with sqlite_store.reading() as connection:
        registered = row_counts(connection)["admissions"]
    assert 130 <= registered <= 170
    warned: set[Warned] = set()
    for board in boards:
        for target_board in boards:
            occupied = sum(bed.status is BedStatus.OCCUPIED for bed in target_board.beds)
            hands = [InHand(one.person, one.needs, one.specialty, None, one.ward_id) for one in board.waiting]
            hands += [InHand(bed.occupant.person, bed.occupant.needs, bed.occupant.specialty, bed.id, bed.ward_id,
                             bed.occupant.moved_at) for bed in board.beds if bed.occupant is not None]
            for hand in hands:
                for bed in target_board.beds:
                    room = next((room for room in target_board.rooms if room.id == bed.room_id), None)
                    near = tuple(other for other in target_board.beds
                                 if other.room_id == bed.room_id and other.id != bed.id)
                    verdict = judge(hand, Target(bed, target_board.ward, room, near, occupied), Role.MEDICAL_STAFF,
                                    board.as_of)
                    warned |= {warning.code for warning in verdict.warnings}
    assert warned == set(Warned)
    assert {one.role for one in demo.ACCOUNTS} == set(Role)
    for account in demo.ACCOUNTS:
        assert accounts.sign_in(sqlite_store, account.username, account.password, "demo").role is account.role
    with sqlite_store.reading() as connection:
        assert check(connection) == []
    assert not demo.is_stale(sqlite_store)


def _boards(store: Store) -> list[WardBoard]:
    admin = accounts.sign_in(store, "uwera", "demo-admin", "demo")
    return [reading.read_board(store, admin, one.ward.id) for one in reading.list_wards(store, admin)]


def test_the_demo_has_all_that_is_known_of_patients(sqlite_store: Store) -> None:
    demo.fill(sqlite_store)
    nurse = accounts.sign_in(sqlite_store, "mukamana", "demo-nurse", "demo")
    boards = _boards(sqlite_store)
    beds = [bed for board in boards for bed in board.beds]
    occupants = [bed.occupant for bed in beds if bed.occupant is not None]
    mine = [one for one in occupants if one.nurse_id == nurse.user_id]
    first = boards[[board.ward.code for board in boards].index("IM-A")]
    assert 5 <= len(mine) <= 8
    assert all(bed.ward_id == first.ward.id for bed in beds if bed.occupant in mine)
    for board in boards:
        assert any(bed.occupant is not None and bed.occupant.nurse_id for bed in board.beds), board.ward.name
    assert 2 <= sum(bool(one.decided_outcome) for one in occupants) <= 3
    assert sum(bool(one.notes) for one in occupants) >= 10
    assert any(one.notes_shared for one in occupants)
    assert sum(bool(bed.remark) for bed in beds) >= 5
    unknown = [one.person for one in occupants if one.person.last_name == "UNKNOWN"]
    assert [(one.first_name, one.birth_estimated) for one in unknown] == [("Male 1", True)]
    admissions = [reading.read_admission(sqlite_store, nurse, one.person.patient_id) for one in occupants]
    attended = [one for one in admissions if one.attendant_name]
    assert 0.55 <= len(attended) / len(admissions) <= 0.85
    assert all(one.attendant_phone.startswith("+250788") for one in attended)
    assert {one.feeds for one in admissions if one.person not in unknown} == set(Feeds)
    assert sum(one.doctor_id is not None for one in admissions) >= 20


def _told(store: Store) -> list[tuple[object, ...]]:
    """All that is told of the beds and those who lie in them."""
    nurse = accounts.sign_in(store, "mukamana", "demo-nurse", "demo")
    told: list[tuple[object, ...]] = []
    for bed in (bed for board in _boards(store) for bed in board.beds):
        told.append((bed.number, bed.status, bed.remark, bed.block_reason))
        if bed.occupant is not None:
            one = reading.read_admission(store, nurse, bed.occupant.person.patient_id)
            told.append((one.person, one.complaint, one.feeds, one.attendant_name, one.attendant_phone, one.nurse_name,
                         one.doctor_name, one.notes, one.needs, one.source))
    return told


def test_the_demo_is_the_same_each_time(sqlite_store: Store, tmp_path: Path) -> None:
    demo.fill(sqlite_store)
    other = demo.open_demo(tmp_path / "other.db")
    try:
        seen = [_told(store) for store in (sqlite_store, other)]
    finally:
        other.close()
    assert seen[0] == seen[1]


def test_a_demo_that_was_left_half_made_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(demo, "fill_ward", killed)
        with pytest.raises(KeyboardInterrupt):
            demo.open_demo(tmp_path / "demo.db")
    store = demo.open_demo(tmp_path / "demo.db")
    try:
        assert any(bed.occupant is not None for board in _boards(store) for bed in board.beds)
    finally:
        store.close()
