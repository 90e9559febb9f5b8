"""Owner, administrator and station of a PostgreSQL database: what is made, and what a station cannot do."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from tests.conftest import Servers
from tests.support import postgres
from wardbeds import cli
from wardbeds.domain.errors import Code, Refused, SchemaMismatch
from wardbeds.services import maintenance
from wardbeds.store import schema
from wardbeds.store.database import Store
from wardbeds.store.roles import INSERTED, STATION, UPDATED, Logins, invent_password
from wardbeds.store.tables import metadata

VERSIONS = ["pg16", "pg18"]


@dataclass
class House:
    """A database made by an administrator who is no superuser."""

    server: postgres.Server
    name: str
    admin: str

    @property
    def url(self) -> str:
        """As the administrator."""
        return self.server.url(self.name).replace("//postgres@", f"//{self.admin}@")

    def ask(self, statement: str, who: str = "postgres") -> list[tuple[object, ...]]:
        """Execute one statement with a login."""
        url = self.server.url(self.name).replace("//postgres@", f"//{who}@")
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def _administrator(server: postgres.Server) -> str:
    name = f"it_{uuid.uuid4().hex[:8]}"
    server.run(f"CREATE ROLE {name} LOGIN CREATEROLE")
    return name


@pytest.fixture(params=VERSIONS)
def house(request: pytest.FixtureRequest, servers: Servers) -> Iterator[House]:
    """An empty database with its administrator."""
    server, name = servers.fresh(request.param)
    server.run(f"DROP DATABASE {name}")
    admin = _administrator(server)
    server.run(f"CREATE DATABASE {name} OWNER {admin}")
    yield House(server, name, admin)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _own(house: House) -> Logins:
    """Roles of this database alone: those of other tests were made by another administrator."""
    return Logins(f"owner_{house.name[-8:]}", f"station_{house.name[-8:]}")


def test_an_administrator_who_is_no_superuser_makes_all(house: House) -> None:
    logins = _own(house)
    made = maintenance.create(house.url, logins)
    assert made is not None
    assert made.name == logins.station
    assert len(made.password or "") == 29
    assert house.ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [(logins.owner,)]
    assert house.ask(f"SELECT rolcanlogin FROM pg_roles WHERE rolname = '{logins.owner}'") == [(False,)]
    assert house.ask("SELECT rolsuper, rolcreatedb, rolcreaterole, rolinherit, rolreplication, rolbypassrls, rolcanlogin "
                     f"FROM pg_roles WHERE rolname = '{logins.station}'") == [
        (False, False, False, False, False, False, True)]
    kept = str(house.ask(f"SELECT rolpassword FROM pg_authid WHERE rolname = '{logins.station}'")[0][0])
    assert kept.startswith("SCRAM-SHA-256$")
    assert (made.password or "?") not in kept
    assert maintenance.bring_up(house.url) is False
    with pytest.raises(SchemaMismatch, match="made already"):
        maintenance.create(house.url, logins)
    assert house.ask(f"SELECT rolpassword FROM pg_authid WHERE rolname = '{logins.station}'") == [(kept,)]


def test_the_password_is_never_sent(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement log of the server must not give it away."""
    password = invent_password()
    house.server.run(f"ALTER DATABASE {house.name} SET log_statement = 'all'")
    maintenance.create(house.url, Logins(_own(house).owner, _own(house).station, password))
    log = (house.server.folder / "log").read_text(errors="replace")
    assert f"ALTER ROLE {_own(house).station} PASSWORD 'SCRAM-SHA-256$" in log
    assert password not in log


