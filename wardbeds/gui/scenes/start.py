"""Pictures of what is seen before the board, or in its place: loading, questions, signing in, nothing yet, trouble."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.domain.people import Role
from wardbeds.gui.crash import tell_of_crash
from wardbeds.gui.frame import Frame
from wardbeds.gui.homes.plain import PlainHome
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.scenes.first_run import FIRST_RUN_SCENES
from wardbeds.gui.scenes.studio import Scene, Studio
from wardbeds.gui.session import Session
from wardbeds.gui.sign_in import SignInPage
from wardbeds.gui.start_trouble import start_trouble
from wardbeds.services import accounts, demo
from wardbeds.services.demo_first_day import PASSWORD, USERNAME, open_first_day


def _shown(studio: Studio, page: QWidget) -> QWidget:
    """A page of its own, in place of the board's."""
    page.resize(*studio.size)
    page.show()
    studio.settle()
    studio.leave_later(page.close)
    return page


def _sign_in(studio: Studio) -> QWidget:
    return _shown(studio, SignInPage(studio.session, [(one.username, one.password, one.text) for one in demo.ACCOUNTS]))


def _connected(studio: Studio) -> QWidget:
    page = _sign_in(studio)
    assert isinstance(page, SignInPage)
    page.say(page.tr("Connected."))
    return page


def _wrong_password(studio: Studio) -> QWidget:
    page = _sign_in(studio)
    assert isinstance(page, SignInPage)
    page.form.fields["username"].setText("mukamana")
    page.form.fields["password"].setText("not this one")
    page.form.button.click()
    studio.settle()
    return page


def _first_password(studio: Studio) -> QWidget:
    page = _sign_in(studio)
    assert isinstance(page, SignInPage)
    page.switch.click()
    studio.settle()
    return page


def _loading(studio: Studio) -> QWidget:
    return _shown(studio, Frame("Wardbeds"))


def _trouble(studio: Studio) -> QWidget:
    """The database does not answer."""
    frame = Frame("Wardbeds")
    _shown(studio, frame)
    text = "The database does not answer. Check the network and the server, then try again."
    box, _again, _other = start_trouble(frame, text, again=True, other=True)
    box.open()
    studio.settle()
    studio.leave_later(box.close)
    return frame


def _crash(studio: Studio) -> QWidget:
    box = tell_of_crash(studio.page.work.last.text())
    assert box is not None
    studio.settle()
    studio.leave_later(box.close)
    return box


def _home(studio: Studio) -> QWidget:
    """Of somebody whose role has no board."""
    one = next(one for one in demo.ACCOUNTS if one.role is Role.CHEF)
    return _shown(studio, PlainHome(accounts.sign_in(studio.store, one.username, one.password, "station-1")))


def _new_hospital(*, ward: bool) -> Scene:
    """The board of a hospital on its first day: without any ward, or with one that has no beds."""

    def scene(studio: Studio) -> QWidget:
        store = open_first_day(studio.folder / f"first_day_{ward:d}.db", ward=ward)
        session = Session(store, "station-1", studio.tasks)
        page = BoardPage(session)
        _shown(studio, page)
        session.sign_in(USERNAME, PASSWORD, lambda _refusal: None)
        studio.settle()

        def leave() -> None:
            session.sign_out()
            session.stop()
            studio.settle()
            page.close()
            page.deleteLater()
            store.close()

        studio.leave_later(leave)
        return page

    return scene


START_SCENES: dict[str, Scene] = {
    "loading": _loading, "start_trouble": _trouble, "sign_in": _sign_in,
    "sign_in_refused": _wrong_password, "sign_in_code": _first_password, "connected": _connected,
    **FIRST_RUN_SCENES,
    "home": _home, "no_wards": _new_hospital(ward=False), "no_beds": _new_hospital(ward=True), "crash": _crash,
}
"""Before the board, and where it is not."""
