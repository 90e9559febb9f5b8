"""A dialog's one column of fields: each with its caption, with what is wrong with it, and with what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wardbeds.gui import theme
from wardbeds.gui.dialogs import drafts
from wardbeds.gui.dialogs.correcting import focusable, when_corrected
from wardbeds.gui.dialogs.lines import FieldError
from wardbeds.gui.dialogs.measures import LABEL
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import label

_MARK = "<span"


class Entry(NamedTuple):
    """A field as it is added. ``name`` is the request's field, where errors are shown."""

    name: str
    caption: str
    widget: QWidget
    required: bool = False


class Fields(QObject):
    """The rows from top to bottom."""

    forgiven = Signal()
    """A field that was wrong was corrected."""

    def __init__(self, grid: QGridLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._grid = grid
        self.widgets: dict[str, QWidget] = {}
        self.captions: dict[str, QLabel] = {}
        self.errors: dict[str, QLabel] = {}
        self._kept: dict[str, QWidget] = {}
        self._at_first: dict[str, Any] = {}

    # rows ----------------------------------------------------------------------------------------------------

    def add(self, entry: Entry) -> None:
        """A field that takes the row."""
        caption = self._caption(entry)
        caption.setFixedWidth(theme.px(LABEL))
        row = self._grid.rowCount()
        self._grid.addWidget(caption, row, 0)
        self._grid.addLayout(self._box(entry), row, 1)

    def add_pair(self, first: Entry, second: Entry, shares: tuple[int, int] = (1, 1)) -> None:
        """Two short fields that share a row, each with its own caption and error; ``shares`` of the width."""
        caption, beside = self._caption(first), self._caption(second)
        caption.setFixedWidth(theme.px(LABEL))
        beside.setWordWrap(False)
        line = QHBoxLayout()
        line.setSpacing(10)
        boxes = self._box(first), self._box(second)
        line.addLayout(boxes[0], shares[0])
        line.addWidget(beside)
        line.addLayout(boxes[1], shares[1])
        for box in boxes:
            line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        row = self._grid.rowCount()
        self._grid.addWidget(caption, row, 0)
        self._grid.addLayout(line, row, 1)

    def add_across(self, name: str, caption: str, widget: QWidget) -> None:
        """A field that takes the whole width; its caption is only spoken, and stands in the summary of errors."""
        widget.setAccessibleName(widget.accessibleName() or caption)
        self._grid.addLayout(self._box(Entry(name, caption, widget)), self._grid.rowCount(), 0, 1, 2)

    def add_wide(self, widget: QWidget) -> None:
        """Something that takes the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def _caption(self, entry: Entry) -> QLabel:
        made = label(_marked(entry.caption), weight=600) if entry.required else label(entry.caption, colour="ink2")
        made.setBuddy(entry.widget)
        made.setContentsMargins(0, theme.px(9), 0, 0)
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        if not entry.widget.accessibleName():
            entry.widget.setAccessibleName(entry.caption)
        self.captions[entry.name] = made
        return made

    def _box(self, entry: Entry) -> QVBoxLayout:
        """The field with its error below."""
        name, error = entry.name, FieldError()
        error.hide()
        when_corrected(entry.widget, lambda: self.forgive(name))
        self.widgets[name], self.errors[name] = entry.widget, error
        box = QVBoxLayout()
        box.setSpacing(2)
        box.addWidget(entry.widget)
        box.addWidget(error)
        return box

    @property
    def any_required(self) -> bool:
        """Whether a field in sight has the mark of what has to be filled in."""
        return any(not caption.isHidden() and _MARK in caption.text() for caption in self.captions.values())

    def rename(self, name: str, caption: str) -> None:
        """Call a required field by another word, on the screen and for a screen reader."""
        self.captions[name].setText(_marked(caption))
        self.widgets[name].setAccessibleName(caption)

    def require(self, name: str, required: bool) -> None:
        """Mark a field as one that has to be filled in, or as one that need not be."""
        caption, shown = self.widgets[name].accessibleName(), self.captions[name]
        shown.setText(_marked(caption) if required else caption)
        shown.setFont(theme.font(14, 600 if required else 400))
        palette = shown.palette()
        palette.setColor(QPalette.ColorRole.WindowText, getattr(theme.theme(), "ink" if required else "ink2"))
        shown.setPalette(palette)

    def show(self, name: str, shown: bool) -> None:
        """Show or hide a field with its caption, and with what is wrong with it."""
        self.widgets[name].setVisible(shown)
        if name in self.captions:
            self.captions[name].setVisible(shown)
        self.errors[name].setVisible(shown and bool(self.errors[name].text()))

    # what is wrong -------------------------------------------------------------------------------------------

    def wrong(self) -> list[str]:
        """The fields with an error, from top to bottom."""
        return [name for name in self.widgets if self.errors[name].text()]

    def show_error(self, name: str, text: str) -> None:
        """What is wrong with a field, below it and for a screen reader; empty where nothing is."""
        widget = self.widgets[name]
        self.errors[name].setText(text)
        self.errors[name].setVisible(bool(text) and not widget.isHidden())
        if isinstance(widget, Field):
            widget.set_wrong(bool(text))
        for one in focusable(widget):
            one.setAccessibleDescription(text)

    def clear_errors(self) -> None:
        """Take the errors of the last try away."""
        for name in self.errors:
            self.show_error(name, "")

    def summary_of(self, names: Iterable[str]) -> str:
        """The error itself, or which fields have one; empty for none."""
        names = list(names)
        if len(names) <= 1:
            return self.errors[names[0]].text() if names else ""
        return self.tr("{count} fields are to be filled in or corrected: {fields}.").format(
            count=len(names), fields=", ".join(self.widgets[name].accessibleName() for name in names))

    def forgive(self, name: str) -> None:
        """Who corrects a field need not go on reading what was wrong with it."""
        if self.errors[name].text():
            self.show_error(name, "")
            self.forgiven.emit()

    # what was typed ------------------------------------------------------------------------------------------

    def keep(self, name: str, widget: QWidget) -> None:
        """Keep what is typed into a field that is only a part of a row, when the dialog is left by Esc."""
        self._kept[name] = widget

    def typed(self) -> dict[str, Any]:
        """What was typed, by field; not what stood there already, which may be another value next time."""
        return {name: value for name, value in self._held().items()
                if name not in self._at_first or value != self._at_first[name]}

    def _held(self) -> dict[str, Any]:
        widgets = {**self.widgets, **self._kept}
        return {name: drafts.value_of(one) for name, one in widgets.items() if drafts.can_be_kept(one)}

    def restore(self, draft: dict[str, Any]) -> None:
        """Put back what was typed the last time; what stands there by now is no typing."""
        self._at_first = self._held()
        for name, value in draft.items():
            widget = self._kept.get(name) or self.widgets.get(name)
            if widget is not None and drafts.can_be_kept(widget):
                drafts.put_back(widget, value)


def _marked(caption: str) -> str:
    """A caption with the mark of what has to be filled in."""
    return f"{caption} {_MARK} style='color:{theme.theme().focus.name()}'>*</span>"
