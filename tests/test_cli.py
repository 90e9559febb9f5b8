"""The command line as a contract: exit codes, output, and that a failing command leaves nothing behind."""

from __future__ import annotations

import argparse
import json
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import Servers
from tests.support.imports import DATA
from wardbeds import cli

Out = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    return cli.main(list(arguments))


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database with edge01 in it."""
    path = str(tmp_path / "house.db")
    assert run("db", "create", "--db", path) == 0
    assert run("import", str(DATA / "edge01"), "--db", path) == 3
    return path


def test_create_twice_changes_nothing(database: str) -> None:
    before = Path(database).read_bytes()
    assert run("db", "create", "--db", database) == 6
    assert Path(database).read_bytes() == before


@pytest.mark.parametrize("command", [("export", "board"), ("db", "check"), ("export", "census", "--from", "2026-03-01",
                                     "--to", "2026-03-02"), ("export", "events", "--house"),
                                     ("print", "occupancy", "--ward", "North", "--out", "x.pdf"), ("db", "info")])
def test_a_missing_file_is_4_and_creates_nothing(tmp_path: Path, command: tuple[str, ...], capsys: Out) -> None:
    missing = tmp_path / "none.db"
    assert run(*command, "--db", str(missing)) == 4
    assert list(tmp_path.iterdir()) == []
    assert "wardbeds: There is no database" in capsys.readouterr().err


def test_a_file_that_is_something_else_is_6(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    assert run("export", "board", "--db", str(path)) == 6
    assert run("db", "upgrade", "--db", str(path)) == 6


@pytest.mark.parametrize(("arguments", "code"), [
    (("export", "board", "--ward", "West"), 2), (("export", "board", "--at", "yesterday"), 2),
    (("export", "board", "--at", "2999-01-01T00:00:00"), 2),
    (("export", "census", "--from", "2026-03-01", "--to", "2999-01-01"), 2),
    (("export", "census", "--from", "2026-03-02", "--to", "2026-03-01"), 2),
    (("import", "/nowhere"), 2), (("user", "reset", "nobody"), 2), (("user", "list"), 0), (("db", "check"), 0),
    (("db", "info", "--format", "json"), 0), (("db", "upgrade"), 0),
    (("export", "board", "--out", "/nowhere/x.json"), 2)])
def test_exit_codes(database: str, arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments, "--db", database) == code


def test_wrong_use_is_2_and_help_is_complete(capsys: Out) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("export", "everything")
    assert stopped.value.code == 2
    with pytest.raises(SystemExit) as stopped:
        run("import", "--help")
    assert stopped.value.code == 0
    assert "--strict" in capsys.readouterr().out


def _without_help(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every argument and command of the parser, and of those below it, that does not say what it is for."""
    for action in parser._actions:
        if not action.help:
            yield f"{parser.prog} {action.dest}"
        if isinstance(action, argparse._SubParsersAction):
            told = {one.dest for one in action._choices_actions if one.help}
            yield from (f"{parser.prog} {name}" for name in action.choices if name not in told)
            for below in action.choices.values():
                yield from _without_help(below)


def test_every_argument_has_a_help_text(capsys: Out) -> None:
    assert list(_without_help(cli.build_parser())) == []
    with pytest.raises(SystemExit):
        run("export", "census", "--help")
    assert "last day, counted too" in " ".join(capsys.readouterr().out.split())


