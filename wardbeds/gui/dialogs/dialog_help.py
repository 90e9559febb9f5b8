"""Help over a dialog: what it is for and what the keys do there. What was typed below stays, and is there again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.gui import words
from wardbeds.gui.dialogs.about_dialogs import about
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.reading import ReadingDialog
from wardbeds.gui.labels import label


class DialogHelp(ReadingDialog):
    """Lies over one dialog, as its child: the board knows of that one only."""

    def __init__(self, over: Dialog) -> None:
        super().__init__(over.session, over, words.tr("Help"), width=640)
        self.add_wide(label(over.head.text(), 16, 700))
        for text in (about(over), *_keys(over)):
            if text:
                self.add_wide(label(f"•  {text}", 14))

    def show_help(self) -> None:
        """F1 once more: away with it."""
        self.reject()


def _keys(over: Dialog) -> list[str]:
    """What the keys do there, and what every dialog does by itself."""
    at = over.fields.widgets.get("happened_at")
    return [
        _enter(over), _escape(over),
        words.tr("Tab goes on to the next field, arrow keys to another choice, Space chooses it.")
        if over.fields.widgets else "",
        words.tr("Fields with a * are to be filled in.") if over.fields.any_required else "",
        words.tr("“{field}” is the present until you change it: back 24 hours, for administrators 7 days.").format(
            field=at.accessibleName()) if at is not None else "",
        words.tr("Where somebody else changes something of it meanwhile, a line on top says so and asks what counts.")
        if over.writes and over.subject() is not None else ""]


def _enter(over: Dialog) -> str:
    does = over.primary.text()
    if over.primary.key:
        return words.tr("Enter does what the button says: “{does}”. On another button it presses that one.").format(
            does=does)
    return words.tr("“{does}” is not done by Enter alone: press the button, or go there with Tab and press Space."
                    ).format(does=does)


def _escape(over: Dialog) -> str:
    if over.draft_key:
        return words.tr("Esc closes. Nothing is done; what you have typed is there again when you open it next.")
    return words.tr("Esc closes. Nothing is done.") if over.writes else words.tr("Esc closes.")


def _shown_over(dialog: QWidget) -> DialogHelp | None:
    return next((one for one in dialog.findChildren(DialogHelp) if one.isVisible()), None)


def on_top(dialog: Dialog) -> Dialog:
    """The help over a dialog while it is shown, else the dialog: what the keys are for."""
    return _shown_over(dialog) or dialog


def toggle_help(dialog: Dialog) -> None:
    """Show help over a dialog, or take it away; not while something is sent, whose answer belongs to the dialog."""
    shown = _shown_over(dialog)
    if shown is not None:
        shown.reject()
    elif not dialog.sending.busy:
        DialogHelp(dialog).open()
