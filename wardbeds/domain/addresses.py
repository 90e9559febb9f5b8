"""The address of a database server: its parts as a person fills them in, and the URL they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode

PORT = 5432
_URL = re.compile(r"postgres(?:ql)?://(?:(?P<who>[^/?]*)@)?(?P<hosts>[^/?@]*)(?:/(?P<database>[^?]*))?(?:\?(?P<more>.*))?")
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^:\[\]\s,/@?#]+)(?::(?P<port>\d{1,5}))?")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d+){3}|\[::1\]", re.IGNORECASE)
_MADE = {"sslmode", "sslrootcert", "target_session_attrs"}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server is. ``hosts`` are names with ports, in the order in which they are tried; ``ca_file`` is the
    certificate authority's (empty: those that this computer trusts); ``more`` are libpq's further parameters."""

    hosts: tuple[tuple[str, int], ...]
    database: str
    login: str
    ca_file: str = ""
    more: tuple[tuple[str, str], ...] = ()

    @property
    def on_this_computer(self) -> bool:
        """Whether nothing of it goes over a network."""
        return all(_LOOPBACK.fullmatch(name) for name, _ in self.hosts)

    def url(self, password: str = "") -> str:
        """The URL. Over a network the server's certificate is always verified."""
        who = quote(self.login, safe="") + (f":{quote(password, safe='')}" if password else "")
        hosts = ",".join(name if port == PORT else f"{name}:{port}" for name, port in self.hosts)
        made: list[tuple[str, str]] = []
        if not self.on_this_computer:
            made = [("sslmode", "verify-full"), ("sslrootcert", self.ca_file or "system")]
        if len(self.hosts) > 1:
            made.append(("target_session_attrs", "read-write"))
        query = urlencode([*made, *self.more], quote_via=quote, safe="/")
        return f"postgresql://{who}@{hosts}/{quote(self.database, safe='')}{'?' if query else ''}{query}"

    @property
    def short(self) -> str:
        """Server and database, as a list shows them."""
        return f"{', '.join(name for name, _ in self.hosts)} · {self.database}"


def read_hosts(text: str, port: int = PORT) -> tuple[tuple[str, int], ...]:
    """Hosts with commas between them, each with a port of its own if need be. Raises ValueError."""
    found = []
    for part in text.split(","):
        host = _HOST.fullmatch(part.strip())
        number = int(host["port"] or port) if host is not None else 0
        if host is None or not 0 < number < 65536:
            raise ValueError(part)
        found.append((host["name"], number))
    return tuple(found)


def read_address(url: str) -> tuple[ServerAddress, str]:
    """The parts of a URL, and the password if it holds one. Raises ValueError where it is none of a server."""
    found = _URL.fullmatch(url.strip())
    if found is None:
        raise ValueError(url)
    login, _, password = (found["who"] or "").partition(":")
    query = dict(parse_qsl(found["more"] or "", keep_blank_values=True))
    ca_file = query.get("sslrootcert", "")
    hosts = read_hosts(unquote(found["hosts"]))
    database = unquote(found["database"] or "")
    if not database or not login:
        raise ValueError(url)
    more = tuple((key, value) for key, value in query.items() if key not in _MADE and key != "password")
    address = ServerAddress(hosts, database, unquote(login), "" if ca_file == "system" else ca_file, more)
    return address, unquote(password) or query.get("password", "")


def without_password(url: str) -> str:
    """The URL as it may be kept in a file and shown; anything but a server's URL stays as it is."""
    try:
        address, password = read_address(url)
    except ValueError:
        return url
    return address.url() if password else url


def with_password(url: str, password: str) -> str:
    """The URL to connect with."""
    address, _ = read_address(url)
    return address.url(password)
