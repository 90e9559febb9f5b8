"""The board page: assembles bars, rail, views and dialogs; it does not act."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wardbeds.domain.access import Permission, can_fully
from wardbeds.domain.beds import Bed, Waiting
from wardbeds.gui import theme
from wardbeds.gui.acting import Acting
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
from wardbeds.gui.board_keys import BoardKeys
from wardbeds.gui.command_bar import CommandBar
from wardbeds.gui.connection import ConnectionView
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.details import DetailsDialog
from wardbeds.gui.dialogs.help import AboutDialog, HelpDialog, ShortcutsDialog, region_of
from wardbeds.gui.empty import NoWards
from wardbeds.gui.ended_holds import EndedHolds
from wardbeds.gui.filtering import Filtering
from wardbeds.gui.foot import Foot
from wardbeds.gui.foot_words import foot_parts
from wardbeds.gui.going import Going
from wardbeds.gui.house_menu import HouseMenu
from wardbeds.gui.inspector import Inspector
from wardbeds.gui.list_words import say_above_list
from wardbeds.gui.others import OthersView
from wardbeds.gui.overtaken import Overtaken
from wardbeds.gui.printing.action import print_ward
from wardbeds.gui.rail_fold import RailFold
from wardbeds.gui.refusals import RefusalView
from wardbeds.gui.session import Session
from wardbeds.gui.status_strip import StatusStrip
from wardbeds.gui.swapping import SwapView
from wardbeds.gui.user_menu import show_user_menu
from wardbeds.gui.verbs import Offer, Verb, offers
from wardbeds.gui.ward_shown import WardShown
from wardbeds.gui.work_strip import WorkStrip, make_menu

INSPECTOR_FROM = 1600
VIEWS = ("map", "grid", "list", "empty")


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
        self.map.setAccessibleName(self.tr("Floor plan"))
        self.grid.setAccessibleName(self.tr("Bed grid"))
        self.views = QStackedWidget(self)
        self.view = 0
        self.no_wards = NoWards(self)
        for view in (self.map, self.grid, self.list, self.no_wards):
            self.views.addWidget(view)
        self.ward_hover = WardHover(self, self.command_bar.ward, session, self.pilot)
        self.house = HouseMenu(session, self, self.open_dialog, self.notice.say)
        self.inspector = Inspector(session, self)
        self.work = WorkStrip(self)
        self.foot = Foot(self)
        self.others, self.overtaken, self.ended_holds = OthersView(self), Overtaken(self), EndedHolds(self)
        self.fold, self.filtering = RailFold(self), Filtering(self)
        self._lay_out()
        self.ward_shown, self.acting, self.going = WardShown(self), Acting(self), Going(self)
        self._connect()
        self.connection = ConnectionView(self)
        self.keys = BoardKeys(self)

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
        session.last_action_changed.connect(lambda: self.work.last.show_action(session.last_action))
        session.action_started.connect(lambda _request: self.hush())
        session.signed_out.connect(self._on_signed_out)
        session.failed.connect(self.notice.say)
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
        self.work.verb_requested.connect(self.do)
        self.inspector.panel.verb_requested.connect(self.do)
        self.inspector.panel.copied.connect(lambda said: self.notice.say(said, "success"))
        self.inspector.left.connect(self.focus_board)
        self.work.last.undo_requested.connect(session.undo)
        self.work.put_back_requested.connect(self.pilot.abort)
        for view in (self.map, self.grid, self.list):
            view.bed_activated.connect(lambda _bed: self.show_details())
            view.menu_requested.connect(self.show_menu)
        for plan in (self.map, self.grid):
            plan.clean_requested.connect(lambda _bed: self.do(Verb.CLEAN))
        self.list.order_changed.connect(lambda: say_above_list(self))
        self.list.notes_requested.connect(lambda _bed: self.do(Verb.NOTES))
        self.foot.help_requested.connect(self.show_help)
        self.foot.shortcuts_requested.connect(self.show_shortcuts)

    # what is shown -------------------------------------------------------------------------------------------

    def choose_view(self, number: int) -> None:
        """Show a view because somebody wants to, who will want it next time, too."""
        self.show_view(number)
        self.view_chosen.emit(number)

    def show_view(self, number: int) -> None:
        """Show Map (0), Grid (1) or List (2)."""
        self.view = number
        self.views.setCurrentIndex(number)
        self.command_bar.views.choose(number)
        self.strip.show_zoom(number < 2)
        self.list_head.setVisible(number == 2)
        self.fold.show()
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
        self.hush()
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
        self.hush()

    def show_foot(self) -> None:
        """Say at the foot which filter is on, who is signed in, where, and whether there is a connection."""
        self.foot.words.show_parts(foot_parts(self))

    def warn_in_foot(self, text: str) -> None:
        """Say something that needs no answer now; nothing: it is over."""
        self.foot_warning = text
        self.show_foot()

    def _on_beds_changed(self, _first: object, _last: object, roles: list[int] | None = None) -> None:
        """What is said of the selected bed, unless only a mark has come or gone."""
        if not roles:
            self.show_selection()

    # trouble -------------------------------------------------------------------------------------------------

    def hush(self) -> None:
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

    # acting --------------------------------------------------------------------------------------------------

    def do(self, verb: Verb) -> None:
        """Carry out a verb on the selection: at once where nothing is to be asked, else through its dialog."""
        self.acting.do(verb)

    def show_details(self) -> None:
        """Enter: everything about the selection, in the inspector if it is there, else in a dialog."""
        bed, waiting = self.selected()
        if (bed is None and waiting is None) or self.dialog is not None or self.engine.hand is not None:
            return
        if self.inspector.isVisible():
            self.inspector.take_focus()
        else:
            self.open_dialog(DetailsDialog(self.session, self, bed, waiting))

    def show_help(self) -> None:
        """F1: what can be done where the focus is, or in the dialog that is open."""
        regions = {"command": self.command_bar, "strip": self.strip, "rail": self.rail, "work": self.work,
                   "list": self.list, "details": self.inspector}
        if self.dialog is not None:
            self.dialog.show_help()
        else:
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
        self.hush()
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

    def show_menu(self, at: QPoint) -> None:
        """What can be done with the selection, as a menu."""
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

    # Qt ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.popover.hide()
        self._place_notice()
        wide = self.width() >= theme.px(INSPECTOR_FROM)
        if wide != self.inspector.isVisible():
            self.inspector.setVisible(wide)
            self.work.show_hints(wide)
            self.rail.set_wide(wide)
            self.fold.show()
            self.show_selection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)
