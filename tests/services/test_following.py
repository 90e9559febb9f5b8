"""What one station changes, another learns: at once where it is woken, by the heartbeat where it is not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.conftest import Servers
from tests.support.hospital import PASSWORD, Hospital, make_hospital
from tests.support.mirror import Mirror
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.changes import News
from wardbeds.domain.errors import ProgramTooOld
from wardbeds.domain.requests import AdmitPatient, BlockBed, EditIdentity, SeenBed
from wardbeds.domain.ward_layout import CloseWard
from wardbeds.services.accounts import sign_in
from wardbeds.services.admitting import admit_patient
from wardbeds.services.bed_states import block_bed
from wardbeds.services.editing import edit_identity
from wardbeds.services.following import Follower, Lost, Told, Wish
from wardbeds.services.sheets import occupancy_data
from wardbeds.services.ward_setup import close_ward, read_ward_layout, set_up_ward
from wardbeds.store.database import Store
from wardbeds.store.roles import STATION
from wardbeds.store.versions import TOO_OLD_TO_READ, VERSION


@contextmanager
def mirror(hospital: Hospital, ward: str = "North", heartbeat: float = 60.0) -> Iterator[Mirror]:
    """A second station that follows a ward."""
    made = Mirror(hospital.store, replace(hospital.nurse, station="second"), hospital.wards[ward], heartbeat)
    try:
        assert made.wait_for(lambda one: bool(one.answers))
        yield made
    finally:
        made.stop()


def test_a_change_arrives_without_a_heartbeat(hospital: Hospital) -> None:
    with mirror(hospital) as second:
        bed = hospital.bed("N-1")
        block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(bed), reason="mattress"))
        assert second.wait_for(lambda one: one.board == replace(hospital.board(), as_of=one.board.as_of,
                                                               waiting_revision=one.board.waiting_revision))
        happened = [happening for _at, news in second.answers for happening in news.happenings]
        assert [one.bed_ids for one in happened] == [(bed.id,)]
        assert happened[0].line is not None and happened[0].line.action == "blocked" and not happened[0].mine


def test_what_was_missed_is_caught_up(hospital: Hospital) -> None:
    """Changes made between reading the board and beginning to listen are not lost."""
    board = hospital.board()
    for number in ("N-1", "N-2"):
        block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(hospital.bed(number)), reason="works"))
    with mirror(hospital) as second:
        assert board.revision < second.board.revision
        assert {bed.number for bed in second.board.beds if bed.block_reason} == {"N-1", "N-2"}


def _block(hospital: Hospital, number: str) -> None:
    block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(hospital.bed(number)), reason="works"))


def _same(hospital: Hospital, ward: str) -> Callable[[Mirror], bool]:
    return lambda one: (one.board.beds, one.board.waiting, one.board.rooms, one.board.ward) == (
        (now := hospital.board(ward)).beds, now.waiting, now.rooms, now.ward)


def test_another_ward_is_told_by_its_revision_only(hospital: Hospital) -> None:
    with mirror(hospital) as second:
        south = hospital.wards["South"]
        before = second.answers[-1][1].revisions[south]
        _block(hospital, "S-1")
        assert second.wait_for(lambda one: one.answers[-1][1].revisions[south] == before + 1)
        assert not any(news.happenings or news.update or news.board for _at, news in second.answers)


def test_an_identity_is_seen_in_the_bed_and_a_ward_as_a_whole(hospital: Hospital) -> None:
    patient = hospital.people[0]
    with mirror(hospital) as second:
        admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=patient, ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1"))))
        occupant = hospital.bed("N-1").occupant
        assert occupant is not None
        edit_identity(hospital.store, hospital.nurse, EditIdentity(
            patient_id=patient, seen_hospital_number=occupant.person.hospital_number, last_name="Renamed"))
        assert second.wait_for(_same(hospital, "North"))
        assert any(bed.occupant and bed.occupant.person.last_name == "Renamed" for bed in second.board.beds)
        layout = read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"])
        set_up_ward(hospital.store, hospital.admin, layout.model_copy(update={"location": "Upstairs"}))
        assert second.wait_for(_same(hospital, "North"))
        assert second.board.ward.location == "Upstairs"


def test_a_ward_that_is_closed_is_told(hospital: Hospital) -> None:
    with mirror(hospital) as second:
        close_ward(hospital.store, hospital.admin, CloseWard(ward_id=hospital.wards["North"]))
        assert second.wait_for(lambda one: one.answers[-1][1].ward_gone)


def test_revisions_that_went_back_bring_the_whole_board(hospital: Hospital) -> None:
    """After a backup was restored the database is behind what is shown."""
    _block(hospital, "N-1")
    told = _told(hospital, Wish(hospital.wards["North"], 1000, hospital.nurse.role, hospital.nurse.user_id, "second"))
    assert [one.board.revision for one in told if one.board] == [hospital.board().revision]


@pytest.mark.parametrize("behind", [0, 1, 2])
@pytest.mark.parametrize("restored", [True, False])
def test_another_past_brings_the_whole_board(hospital: Hospital, behind: int, restored: bool) -> None:
    """A backup was restored and others went on: what is shown belongs to no past of this database, though it is as far
    or less far. Where it does belong to it, no more is read than what is new."""
    heads = [hospital.board()]
    for number in ("N-1", "N-2", "N-3"):
        _block(hospital, number)
        heads.append(hospital.board())
    shown = heads[-1 - behind]
    told = _told(hospital, Wish(shown.ward.id, shown.revision, hospital.nurse.role, hospital.nurse.user_id, "second",
                                "f" * 64 if restored else shown.head))
    whole = [(one.board.revision, one.board.beds) for one in told if one.board]
    assert whole == ([(heads[-1].revision, hospital.board().beds)] if restored else [])
    assert [len(one.update.beds) for one in told if one.update] == ([behind] if behind and not restored else [])


def _told(hospital: Hospital, wish: Wish) -> list[News]:
    """All that is told of the wish by the time the next change arrives."""
    told: list[News] = []
    arrived = threading.Event()

    def tell(one: Told) -> None:
        if isinstance(one, News):
            told.append(one)
            arrived.set()

    follower = Follower(hospital.store, tell)
    follower.follow(wish)
    follower.start()
    assert arrived.wait(20)
    follower.stop()
    return told


def _ask_for(hospital: Hospital, **least: int) -> None:
    """The database was made newer: it asks for newer programs."""
    owner = Store.open(hospital.store.url.replace(STATION, "postgres"))
    with owner.writing() as connection:
        connection.exec_driver_sql(f"UPDATE schema_version SET version = {VERSION + 1}, " + ", ".join(
            f"{name} = {number}" for name, number in least.items()))
    owner.close()


def test_a_program_too_old_to_read_is_told_while_it_runs(hospital: Hospital) -> None:
    with mirror(hospital, heartbeat=0.2) as second:
        _ask_for(hospital, min_writer=VERSION + 1, min_reader=VERSION + 1)
        assert second.wait_for(lambda one: bool(one.losses))
        assert second.losses[-1] == Lost(TOO_OLD_TO_READ, too_old=True)


@pytest.mark.parametrize("channel", ["elsewhere"])
def test_the_heartbeat_finds_what_no_wake_up_announced(
        hospital: Hospital, monkeypatch: pytest.MonkeyPatch, channel: str) -> None:
    monkeypatch.setattr("wardbeds.store.feed.CHANNEL", channel)
    monkeypatch.setattr("wardbeds.store.feed.Feed._changed", lambda _feed: False)
    with mirror(hospital, heartbeat=0.2) as second:
        _block(hospital, "N-2")
        assert second.wait_for(_same(hospital, "North"))


def test_a_broken_connection_is_told_and_mended(servers: Servers) -> None:
    """The server ends every connection; what happened meanwhile is there."""
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    hospital = make_hospital(store)
    with mirror(hospital) as second:
        server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        _block(hospital, "N-3")
        assert second.wait_for(_same(hospital, "North"))
        assert second.losses
    store.close()


def test_an_old_program_learns_that_it_may_only_look(hospital: Hospital) -> None:
    with mirror(hospital, heartbeat=0.2) as second:
        assert second.answers[-1][1].may_write
        _ask_for(hospital, min_writer=VERSION + 1)
        assert second.wait_for(lambda one: not one.answers[-1][1].may_write)
    with pytest.raises(ProgramTooOld):
        _block(hospital, "N-1")
    assert hospital.bed("N-1").status is BedStatus.AVAILABLE
    sign_in(hospital.store, hospital.nurse.username, PASSWORD, "third")
    assert occupancy_data(hospital.store, hospital.nurse, "North").board.beds
