"""Opening the database at the start, in a thread: what comes out of it, the store or the last-known board.

The data libraries are imported here and not before: the first frame does not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardbeds.settings import embedded_database

if TYPE_CHECKING:
    from wardbeds.domain.errors import OutOfReach
    from wardbeds.services.last_known.opening import LastKnown
    from wardbeds.services.settings import HospitalSettings
    from wardbeds.store.database import Store


class Opened:
    """What the loading thread hands over: the store, and what the first page must know.

    ``first``: nobody can sign in yet; ``wards``: there are some.
    """

    def __init__(self, store: Store, settings: HospitalSettings, accounts: list[tuple[str, str, str]], *, first: bool,
                 wards: bool) -> None:
        self.store = store
        self.settings = settings
        self.accounts = accounts
        self.first = first
        self.wards = wards


class Cut:
    """What the loading thread hands over instead: the server does not answer; its last-known board, if there is one."""

    def __init__(self, error: OutOfReach, known: LastKnown | None) -> None:
        self.error = error
        self.known = known


def open_database(url: str | None, *, demo: bool) -> Opened:
    """Open the database, the embedded one made or upgraded first. Raises OutOfReach, SchemaMismatch."""
    from wardbeds.services.accounts import needs_first_admin
    from wardbeds.services.connecting import complete
    from wardbeds.services.settings import read_settings
    from wardbeds.services.ward_setup import has_wards
    from wardbeds.store.database import Store, is_postgresql, sqlite_path
    from wardbeds.store.embedded import ensure
    from wardbeds.store.migrate import require_fit

    accounts: list[tuple[str, str, str]] = []
    url = complete(url)
    if demo:
        from wardbeds.services.demo import ACCOUNTS, open_demo

        store = open_demo(embedded_database(demo=True))
        accounts = [(one.username, one.password, one.text) for one in ACCOUNTS]
    elif url is not None and is_postgresql(url):
        store = Store.open(url)
    else:
        path = sqlite_path(url) if url is not None else embedded_database()
        store = Store.open(ensure(path))
    require_fit(store)
    return Opened(store, read_settings(store), accounts, first=needs_first_admin(store), wards=has_wards(store))
