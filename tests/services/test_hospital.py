"""The hospital's name and time zone: set with the first administrator, changed later, and never under counted days."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from tests.conftest import Servers
from tests.services.test_actions import admit, refused
from tests.support.hospital import PASSWORD, Hospital
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code
from wardbeds.domain.hospital import ChangeHospital
from wardbeds.domain.hospital import Hospital as Named
from wardbeds.services import accounts, maintenance
from wardbeds.services.exporting import export_events
from wardbeds.services.hospital import KnownHospital, change_hospital, offered_zones, read_hospital
from wardbeds.services.settings import read_settings
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.roles import STATION
from wardbeds.store.tables import settings

HILL = Named(name="Hill Hospital")


def _change(hospital: Hospital, **values: str) -> Done:
    seen = read_hospital(hospital.store, hospital.admin).hospital
    return change_hospital(hospital.store, hospital.admin, ChangeHospital(seen=seen, wanted=Named(
        **{"name": seen.name, "zone": seen.zone} | values)))


def _run(url: str, statement: str) -> None:
    """Execute one statement as the database's owner."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _house_events(store: Store) -> list[dict[str, Any]]:
    found = list(export_events(store, accounts.system_actor("s"), None))
    return [one for one in found if one["action"] == "hospital_changed"]


def test_name_and_zone_are_kept_with_an_event(hospital: Hospital) -> None:
    assert read_hospital(hospital.store, hospital.admin) == KnownHospital(Named(), zone_fixed=False)
    _change(hospital, name="  Hill Hospital ", zone="Europe/Kyiv")
    kept = read_settings(hospital.store)
    assert (kept.hospital_name, kept.zone, kept.demo) == ("Hill Hospital", ZoneInfo("Europe/Kyiv"), False)
    _change(hospital, name="")
    assert read_settings(hospital.store).hospital_name == ""
    fields = [json.loads(one["body"])["fields"] for one in _house_events(hospital.store)]
    assert fields == [["name", "zone"], ["name"]]
    with hospital.store.reading() as connection:
        assert check(connection) == []
        assert connection.scalar(select(func.count()).select_from(settings)) == 3


def test_asked_twice_it_is_done_once(hospital: Hospital) -> None:
    request = ChangeHospital(seen=Named(), wanted=HILL)
    assert not change_hospital(hospital.store, hospital.admin, request).repeated
    assert change_hospital(hospital.store, hospital.admin, request).repeated
    assert len(_house_events(hospital.store)) == 1


def test_who_comes_second_is_told(hospital: Hospital) -> None:
    _change(hospital, name="Hill Hospital")
    late = ChangeHospital(seen=Named(), wanted=Named(name="Valley Hospital"))
    assert refused(change_hospital, hospital.store, hospital.admin, late) == (Code.STALE, "hospital_changed")
    assert read_settings(hospital.store).hospital_name == "Hill Hospital"


def test_a_zone_is_fixed_once_anybody_was_admitted(hospital: Hospital) -> None:
    """Though nobody is there any more: the days have been counted."""
    admit(hospital, 0, "N-1")
    known = read_hospital(hospital.store, hospital.admin)
    assert known.zone_fixed
    other = ChangeHospital(seen=Named(), wanted=Named(name="Hill Hospital", zone="Europe/Kyiv"))
    assert refused(change_hospital, hospital.store, hospital.admin, other) == (Code.STATE, "zone_fixed")
    assert read_hospital(hospital.store, hospital.admin) == known
    _change(hospital, name="Hill Hospital")
    assert read_settings(hospital.store).hospital_name == "Hill Hospital"


def test_the_first_administrator_names_the_hospital(store: Store) -> None:
    actor = accounts.create_first_admin(store, "uwera", "A", "Uwera", PASSWORD, "s", Named(
        name="Hill Hospital", zone="Africa/Nairobi"))
    assert read_hospital(store, actor).hospital == Named(name="Hill Hospital", zone="Africa/Nairobi")
    assert len(_house_events(store)) == 1
    refusal = refused(accounts.create_first_admin, store, "second", "B", "Keza", PASSWORD, "s", Named(name="Other"))
    assert refusal == (Code.STATE, "not_first")
    assert read_settings(store).hospital_name == "Hill Hospital"


