"""A server's address: its parts and its URL say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from wardbeds.domain.addresses import ServerAddress, read_address, read_hosts, with_password, without_password

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=0x17F), min_size=1, max_size=12)
HOSTS = st.lists(st.tuples(st.sampled_from(["beds", "10.0.0.7", "[::1]", "localhost", "beds.hospital.example"]),
                           st.integers(1, 65535)), min_size=1, max_size=3)


@given(HOSTS, WORDS, WORDS, st.sampled_from(["", "/etc/wardbeds/ca.crt", "/my files/ca&b.crt"]), WORDS)
def test_there_and_back(hosts: list[tuple[str, int]], database: str, login: str, ca_file: str, password: str) -> None:
    address = ServerAddress(tuple(hosts), database, login, "" if all(
        name in ("localhost", "[::1]") for name, _ in hosts) else ca_file)
    url = address.url(password)
    assert read_address(url) == (address, password)
    assert without_password(url) == address.url()
    assert with_password(address.url(), password) == url
    libpq = conninfo_to_dict(url)
    assert (libpq["dbname"], libpq["user"], libpq["password"]) == (database, login, password)


def test_over_a_network_the_certificate_is_verified() -> None:
    address = ServerAddress((("beds", 5432), ("beds2", 6432)), "wardbeds", "station", "/ca.crt")
    assert address.url() == ("postgresql://station@beds,beds2:6432/wardbeds?sslmode=verify-full&sslrootcert=/ca.crt"
                             "&target_session_attrs=read-write")
    assert "sslrootcert=system" in ServerAddress((("beds", 5432),), "w", "s").url()
    assert read_address("postgresql://s@beds/w?sslmode=disable")[0].url().endswith("sslmode=verify-full&sslrootcert=system")
    assert ServerAddress((("localhost", 5432),), "w", "s").url() == "postgresql://s@localhost/w"
    assert read_address("postgres://s@h/w?application_name=x")[0].more == (("application_name", "x"),)


@pytest.mark.parametrize("wrong", ["", "beds", "http://a@b/c", "postgresql://b/c", "postgresql://a@/c", "postgresql://a@b",
                                   "postgresql://a@b:0/c", "postgresql://a@b:99999/c", "postgresql://a@b c/d", "/x.db"])
def test_what_is_no_address(wrong: str) -> None:
    with pytest.raises(ValueError):
        read_address(wrong)
    assert without_password(wrong) == wrong


def test_hosts() -> None:
    assert read_hosts("beds, beds2:6000", 5433) == (("beds", 5433), ("beds2", 6000))
    with pytest.raises(ValueError):
        read_hosts("beds,,x")
