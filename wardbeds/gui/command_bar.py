"""R1: ward, view, search, admit, print, user."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from wardbeds.domain.access import Permission, can, can_fully
from wardbeds.domain.beds import WardSummary
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Actor, FoundPerson
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.controls import Button, Painted, draw_focus, draw_key, key_width, text_width
from wardbeds.gui.enter import is_enter
from wardbeds.gui.inputs import Field
from wardbeds.gui.menus import open_at
from wardbeds.gui.rows import RowList
from wardbeds.gui.segments import Segments
from wardbeds.gui.session import Session
from wardbeds.gui.squeeze import SqueezedBar


class WardSelector(Painted):
    """The open ward; opens the list of wards with their free beds."""

    ward_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._code = ""
        self._wards: tuple[WardSummary, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_compact(False)
        self.clicked.connect(self._open)

    def set_compact(self, compact: bool) -> None:
        """Take less room."""
        self.setFixedWidth(theme.px(190 if compact else 252))

    def show_wards(self, wards: tuple[WardSummary, ...]) -> None:
        """Offer these wards."""
        self._wards = wards

    def show_ward(self, code: str, name: str) -> None:
        """Show the open ward."""
        self._code = code
        self.setText(name)
        self.setToolTip(name)
        self.setAccessibleName(self.tr("Ward: {name}").format(name=name))
        self.update()

    def _open(self) -> None:
        menu = QMenu(self)
        for one in self._wards:
            text = self.tr("{ward}\t{free} free of {beds}").format(
                ward=one.ward.name, free=one.counts.available, beds=one.counts.beds)
            menu.addAction(text).triggered.connect(
                lambda _checked=False, ward_id=one.ward.id: self.ward_chosen.emit(ward_id))
        open_at(menu, self)
        self._menu = menu

    def sizeHint(self) -> QSize:
        return QSize(theme.px(252), theme.target(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(QPen(colours.line3, 1))
        painter.setBrush(colours.hover if self.underMouse() else colours.raised)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        x = 8.0
        if self._code:
            width = text_width(self._code, theme.font(13, 700)) + 16
            block = QRectF(x, rect.center().y() - theme.px(14), width, theme.px(28))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.primary)
            painter.drawRoundedRect(block, 5, 5)
            painter.setPen(colours.primary_ink)
            painter.setFont(theme.font(13, 700))
            painter.drawText(block, Qt.AlignmentFlag.AlignCenter, self._code)
            x += width + 8
        painter.setPen(colours.ink)
        room = rect.width() - x - 34
        size = next((size for size in (15, 14, 13) if text_width(self.text(), theme.font(size, 600)) <= room), 12)
        painter.setFont(theme.font(size, 600))
        painter.drawText(QRectF(x + 2, 0, room, rect.height()),
                         Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
        icons.draw(painter, "chevron-down", QRectF(rect.right() - 26, rect.center().y() - 9, 18, 18), colours.ink2)
        if self.hasFocus():
            draw_focus(painter, rect, 8)


def initials(name: str) -> str:
    """First letters of the first and the last name."""
    parts = name.split()
    return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else "?"


class UserButton(Painted):
    """Who is signed in; opens the person's menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._initials = ""
        self._compact = False

    def show_name(self, name: str, letters: str) -> None:
        """Show a name with its initials."""
        self.setText(name)
        self._initials = letters
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the initials only."""
        self._compact = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words_of = 0 if self._compact else text_width(self.text(), theme.font(14, 600)) + 8
        return QSize(12 + theme.px(26) + 8 + words_of + 18 + 10, theme.target(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(QPen(colours.line3, 1))
        painter.setBrush(colours.hover if self.underMouse() else colours.raised)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        disc = QRectF(9, rect.center().y() - theme.px(13), theme.px(26), theme.px(26))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.focus_soft)
        painter.drawEllipse(disc)
        painter.setPen(colours.focus)
        painter.setFont(theme.font(12, 700))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._initials)
        if not self._compact:
            painter.setPen(colours.ink)
            painter.setFont(theme.font(14, 600))
            painter.drawText(QRectF(disc.right() + 8, 0, rect.width(), rect.height()),
                             Qt.AlignmentFlag.AlignVCenter, self.text())
        icons.draw(painter, "chevron-down", QRectF(rect.right() - 25, rect.center().y() - 8, 16, 16), colours.ink2)
        if self.hasFocus():
            draw_focus(painter, rect, 8)


class SearchBox(Field):
    """Finds patients, beds and wards; Enter goes there."""

    person_found = Signal(object)
    bed_found = Signal(int)
    ward_found = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self.setPlaceholderText(self.tr("Search or scan"))
        self.setAccessibleName(self.tr("Search patients, beds and wards"))
        self.setTextMargins(38, 0, 60, 0)
        self.results = RowList(self.window())
        self.results.row_clicked.connect(lambda _row: self.go())
        self.results.hide()
        self._targets: list[tuple[str, object]] = []
        self._shown_for = ""
        self._go_when_found = False
        self.textChanged.connect(self._search)

    def _search(self) -> None:
        text = self.text().strip()
        self._go_when_found = False
        if not text:
            self._show([])
            return
        self._session.search_people(text, lambda found: self._found(text, found))

    def _found(self, text: str, people: tuple[FoundPerson, ...]) -> None:
        if text != self.text().strip():
            return
        plain = "".join(char for char in text.casefold() if char.isalnum())
        shown: list[tuple[str, str, str, str, object]] = []
        for bed in self._session.model.beds:
            if plain and "".join(c for c in bed.number.casefold() if c.isalnum()).startswith(plain):
                shown.append((bed.number, words.status_word(bed.status), BADGES[bed.status], "bed", bed.id))
        for one in people:
            where = f"{one.ward_name} {one.bed_number}".strip() or self.tr("not admitted")
            person = one.person
            shown.append((full_name(person), f"{words.second_line(person, 3)}   {where}", "user", "person", one))
        for summary in self._session.wards:
            if text.casefold() in summary.ward.name.casefold():
                shown.append((summary.ward.name, "", "map", "ward", summary.ward.id))
        self._shown_for = text
        self._show(shown[:9])
        if self._go_when_found:
            self.go()

    def _show(self, shown: list[tuple[str, str, str, str, object]]) -> None:
        self.results.clear()
        self._targets = [(kind, target) for _text, _detail, _icon, kind, target in shown]
        for text, detail, icon, _kind, _target in shown:
            self.results.add(text, detail, icon=icon)
        if not shown:
            self.results.hide()
            return
        self.results.choose(0)
        if self.hasFocus():
            self._pop_up()

    def _pop_up(self) -> None:
        """Show the rows below the box, over the board."""
        if self.results.parentWidget() is not self.window():
            self.results.setParent(self.window())
        at = self.mapTo(self.window(), self.rect().bottomLeft())
        self.results.resize(max(self.width(), theme.px(420)), 100)
        self.results.show()
        self.results.setGeometry(at.x(), at.y() + 2, self.results.width(), self.results.full_height())
        self.results.raise_()

    def go(self) -> None:
        """Go to the result that is chosen; where the rows are not for what is typed by now, once they are."""
        row = self.results.current_row()
        if self._shown_for != self.text().strip() or not 0 <= row < len(self._targets):
            self._go_when_found = bool(self.text().strip())
            return
        kind, target = self._targets[row]
        self.clear()
        signal = {"bed": self.bed_found, "person": self.person_found, "ward": self.ward_found}[kind]
        signal.emit(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.go()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.results.step(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        self._go_when_found = False  # whoever clicks the board meanwhile is not taken elsewhere
        self.results.hide()
        super().focusOutEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colours = theme.theme()
        icons.draw(painter, "scan-barcode", QRectF(13, self.height() / 2 - 9, 18, 18), colours.ink2)
        if not self.text() and self.width() > theme.px(240):
            wide, high = key_width("Ctrl K"), theme.px(20)
            draw_key(painter, QRectF(self.width() - wide - 11, (self.height() - high) / 2, wide, high), "Ctrl K")


class CommandBar(SqueezedBar):
    """The top row."""

    view_chosen = Signal(int)
    admit_requested = Signal()
    print_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._no_admission = ""
        self.ward = WardSelector(self)
        self.views = Segments([(self.tr("Map"), "map"), (self.tr("Grid"), "layout-grid"), (self.tr("List"), "list")])
        self.search = SearchBox(session, self)
        self.admit = Button(self.tr("Admit"), "plus", "N", primary=True)
        self.print = Button(self.tr("Print"), "printer")
        self.user = UserButton(self)
        layout = self._row
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(12)
        layout.addWidget(self.ward)
        layout.addWidget(self.views)
        layout.addWidget(self.search, 1)
        for button in (self.admit, self.print, self.user):
            layout.addWidget(button)
        self.views.chosen.connect(self.view_chosen)
        self.admit.clicked.connect(self.admit_requested)
        self.print.clicked.connect(self.print_requested)
        self.set_steps([self.print.set_compact, self.user.set_compact, self.ward.set_compact, self.views.set_compact])

    def show_actor(self, actor: Actor) -> None:
        """Show who is signed in, and what that role may do here."""
        first, _, last = actor.display_name.rpartition(" ")
        short = f"{first[:1]}. {last}" if first else actor.display_name
        self.user.show_name(short, initials(actor.display_name))
        self.user.setAccessibleName(self.tr("Signed in: {name}").format(name=actor.display_name))
        self.user.setToolTip(words.signed_text(actor.display_name, actor.role))
        self.squeeze()
        role = words.role_word(actor.role)
        self._no_admission = "" if can(actor.role, Permission.ADMISSION_CREATE) else self.tr(
            "Your role ({role}) does not admit patients.").format(role=role)
        self.admit.allow(not self._no_admission, self._no_admission)
        self.print.allow(can_fully(actor.role, Permission.SHEET_PRINT),
                         self.tr("Your role ({role}) does not print this sheet.").format(role=role))

    def show_no_ward(self) -> None:
        """There is none yet: nowhere to admit to, nothing to print."""
        self.ward.show_ward("", self.tr("No ward yet"))
        why_not = self.tr("There is no ward yet.")
        for button in (self.admit, self.print):
            button.allow(False, why_not)

    def set_read_only(self, reason: str) -> None:
        """Say at the buttons that write why they cannot; empty: they can."""
        why_not = reason or self._no_admission
        self.admit.allow(not why_not, why_not)
