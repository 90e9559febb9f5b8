"""When it happened: now, or earlier, as the hospital's clock shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import (
    QHBoxLayout,
    QWidget,
)

from wardbeds.gui import theme
from wardbeds.gui.controls import TimeEdit
from wardbeds.gui.labels import label
from wardbeds.gui.session import Session


class HappenedAt(QWidget):
    """When it happened: now, unless changed; back 24 h for staff, 7 days for an administrator.

    While it is entered what happened without connection, it begins with that time instead.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._zone = session.zone
        self._opened = session.now().astimezone(self._zone).replace(second=0, microsecond=0)
        self.edit = TimeEdit(self)
        self.edit.setDisplayFormat("dd-MMM-yyyy HH:mm")
        caught_up = session.catch_up.at
        self.edit.setDateTime(wall_time(caught_up.astimezone(self._zone) if caught_up else self._opened))
        self.edit.setFixedHeight(theme.target(40))
        self.edit.setMinimumWidth(theme.px(200))
        self.edit.setAccessibleName(self.tr("Happened at"))
        self._note = label(self.tr("now"), colour="ink2")
        layout.addWidget(self.edit)
        layout.addWidget(self._note)
        layout.addStretch(1)
        self.edit.dateTimeChanged.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        self._note.setText(self.tr("now") if self.value is None else "")

    @property
    def value(self) -> datetime | None:
        """The instant in UTC; None for now."""
        typed = self.edit.dateTime().toPython()
        assert isinstance(typed, datetime)
        typed = typed.replace(second=0, microsecond=0)
        if typed == self._opened.replace(tzinfo=None):
            return None
        return typed.replace(tzinfo=self._zone).astimezone(UTC)


def wall_time(local: datetime) -> QDateTime:
    """A hospital time as Qt's editor shows it."""
    return QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)


def round_up(moment: datetime, minutes: int = 15) -> datetime:
    """The next quarter of an hour."""
    rest = timedelta(minutes=moment.minute % minutes, seconds=moment.second, microseconds=moment.microsecond)
    return moment - rest + timedelta(minutes=minutes) if rest else moment
