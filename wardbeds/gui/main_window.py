"""The board page: assembles bars, rail, views and dialogs; it does not act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wardbeds.domain.access import Grant, Permission, can_fully, grant
from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Refusal
from wardbeds.domain.people import FoundPerson
from wardbeds.domain.placement import InHand, Verdict
from wardbeds.domain.requests import PlacePatient, ReleaseHold, Request, SeenBed, UnblockBed
from wardbeds.gui import theme, words
from wardbeds.gui.bars import Bars
from wardbeds.gui.board.drag import DragPilot
from wardbeds.gui.board.floor_plan import FloorPlanView
from wardbeds.gui.board.grid_view import GridView
from wardbeds.gui.board.list_head import ListHead
from wardbeds.gui.board.list_view import ListView
from wardbeds.gui.board.placing import PlacingEngine
from wardbeds.gui.board.rail import WaitingRail
from wardbeds.gui.board.rail_stub import RailStub
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.board.ward_hover import WardHover
from wardbeds.gui.clean_done import CleanDone
from wardbeds.gui.command_bar import CommandBar
from wardbeds.gui.connection import ConnectionView
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.details import DetailsDialog
from wardbeds.gui.dialogs.find_bed import FindBedDialog
from wardbeds.gui.dialogs.help import AboutDialog, HelpDialog, ShortcutsDialog, region_of
from wardbeds.gui.dialogs.opening import open_dialog
from wardbeds.gui.dialogs.pick import PickDialog, candidates
from wardbeds.gui.dialogs.reason import ReasonDialog
from wardbeds.gui.dialogs.when import when_dialog
from wardbeds.gui.empty import NoWards
from wardbeds.gui.foot import Foot
from wardbeds.gui.foot_words import foot_parts
from wardbeds.gui.house_menu import HouseMenu
from wardbeds.gui.inspector import Inspector
from wardbeds.gui.list_words import say_above_list
from wardbeds.gui.others import OthersView
from wardbeds.gui.printing.action import print_ward
from wardbeds.gui.refusals import RefusalView
from wardbeds.gui.regions import next_region
from wardbeds.gui.session import Session
from wardbeds.gui.status_strip import StatusStrip
from wardbeds.gui.swapping import SwapView
from wardbeds.gui.user_menu import show_user_menu
from wardbeds.gui.verbs import Offer, Verb, offers, one_click, verb_text
from wardbeds.gui.work_strip import WorkStrip, make_menu
from wardbeds.services import bed_states
from wardbeds.services.placing import place_patient

INSPECTOR_FROM = 1600
VIEWS = ("map", "grid", "list", "empty")

_AT_ONCE: dict[Verb, Callable[[Bed], tuple[Any, Request]]] = {
    Verb.UNBLOCK: lambda bed: (bed_states.unblock_bed, UnblockBed(bed=SeenBed.of(bed))),
    Verb.RELEASE: lambda bed: (bed_states.release_hold, ReleaseHold(bed=SeenBed.of(bed))),
}
"""Verbs that need no question."""

ONE_CLICK = frozenset({Verb.CLEAN, *_AT_ONCE})
"""Those, and the one that needs one after isolation only."""

_PLACED = ("assigned", "moved", "swapped", "admitted")


class BoardPage(QWidget):
    """Everything a nurse sees after signing in."""

    lock_requested = Signal()
    look_changed = Signal()
    view_chosen = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.selection = Selection(self)
        self.engine = PlacingEngine(session.model, self)
        self.pilot = DragPilot(self, self.engine, session.model)
        self.dialog: Dialog | None = None
        self.clean_done = CleanDone(self)
        self.foot_warning = ""
        self.letter_keys = True
        self.command_bar = CommandBar(session, self)
        self.strip = StatusStrip(session.model, self)
        self.bars = Bars(self)
        self.notice = self.bars.notice
        self.refusals = RefusalView(self)
        self.popover = self.refusals.popover
        self.swapping = SwapView(self)
        self.rail = WaitingRail(session.model, self.selection, self.engine, self.pilot, self)
        self.map = FloorPlanView(session.model, self.selection, self.engine, self.pilot, self)
        self.grid = GridView(session.model, self.selection, self.engine, self.pilot, self)
        self.list = ListView(session.model, self.selection, self.engine, self.pilot, self)
        self.list_head = ListHead(self)
        self.stub = RailStub(session.model, self)
        self._folded: dict[bool, bool] = {}  # whether somebody wants the rail folded, beside the List and elsewhere
        self.map.setAccessibleName(self.tr("Floor plan"))
        self.grid.setAccessibleName(self.tr("Bed grid"))
        self.views = QStackedWidget(self)
        self._view = 0
        self.no_wards = NoWards(self)
        for view in (self.map, self.grid, self.list, self.no_wards):
            self.views.addWidget(view)
        self.ward_hover = WardHover(self, self.command_bar.ward, session, self.pilot)
        self.house = HouseMenu(session, self, self.open_dialog, self.notice.say)
        self.inspector = Inspector(session, self)
        self.work = WorkStrip(self)
        self.foot = Foot(self)
        self.others = OthersView(self)
        self._lay_out()
        self._connect()
        self.connection = ConnectionView(self)
        self._shortcuts()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        board = QVBoxLayout()
        board.setSpacing(0)
        board.addWidget(self.list_head)
        board.addWidget(self.views, 1)
        middle.addWidget(self.stub)
        middle.addWidget(self.rail)
        middle.addLayout(board, 1)
        middle.addWidget(self.inspector)
        self.inspector.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.command_bar, self.strip, *(bar for bar in self.bars.all() if bar is not self.notice)):
            layout.addWidget(widget)
        self.notice.setParent(self)  # over the strip, so that no bed moves under the hand
        layout.addLayout(middle, 1)
        layout.addWidget(self.work)
        layout.addWidget(self.foot)
        self.restyle()

    def restyle(self) -> None:
        """Take the scheme and text size in force."""
        self.foot.updateGeometry()
        self.bars.restyle()
        self.rail.rebuild()
        self.map.rebuild()
        self.grid.rebuild()
        self.list.fit_columns()
        self.inspector.restyle()
        self.show_selection()

    def _connect(self) -> None:
        session, engine = self.session, self.engine
        session.signed_in.connect(self._on_signed_in)
        session.wards_listed.connect(lambda _wards: self.command_bar.ward.show_wards(session.wards))
        session.ward_opened.connect(self._on_ward_opened)
        session.ward_updated.connect(lambda _update: self._on_ward_updated())
        session.last_action_changed.connect(lambda: self.work.last.show_action(session.last_action))
        session.action_started.connect(lambda _request: self._hush())
        session.signed_out.connect(self._on_signed_out)
        session.action_done.connect(self._on_done)
        session.action_refused.connect(self._on_refused)
        session.failed.connect(self.notice.say)
        engine.place_requested.connect(self._place)
        engine.reason_needed.connect(self._ask_reason)
        self.notice.said.connect(self._place_notice)
        engine.picked_up.connect(self.work.show_hand)
        self.pilot.judged.connect(lambda kind, text: self.work.hand.say(text, kind))
        engine.put_back.connect(self.popover.hide)
        engine.put_back.connect(self.show_selection)
        self.selection.changed.connect(self.show_selection)
        session.model.dataChanged.connect(self._on_beds_changed)
        session.model.waiting_changed.connect(self.show_selection)
        bar = self.command_bar
        bar.ward.ward_chosen.connect(session.open_ward)
        bar.view_chosen.connect(self.choose_view)
        for part in (bar, self.rail):
            part.admit_requested.connect(lambda: self.do(Verb.ADMIT))
        bar.print_requested.connect(self.print_sheet)
        bar.user.clicked.connect(self._user_menu)
        bar.search.person_found.connect(self._go_to_person)
        bar.search.bed_found.connect(self._go_to_bed)
        bar.search.ward_found.connect(session.open_ward)
        self.strip.filter_changed.connect(self._filter)
        self.strip.zoom_requested.connect(self._zoom)
        self.work.verb_requested.connect(self.do)
        self.inspector.panel.verb_requested.connect(self.do)
        self.inspector.panel.copied.connect(lambda said: self.notice.say(said, "success"))
        self.inspector.left.connect(self.focus_board)
        self.work.last.undo_requested.connect(session.undo)
        self.work.put_back_requested.connect(self.pilot.abort)
        for view in (self.map, self.grid, self.list):
            view.bed_activated.connect(lambda _bed: self.show_details())
            view.menu_requested.connect(self._context_menu)
        for plan in (self.map, self.grid):
            plan.repainted.connect(self._show_zoom)
            plan.clean_requested.connect(lambda _bed: self.do(Verb.CLEAN))
        session.wards_listed.connect(self._on_wards_listed)
        self.no_wards.set_up.connect(lambda: self.house.new_ward() if session.model.board is None
                                     else self.house.change_ward())
        self.no_wards.import_lists.connect(self.house.import_lists)
        self.list.order_changed.connect(lambda: say_above_list(self))
        self.list.notes_requested.connect(lambda _bed: self.do(Verb.NOTES))
        self.stub.clicked.connect(self._toggle_rail)
        self.foot.help_requested.connect(self.show_help)
        self.foot.shortcuts_requested.connect(self.show_shortcuts)

    def _shortcuts(self) -> None:
        for keys, action in (
                ("Ctrl+Z", self.session.undo), ("Ctrl+P", self.print_sheet), ("Ctrl+K", self._search),
                ("Ctrl+1", lambda: self.choose_view(0)), ("Ctrl+2", lambda: self.choose_view(1)),
                ("Ctrl+3", lambda: self.choose_view(2)), ("F5", self.session.reload), ("F4", self._toggle_rail),
                ("Ctrl+L", self.lock_requested.emit), ("F6", lambda: self._next_region(1)),
                ("Shift+F6", lambda: self._next_region(-1)), ("F11", self._full_screen), ("F1", self.show_help),
                ("Ctrl+F", self.find_bed)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(self._unless_dialog(action))

    def _unless_dialog(self, action: Callable[[], None]) -> Callable[[], None]:
        """The board's keys rest while a dialog is open."""

        def guarded() -> None:
            if self.dialog is None:
                action()

        return guarded

    # what is shown -------------------------------------------------------------------------------------------

    def choose_view(self, number: int) -> None:
        """Show a view because somebody wants to, who will want it next time, too."""
        self.show_view(number)
        self.view_chosen.emit(number)

    def show_view(self, number: int) -> None:
        """Show Map (0), Grid (1) or List (2)."""
        self._view = number
        self.views.setCurrentIndex(number)
        self.command_bar.views.choose(number)
        self.strip.show_zoom(number < 2)
        self.list_head.setVisible(number == 2)
        self._show_rail()
        self.focus_board()

    def focus_board(self) -> None:
        """Give the keyboard to the view that is shown."""
        view = self.views.currentWidget()
        if view is not None:
            view.setFocus()

    def selected(self) -> tuple[Bed | None, Waiting | None]:
        """The selected bed, or the selected waiting patient."""
        model = self.session.model
        bed = model.bed_by_id(self.selection.bed_id) if self.selection.bed_id is not None else None
        waiting = next((one for one in model.waiting
                        if one.person.patient_id == self.selection.patient_id), None)
        return bed, waiting

    def offers(self) -> list[Offer]:
        """What can be done with the selection."""
        actor = self.session.actor
        bed, waiting = self.selected()
        return offers(actor.role, bed, waiting, read_only=self.session.read_only_reason()) if actor is not None else []

    def show_selection(self) -> None:
        """Show what is selected, and what can be done with it."""
        hand = self.engine.hand
        if hand is not None:
            bed = self.selected()[0]
            if bed is not None and bed.id != hand.from_bed_id and not self.pilot.active:
                outlook = self.engine.outlook(bed)
                self.work.hand.say(outlook.text, outlook.kind)
            return
        bed, waiting = self.selected()
        offered = self.offers()
        self.work.show_selection(bed, waiting, offered)
        if self.inspector.isVisible():
            self.inspector.show_selection(bed, waiting, offered if bed or waiting else [])

    def _on_signed_in(self, _actor: object) -> None:
        actor = self.session.actor
        assert actor is not None
        self.engine.role = actor.role
        self.rail.rebuild()  # what it offers hangs on the role
        self.command_bar.show_actor(actor)
        self._hush()
        self.show_foot()
        self.show_selection()

    def _on_signed_out(self) -> None:
        """Nothing of whoever worked here is in the next one's hand; what was typed stays, as its owner's draft."""
        if self.dialog is not None:
            self.dialog.reject()
        self.pilot.abort()
        self.selection.select_bed(None)
        self.command_bar.search.clear()
        self.strip.clear_filter()
        self.others.forget()
        self.bars.back.hide()
        self._hush()

    def show_foot(self) -> None:
        """Say at the foot which filter is on, who is signed in, where, and whether there is a connection."""
        self.foot.words.show_parts(foot_parts(self))

    def warn_in_foot(self, text: str) -> None:
        """Say something that needs no answer now; nothing: it is over."""
        self.foot_warning = text
        self.show_foot()

    def _on_ward_opened(self, _board: object) -> None:
        board = self.session.model.board
        assert board is not None
        self.command_bar.ward.show_ward(board.ward.code, board.ward.name)
        self.window().setWindowTitle(f"{board.ward.name} – Wardbeds")
        if self.session.model.row_of(self.selection.bed_id or -1) < 0:
            self.selection.select_bed(None)
        self._offer_beds()
        self._on_ward_updated()
        if self.dialog is None and not self.command_bar.search.hasFocus():
            self.focus_board()

    def _offer_beds(self) -> None:
        """In a ward without beds, too, the board's place says what to do first; who waits there is still shown."""
        board, actor = self.session.model.board, self.session.actor
        if board is None or actor is None:
            return
        if not board.beds:
            self.no_wards.offer(may_set_up=grant(actor.role, Permission.WARD_SETUP) is Grant.YES, ward=board.ward.name)
            self.views.setCurrentWidget(self.no_wards)
            self._show_rail()
        elif self.views.currentWidget() is self.no_wards:
            self.show_view(self._view)
        self.connection.show_strip()

    def _on_wards_listed(self, wards: tuple[object, ...]) -> None:
        """Without a ward the board's place says what to do first."""
        actor = self.session.actor
        empty = not wards
        if empty and actor is not None:
            self.no_wards.offer(may_set_up=grant(actor.role, Permission.WARD_SETUP) is Grant.YES)
            self.views.setCurrentWidget(self.no_wards)
            self.command_bar.show_no_ward()
            self.no_wards.focus_first()
        elif self.views.currentWidget() is self.no_wards and self.session.model.beds:
            self.show_view(self._view)
        self.work.setVisible(not empty)
        self.connection.show_strip()
        self._show_rail()

    def _on_beds_changed(self, _first: object, _last: object, roles: list[int] | None = None) -> None:
        """What is said of the selected bed, unless only a mark has come or gone."""
        if not roles:
            self.show_selection()

    def _on_ward_updated(self) -> None:
        self.strip.show_age(self.session.as_of, fresh=self.session.online)
        actor = self.session.actor
        if actor is not None:
            self.strip.mine.set_count(sum(bed.occupant is not None and bed.occupant.nurse_id == actor.user_id
                                          for bed in self.session.model.beds))
        self._filter(self.strip.filter())
        self.show_selection()

    def my_beds(self) -> frozenset[int] | None:
        """The beds of the patients I am the responsible nurse of, while “Mine” is pressed."""
        actor = self.session.actor
        if actor is None or not self.strip.mine.isChecked():
            return None
        return frozenset(bed.id for bed in self.session.model.beds
                         if bed.occupant is not None and bed.occupant.nurse_id == actor.user_id)

    def _filter(self, states: object) -> None:
        assert isinstance(states, frozenset)
        mine = self.my_beds()
        for view in (self.map, self.grid, self.list):
            view.set_filter(states, mine)
        say_above_list(self)
        self.show_foot()

    def _show_zoom(self) -> None:
        view = self.views.currentWidget()
        if isinstance(view, FloorPlanView | GridView):
            self.strip.show_zoom_percent(round(100 * view.zoom))

    def _zoom(self, step: int) -> None:
        view = self.views.currentWidget()
        if isinstance(view, FloorPlanView | GridView):
            view.fit() if step == 0 else view.zoom_step(step)

    # trouble -------------------------------------------------------------------------------------------------

    def _hush(self) -> None:
        """What was said before is over."""
        self.notice.hide()
        self.popover.hide()

    def _place_notice(self) -> None:
        """Over the chips, or under the command bar where there are none."""
        top = self.command_bar.geometry().bottom() + 1
        height = max(self.strip.height() if self.strip.isVisible() else 0, self.notice.heightForWidth(self.width())
                     if self.notice.hasHeightForWidth() else self.notice.sizeHint().height())
        self.notice.setGeometry(0, top, self.width(), height)
        self.notice.raise_()

    def take_way_out(self, verb: Verb, bed_id: int) -> None:
        """At once where nothing is to be asked: the patient stays in the hand, for the bed may be possible then."""
        bed = self.session.model.bed_by_id(bed_id)
        self.popover.hide()
        if bed is not None and verb in ONE_CLICK:
            self._do_at_once(bed, verb, asked=self.session.catch_up.at is not None)
            return
        self.engine.cancel()
        self.selection.select_bed(bed_id)
        self.do(verb)

    def _on_done(self, done: Done) -> None:
        """After a placement from a dialog the bed it filled is the one selected, as after a drag."""
        action = done.action
        if action is None or action.person is None or action.action not in _PLACED:
            return
        patient = action.person.patient_id
        bed = next((one for one in self.session.model.beds
                    if one.occupant is not None and one.occupant.person.patient_id == patient), None)
        if bed is not None:
            self.selection.select_bed(bed.id)

    def _on_refused(self, _request: object, refusal: Refusal) -> None:
        if self.dialog is None:
            self.notice.say(words.refusal_text(refusal))

    # acting --------------------------------------------------------------------------------------------------

    def _place(self, request: PlacePatient) -> None:
        """Carry out a gesture; afterwards the bed it filled is the one selected."""
        bed = self.session.model.bed_by_id(request.bed.bed_id)
        if self.session.catch_up.at is not None and bed is not None:
            what = self.tr("Place in {bed}").format(bed=bed.number)
            self.open_dialog(when_dialog(self.session, self, what, place_patient, request, request.patient_id))
            return
        self.session.perform(place_patient, request, lambda _done: self._go_to_bed(request.bed.bed_id))

    def _ask_reason(self, request: PlacePatient, verdict: Verdict, hand: InHand) -> None:
        bed = self.session.model.bed_by_id(request.bed.bed_id)
        if bed is not None:
            self.open_dialog(ReasonDialog(self.session, self, request, verdict, hand, bed))

    def do(self, verb: Verb) -> None:
        """Carry out a verb on the selection: at once where nothing is to be asked, else through its dialog."""
        if self.dialog is not None or self.engine.hand is not None or self.session.model.board is None:
            return
        bed, waiting = self.selected()
        offer = next((one for one in self.offers() if one.verb is verb), None)
        if offer is None and verb is Verb.ADMIT:
            bed = waiting = None
            actor = self.session.actor
            reason = self.session.read_only_reason()
            offer = next(iter(offers(actor.role, None, None, read_only=reason)), None) if actor else None
        if offer is None and bed is None and waiting is None:
            self._pick(verb)
            return
        if offer is None:
            return
        if not offer.allowed:
            self.notice.say(offer.reason)
            return
        meant = one_click(bed) if bed is not None else None
        if bed is not None and verb is Verb.EARLIER and meant is not None:
            self._do_at_once(bed, meant, asked=True)
            return
        if bed is not None and verb in ONE_CLICK:
            self._do_at_once(bed, verb, asked=self.session.catch_up.at is not None)
            return
        open_dialog(self.session, self, verb, bed, waiting, self.open_dialog)

    def _do_at_once(self, bed: Bed, verb: Verb, *, asked: bool) -> None:
        """Do what needs no question but, if ``asked``, when it was: it did not happen just now."""
        if verb is Verb.CLEAN:
            self.clean_done.begin(bed, asked=asked)
            return
        service, request = _AT_ONCE[verb](bed)
        if asked:
            what = f"{verb_text(verb)} {bed.number}"
            self.open_dialog(when_dialog(self.session, self, what, service, request, bed.patient_id))
        else:
            self.session.perform(service, request)

    def show_details(self) -> None:
        """Enter: everything about the selection, in the inspector if it is there, else in a dialog."""
        bed, waiting = self.selected()
        if (bed is None and waiting is None) or self.dialog is not None or self.engine.hand is not None:
            return
        if self.inspector.isVisible():
            self.inspector.take_focus()
        else:
            self.open_dialog(DetailsDialog(self.session, self, bed, waiting))

    def _pick(self, verb: Verb) -> None:
        """A verb while nothing is selected: ask for whom, then go on."""

        def go_on(chosen: Bed | Waiting) -> None:
            if isinstance(chosen, Bed):
                self.selection.select_bed(chosen.id)
            else:
                self.selection.select_waiting(chosen.person.patient_id)
            self.do(verb)

        found = candidates(self.session, verb)
        if found:
            self.open_dialog(PickDialog(self.session, self, verb, found, go_on))
        else:
            self.notice.say(self.tr("{verb}: there is nobody and no bed here for which this can be done.").format(
                verb=verb_text(verb)), "warning")

    def find_bed(self) -> None:
        """Ctrl+F: a bed in any ward, by what it must have."""
        if self.dialog is None and self.engine.hand is None and self.session.actor is not None:
            self.open_dialog(FindBedDialog(self.session, self, self._go_to_ward_and_bed))

    def _go_to_ward_and_bed(self, ward_id: int, bed_id: int) -> None:
        if ward_id == self.session.ward_id:
            self._go_to_bed(bed_id)
            return
        self.session.open_ward(ward_id, lambda: self._go_to_bed(bed_id))

    def show_help(self) -> None:
        """F1: what can be done where the focus is."""
        regions = {"command": self.command_bar, "strip": self.strip, "rail": self.rail, "work": self.work,
                   "list": self.list}
        if self.dialog is None:
            self.open_dialog(HelpDialog(self.session, self, region_of(self, self.window().focusWidget(), regions)))

    def show_shortcuts(self) -> None:
        """The sheet of all keys."""
        if self.dialog is None:
            self.open_dialog(ShortcutsDialog(self.session, self))

    def show_about(self) -> None:
        """Version and licences."""
        if self.dialog is None:
            self.open_dialog(AboutDialog(self.session, self))

    def open_dialog(self, dialog: Dialog) -> None:
        """Show a dialog over the page; never over another one, however late what it had to read first was read."""
        if self.dialog is not None:
            dialog.deleteLater()
            return
        self._hush()
        self.dialog = dialog
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def _on_dialog_finished(self) -> None:
        self.dialog = None
        self.show_selection()
        if not self.command_bar.search.hasFocus():
            self.focus_board()

    def print_sheet(self) -> None:
        """Ctrl+P: the ward's occupancy sheet, shown first."""
        actor = self.session.actor
        if actor is not None and can_fully(actor.role, Permission.SHEET_PRINT) and self.session.ward_id is not None:
            print_ward(self.session, self, self.notice.say)

    # going ---------------------------------------------------------------------------------------------------

    def _go_to_bed(self, bed_id: int) -> None:
        self.selection.select_bed(bed_id)
        self.focus_board()

    def _go_to_person(self, found: FoundPerson) -> None:
        """Show where somebody is, in whichever ward; who is not admitted can be."""
        if found.ward_id is None:
            self.notice.say(self.tr("{name} is not admitted. Press N to admit.").format(
                name=f"{found.person.last_name} {found.person.first_name}".strip()), "warning")
            return

        def select() -> None:
            if found.bed_id is not None:
                self.selection.select_bed(found.bed_id)
            else:
                self.selection.select_waiting(found.person.patient_id)

        if found.ward_id == self.session.ward_id:
            select()
            self.focus_board()
        else:
            self.session.open_ward(found.ward_id, select)

    def _search(self) -> None:
        self.command_bar.search.setFocus()
        self.command_bar.search.selectAll()

    def _toggle_rail(self) -> None:
        """F4: fold the waiting rail away, or open it."""
        self._folded[self.views.currentWidget() is self.list] = not self.rail.isHidden()
        self._show_rail()

    def _show_rail(self) -> None:
        """The rail, or what is left of it: a table needs the width on a narrow screen."""
        beside_list = self.views.currentWidget() is self.list
        folded = self._folded.get(beside_list, beside_list and not self.inspector.isVisible())
        empty = self.session.model.board is None and self.views.currentWidget() is self.no_wards
        self.rail.setVisible(not folded and not empty)
        self.stub.setVisible(folded and not empty)

    def _full_screen(self) -> None:
        window = self.window()
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _next_region(self, step: int) -> None:
        """F6: command bar, chips, rail, board, details, work strip, and round again."""
        regions = (self.command_bar, self.strip, self.rail, self.views, self.inspector, self.work)
        next_region(regions, self.window().focusWidget(), step)

    def _escape(self) -> None:
        """Esc: away with what was said; the patient goes back, unless another bed is to be chosen first."""
        other_bed = self.popover.isVisible() and self.engine.hand is not None
        self._hush()
        if not other_bed:
            self.pilot.abort()

    def _context_menu(self, at: QPoint) -> None:
        menu = make_menu(self, self.offers(), self.do)
        menu.popup(at)

    def _user_menu(self) -> None:
        show_user_menu(self)

    def set_large_targets(self, large: bool) -> None:
        """Buttons, fields and rows 48 px high instead of 40, for a finger or a tired hand."""
        theme.set_large_targets(large)
        self.set_look(theme.scheme(), theme.text_scale())

    def set_look(self, scheme: str, percent: int) -> None:
        """Switch scheme and text size."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.set_text_scale(app, percent)
        theme.set_scheme(app, scheme)
        self.work.restyle()
        self.restyle()
        for widget in self.findChildren(QWidget):
            widget.updateGeometry()
        self.command_bar.squeeze()
        self.strip.squeeze()
        self.look_changed.emit()

    def set_letter_keys(self, on: bool) -> None:
        """Whether letters are verbs; somebody who dictates or leans on the keys may not want them to be."""
        self.letter_keys = on
        self.look_changed.emit()

    def _takes_letters(self) -> bool:
        """Letters are verbs only where the board, a patient or what can be done has the focus."""
        focus = self.window().focusWidget()
        parts = (self.views, self.rail, self.stub, self.inspector, self.work)
        return self.letter_keys and (focus in (None, self, *parts)
                                     or any(part.isAncestorOf(focus) for part in parts if focus is not None))

    # Qt ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.popover.hide()
        self._place_notice()
        wide = self.width() >= theme.px(INSPECTOR_FROM)
        if wide != self.inspector.isVisible():
            self.inspector.setVisible(wide)
            self.work.show_hints(wide)
            self.rail.set_wide(wide)
            self._show_rail()
            self.show_selection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are verbs, see :meth:`_takes_letters`."""
        if self.dialog is not None:
            self.dialog.keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            self.others.escape()
            return
        if self.popover.press(event.text().upper()):
            return
        if event.text() in ("/", "?") and not self.command_bar.isAncestorOf(self.window().focusWidget() or self):
            self._search() if event.text() == "/" else self.show_shortcuts()
            return
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if held or not self._takes_letters():
            super().keyPressEvent(event)
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        wanted = "Del" if event.key() == Qt.Key.Key_Delete else ("Shift+" if shift else "") + event.text().upper()
        verb = next((one for one in Verb if one.value == wanted), None)
        if self.inspector.copies(event):
            return
        if verb is not None:
            self.do(verb)
        elif event.key() == Qt.Key.Key_F10 and shift:
            self._context_menu(self.mapToGlobal(self.work.geometry().topLeft()))
        else:
            super().keyPressEvent(event)
