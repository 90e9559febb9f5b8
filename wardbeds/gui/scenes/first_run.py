"""Pictures of the first start, page by page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.domain.errors import Code, Refusal, refuse
from wardbeds.gui.first_run.administrator import AdministratorPage
from wardbeds.gui.first_run.page import StepsPage
from wardbeds.gui.first_run.ward import FirstWardPage
from wardbeds.gui.first_run.welcome import CONNECT, ON_SERVER, PC, WelcomePage
from wardbeds.gui.first_run.welcome import SERVER as SERVER_PART
from wardbeds.gui.scenes.house import SERVER, TRIED
from wardbeds.gui.scenes.studio import Scene, Studio
from wardbeds.settings import StationChoice


def _page(studio: Studio, page: StepsPage) -> StepsPage:
    """A page of the first start, as large as the window."""
    page.resize(*studio.size)
    page.show()
    page.activateWindow()
    page.focus_first()
    studio.settle()
    studio.leave_later(page.close)
    return page


def _welcome(part: int, trouble: Refusal | None = None) -> Scene:
    def scene(studio: Studio) -> QWidget:
        known = StationChoice("internal-medicine")
        page = WelcomePage(known, lambda _url, answer, _fault: answer(trouble), TRIED if trouble else [])
        if part == SERVER_PART:
            page.where.choose(ON_SERVER)
            page.form.show_url(SERVER)
            page.form.fields["password"].setText("four-green-beds")
        _page(studio, page).show_part(part)
        if part == SERVER_PART:
            page.form.test.click()
            studio.settle()
        return page

    return scene


def _administrator(studio: Studio) -> QWidget:
    page = AdministratorPage(studio.session, with_pc=True)
    for name, text in (("name", "Hill District Hospital"), ("last_name", "Uwera"), ("first_name", "Alice"),
                       ("username", "a.uwera"), ("password", "six-quiet-wards")):
        page.fields[name].setText(text)
    return _page(studio, page)


def _first_ward(studio: Studio) -> QWidget:
    page = FirstWardPage(studio.session, with_pc=True)
    page.ward_name.setText("Internal Medicine A")
    page.code.setText("IM-A")
    return _page(studio, page)


FIRST_RUN_SCENES: dict[str, Scene] = {
    "welcome": _welcome(PC), "welcome_connect": _welcome(CONNECT), "welcome_server": _welcome(SERVER_PART),
    "welcome_refused": _welcome(SERVER_PART, refuse(Code.OFF, "wrong_password")), "first_run": _administrator,
    "first_ward": _first_ward,
}
"""From what this PC is for to the first ward."""
