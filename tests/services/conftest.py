"""On PostgreSQL every service acts with the stations' login: what it may not do, no service may need."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from wardbeds.store.database import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The database as a station sees it; on a server that was given, as its owner."""
    given = os.environ.get("WARDBEDS_TEST_PG_URL", "").rsplit("/", 1)[0]
    own = database_url.startswith("postgresql://postgres@127.0.0.1:") and not (given and database_url.startswith(given))
    opened = Store.open(database_url.replace("//postgres@", "//wardbeds_station@", 1) if own else database_url)
    yield opened
    opened.close()
