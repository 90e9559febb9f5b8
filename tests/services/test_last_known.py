"""The last-known board: what is kept comes back, to the right people only, and a file is whole or not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.boards import make_board
from tests.support.hospital import PASSWORD, Hospital
from wardbeds.domain.beds import Bed, BedStatus, Hold, Occupant, Room, Waiting, Ward, WardBoard
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import Actor, Person, ProfileStatus, Role, Sex
from wardbeds.domain.requests import AdmitPatient, BlockBed, EditNotes, SeenBed
from wardbeds.services import accounts, admitting, bed_states, editing
from wardbeds.services.last_known.file import Sealed, board_file
from wardbeds.services.last_known.keeping import Keeper
from wardbeds.services.last_known.opening import LastKnown, open_last_known
from wardbeds.services.last_known.reading import HouseRead, read_house
from wardbeds.services.last_known.sealing import Damaged, new_key
from wardbeds.services.last_known.values import Helpers, House, join, split
from wardbeds.services.redaction import redact_board

URL = "postgresql://station:secret@server/wardbeds"
NOW = datetime(2026, 2, 2, 7, 38, tzinfo=UTC)
NURSE = Actor(7, "nurse", "Nadine Mukamana", Role.MEDICAL_STAFF, "station-1", frozenset({1}))
SUPPORT = Actor(8, "support", "Jean Habineza", Role.SUPPORT_STAFF, "station-1")


@dataclass
class Clock:
    """The station's clock, moved by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _read(board: WardBoard | None = None, *actors: Actor) -> HouseRead:
    board = board or make_board()
    actors = actors or (NURSE, SUPPORT)
    return HouseRead(House("Hôpital d'essai", "Africa/Kigali", board.as_of, (board,)), {1: (board.revision, board.head)},
                     frozenset(one.user_id for one in actors),
                     {one.user_id: (one.role, "as it was") for one in actors})


def _open(folder: Path, clock: Clock) -> LastKnown:
    found = open_last_known(folder, URL, clock)
    assert found is not None
    return found


def _refusal(known: LastKnown, username: str, password: str) -> tuple[Code, str]:
    with pytest.raises(Refused) as refused:
        known.unlock(username, password)
    return refused.value.refusal.code, refused.value.refusal.detail


texts = st.text(st.characters(codec="utf-8"), max_size=12)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
people = st.builds(Person, st.integers(1, 9), texts, texts, texts, st.sampled_from(Sex),
                   st.none() | st.dates(date(1900, 1, 1)), st.booleans())
occupants = st.builds(Occupant, people, st.integers(1, 9), moments, moments, st.tuples(texts), texts,
                      expected_leaving=st.none() | st.dates(), decided_at=st.none() | moments, notes=texts,
                      nurse_id=st.none() | st.integers(1, 9), notes_shared=st.booleans(), moved_at=st.none() | moments)
holds = st.builds(Hold, moments, st.none() | people, texts)
beds = st.lists(st.builds(
    Bed, st.integers(1, 40), st.just(1), texts, st.sampled_from(BedStatus), st.integers(0, 9), since=moments,
    occupant=st.none() | occupants, hold=st.none() | holds, block_reason=texts, remark=texts,
    features=st.tuples(texts), x=st.none() | st.floats(0, 50), blocked_from=st.none() | st.sampled_from(BedStatus)),
    unique_by=lambda bed: bed.id, max_size=5)
waiting = st.lists(st.builds(Waiting, people, st.integers(1, 9), st.just(1), moments, texts), max_size=3)
boards = st.builds(WardBoard, st.builds(Ward, st.just(1), texts, texts, staffed_beds=st.none() | st.integers(0, 9)),
                   st.tuples(st.builds(Room, st.just(1), st.just(1), texts)), beds.map(tuple), waiting.map(tuple),
                   st.integers(0, 99), moments)


@settings(max_examples=150, deadline=None)
@given(board=boards, hospital=texts, kept_at=moments)
def test_what_is_sealed_comes_back_but_for_notes(board: WardBoard, hospital: str, kept_at: datetime) -> None:
    places, people_of = split(House(hospital, "Africa/Kigali", kept_at, (board,)))
    station, data = new_key(), new_key()
    sealed = Sealed.unpack(Sealed.make(station, data, Helpers(), places, people_of).pack())
    shown = sealed.open_places(station)
    for bed in shown.house.boards[0].beds:
        assert (bed.occupant, bed.block_reason, bed.remark) == (None, "", "")
        assert bed.hold is None or (bed.hold.person, bed.hold.text) == (None, "")
    assert shown.house.boards[0].waiting == ()
    assert shown.waiting == (len(board.waiting),)
    back = join(shown, sealed.open_people(data))
    assert back == House(hospital, "Africa/Kigali", kept_at, (redact_board(Role.SUPPORT_STAFF, board),))


