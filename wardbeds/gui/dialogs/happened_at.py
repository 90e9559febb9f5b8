"""When it happened: now, or earlier, as the hospital's clock shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QSignalBlocker, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wardbeds.gui import theme
from wardbeds.gui.inputs import TimeEdit
from wardbeds.gui.labels import label
from wardbeds.gui.session import Session

TICK_MILLISECONDS = 5_000


class HappenedAt(QWidget):
    """When it happened: now, unless changed; back 24 h for staff, 7 days for an administrator.

    As long as nobody changes it, it shows the clock's time. While it is entered what happened without connection, it
    begins with that time instead.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._session, self._zone = session, session.zone
        self.edit = TimeEdit(self)
        self.edit.setDisplayFormat("dd-MMM-yyyy HH:mm")
        self.edit.setDateTime(wall_time((session.catch_up.at or session.now()).astimezone(self._zone)))
        self.edit.setFixedHeight(theme.target(40))
        self.edit.setMinimumWidth(theme.px(200))
        self.edit.setAccessibleName(self.tr("Happened at"))
        self._note = label(self.tr("now"), colour="ink2")
        layout.addWidget(self.edit)
        layout.addWidget(self._note)
        layout.addStretch(1)
        self._is_now = self._is_present()
        self.edit.dateTimeChanged.connect(self._on_changed)
        self._timer = QTimer(self, interval=TICK_MILLISECONDS)
        self._timer.timeout.connect(self.follow_clock)
        self._timer.start()
        self._show_note()

    def follow_clock(self) -> None:
        """Show the present, unless another time was chosen or is just being typed."""
        if self._is_now and not self.edit.hasFocus():
            with QSignalBlocker(self.edit):  # nobody has corrected anything
                self.edit.setDateTime(wall_time(self._session.now().astimezone(self._zone)))

    def _on_changed(self) -> None:
        self._is_now = self._is_present()
        self._show_note()

    def _is_present(self) -> bool:
        """Whether what is shown is this very minute."""
        now = self._session.now().astimezone(self._zone).replace(tzinfo=None)
        return self._typed() == now.replace(second=0, microsecond=0)

    def _show_note(self) -> None:
        self._note.setText(self.tr("now") if self._is_now else "")

    def _typed(self) -> datetime:
        typed = self.edit.dateTime().toPython()
        assert isinstance(typed, datetime)
        return typed.replace(second=0, microsecond=0)

    @property
    def moment(self) -> datetime:
        """The instant by which the rules judge it: the time that was chosen, or the present."""
        return self.value or self._session.now()

    @property
    def value(self) -> datetime | None:
        """The instant in UTC; None for now."""
        return None if self._is_now else self._typed().replace(tzinfo=self._zone).astimezone(UTC)

    def kept(self) -> QDateTime | None:
        """What a draft keeps: the time that was chosen; None where it was now, which it is again later."""
        return None if self._is_now else self.edit.dateTime()

    def put_back(self, kept: QDateTime | None) -> None:
        """Show what a draft has kept."""
        if kept is not None:
            self.edit.setDateTime(kept)


def wall_time(local: datetime) -> QDateTime:
    """A hospital time as Qt's editor shows it."""
    return QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)


def round_up(moment: datetime, minutes: int = 15) -> datetime:
    """The next quarter of an hour."""
    rest = timedelta(minutes=moment.minute % minutes, seconds=moment.second, microseconds=moment.microsecond)
    return moment - rest + timedelta(minutes=minutes) if rest else moment
