"""The menu behind the user's name: locking, the house, how the window looks, what the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from wardbeds.gui import theme
from wardbeds.gui.menus import open_at

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


def show_user_menu(page: BoardPage) -> None:
    """Open it below the name."""
    menu = QMenu(page)
    menu.addAction(page.tr("Lock") + "\tCtrl+L", page.lock_requested.emit)
    menu.addSeparator()
    menu.addAction(page.tr("Find a bed…") + "\tCtrl+F", page.going.find_bed)
    page.house.fill(menu)
    menu.addSeparator()
    _add_look(menu, page)
    menu.addSeparator()
    menu.addAction(page.tr("About Wardbeds"), page.show_about)
    open_at(menu, page.command_bar.user)


def _add_look(menu: QMenu, page: BoardPage) -> None:
    """Scheme, text size, large targets."""
    for text, scheme in ((page.tr("Light"), "light"), (page.tr("Dark"), "dark")):
        _choice(menu, text, scheme == theme.scheme()).triggered.connect(
            lambda _checked=False, scheme=scheme: page.set_look(scheme, theme.text_scale()))
    menu.addSeparator()
    for percent in (100, 115, 130):
        _choice(menu, page.tr("Text {n} %").format(n=percent), percent == theme.text_scale()).triggered.connect(
            lambda _checked=False, percent=percent: page.set_look(theme.scheme(), percent))
    menu.addSeparator()
    large = menu.addAction(page.tr("Large targets"))
    large.setCheckable(True)
    large.setChecked(theme.large_targets())
    large.triggered.connect(page.set_large_targets)
    letters = menu.addAction(page.tr("Letter keys"))
    letters.setToolTip(page.tr("M moves, D discharges … while the board has the focus"))
    letters.setCheckable(True)
    letters.setChecked(page.letter_keys)
    letters.triggered.connect(page.set_letter_keys)


def _choice(menu: QMenu, text: str, chosen: bool) -> QAction:
    """One of several, marked where it is the one in force."""
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    return action
