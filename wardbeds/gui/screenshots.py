"""Draws every screen and dialog of the demo into PNG files, for the README, for designers and for tests."""

from __future__ import annotations

import atexit
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from wardbeds.gui import theme
from wardbeds.gui.scenes import board, house
from wardbeds.gui.scenes.admit import ADMIT_SCENES
from wardbeds.gui.scenes.beds import BED_SCENES
from wardbeds.gui.scenes.board import BOARD_SCENES
from wardbeds.gui.scenes.dialogs import DIALOG_SCENES
from wardbeds.gui.scenes.house import HOUSE_SCENES
from wardbeds.gui.scenes.kept import KEPT_SCENES
from wardbeds.gui.scenes.start import START_SCENES
from wardbeds.gui.scenes.station import STATION_SCENES
from wardbeds.gui.scenes.studio import ADMIN, NURSE, Scene, Studio, popups

BAR = 70
"""What title strip and task bar take of a screen: the client area is lower by this."""

SCENES: dict[str, Scene] = {
    **START_SCENES, **BOARD_SCENES, **ADMIT_SCENES, **DIALOG_SCENES, **BED_SCENES, **HOUSE_SCENES, **STATION_SCENES,
    **KEPT_SCENES, **board.LAST_SCENES, **house.LAST_SCENES,
}
"""Every screen and dialog, in the order in which they are drawn; those that change the demo for good come last."""


def wide_screen() -> None:
    """Before the application is made: no display is needed, and menus have as much room as on a wide one."""
    screen = {"name": "pictures", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96}
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump({"screens": [screen]}, file)
    atexit.register(Path(file.name).unlink, missing_ok=True)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file.name}"


def who_acts(name: str) -> str:
    """Whose board the scene begins with: to change who is signed in takes longer than most scenes."""
    return ADMIN if name in HOUSE_SCENES or name in house.LAST_SCENES else NURSE


def draw(folder: Path, size: tuple[int, int], scheme: str, names: Iterable[str] | None = None) -> list[Path]:
    """Draw the scenes named (default: all) at a size in a scheme; returns the files, ``NAME_WIDTH_SCHEME.png``."""
    _set_look(scheme)
    wanted = list(names) if names is not None else list(SCENES)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(Path(home), (size[0], size[1] - BAR))
        for name in wanted:
            studio.calm(who_acts(name))
            path = folder / f"{name}_{size[0]}_{scheme}.png"
            _picture(SCENES[name](studio)).save(str(path))
            written.append(path)
        studio.calm()
        studio.close()
    return written


def draw_one(name: str, path: Path, size: tuple[int, int], scheme: str, *, ward: str | None = None,
             viewer: str | None = None) -> None:
    """Draw one scene into a file, in another ward or as another person of the demo where asked for."""
    _set_look(scheme)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(Path(home), (size[0], size[1] - BAR), ward, viewer)
        _picture(SCENES[name](studio)).save(str(path))
        studio.calm()
        studio.close()


def _set_look(scheme: str) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.set_text_scale(app, 100)
    theme.set_scheme(app, scheme)


def _picture(widget: QWidget) -> QPixmap:
    """What is seen of it, with the menus and boxes that are open over it."""
    picture = widget.grab()
    over = [one for one in popups() if one is not widget]
    if over:
        painter = QPainter(picture)
        for one in over:
            painter.drawPixmap(one.mapToGlobal(QPoint(0, 0)) - widget.mapToGlobal(QPoint(0, 0)), one.grab())
        painter.end()
    return picture
