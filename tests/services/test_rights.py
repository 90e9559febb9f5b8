"""Who may do what, in every service and for every role: the services keep to the table, whatever a window offers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.rights_cases import BED_ACTIONS, IMPORT, OTHER_ACTIONS, READS, Case
from tests.support.roles import House, make_house
from wardbeds.domain.access import missing
from wardbeds.domain.changes import UNDOABLE
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import Actor, Role
from wardbeds.domain.requests import UndoAction
from wardbeds.services import undoing
from wardbeds.store.database import Store, sqlite_path


@pytest.fixture(scope="module")
def built(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The house, built once."""
    path = tmp_path_factory.mktemp("rights") / "built.db"
    shutil.copyfile(migrated_file, path)
    store = Store.open(f"sqlite:///{path}")
    house = make_house(store)
    store.close()
    return house


@pytest.fixture
def house(built: House, tmp_path: Path) -> Iterator[House]:
    """The house, each test its own."""
    path = tmp_path / "ward.db"
    shutil.copyfile(sqlite_path(built.store.url), path)
    store = Store.open(f"sqlite:///{path}")
    yield House(replace(built.hospital, store=store), built.staff, built.people)
    store.close()


def _refused(case: Case, house: House, actor: Actor) -> None:
    """Refused for the role; the permission is named where the role lacks it altogether. Nothing is written."""
    before = house.all_there_is()
    with pytest.raises(Refused) as told:
        case.call(house, actor)
    assert told.value.refusal.code is Code.ROLE
    lacks = missing(actor.role, case.permission)
    assert told.value.refusal == lacks or told.value.refusal.detail == "other_ward"
    assert house.all_there_is() == before


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("case", [*BED_ACTIONS, *OTHER_ACTIONS, IMPORT], ids=lambda case: case.name)
def test_an_action_is_done_for_those_who_may_and_for_nobody_else(house: House, case: Case, role: Role) -> None:
    actor, before = house.staff[role], house.all_there_is()
    if role not in case.roles:
        _refused(case, house, actor)
        return
    case.call(house, actor)
    assert house.all_there_is() != before


@pytest.mark.parametrize("case", [*BED_ACTIONS, *OTHER_ACTIONS], ids=lambda case: case.name)
def test_the_account_counts_and_not_what_the_window_was_told(house: House, case: Case) -> None:
    """Somebody who is shown as an administrator, and has been made a cook since."""
    before = house.all_there_is()
    with pytest.raises(Refused) as told:
        case.call(house, replace(house.staff[Role.CHEF], role=Role.ADMIN))
    assert told.value.refusal == missing(Role.CHEF, case.permission)
    assert house.all_there_is() == before


def test_of_an_import_the_account_counts_at_every_row(house: House) -> None:
    before = house.all_there_is()
    report = IMPORT.call(house, replace(house.staff[Role.CHEF], role=Role.ADMIN))
    assert [(one["row"], one["code"]) for one in report.refused] == [(2, "ROLE")]
    assert house.all_there_is() == before


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("case", READS, ids=lambda case: case.name)
def test_a_read_answers_those_who_may_and_nobody_else(house: House, case: Case, role: Role) -> None:
    if role in case.roles:
        case.call(house, house.staff[role])
    else:
        _refused(case, house, house.staff[role])


def test_every_action_that_can_be_undone_is_among_the_cases() -> None:
    assert {case.name for case in BED_ACTIONS} == UNDOABLE


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("case", BED_ACTIONS, ids=lambda case: case.name)
def test_undo_needs_the_right_that_the_action_needed(house: House, case: Case, role: Role) -> None:
    """Somebody acts and is given another role before the action is taken back."""
    actor = house.staff[role]
    house.give_role(actor, Role.ADMIN)
    done = case.call(house, actor)
    house.give_role(actor, role)
    undo = Case("undo", case.permission, lambda house, actor: undoing.undo_action(
        house.store, actor, UndoAction(undoes=done.operation_id)), case.roles)
    if role in case.roles:
        before = house.all_there_is()
        undo.call(house, actor)
        assert house.all_there_is() != before
    else:
        _refused(undo, house, actor)