def test_places_need_no_password_and_people_do(tmp_path: Path, clock: Clock) -> None:
    board = make_board()
    keeper = Keeper(tmp_path, URL, clock)
    keeper.remember(NURSE, PASSWORD)
    keeper.write(_read(board))
    known = _open(tmp_path, clock)
    assert known.places.house.hospital == "Hôpital d'essai"
    assert [bed.status for bed in known.places.house.boards[0].beds] == [bed.status for bed in board.beds]
    assert known.places.waiting == (3,)
    assert "Uwimana" not in repr(known.places)
    assert [one.username for one in known.people()] == ["nurse"]
    named = known.unlock(" Nurse ", PASSWORD)
    assert named.boards == (board,)
    assert named.actor == NURSE


def test_nothing_of_anybody_can_be_read_in_the_folder(tmp_path: Path, clock: Clock) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    keeper.remember(NURSE, PASSWORD)
    keeper.write(_read())
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir()) + "".join(
        path.name for path in tmp_path.iterdir()).encode()
    for word in ("Uwimana", "Marie", "CHB-", "004001", "UWIMANA", "1951", "Internal", "A-101", "nurse", "Nadine", "secret",
                 PASSWORD):
        assert word.encode() not in kept
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.iterdir())


def test_a_wrong_password_says_no_more_than_an_unknown_name_and_the_wait_grows(tmp_path: Path, clock: Clock) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    keeper.remember(NURSE, PASSWORD)
    keeper.write(_read())
    known = _open(tmp_path, clock)
    wrong = (Code.ROLE, "wrong_sign_in")
    assert _refusal(known, "nurse", "not it") == wrong
    assert _refusal(known, "nobody", PASSWORD) == wrong
    assert _refusal(known, "nurse", "") == wrong  # the third: from now on one has to wait
    waits = []
    for _ in range(7):
        assert _refusal(known, "nurse", PASSWORD) == (Code.ROLE, "wait")
        before = clock.now
        while _refusal(known, "nurse", "no") == (Code.ROLE, "wait"):
            clock.go_on(seconds=1)
        waits.append((clock.now - before).total_seconds())
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    clock.go_on(seconds=60)
    assert known.unlock("nurse", PASSWORD).actor == NURSE
    assert _refusal(known, "nurse", "no") == wrong  # and the count begins anew


def test_after_a_day_the_name_is_gone_and_with_the_last_one_all_names(tmp_path: Path, clock: Clock) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    keeper.remember(NURSE, PASSWORD)
    clock.go_on(hours=10)
    keeper.remember(SUPPORT, "another-password")
    keeper.write(_read())
    clock.go_on(hours=13, minutes=59)
    known = _open(tmp_path, clock)
    assert [one.username for one in known.people()] == ["support", "nurse"]
    assert known.unlock("nurse", PASSWORD).boards
    clock.go_on(minutes=1)
    assert [one.username for one in known.people()] == ["support"]
    assert _refusal(known, "nurse", PASSWORD) == (Code.ROLE, "wrong_sign_in")
    keeper.write(_read())
    clock.go_on(hours=-5)  # a clock put back opens nothing that has been written anew
    again = _open(tmp_path, clock)
    assert _refusal(again, "nurse", PASSWORD) == (Code.ROLE, "wrong_sign_in")
    assert again.unlock("support", "another-password").boards
    clock.go_on(hours=30)
    keeper.write(_read())
    station, last = (tmp_path / "last_known.key").read_bytes(), Sealed.unpack(board_file(tmp_path, URL).read_bytes())
    assert last.open_helpers(station).known == ()
    assert last.people == b""
    assert _open(tmp_path, clock).places.house.boards  # the places stay


def test_the_next_program_keeps_who_was_here_and_forgets_nobody_of_another_window(tmp_path: Path, clock: Clock) -> None:
    first, second = Keeper(tmp_path, URL, clock), Keeper(tmp_path, URL, clock)
    first.remember(NURSE, PASSWORD)
    first.write(_read())
    second.remember(SUPPORT, "another-password")
    second.write(_read())
    first.write(_read(None, NURSE))  # asked before the other window let somebody in
    Keeper(tmp_path, URL, clock).write(_read())
    known = _open(tmp_path, clock)
    assert known.unlock("nurse", PASSWORD).actor.role is Role.MEDICAL_STAFF
    assert known.unlock("support", "another-password").actor == SUPPORT
    first.remember(NURSE, "a-new-password")
    first.write(_read())
    assert _open(tmp_path, clock).unlock("nurse", "a-new-password")
    assert _refusal(_open(tmp_path, clock), "nurse", PASSWORD) == (Code.ROLE, "wrong_sign_in")


