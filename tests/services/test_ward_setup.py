"""Wards are made in one step, changed, closed and never deleted; accounts are kept in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.test_actions import admit, refused
from tests.support.hospital import PASSWORD, Hospital
from wardbeds.domain.beds import RoomSexPolicy, WardSexPolicy
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import ProfileStatus, Role
from wardbeds.domain.ward_layout import (
    CloseWard,
    RoomLayout,
    SetUpWard,
    bed_number,
    make_rooms,
    read_numbers,
    room_name,
    show_numbers,
)
from wardbeds.services import accounts, reading
from wardbeds.services.ward_setup import close_ward, read_ward_layout, set_up_ward
from wardbeds.store.check import check


@given(st.integers(1, 40).flatmap(lambda rooms: st.tuples(st.integers(rooms, 200), st.just(rooms))),
       st.sampled_from(["A-1##", "##", "A##", "Bed ", "A", "1##-A"]))
def test_numbers_from_a_pattern_are_unique_and_complete(counts: tuple[int, int], pattern: str) -> None:
    beds, rooms = counts
    made = make_rooms(beds, rooms, pattern)
    numbers = [number for room in made for number in room.numbers]
    assert len(numbers) == len(set(numbers)) == beds
    assert len({room.name for room in made}) == rooms
    sizes = [len(room.numbers) for room in made]
    assert max(sizes) - min(sizes) <= 1
    assert read_numbers(show_numbers(numbers)) == tuple(numbers)


def test_patterns_as_hospitals_write_them() -> None:
    assert [bed_number("A-1##", "C", 7), bed_number("##", "C", 7), bed_number("Bed ", "C", 7)] == [
        "C-107", "07", "Bed 7"]
    assert [room_name(n) for n in (0, 25, 26, 51)] == ["A", "Z", "AA", "AZ"]
    rooms = make_rooms(24, 4, "A-1##")
    assert [room.numbers[-1] for room in rooms] == ["A-106", "B-106", "C-106", "D-106"]
    with pytest.raises(ValueError, match="beds"):
        make_rooms(3, 4, "##")


def _surgery(**more: object) -> SetUpWard:
    return SetUpWard(**({"name": "Surgery", "code": "SURG", "rooms": make_rooms(24, 4, "A-1##"),
                         "sex_policy": WardSexPolicy.BY_ROOM} | more))


def test_a_ward_of_24_beds_in_one_step(hospital: Hospital) -> None:
    assert refused(set_up_ward, hospital.store, hospital.nurse, _surgery())[0] is Code.ROLE
    set_up_ward(hospital.store, hospital.admin, _surgery())
    ward = next(one.ward for one in reading.list_wards(hospital.store, hospital.admin) if one.ward.name == "Surgery")
    board = reading.read_board(hospital.store, hospital.admin, ward.id)
    assert len(board.beds) == 24
    assert [room.name for room in board.rooms] == ["A", "B", "C", "D"]
    assert refused(set_up_ward, hospital.store, hospital.admin, _surgery()) == (Code.DUP, "ward")
    with hospital.store.reading() as connection:
        assert not check(connection)
    layout = read_ward_layout(hospital.store, hospital.admin, ward.id)
    assert layout.rooms[1].numbers == make_rooms(24, 4, "A-1##")[1].numbers


def test_a_ward_is_changed_and_beds_are_closed_not_deleted(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    layout = read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"])
    fewer = layout.model_copy(update={"operation_id": SetUpWard(name="x").operation_id, "rooms": (
        RoomLayout(name="N1", sex_policy=RoomSexPolicy.FEMALE, numbers=("N-1", "N-9"), features=("oxygen",)),)})
    set_up_ward(hospital.store, hospital.admin, fewer)
    fewer = fewer.model_copy(update={"seen": _mark(hospital)})
    assert sorted(bed.number for bed in hospital.board().beds) == ["N-1", "N-9"]
    assert hospital.board().rooms[0].sex_policy is RoomSexPolicy.FEMALE
    without = fewer.model_copy(update={"operation_id": SetUpWard(name="x").operation_id, "rooms": (
        RoomLayout(name="N1", numbers=("N-9",)),)})
    assert refused(set_up_ward, hospital.store, hospital.admin, without) == (Code.STATE, "bed_in_use")
    back = fewer.model_copy(update={"operation_id": SetUpWard(name="x").operation_id, "rooms": layout.rooms})
    set_up_ward(hospital.store, hospital.admin, back)
    assert sorted(bed.number for bed in hospital.board().beds) == ["N-1", "N-2", "N-3", "N-4"]
    assert hospital.bed("N-2").id == hospital.beds["N-2"]  # the same bed, with its history
    with hospital.store.reading() as connection:
        assert not check(connection)


def _mark(hospital: Hospital) -> str:
    return read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"]).seen


def test_a_ward_set_up_anew_meanwhile_is_not_overwritten(hospital: Hospital) -> None:
    """What happens in its beds meanwhile makes nothing stale."""
    layout = read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"])
    first, second, third = (layout.model_copy(update={"operation_id": SetUpWard(name="x").operation_id, **values})
                            for values in ({"staffed_beds": 3}, {"location": "Hill"}, {"location": "Hill", "seen": ""}))
    admit(hospital, 0, "N-1")
    set_up_ward(hospital.store, hospital.admin, first)
    for late in (second, third):
        assert refused(set_up_ward, hospital.store, hospital.admin, late) == (Code.STALE, "ward_changed")
    assert set_up_ward(hospital.store, hospital.admin, first).repeated
    ward = hospital.board().ward
    assert (ward.staffed_beds, ward.location) == (3, "")
    set_up_ward(hospital.store, hospital.admin, second.model_copy(update={"seen": _mark(hospital), "staffed_beds": 3}))
    assert hospital.board().ward.location == "Hill"


def test_beds_keep_what_they_have_unless_the_room_is_given_something(hospital: Hospital) -> None:
    def save(**features: tuple[str, ...] | None) -> None:
        layout = read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"])
        rooms = tuple(room.model_copy(update={"features": features[room.name]}) if room.name in features else room
                      for room in layout.rooms)
        set_up_ward(hospital.store, hospital.admin, layout.model_copy(update={
            "operation_id": SetUpWard(name="x").operation_id, "rooms": rooms}))

    save(N1=("oxygen",))
    assert [hospital.bed(number).features for number in ("N-1", "N-2", "N-3")] == [("oxygen",), ("oxygen",), ()]
    layout = read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"])
    mixed = tuple(RoomLayout(name="N1", numbers=("N-1", "N-2", "N-3", "N-4")) for _once in range(1))
    set_up_ward(hospital.store, hospital.admin, layout.model_copy(update={
        "operation_id": SetUpWard(name="x").operation_id, "rooms": mixed}))
    assert read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"]).rooms[0].features is None
    save()  # saved as it was: nobody loses or gets anything
    assert [hospital.bed(number).features for number in ("N-1", "N-3")] == [("oxygen",), ()]
    save(N1=())
    assert hospital.bed("N-1").features == ()


def test_a_ward_lead_changes_the_own_ward_only(hospital: Hospital) -> None:
    own = read_ward_layout(hospital.store, hospital.nurse, hospital.wards["North"])
    set_up_ward(hospital.store, hospital.nurse, own.model_copy(update={
        "operation_id": SetUpWard(name="x").operation_id, "staffed_beds": 3}))
    other = read_ward_layout(hospital.store, hospital.nurse, hospital.wards["South"])
    assert refused(set_up_ward, hospital.store, hospital.nurse, other)[0] is Code.ROLE
    assert hospital.board().ward.staffed_beds == 3


def test_a_ward_is_closed_when_nobody_is_there(hospital: Hospital) -> None:
    admit(hospital, 0)
    request = CloseWard(ward_id=hospital.wards["North"])
    assert refused(close_ward, hospital.store, hospital.admin, request) == (Code.STATE, "ward_in_use")
    close_ward(hospital.store, hospital.admin, CloseWard(ward_id=hospital.wards["South"]))
    assert [one.ward.name for one in reading.list_wards(hospital.store, hospital.admin)] == ["North"]
    assert refused(set_up_ward, hospital.store, hospital.admin, SetUpWard(name="South")) == (Code.DUP, "closed_ward")


def test_accounts_change_and_the_last_administrator_stays(hospital: Hospital) -> None:
    def change(username: str, role: Role, status: ProfileStatus) -> None:
        accounts.edit_user(hospital.store, hospital.admin, accounts.UserChange(
            username, role, "Given", "Family", ("South",), status))

    change("nurse", Role.SUPPORT_STAFF, ProfileStatus.SUSPENDED)
    one = next(one for one in accounts.list_users(hospital.store, hospital.admin) if one.username == "nurse")
    assert (one.role, one.status, one.ward_names, one.last_name) == (
        Role.SUPPORT_STAFF, ProfileStatus.SUSPENDED, ("South",), "Family")
    with pytest.raises(Refused, match="suspended"):
        accounts.sign_in(hospital.store, "nurse", PASSWORD, "station-1")
    for role, status in ((Role.ADMIN, ProfileStatus.INACTIVE), (Role.MEDICAL_STAFF, ProfileStatus.ACTIVE)):
        with pytest.raises(Refused, match="last_admin"):
            change("admin", role, status)
    accounts.add_user(hospital.store, hospital.admin, accounts.NewUser("second", Role.ADMIN, "A", "B",
                                                                       password=PASSWORD))
    change("admin", Role.MEDICAL_STAFF, ProfileStatus.ACTIVE)
    assert refused(accounts.list_users, hospital.store, hospital.nurse)[0] is Code.ROLE
