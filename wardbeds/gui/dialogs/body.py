"""A dialog's body: what changed meanwhile, what is wrong, the fields; it scrolls where the window is low."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from wardbeds.gui import theme
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.measures import LABEL
from wardbeds.gui.scroll_bar import use_slim_bars


class Body(QScrollArea):
    """One column: a bar of what others did, the summary of the errors, then the rows."""

    def __init__(self, meanwhile: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._giving_way: tuple[QWidget, int, int] | None = None
        self.least = 0
        """Pixels that it takes at least, so that a dialog of several pages does not jump."""
        self.summary = info_line("", "error")
        self.summary.hide()
        self.rows = QGridLayout()
        self.rows.setColumnMinimumWidth(0, theme.px(LABEL))
        self.rows.setColumnStretch(1, 1)
        self.rows.setVerticalSpacing(10)
        ground = QWidget()
        ground.setAutoFillBackground(True)
        self.column = QVBoxLayout(ground)
        self.column.setContentsMargins(24, 14, 24, 12)
        self.column.addWidget(meanwhile)
        self.column.addWidget(self.summary)
        self.column.addLayout(self.rows)
        self.column.addStretch(1)
        palette = ground.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.theme().raised)
        ground.setPalette(palette)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        use_slim_bars(self, thick=10, ground="raised")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(ground)

    def give_way(self, widget: QWidget, least: int, most: int) -> None:
        """Something with a scroll bar of its own is ``most`` px high, or less, down to ``least``, in a low window: so
        that what is around it needs no second bar."""
        self._giving_way = widget, least, most
        widget.setFixedHeight(most)

    def yield_room(self, width: int, room: int) -> None:
        """Make what gives way as much lower as the content is higher than ``room``, at this width."""
        if self._giving_way is None:
            return
        widget, least, full = self._giving_way
        widget.setFixedHeight(full)
        widget.setFixedHeight(max(least, full - max(0, self.wanted(width) - room)))

    def wanted(self, width: int) -> int:
        """How high all the content is at this width."""
        if self._giving_way is not None:
            self.column.activate()  # else it still counts with the height before
        column = self.column
        return max(self.least, column.heightForWidth(width) if column.hasHeightForWidth()
                   else column.sizeHint().height())