def test_who_sees_no_names_online_gets_no_key(tmp_path: Path, clock: Clock) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    cook, nurse = replace(SUPPORT, user_id=9, role=Role.CHEF), NURSE
    keeper.remember(cook, PASSWORD)
    keeper.remember(nurse, PASSWORD)
    keeper.write(_read(None, cook, nurse))
    assert [one.user_id for one in _open(tmp_path, clock).people()] == [7]
    keeper.write(_read(None, replace(nurse, role=Role.PATIENT)))
    assert _open(tmp_path, clock).people() == ()


def test_each_server_has_its_own_board_whatever_the_password(tmp_path: Path, clock: Clock) -> None:
    Keeper(tmp_path, URL, clock).write(_read())
    assert open_last_known(tmp_path, URL.replace("secret", "renewed"), clock) is not None
    assert open_last_known(tmp_path, URL.replace("/wardbeds", "/training"), clock) is None


def test_a_file_that_was_changed_anywhere_is_refused(tmp_path: Path, clock: Clock) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    keeper.remember(NURSE, PASSWORD)
    keeper.write(_read())
    path = board_file(tmp_path, URL)
    whole = path.read_bytes()
    people_from = len(whole) - len(Sealed.unpack(whole).people)
    for at in [*range(0, people_from, 97), people_from - 1]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        assert open_last_known(tmp_path, URL, clock) is None, at
    for content in (b"", whole[:20], whole[:people_from // 2], b"x" * 500):
        path.write_bytes(content)
        assert open_last_known(tmp_path, URL, clock) is None
    for content in (whole[:people_from + 9], whole[:-1] + bytes([whole[-1] ^ 1]), whole[:people_from]):
        path.write_bytes(content)
        assert _refusal(_open(tmp_path, clock), "nurse", PASSWORD) == (Code.FILE, "damaged")
    path.write_bytes(whole)
    (tmp_path / "last_known.key").write_bytes(new_key())
    assert open_last_known(tmp_path, URL, clock) is None


def test_parts_of_two_files_do_not_fit_together(tmp_path: Path, clock: Clock) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    keeper.remember(NURSE, PASSWORD)
    keeper.write(_read())
    old = Sealed.unpack(board_file(tmp_path, URL).read_bytes())
    keeper.write(_read(replace(make_board(), revision=6)))
    new = Sealed.unpack(board_file(tmp_path, URL).read_bytes())
    station = (tmp_path / "last_known.key").read_bytes()
    with pytest.raises(Damaged):
        replace(new, places=old.places).open_places(station)
    board_file(tmp_path, URL).write_bytes(replace(new, people=old.people).pack())
    assert _refusal(_open(tmp_path, clock), "nurse", PASSWORD) == (Code.FILE, "damaged")


def test_a_damaged_file_is_written_anew(tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    board_file(tmp_path, URL).write_bytes(b"nonsense")
    keeper.remember(NURSE, PASSWORD)
    keeper.write(_read())
    assert "written anew" in caplog.text
    assert _open(tmp_path, clock).unlock("nurse", PASSWORD).boards


def test_without_room_the_old_file_stays(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    keeper.write(_read())

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keeper.write(_read(replace(make_board(), revision=6)))
    assert _open(tmp_path, clock).places.house.boards[0].revision == 5
    assert not list(tmp_path.glob("*.new"))


WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from wardbeds.services.last_known.file import write_whole
    n = 0
    while True:
        write_whole(Path(sys.argv[1]), bytes([n % 251]) * 300_000)
        print(n, flush=True)
        n += 1
""")


@pytest.mark.parametrize("rounds", [3, 7, 12])
def test_killed_while_writing_there_is_one_whole_file(tmp_path: Path, rounds: int) -> None:
    path = tmp_path / "kept.bin"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(rounds):
            last = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
    content = path.read_bytes()
    assert content == content[:1] * 300_000
    assert content[0] >= last


def test_killed_just_before_the_new_file_takes_its_place(tmp_path: Path, clock: Clock) -> None:
    keeper = Keeper(tmp_path, URL, clock)
    keeper.write(_read())
    program = "import os, sys, pathlib\npathlib.Path.replace = lambda *_: os._exit(9)\n" + WRITER
    path = board_file(tmp_path, URL)
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == 9
    left = list(tmp_path.glob("*.new"))
    assert len(left) == 1
    assert _open(tmp_path, clock).places.house.boards
    Keeper(tmp_path, URL, clock)
    assert left[0].exists()  # it might be another window's
    os.utime(left[0], (0, 0))
    Keeper(tmp_path, URL, clock)
    assert not list(tmp_path.glob("*.new"))


# on a real database -----------------------------------------------------------------------------------------------


@pytest.fixture
def busy(hospital: Hospital) -> Hospital:
    """One in a bed with notes, one waiting, one bed blocked for a reason."""
    first, second, _third = hospital.people
    for person, bed in ((first, hospital.bed("N-1")), (second, None)):
        admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=person, ward_id=hospital.wards["North"], bed=SeenBed.of(bed) if bed else None))
    editing.edit_notes(hospital.store, hospital.nurse, EditNotes(
        bed=SeenBed.of(hospital.bed("N-1")), patient_id=first, seen_notes="", seen_shared=False,
        notes="allergic to penicillin"))
    bed_states.block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(hospital.bed("S-2")),
                                                                  reason="lent to Kabera's mother"))
    return hospital


def _kept(folder: Path) -> LastKnown:
    found = open_last_known(folder, URL)
    assert found is not None
    return found


def test_the_house_is_kept_as_the_database_has_it(busy: Hospital, tmp_path: Path) -> None:
    keeper = Keeper(tmp_path, URL)
    keeper.remember(busy.nurse, PASSWORD)
    assert keeper.keep(busy.store)
    assert "lent to" not in repr(_kept(tmp_path).places)
    named = _kept(tmp_path).unlock("nurse", PASSWORD)
    assert [board.ward.name for board in named.boards] == ["North", "South"]
    for board in named.boards:
        now = busy.board(board.ward.name)
        assert replace(board, as_of=now.as_of) == redact_board(Role.SUPPORT_STAFF, now)
    assert "penicillin" not in repr(named)


def _block(hospital: Hospital, number: str) -> None:
    bed_states.block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(hospital.bed(number)), reason="fault"))


def test_only_what_has_changed_is_read_and_what_is_open_here_at_once(busy: Hospital) -> None:
    north, south = busy.wards["North"], busy.wards["South"]
    before = read_house(busy.store)
    assert before is not None
    assert read_house(busy.store, (), before, north) is None
    _block(busy, "S-3")
    assert read_house(busy.store, (), before, north) is None
    after = read_house(busy.store, (), before, south)
    assert after is not None
    assert after.house.boards[0] == replace(before.house.boards[0], as_of=after.house.as_of)
    assert [bed.status for bed in after.house.boards[1].beds].count(BedStatus.MAINTENANCE) == 2

    def aged(seconds: int) -> HouseRead:
        return replace(before, house=replace(before.house, as_of=before.house.as_of - timedelta(seconds=seconds)))

    assert read_house(busy.store, (), aged(20), north) is None
    later = read_house(busy.store, (), aged(31), north)  # half a minute: the ward that is not open here as well
    assert later is not None
    assert later.house.boards[1].revision == after.house.boards[1].revision
    untouched = replace(later, house=replace(later.house, as_of=later.house.as_of - timedelta(seconds=61)))
    again = read_house(busy.store, (), untouched, north)  # nothing is new, but the file says how old it is
    assert again is not None
    assert again.house.as_of > later.house.as_of


def test_a_change_in_the_open_ward_is_in_the_file(busy: Hospital, tmp_path: Path) -> None:
    keeper, north = Keeper(tmp_path, URL), busy.wards["North"]
    assert keeper.keep(busy.store, north)
    assert not keeper.keep(busy.store, north)
    _block(busy, "N-3")
    assert keeper.keep(busy.store, north)
    kept = _kept(tmp_path).places.house.boards[0].beds
    assert next(bed.status for bed in kept if bed.number == "N-3") is BedStatus.MAINTENANCE
    keeper.remember(busy.nurse, PASSWORD)
    assert keeper.keep(busy.store, north)  # at once: somebody new may see the names
    assert _kept(tmp_path).unlock("nurse", PASSWORD)


def test_a_locked_account_and_an_old_password_open_nothing_after_the_next_write(busy: Hospital, tmp_path: Path) -> None:
    first = Keeper(tmp_path, URL)
    for actor in (busy.nurse, busy.support):
        first.remember(actor, PASSWORD)
    first.keep(busy.store)
    accounts.edit_user(busy.store, busy.admin, accounts.UserChange(
        "support", Role.SUPPORT_STAFF, "Support", "Test", ("North",), ProfileStatus.SUSPENDED))
    Keeper(tmp_path, URL).keep(busy.store)
    assert [one.username for one in _kept(tmp_path).people()] == ["nurse"]
    accounts.reset_user(busy.store, busy.admin, "nurse", "quite-another-one")
    Keeper(tmp_path, URL).keep(busy.store)
    assert _kept(tmp_path).people() == ()
    assert _refusal(_kept(tmp_path), "nurse", PASSWORD) == (Code.ROLE, "wrong_sign_in")