def test_without_a_name_there_is_no_event(store: Store) -> None:
    accounts.create_first_admin(store, "uwera", "A", "Uwera", PASSWORD, "s", Named())
    assert _house_events(store) == []


@pytest.mark.parametrize("values", [{"zone": "Africa/Kigalli"}, {"zone": ""}, {"zone": "../etc/passwd"},
                                    {"name": "x" * 101}, {"name": "two\nlines"}])
def test_what_is_no_zone_and_no_name(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Named(**values)


def test_the_zones_to_choose_from() -> None:
    offered = offered_zones("Etc/GMT+3")
    assert {"Africa/Kigali", "Africa/Kampala", "UTC", "Etc/GMT+3"} <= set(offered)
    assert "Etc/GMT+4" not in offered
    assert offered == sorted(offered)


@pytest.mark.parametrize("version", ["pg16", "pg18"])
def test_a_server_set_up_by_an_older_program_says_what_is_to_be_done(servers: Servers, version: str) -> None:
    server, name = servers.fresh(version)
    _run(server.url(name), "DROP FUNCTION set_hospital")
    store = Store.open(server.station_url(name))
    admin = accounts.create_first_admin(store, "uwera", "A", "Uwera", PASSWORD, "s", Named())
    request = ChangeHospital(seen=Named(), wanted=HILL)
    assert refused(change_hospital, store, admin, request) == (Code.STATE, "rights_older")
    maintenance.bring_up(server.url(name))
    change_hospital(store, admin, request)
    assert read_settings(store).hospital_name == "Hill Hospital"
    store.close()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("version", ["pg16", "pg18"])
def test_the_database_itself_keeps_the_zone(servers: Servers, version: str) -> None:
    """Whatever a station calls: once anybody is admitted the owner's function leaves the zone as it is."""
    server, name = servers.fresh(version)
    _run(server.url(name), "INSERT INTO users (username, created_at, updated_at) VALUES ('p', now(), now())")
    _run(server.url(name), "INSERT INTO patients (user_id, hospital_number, sex, name_key) SELECT max(id), 'H-1', "
                           "'male', '' FROM users")
    store = Store.open(server.station_url(name))
    ask = select(func.set_hospital("Hill Hospital", "Europe/Kyiv"))
    with store.writing() as connection:
        assert connection.scalar(ask) == "Europe/Kyiv"
    _run(server.url(name), "INSERT INTO admissions (patient_id, source, admitted_at, admitted_by) SELECT max(id), "
                           "'other', now(), 1 FROM patients")
    with store.writing() as connection:
        assert connection.scalar(select(func.set_hospital("Hill Hospital", "Africa/Kigali"))) == "Europe/Kyiv"
    store.close()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_zone_that_this_machine_does_not_know_stays_as_it_is_kept(hospital: Hospital) -> None:
    """It is shown as the default; whoever only names the hospital writes no other zone over it."""
    owner = Store.open(hospital.store.url.replace(STATION, "postgres"))
    with owner.writing() as connection:
        connection.execute(settings.update().where(settings.c.key == "zone").values(value="Mars/Base"))
    owner.close()
    admit(hospital, 0)
    seen = read_hospital(hospital.store, hospital.admin).hospital
    change_hospital(hospital.store, hospital.admin, ChangeHospital(
        seen=seen, wanted=Named(name="Hill Hospital", zone=seen.zone)))
    with hospital.store.reading() as connection:
        kept = dict(connection.execute(select(settings.c.key, settings.c.value)).all())
    assert (kept["hospital_name"], kept["zone"]) == ("Hill Hospital", "Mars/Base")
