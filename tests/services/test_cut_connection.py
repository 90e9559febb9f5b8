"""The connection breaks at any message of the protocol: the nurse is told what happened, and it happens once."""

from __future__ import annotations

from tests.conftest import Servers
from tests.torture.proxy_cuts import cut_rounds


def test_what_is_told_is_what_happened(servers: Servers) -> None:
    figures = cut_rounds(*servers.fresh("pg18"), rounds=60)
    assert figures.rounds == 60
    assert figures.broken() == []
    assert figures.doubts  # else nothing was cut where it hurts
    assert figures.found_done
    assert figures.told["done"]
    assert figures.told["OutOfReach"]
