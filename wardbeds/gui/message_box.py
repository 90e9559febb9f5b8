"""Qt's message box in the house's clothes: our icon, our letters, buttons as high as ours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QGridLayout, QMessageBox, QPushButton

from wardbeds.gui import icons, theme

DISC = 44


def dress(box: QMessageBox, icon: str, colour: str, primary: QPushButton | None = None) -> None:
    """Give a box that has all its buttons our look. ``colour``: name of a theme colour that has a soft one."""
    box.setIconPixmap(_disc(icon, colour, box.devicePixelRatioF()))
    box.setFont(theme.font(14))
    layout = box.layout()
    if isinstance(layout, QGridLayout):
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(20)
    for button in box.findChildren(QPushButton):
        button.setFont(theme.font(14, 600))
        button.setMinimumHeight(theme.target(40))
        button.setMinimumWidth(theme.px(96))
    if primary is not None:
        colours, palette = theme.theme(), primary.palette()
        palette.setColor(QPalette.ColorRole.Button, colours.primary)
        palette.setColor(QPalette.ColorRole.ButtonText, colours.primary_ink)
        primary.setPalette(palette)
        box.setDefaultButton(primary)


def _disc(icon: str, colour: str, ratio: float) -> QPixmap:
    colours, side = theme.theme(), theme.px(DISC)
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(getattr(colours, f"{colour}_soft"))
    painter.drawEllipse(QRectF(0, 0, side, side))
    inset = side * 0.25
    icons.draw(painter, icon, QRectF(inset, inset, side - 2 * inset, side - 2 * inset), getattr(colours, colour))
    painter.end()
    return made
