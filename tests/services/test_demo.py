"""The demo hospital shows everything the program can show, and is sound."""

from __future__ import annotations

from wardbeds.domain.beds import BedStatus
from wardbeds.domain.people import Role
from wardbeds.domain.placement import InHand, Target, Warned, judge
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
