"""Pictures of what administrators do: wards, people, lists, where the data are kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from wardbeds.domain.addresses import ServerAddress
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.people import StaffMember
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.accounts import AccountDialog
from wardbeds.gui.dialogs.connection import ConnectionDialog
from wardbeds.gui.dialogs.lists import ImportDialog
from wardbeds.gui.dialogs.ward_setup import Part, WardSetupDialog
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.gui.scenes.dialogs import by
from wardbeds.gui.scenes.studio import ADMIN, NURSE, Scene, Studio
from wardbeds.recent import Tried
from wardbeds.services import accounts
from wardbeds.settings import StationChoice

SERVER = ServerAddress((("beds.hospital.example", 5432), ("beds2.hospital.example", 5432)), "wardbeds",
                       "wardbeds_station", "/etc/wardbeds/ca.crt").url()
TRIED = [Tried(SERVER, "2026-03-02T08:30:00+00:00"),
         Tried("postgresql://wardbeds_station@old/wardbeds", "2026-03-01T08:30:00+00:00", "no_answer")]

LISTS = {
    "wards.csv": "ward,location,sex_policy\nDialysis,Ground floor,any\n",
    "beds.csv": "ward,bed_number,room,room_sex_policy,colour\nDialysis,1,A,any,white\nDialysis,2,A,any,white\n"
                "Dialysis,3,A,women,white\nEye clinic,1,A,any,white\n",
    "patients.csv": "hospital_number,last_name,first_name,sex,date_of_birth\n"
                    "CHB-009001,Mukarugwiza,Agnes,female,1961-04-02\nCHB-009002,,Paul,male,1970-01-01\n"
                    "CHB-009003,Rwabukumba,Paul,male,1970-31-01\n",
}
"""A hospital's lists, not without mistakes."""


def _staff(studio: Studio, username: str) -> StaffMember:
    actor = studio.session.actor
    assert actor is not None
    return next(one for one in accounts.list_users(studio.store, actor) if one.username == username)


def _account(studio: Studio) -> QWidget:
    studio.sign_in(ADMIN)
    studio.page.house._account(_staff(studio, NURSE))
    studio.settle()
    return studio.page


def _account_new(studio: Studio) -> QWidget:
    studio.sign_in(ADMIN)
    studio.page.house._account(None)
    studio.opened.primary.click()
    studio.settle()
    return studio.page


def _code(studio: Studio) -> QWidget:
    """A new code for somebody who has no password yet."""
    studio.sign_in(ADMIN)
    studio.page.house._account(_staff(studio, "uwamahoro"))
    dialog = studio.opened
    assert isinstance(dialog, AccountDialog)
    next(one for one in dialog.findChildren(Button) if one.text() == dialog.tr("New password code")).click()
    studio.settle()
    return studio.page


def _lists(folder: Path) -> Path:
    found = folder / "lists"
    found.mkdir(exist_ok=True)
    for name, text in LISTS.items():
        (found / name).write_text(text, encoding="utf-8")
    return found


def _import(*, carried_out: bool) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.sign_in(ADMIN)
        studio.page.house.import_lists()
        dialog = studio.opened
        assert isinstance(dialog, ImportDialog)
        dialog.folder.setText(str(_lists(studio.folder)))
        dialog.preview()
        studio.settle()
        if carried_out:
            dialog.primary.click()
            studio.wait_until(lambda: dialog.report is not None)
            studio.settle()
        return studio.page

    return scene


def _connection(trouble: str = "") -> Scene:
    """The dialog, asked for a server that answers with ``trouble``."""

    def scene(studio: Studio) -> QWidget:
        studio.sign_in(ADMIN)
        dialog = ConnectionDialog(studio.session, studio.page, StationChoice("station-1", SERVER), TRIED)
        studio.page.open_dialog(dialog)
        if trouble:
            dialog.form.refuse(refuse(Code.OFF, trouble))
        studio.settle()
        return studio.page

    return scene


def _ward_refused(studio: Studio) -> QWidget:
    studio.sign_in(ADMIN)
    studio.page.house.new_ward()
    studio.opened.primary.click()
    studio.settle()
    return studio.page


def _ward_part(part: Part) -> Scene:
    """Another page of the ward that is there."""

    def scene(studio: Studio) -> QWidget:
        studio.sign_in(ADMIN)
        studio.page.house.change_ward()
        studio.settle()
        dialog = studio.opened
        assert isinstance(dialog, WardSetupDialog)
        dialog.parts.buttons()[list(Part).index(part)].click()
        studio.settle()
        return studio.page

    return scene


def _reopen(studio: Studio) -> QWidget:
    studio.sign_in(ADMIN)
    studio.page.house.reopen()
    studio.opened.people.field.setText("uwim")  # type: ignore[attr-defined]
    studio.opened.people.search()  # type: ignore[attr-defined]
    studio.settle()
    return studio.page


def _preview(studio: Studio) -> QWidget:
    studio.sign_in(NURSE)
    studio.page.print_sheet()
    studio.settle()
    return studio.page.findChildren(PreviewDialog)[0]


HOUSE_SCENES: dict[str, Scene] = {
    "ward_new": by(lambda page: page.house.new_ward(), ADMIN), "ward_refused": _ward_refused,
    "ward_change": by(lambda page: page.house.change_ward(), ADMIN),
    "ward_rooms": _ward_part(Part.ROOMS), "ward_more": _ward_part(Part.MORE),
    "ward_close": by(lambda page: page.house.close_ward(), ADMIN),
    "hospital": by(lambda page: page.house.hospital(), ADMIN), "this_pc": by(lambda page: page.house.this_pc(), ADMIN),
    "people": by(lambda page: page.house.people(), ADMIN),
    "account": _account, "account_new": _account_new, "code": _code,
    "import": by(lambda page: page.house.import_lists(), ADMIN), "import_preview": _import(carried_out=False),
    "export": by(lambda page: page.house.export(), ADMIN), "connection": _connection(),
    "connection_refused": _connection("tls_untrusted"), "reopen": _reopen, "preview": _preview,
}
"""What is opened from the menu behind the name, and the print preview."""

LAST_SCENES: dict[str, Scene] = {"import_report": _import(carried_out=True)}
"""What changes the demo for good."""
