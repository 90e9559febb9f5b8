"""``WARDBEDS_GEOMETRY=FILE``: a JSON of what is on the screen and where, so that an outside tool can drive the window.

Written anew, whole, after each repaint of the board and whenever something appears or goes::

    {"page": "sign_in" | "board" | "other" | a question of the first start ("pc", "connect", "server",
             "administrator", "ward"), "ward": name | null, "view": "map" | "grid" | "list",
     "cards":   [{"id": bed id, "words": bed number, "ward", "state", "hospital_number": text | null, "changed": text,
                  "rect"}],
     "waiting": [{"id": patient id, "words": name, "hospital_number", "rect"}],
     "chips":   [{"id": state, "words", "count", "state": "on" | "off", "rect"}],
     "buttons": [{"id": text, "words", "key", "state": "enabled" | "disabled", "reason", "rect"}],
     "fields":  [{"id": accessible name, "words": what is typed (no password), "state", "rect"}],
     "texts":   [what else stands in the dialog that is open],
     "dialog":  title | null, "notice": text, "banner": text, "last_action": text, "selected": text}

``rect`` is [x, y, width, height] in pixels of the screen.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.chips import Chip
from wardbeds.gui.controls import Button
from wardbeds.gui.first_run.page import StepsPage
from wardbeds.gui.frame import Frame
from wardbeds.gui.main_window import VIEWS, BoardPage
from wardbeds.gui.sign_in import SignInPage

EVERY_MILLISECONDS = 100


def _rect(widget: QWidget) -> list[int]:
    corner = widget.mapToGlobal(QPoint(0, 0))
    return [corner.x(), corner.y(), widget.width(), widget.height()]


class GeometryFile(QObject):
    """Looks ten times a second and writes when something differs."""

    def __init__(self, frame: Frame, path: Path) -> None:
        super().__init__(frame)
        self._frame = frame
        self._board: BoardPage | None = None
        self._path = path
        self._before = ""
        self._timer = QTimer(self, interval=EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.write)
        self._once = QTimer(self, singleShot=True, interval=0)
        self._once.timeout.connect(self.write)
        self._timer.start()

    def look_at(self, board: BoardPage) -> None:
        """From now on tell of this board, too; before there is one, only of the pages that come first."""
        self._board = board
        board.map.repainted.connect(self._soon)
        board.grid.repainted.connect(self._soon)

    def _soon(self) -> None:
        self._once.start()

    def write(self) -> None:
        """Write the file if the picture differs from the last one."""
        text = json.dumps(self.describe(), ensure_ascii=False)
        if text != self._before:
            self._before = text
            draft = self._path.with_suffix(".part")
            draft.write_text(text, encoding="utf-8")
            draft.replace(self._path)

    def describe(self) -> dict[str, Any]:
        """What is on the screen."""
        page, board = self._frame.pages.currentWidget(), self._board
        told = {**_NO_BOARD, "page": _page_name(page, board), "buttons": _buttons(page), "fields": _fields(page),
                "menu": _menu(), "window": _active_title()}
        if board is not None and isValid(board):
            told |= _describe_board(board, shown=page is board)
        return told


_NO_BOARD: dict[str, Any] = {
    "ward": None, "view": "empty", "cards": [], "waiting": [], "chips": [], "texts": [], "dialog": None, "notice": "",
    "banner": "", "last_action": "", "selected": ""}


def _page_name(page: QWidget | None, board: BoardPage | None) -> str:
    if isinstance(page, StepsPage):
        return page.part.name
    return "board" if page is board else "sign_in" if isinstance(page, SignInPage) else "other"


def _describe_board(page: BoardPage, *, shown: bool) -> dict[str, Any]:
    board, dialog = page.session.model.board, page.dialog
    told: dict[str, Any] = {
        "ward": board.ward.name if board else None, "view": VIEWS[page.views.currentIndex()],
        "dialog": dialog.head.text() if dialog is not None else None,
        "notice": page.notice.text() or page.popover.text(), "banner": page.bars.offline.text(),
        "last_action": page.work.last.text(), "selected": page.work.line.text()}
    if shown:
        told |= {"cards": _cards(page), "waiting": _waiting(page), "chips": _chips(page)}
    if shown and dialog is not None:
        told |= {"buttons": _buttons(dialog), "fields": _fields(dialog),
                 "texts": [one.text() for one in dialog.findChildren(QLabel) if one.isVisible() and one.text()]}
    return told


def _cards(page: BoardPage) -> list[dict[str, Any]]:
    view, model = page.views.currentWidget(), page.session.model
    board = model.board
    found = []
    for bed in model.beds:
        rect = view.item_rect_global(bed.id).toRect() if isinstance(view, BedsView) else _row_rect(page, bed.id)
        person = bed.occupant.person if bed.occupant else None
        if not rect.isEmpty():
            found.append({"id": bed.id, "words": bed.number, "ward": board.ward.name if board else None,
                          "state": bed.status.value, "hospital_number": person.hospital_number if person else None,
                          "changed": model.changes.said_of(bed.id),
                          "rect": [rect.x(), rect.y(), rect.width(), rect.height()]})
    return found


def _waiting(page: BoardPage) -> list[dict[str, Any]]:
    return [{"id": card.waiting.person.patient_id, "words": card.accessibleName(),
             "hospital_number": card.waiting.person.hospital_number, "rect": _rect(card)}
            for card in page.rail.cards if card.isVisible()]


def _chips(page: BoardPage) -> list[dict[str, Any]]:
    return [{"id": chip.status.value, "words": chip.text(), "count": chip.count,
             "state": "on" if chip.isChecked() else "off", "rect": _rect(chip)} for chip in page.strip.chips]


def _row_rect(page: BoardPage, bed_id: int) -> QRect:
    view = page.list
    proxy = view.model()
    index = proxy.mapFromSource(page.session.model.index(page.session.model.row_of(bed_id), 0))  # type: ignore[attr-defined]
    rect = view.visualRect(index).intersected(view.viewport().rect())
    return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size()) if not rect.isEmpty() else QRect()


def _active_title() -> str:
    window = QApplication.activeWindow()
    return window.windowTitle() if window is not None else ""


def _menu() -> list[dict[str, Any]]:
    """The entries of the menu that is open."""
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return []
    found = []
    for action in menu.actions():
        rect = menu.actionGeometry(action)
        if not action.isSeparator():
            at = menu.mapToGlobal(rect.topLeft())
            found.append({"id": action.text(), "words": action.text(),
                          "state": "enabled" if action.isEnabled() else "disabled",
                          "rect": [at.x(), at.y(), rect.width(), rect.height()]})
    return found


def _buttons(root: QWidget | None) -> list[dict[str, Any]]:
    return [{"id": one.text() or one.accessibleName(), "words": one.text(),
             "key": one.key if isinstance(one, Button) else "",
             "state": "enabled" if one.isEnabled() else "disabled", "reason": "" if one.isEnabled() else one.toolTip(),
             "rect": _rect(one)}
            for one in (root.findChildren(QAbstractButton) if root is not None else [])
            if one.isVisible() and not isinstance(one, Chip)]


def _fields(root: QWidget | None) -> list[dict[str, Any]]:
    found = []
    for one in root.findChildren(QWidget) if root is not None and not isinstance(root, QStackedWidget) else []:
        if not one.isVisible() or not isinstance(one, QLineEdit | QPlainTextEdit):
            continue
        secret = isinstance(one, QLineEdit) and one.echoMode() is QLineEdit.EchoMode.Password
        typed = one.toPlainText() if isinstance(one, QPlainTextEdit) else "" if secret else one.text()
        found.append({"id": one.accessibleName(), "words": typed,
                      "state": "focused" if one.hasFocus() else "idle", "rect": _rect(one)})
    return found
