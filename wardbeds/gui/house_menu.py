"""What belongs to the house rather than to a bed: wards, people, lists, mistakes of yesterday; by right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from wardbeds.domain.access import Grant, Permission, can, grant
from wardbeds.domain.people import Actor, Role, StaffMember
from wardbeds.domain.ward_layout import SetUpWard
from wardbeds.gui.dialogs.accounts import AccountDialog, CodeDialog, StaffDialog
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.connection import ConnectionDialog
from wardbeds.gui.dialogs.hospital import HospitalDialog
from wardbeds.gui.dialogs.lists import ExportDialog, ImportDialog
from wardbeds.gui.dialogs.mending import ReopenDialog
from wardbeds.gui.dialogs.this_pc import ThisPcDialog
from wardbeds.gui.dialogs.ward_setup import CloseWardDialog, WardSetupDialog
from wardbeds.gui.session import Session
from wardbeds.services.accounts import list_users
from wardbeds.services.hospital import read_hospital
from wardbeds.services.ward_setup import read_ward_layout


class HouseMenu(QObject):
    """Offers and opens these dialogs over ``page``."""

    def __init__(self, session: Session, page: QWidget, show: Callable[[Dialog], None],
                 say: Callable[[str, str], None]) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._show = show
        self._say = say

    def fill(self, menu: QMenu) -> None:
        """Add what the role allows; what cannot be done just now is disabled and says why."""
        menu.setToolTipsVisible(True)
        for text, action, why_not in self.actions():
            entry = menu.addAction(text, action)
            entry.setEnabled(not why_not)
            if why_not:
                entry.setToolTip(why_not)

    def actions(self) -> list[tuple[str, Callable[[], None], str]]:
        """Words, what they open, and why that cannot be done just now, as far as the role allows."""
        actor = self._session.actor
        if actor is None:
            return []
        why_not = self._session.read_only_reason()
        found = [(text, action, why_not) for text, action in (*self._wards(actor), *self._lists(actor))]
        if actor.role is Role.ADMIN and not (self._session.settings and self._session.settings.demo):
            if self._session.choice is not None:
                found.append((self.tr("This PC…"), self.this_pc, ""))
            found.append((self.tr("Connection…"), self.connection, ""))  # needs none
        return found

    def _wards(self, actor: Actor) -> list[tuple[str, Callable[[], None]]]:
        found: list[tuple[str, Callable[[], None]]] = []
        setup = grant(actor.role, Permission.WARD_SETUP)
        board = self._session.model.board
        if board is not None and (setup is Grant.YES or (setup is Grant.OWN_WARD
                                                         and board.ward.id in actor.ward_ids)):
            found.append((self.tr("Set up {ward}…").format(ward=board.ward.name), self.change_ward))
        if setup is Grant.YES:
            found.append((self.tr("New ward…"), self.new_ward))
            if board is not None:
                found.append((self.tr("Close {ward}…").format(ward=board.ward.name), self.close_ward))
            found.append((self.tr("Hospital…"), self.hospital))
        return found

    def _lists(self, actor: Actor) -> list[tuple[str, Callable[[], None]]]:
        found = [(text, action) for permission, text, action in (
            (Permission.USERS_MANAGE, self.tr("People…"), self.people),
            (Permission.DATA_IMPORT, self.tr("Import lists…"), self.import_lists),
            (Permission.DATA_EXPORT, self.tr("Export…"), self.export)) if can(actor.role, permission)]
        if actor.role is Role.ADMIN and self._session.wards:
            found.append((self.tr("Take back a discharge…"), self.reopen))
        return found

    def this_pc(self) -> None:
        """Name this PC, and say what it is for."""
        self._show(ThisPcDialog(self._session, self._page, self._session.choice))

    def connection(self) -> None:
        """Keep the data elsewhere."""
        self._show(ConnectionDialog(self._session, self._page))

    def new_ward(self) -> None:
        """Set up a ward that is not there yet."""
        self._show(WardSetupDialog(self._session, self._page, None, self._on_made))

    def change_ward(self) -> None:
        """Change the open ward."""
        ward_id = self._session.ward_id
        if ward_id is None:
            return

        def show(layout: SetUpWard) -> None:
            self._show(WardSetupDialog(self._session, self._page, layout, self._on_made))

        self._session.ask(lambda store, actor: read_ward_layout(store, actor, ward_id), show)

    def _on_made(self, ward_id: int) -> None:
        self._session.list_wards()
        self._session.open_ward(ward_id)

    def close_ward(self) -> None:
        """Take the open ward out of use."""
        board = self._session.model.board
        if board is not None:
            self._show(CloseWardDialog(self._session, self._page, board.ward.id, board.ward.name,
                                       lambda: self._session.list_wards(open_one=True)))

    def hospital(self) -> None:
        """Name the hospital; every station reads the new name when it hears of it, this one at once."""

        def saved() -> None:
            self._session.read_settings()
            self._say(self.tr("Saved."), "success")

        self._session.ask(read_hospital, lambda known: self._show(
            HospitalDialog(self._session, self._page, known, saved)))

    def people(self) -> None:
        """Show who can sign in."""
        self._session.ask(list_users, lambda staff: self._show(
            StaffDialog(self._session, self._page, staff, self._account)))

    def _account(self, one: StaffMember | None) -> None:
        self._show(AccountDialog(self._session, self._page, one, self._on_account))

    def _on_account(self, code: str) -> None:
        if code:
            self._show(CodeDialog(self._session, self._page, code))
        else:
            self._say(self.tr("Saved."), "success")

    def import_lists(self) -> None:
        """Take over a hospital's lists."""
        self._show(ImportDialog(self._session, self._page))

    def export(self) -> None:
        """Write board or census to a file."""
        self._show(ExportDialog(self._session, self._page, self._say))

    def reopen(self) -> None:
        """Take back a discharge."""
        self._show(ReopenDialog(self._session, self._page))