def test_what_a_database_is_can_be_read(database: str, capsys: Out) -> None:
    """Lines for a person, the same as JSON for a program."""
    capsys.readouterr()
    assert run("db", "info", "--db", database, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert run("db", "info", "--db", database) == 0
    lines = dict(line.split(":", 1) for line in capsys.readouterr().out.splitlines())
    assert {caption: value.strip() for caption, value in lines.items()} == {
        "Hospital": "not named yet", "Demo": "no", "Database": "SQLite", "Time zone": "Africa/Kigali",
        "Schema": f"{told['schema']}, as this program's", "Wards": "2", "Beds": "8", "Patients": "8",
        "Admissions": "9", "Bed stays": "11", "Events": str(told["rows"]["events"])}


def test_board_json_and_csv(database: str, capsys: Out) -> None:
    capsys.readouterr()
    assert run("export", "board", "--db", database, "--at", "2026-03-02T00:30:00") == 0
    board = json.loads(capsys.readouterr().out)
    assert board["at"] == "2026-03-02T00:30:00+02:00"
    north = board["wards"][0]
    assert list(north) == ["ward", "revision", "beds", "waiting", "counts"]
    assert (north["ward"], north["revision"], len(north["beds"])) == ("North", None, 4)
    held = board["wards"][1]["beds"][2]
    assert (held["status"], held["held_for"], held["held_until"]) == ("reserved", "E-006", "2026-03-02T01:00:00+02:00")
    assert run("export", "board", "--db", database, "--format", "csv") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ward,room,bed_number,status,hospital_number")
    assert len(lines) == 9


def test_events_are_a_chain(database: str, capsys: Out) -> None:
    from wardbeds.domain.changes import NO_EVENT, chain_hash

    capsys.readouterr()
    assert run("export", "events", "--ward", "North", "--db", database) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["revision"] for one in events] == list(range(1, len(events) + 1))
    prev = NO_EVENT
    for one in events:
        assert one["prev"] == prev
        assert one["hash"] == chain_hash(prev, one["body"])
        prev = one["hash"]
    moved = next(one for one in events if one["action"] == "moved")
    assert moved["subjects"][0]["hospital_number"] == "E-001"
    assert moved["subjects"][0]["from"] == {"ward": "North", "bed_number": "1"}
    assert run("export", "events", "--ward", "North", "--since", str(len(events) - 1), "--db", database) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_people_and_rights(database: str, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("eight-green-beds\n"))
    assert run("user", "add", "nina", "--role", "medical_staff", "--wards", "North", "--password-stdin", "--db",
               database) == 0
    assert run("user", "add", "nina", "--role", "chef", "--db", database) == 3
    assert run("user", "add", "paul", "--role", "chef", "--wards", "West", "--db", database) == 2
    monkeypatch.setenv("WARDBEDS_PASSWORD", "wrong")
    assert run("export", "board", "--user", "nina", "--db", database) == 5
    monkeypatch.setenv("WARDBEDS_PASSWORD", "eight-green-beds")
    assert run("export", "board", "--user", "nina", "--db", database) == 5
    assert run("import", str(DATA / "edge01"), "--user", "nina", "--db", database) == 5
    assert run("print", "occupancy", "--user", "nina", "--ward", "North", "--out",
               str(Path(database).with_name("n.pdf")), "--db", database) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_a_broken_database_is_7(database: str, capsys: Out) -> None:
    import sqlite3

    connection = sqlite3.connect(database)
    connection.execute("DROP TRIGGER tr_events_no_update")
    connection.execute("UPDATE events SET body = '{}' WHERE stream_id = 2 AND revision = 3")
    connection.commit()
    connection.close()
    capsys.readouterr()
    assert run("db", "check", "--db", database) == 7
    assert "events_hash: events 2,3" in capsys.readouterr().out


def test_backup_and_restore(database: str, tmp_path: Path, capsys: Out) -> None:
    copy, again = str(tmp_path / "copy.db"), str(tmp_path / "again.db")
    assert run("db", "backup", copy, "--db", database) == 0
    assert run("db", "backup", copy, "--db", database) == 2
    assert run("db", "restore", copy, "--db", again) == 0
    assert run("db", "restore", copy, "--db", again) == 6
    assert run("db", "restore", copy, "--db", again, "--replace") == 0
    assert run("db", "check", "--db", again) == 0
    capsys.readouterr()
    run("export", "board", "--db", again, "--at", "2026-03-03T08:00:00")
    one = capsys.readouterr().out
    run("export", "board", "--db", database, "--at", "2026-03-03T08:00:00")
    assert capsys.readouterr().out == one


def test_report_file(tmp_path: Path, database: str) -> None:
    report = tmp_path / "report.json"
    assert run("import", str(DATA / "edge01"), "--db", database, "--report", str(report)) == 3
    told = json.loads(report.read_text(encoding="utf-8"))
    assert list(told) == ["applied", "unchanged", "updated", "refused", "warnings", "ignored_columns", "files"]
    assert told["applied"] == 0
    assert told["unchanged"] + told["updated"] + len(told["refused"]) == sum(one["rows"] for one in told["files"])


def test_the_data_commands_run_without_qt(database: str) -> None:
    code = ("import sys; from wardbeds.cli import main; "
            f"code = main(['export', 'board', '--db', {database!r}, '--out', {database + '.json'!r}]); "
            "assert not any(name.startswith('PySide6') for name in sys.modules); sys.exit(code)")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_printed_sheet(database: str, tmp_path: Path, qapp: object) -> None:
    out = tmp_path / "sheet.pdf"
    assert run("print", "occupancy", "--ward", "North", "--out", str(out), "--db", database) == 0
    text = " ".join(PdfReader(out).pages[0].extract_text().split())
    for expected in ("North", "Ward occupancy", "GASANA,", "E-004", "Page 1 of 1", "Data as of", "Confidential"):
        assert expected in text
    assert run("print", "occupancy", "--ward", "North", "--out", "/nowhere/x.pdf", "--db", database) == 2


@pytest.mark.parametrize(("command", "code"), [
    (("export", "board", "--at", "yesterday"), 2), (("export", "board", "--at", "2999-01-01T00:00:00"), 2),
    (("export", "census", "--from", "2026-03-02", "--to", "2026-03-01"), 2),
    (("export", "census", "--from", "2026-03-02", "--to", "2999-03-01"), 2), (("import", "/nowhere"), 2),
    (("import", str(DATA / "edge01"), "--report", "/nowhere/x.json"), 2), (("export", "board", "--out", "/nowhere/x"), 2),
    (("print", "occupancy", "--ward", "North", "--out", "/nowhere/x.pdf"), 2), (("db", "backup", "/nowhere/x"), 2),
    (("export", "board", "--user", "nina"), 4)])