def test_who_may_not_make_roles_changes_nothing(house: House) -> None:
    house.server.run(f"CREATE ROLE {house.admin}_clerk LOGIN")
    url = house.url.replace(f"{house.admin}@", f"{house.admin}_clerk@")
    with pytest.raises(Refused) as refused:
        maintenance.create(url, _own(house))
    assert (refused.value.refusal.code, refused.value.refusal.detail) == (Code.ROLE, "not_administrator")
    assert house.ask("SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []
    assert house.ask(f"SELECT 1 FROM pg_roles WHERE rolname = '{_own(house).owner}'") == []
    with pytest.raises(Refused, match="role_name"):
        maintenance.create(house.url, Logins("x; DROP TABLE y"))


def test_without_a_station(house: House) -> None:
    assert maintenance.create(house.url, Logins(_own(house).owner, None)) is None
    assert house.ask(f"SELECT 1 FROM pg_roles WHERE rolname = '{_own(house).station}'") == []


@pytest.fixture(params=VERSIONS)
def made(request: pytest.FixtureRequest, servers: Servers) -> Iterator[House]:
    """A database with owner and station."""
    server, name = servers.fresh(request.param)
    yield House(server, name, "postgres")
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_upgrade_sets_the_rights_anew(made: House) -> None:
    store = Store.open(made.url)
    with store.reading() as connection:
        before = schema.describe(connection)
    for statement in (f"GRANT DELETE, TRUNCATE ON ward_beds TO {STATION}", f"GRANT UPDATE (role) ON events TO {STATION}",
                      f"REVOKE SELECT ON wards FROM {STATION}", "GRANT SELECT ON users TO PUBLIC",
                      "GRANT EXECUTE ON FUNCTION leave_ward TO PUBLIC", "DROP FUNCTION set_hospital"):
        made.ask(statement)
    maintenance.bring_up(made.url)
    with store.reading() as connection:
        assert schema.describe(connection) == before
    store.close()


def forbidden() -> Iterator[str]:
    """What a station may not do, each statement by itself."""
    for table in [*metadata.sorted_tables, *(["alembic_version"])]:
        name = str(table)
        yield f"DELETE FROM {name} WHERE false"
        yield f"TRUNCATE {name}"
        yield f"ALTER TABLE {name} DISABLE TRIGGER ALL"
        yield f"ALTER TABLE {name} ADD COLUMN more integer"
        yield f"DROP TABLE {name} CASCADE"
        yield f"DO $$ BEGIN LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE; END $$"
        yield f"CREATE TRIGGER mine BEFORE INSERT ON {name} FOR EACH ROW EXECUTE FUNCTION guard_events()"
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name not in UPDATED.get(table.name, "").split():
                yield f"UPDATE {table.name} SET {column.name} = DEFAULT WHERE false"
            if column.name not in INSERTED.get(table.name, "").split():
                yield f"INSERT INTO {table.name} ({column.name}) VALUES (DEFAULT)"
    yield from (
        "UPDATE alembic_version SET version_num = '0000'", "INSERT INTO alembic_version VALUES ('9')",
        "CREATE TABLE mine (x integer)", "CREATE TEMPORARY TABLE mine (x integer)", "CREATE SCHEMA mine",
        "CREATE VIEW mine AS SELECT 1", "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION guard_events() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE OR REPLACE FUNCTION leave_ward(member integer, ward integer) RETURNS void LANGUAGE sql AS ''",
        "CREATE OR REPLACE FUNCTION set_hospital(name text, place text) RETURNS text LANGUAGE sql AS 'SELECT place'",
        "DROP FUNCTION guard_events() CASCADE", "DROP TRIGGER guard_events ON events", "ALTER SCHEMA public OWNER TO "
        "CURRENT_USER", "SET ROLE wardbeds_owner", "SET ROLE postgres", "SET SESSION AUTHORIZATION postgres",
        "SET session_replication_role = replica", "GRANT wardbeds_owner TO CURRENT_USER", "CREATE ROLE mine",
        f"ALTER ROLE {STATION} CREATEROLE", "ALTER ROLE wardbeds_owner LOGIN", "CREATE DATABASE mine",
        "ALTER DATABASE postgres SET work_mem = '1MB'", "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('PG_VERSION')", "COPY users TO PROGRAM 'cat'", "COPY users FROM '/etc/passwd'",
        "SELECT setval('users_id_seq', 1)", "SELECT nextval('users_id_seq')", "DO LANGUAGE plpgsql $$ BEGIN DELETE FROM "
        "wards; END $$", "ALTER SYSTEM SET fsync = off", "CHECKPOINT", "SELECT pg_reload_conf()")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_station_may_not(servers: Servers, version: str) -> None:
    server, name = servers.fresh(version)
    server.run(f"DROP DATABASE {name}")
    server.run(f"CREATE DATABASE {name}")  # a copy of a database does not copy who may enter it
    maintenance.create(server.url(name))
    store = Store.open(server.url(name))
    with store.reading() as connection:
        before = schema.describe(connection)
    allowed = []
    with psycopg.connect(server.station_url(name), autocommit=True) as connection:
        for statement in forbidden():
            try:
                connection.execute(statement.encode())
                allowed.append(statement)
            except psycopg.errors.InsufficientPrivilege:
                pass
            except psycopg.errors.GeneratedAlways:
                assert "open_" in statement  # nobody writes these
        for table in metadata.tables:  # a mere warning, but no right is given
            connection.execute(f"GRANT SELECT ON {table} TO PUBLIC".encode())
    with store.reading() as connection:
        assert schema.describe(connection) == before
    store.close()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
    assert allowed == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_function_takes_one_row(servers: Servers, version: str) -> None:
    server, name = servers.fresh(version)
    house = House(server, name, "postgres")
    house.ask("INSERT INTO wards (name) VALUES ('A'), ('B')")
    house.ask("INSERT INTO ward_staff VALUES (1, 1), (1, 2), (2, 1)")
    house.ask("SELECT leave_ward(1, 1)", STATION)
    assert house.ask("SELECT * FROM ward_staff ORDER BY 1, 2") == [(1, 2), (2, 1)]
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction)):
        house.ask("SELECT leave_ward(1, 2)", _administrator(server))
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("command", [
    ("export", "board"), ("export", "census", "--from", "2026-03-01", "--to", "2026-03-01"), ("user", "list"),
    ("export", "events", "--house"), ("db", "check"), ("db", "info"), ("db", "upgrade"), ("user", "add", "xenia", "--role",
                                                                                          "admin")])
def test_the_command_line_is_the_owners(made: House, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command, "--db", made.server.station_url(made.name)]) == 5
    assert cli.main([*command, "--db", made.url]) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_create_on_the_command_line(house: House, capsys: pytest.CaptureFixture[str],
                                    monkeypatch: pytest.MonkeyPatch) -> None:
    own = _own(house)
    names = ["--owner-role", own.owner, "--station-login", str(own.station)]
    assert cli.main(["db", "create", "--db", house.server.station_url("postgres")]) == 5
    assert "Connect as its administrator" in capsys.readouterr().err
    assert cli.main(["db", "create", "--db", house.url, *names]) == 0
    shown = capsys.readouterr().out
    assert f"with the login {own.station} and this password" in shown
    assert cli.main(["db", "create", "--db", house.url, *names]) == 6
    house.server.run(f"DROP DATABASE {house.name} WITH (FORCE)")
    house.server.run(f"CREATE DATABASE {house.name} OWNER {house.admin}")
    assert cli.main(["db", "create", "--db", house.url, *names]) == 0
    assert "and its password." in capsys.readouterr().out  # a second database of one server: the login stays as it was
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert cli.main(["db", "create", "--db", house.url, *names, "--station-password-stdin"]) == 2
