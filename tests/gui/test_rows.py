"""The model behind the lists to choose from keeps Qt's rules while its rows come and go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPersistentModelIndex
from pytestqt.modeltest import ModelTester

from wardbeds.gui.rows import DETAIL, Row, RowModel


@pytest.mark.qt_log_level_fail("WARNING")  # what the tester finds is logged as a warning
def test_rows_replaced_under_the_tester(qtmodeltester: ModelTester) -> None:
    model = RowModel()
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    added: list[int] = []
    model.rowsInserted.connect(lambda _parent, first, _last: added.append(first))
    model.append(Row("Uwimana, Claire", "T-001"))
    model.append(Row("Kabera", "T-002", "user", True))
    assert added == [0, 1]
    assert model.rowCount(model.index(0, 0)) == 0
    kept = QPersistentModelIndex(model.index(1, 0))
    for rows in ([Row("Mugisha, Eric")], [], [Row(f"N-{n}", "free") for n in range(30)], []):
        model.reset(rows)
        assert model.rowCount() == len(rows)
        assert [model.index(n, 0).data(DETAIL) for n in range(len(rows))] == [row.detail for row in rows]
    assert not kept.isValid()
    model.append(Row("Uwase"))
    assert model.index(0, 0).data() == "Uwase"