def test_of_several_reasons_the_first_is_told(tmp_path: Path, command: tuple[str, ...], code: int) -> None:
    """2 before 4: what is wrong in the call is said before the database is asked, and nothing is made."""
    assert run(*command, "--db", str(tmp_path / "none.db")) == code
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_call_does_not_make_the_embedded_file(tmp_path: Path) -> None:
    assert run("import", "/nowhere") == 2
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("arguments", [
    ("export", "census", "--from", "0001-01-01", "--to", "2026-03-01"), ("export", "board", "--at", "0001-01-01T00:00:00"),
    ("db", "create", "--db", "mysql://somewhere/else")])
def test_what_no_hospital_can_mean_is_2(database: str, arguments: tuple[str, ...], capsys: Out) -> None:
    capsys.readouterr()
    assert run(*(arguments if "--db" in arguments else (*arguments, "--db", database))) == 2
    assert capsys.readouterr().err.startswith("wardbeds: ")


@pytest.mark.parametrize("command", [("db", "check"), ("db", "info"), ("db", "upgrade"), ("db", "create"),
                                     ("db", "backup", "{0}/copy"), ("db", "restore", "{0}/notes.txt"),
                                     ("export", "board"), ("user", "list"), ("import", str(DATA / "edge01"))])
def test_a_file_that_is_no_database_is_6(tmp_path: Path, command: tuple[str, ...], capsys: Out) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Shopping list: " + "soap, " * 200)
    before = path.read_bytes()
    assert run(*(one.format(tmp_path) for one in command), "--db", str(path)) == 6
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
    assert "backup" in capsys.readouterr().err


def test_a_damaged_file_fails_the_check(database: str, capsys: Out) -> None:
    import sqlite3

    connection = sqlite3.connect(database)
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_event_subjects_patient_id'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    with Path(database).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    capsys.readouterr()
    assert run("db", "check", "--db", database) == 7
    assert "sqlite_integrity: database" in capsys.readouterr().out


def test_a_database_whose_making_was_interrupted_is_made(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert run("db", "info", "--db", str(path)) == 6
    assert run("db", "create", "--db", str(path)) == 0
    assert run("db", "create", "--db", str(path)) == 6


def test_every_command_asks_who_acts(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    """``--user`` counts for the database's own commands too: a wrong password, no password, a role without the right."""
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("eight-green-beds\n"))
    assert run("user", "add", "nina", "--role", "medical_staff", "--password-stdin", "--db", database) == 0
    copy = str(tmp_path / "copy.db")
    assert run("db", "backup", copy, "--db", database) == 0
    commands = [("db", "check"), ("db", "backup", copy + "2"), ("db", "upgrade"), ("db", "restore", copy, "--replace")]
    for password in ("wrong", "eight-green-beds"):
        monkeypatch.setenv("WARDBEDS_PASSWORD", password)
        assert [run(*one, "--user", "nina", "--db", database) for one in commands] == [5, 5, 5, 5]
    assert run("db", "info", "--user", "nina", "--db", database) == 0
    monkeypatch.delenv("WARDBEDS_PASSWORD")
    monkeypatch.setattr("getpass.getpass", _nobody_there)
    capsys.readouterr()
    assert run("db", "info", "--user", "nina", "--db", database) == 5
    assert "WARDBEDS_PASSWORD" in capsys.readouterr().err


def _nobody_there(_prompt: str) -> str:
    raise EOFError


def test_a_server_over_a_network_must_prove_who_it_is(capsys: Out) -> None:
    """Whoever answers without TLS hears no login and no password; and the person is told why it does not go on."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.2", 0)) as listener:  # not the address that counts as this computer

        def answer() -> None:
            for _ in range(2):  # the command, and the look at what is wrong
                with listener.accept()[0] as client:
                    heard.append(client.recv(64))
                    client.sendall(b"N")
                    heard.append(client.recv(64))

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        url = f"postgresql://ward:secret@127.0.0.2:{listener.getsockname()[1]}/beds"
        assert run("db", "info", "--db", url) == 4
        thread.join(timeout=20)
    assert heard == [struct.pack("!II", 8, 80877103), b""] * 2  # asks for TLS, is refused it, and goes
    assert "does not speak TLS" in capsys.readouterr().err


def test_on_postgresql_only_the_owner_acts_without_a_name(servers: Servers, capsys: Out) -> None:
    server, name = servers.fresh("pg18")
    owner, station = server.url(name), server.station_url(name)
    for command in (("db", "check"), ("db", "info"), ("export", "board"), ("user", "list"), ("db", "upgrade")):
        assert run(*command, "--db", owner) == 0
        assert run(*command, "--db", station) == 5
    assert "Traceback" not in capsys.readouterr().err
