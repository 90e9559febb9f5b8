"""Pictures of the board: its views and wards, zoomed, filtered, with somebody in the hand, with menus open."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Code
from wardbeds.gui.scenes.studio import SUPPORT, Scene, Studio
from wardbeds.gui.verbs import Verb


def selected_map(studio: Studio) -> QWidget:
    """The plan with somebody selected."""
    studio.select(BedStatus.OCCUPIED, 2)
    studio.read_on()
    return studio.page


def _view(number: int) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.page.show_view(number)
        return selected_map(studio)

    return scene


def _ward(name: str) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.open_ward(name)
        return studio.page

    return scene


def _zoomed(steps: int) -> Scene:
    def scene(studio: Studio) -> QWidget:
        step = 1 if steps > 0 else -1
        for _step in range(abs(steps)):
            studio.page.map.zoom_step(step)
            studio.leave_later(lambda: studio.page.map.zoom_step(-step))
        return selected_map(studio)

    return scene


def _drag(kind: str) -> Scene:
    """Hold a waiting patient over a bed for which the verdict is ``kind``."""

    def scene(studio: Studio) -> QWidget:
        page = studio.page
        for waiting in studio.session.model.waiting:
            page.engine.pick_up_waiting(waiting)
            for bed in studio.session.model.beds[:24]:
                verdict = page.engine.verdict(bed.id)
                found = "refused" if verdict.refusal else "warned" if verdict.warnings else "allowed"
                if found == kind:
                    page.selection.select_waiting(waiting.person.patient_id)
                    page.pilot.begin(page.rail.mapToGlobal(QPoint(60, 90)))
                    page.pilot.move(studio.centre(bed))
                    page.pilot._timer.stop()
                    studio.settle()
                    return page
            page.engine.cancel()
        raise AssertionError(f"nobody waits for whom a bed is {kind}")

    return scene


def _in_hand(studio: Studio) -> QWidget:
    studio.page.rail.take(studio.session.model.waiting[1])
    studio.settle()
    return studio.page


def _refused(code: Code) -> Scene:
    """Let go over a bed that is refused for this."""

    def scene(studio: Studio) -> QWidget:
        engine = studio.page.engine
        engine.pick_up_waiting(studio.session.model.waiting[0])
        for bed in studio.session.model.beds:
            refusal = engine.verdict(bed.id).refusal
            if refusal is not None and refusal.code is code:
                engine.put_down(bed.id)
                break
        studio.settle()
        return studio.page

    return scene


def _hold_for(studio: Studio) -> QWidget:
    """Refused on a bed to clean, which is to be kept for her, though somebody else waits before her."""
    engine, bed = studio.page.engine, studio.bed(BedStatus.CLEANING)
    engine.pick_up_waiting(studio.session.model.waiting[1])
    engine.put_down(bed.id)
    studio.page.popover.press(Verb.RESERVE.value)
    studio.settle()
    return studio.page


def _refused_in_list(studio: Studio) -> QWidget:
    """The same in the List, at its row."""
    page, bed = studio.page, studio.bed(BedStatus.CLEANING)
    page.show_view(2)
    studio.settle()
    page.engine.pick_up_waiting(studio.session.model.waiting[0])
    page.selection.select_bed(bed.id)
    page.engine.put_down(bed.id)
    studio.settle()
    return page


def _misfit(studio: Studio) -> QWidget:
    """A key that does not fit the bed."""
    studio.select(BedStatus.OCCUPIED)
    studio.page.keyPressEvent(studio.key("B"))
    studio.settle()
    return studio.page


def _swap_popover(studio: Studio) -> QWidget:
    """Somebody taken from a bed by click is let go over a patient."""
    bed, other = studio.bed(BedStatus.OCCUPIED), studio.bed(BedStatus.OCCUPIED, 3)
    studio.page.engine.pick_up_bed(bed)
    studio.page.engine.put_down(other.id)
    studio.settle()
    return studio.page


def _drag_swap(studio: Studio) -> QWidget:
    """Held over a patient."""
    page = studio.page
    bed, other = studio.bed(BedStatus.OCCUPIED), studio.bed(BedStatus.OCCUPIED, 1)
    page.selection.select_bed(bed.id)
    page.engine.pick_up_bed(bed)
    page.pilot.begin(studio.centre(bed))
    page.pilot.move(studio.centre(other))
    page.pilot._timer.stop()
    studio.settle()
    return page


def _filtered(studio: Studio) -> QWidget:
    studio.page.strip.chips[0].setChecked(True)
    studio.settle()
    return studio.page


def _mine(studio: Studio) -> QWidget:
    studio.page.strip.mine.click()
    studio.settle()
    return studio.page


def _leaving(studio: Studio) -> QWidget:
    studio.page.rail.show_tab(1)
    studio.settle()
    return studio.page


def _waiting(studio: Studio) -> QWidget:
    studio.page.selection.select_waiting(studio.session.model.waiting[0].person.patient_id)
    studio.read_on()
    return studio.page


def _undone(studio: Studio) -> QWidget:
    studio.page.work.last.undo_requested.emit()
    studio.settle()
    return studio.page


def _swapped(studio: Studio) -> QWidget:
    """Two have changed places: the work strip names both."""
    bed, other = studio.bed(BedStatus.OCCUPIED), studio.bed(BedStatus.OCCUPIED, 1)
    studio.page.engine.pick_up_bed(bed)
    studio.page.engine.ask_swap(other.id)
    studio.opened.primary.click()
    studio.settle()
    return studio.page


def _search(studio: Studio) -> QWidget:
    search = studio.page.command_bar.search
    search.setFocus()
    search.setText("muka")
    studio.read_on()
    studio.leave_later(search.clear)
    return studio.page


def _more(studio: Studio) -> None:
    """The rest of the verbs; on a wide screen, where the panel shows them all, the menu of the bed itself."""
    buttons = studio.page.work.buttons
    if buttons:
        buttons[-1].click()
    else:
        studio.page.show_menu(studio.centre(studio.bed(BedStatus.OCCUPIED, 2)))


def _menu(name: str) -> Scene:
    def scene(studio: Studio) -> QWidget:
        page = studio.page
        selected_map(studio)
        {"more": lambda: _more(studio), "user": page.command_bar.user.click,
         "ward": page.command_bar.ward.click}[name]()
        studio.settle()
        studio.leave_later(studio.close_popups)
        return page

    return scene


def _support(studio: Studio) -> QWidget:
    studio.sign_in(SUPPORT)
    studio.select(BedStatus.CLEANING)
    return studio.page


def _not_allowed(studio: Studio) -> QWidget:
    """A key for something that the role may not do."""
    studio.sign_in(SUPPORT)
    studio.select(BedStatus.AVAILABLE)
    studio.page.keyPressEvent(studio.key("R"))
    studio.settle()
    return studio.page


BOARD_SCENES: dict[str, Scene] = {
    "map": selected_map, "grid": _view(1), "list": _view(2), "map_far": _zoomed(-3), "map_near": _zoomed(3),
    "map_maternity": _ward("Maternity"), "map_intensive_care": _ward("Intensive Care"),
    "map_surgery": _ward("Surgery"), "map_paediatrics": _ward("Paediatrics"), "filter": _filtered, "mine": _mine,
    "leaving": _leaving, "waiting": _waiting, "search": _search, "menu_more": _menu("more"),
    "menu_user": _menu("user"), "menu_ward": _menu("ward"), "drag_allowed": _drag("allowed"),
    "drag_warned": _drag("warned"), "drag_refused": _drag("refused"), "drag_swap": _drag_swap, "in_hand": _in_hand,
    "swap_popover": _swap_popover, "hold_for": _hold_for, "misfit": _misfit,
    "refused_list": _refused_in_list,
    "refused": _refused(Code.DIRTY), "refused_occupied": _refused(Code.OCC), "refused_held": _refused(Code.HELD),
    "refused_blocked": _refused(Code.BLK), "support": _support, "not_allowed": _not_allowed,
}
"""The board as it is, and what is done on it without a dialog."""

LAST_SCENES: dict[str, Scene] = {"undone": _undone, "swapped": _swapped}
"""What changes the demo for good."""
