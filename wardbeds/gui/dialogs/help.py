"""Help for the region that has the focus, the sheet of shortcuts, and About."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from wardbeds import __version__
from wardbeds.gui import words
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.reading import ReadingDialog
from wardbeds.gui.foot import KeyCap
from wardbeds.gui.labels import label, text_label
from wardbeds.gui.session import Session
from wardbeds.services.diagnostics import diagnostics, library_licences


class HelpDialog(ReadingDialog):
    """What can be done in a region, step by step."""

    def __init__(self, session: Session, parent: QWidget, region: str) -> None:
        super().__init__(session, parent, session.tr("Help"))
        title, steps = self._text(region)
        self.add_wide(label(title, 16, 700))
        for step in steps:
            self.add_wide(label(f"•  {step}", 14))

    def show_help(self) -> None:
        """F1 once more: away with it."""
        self.reject()

    def _text(self, region: str) -> tuple[str, list[str]]:
        placing = [self.tr("Drag a patient onto a bed, or onto another patient to swap them. What letting go would do "
                           "is said beside your hand."),
                   self.tr("A patient who lies in a bed is taken by the sign in the card’s corner: click it, then the "
                           "new bed."),
                   self.tr("Or click the patient, then the bed. Or press A, M or S and type the bed, as a103."),
                   self.tr("Green beds are possible, amber ones need a reason, pale ones are not possible now.")]
        texts = {
            "rail": (self.tr("Waiting patients"), [
                self.tr("Here wait the patients of this ward who have no bed yet, the most urgent first."), *placing]),
            "board": (self.tr("The board"), [
                *placing,
                self.tr("A bed to clean is done with a click on the sign in its card’s corner, or with C."),
                self.tr("A filled corner marks a bed that another station changed. It goes when you look at the bed, "
                        "or for all beds with Esc pressed twice."),
                self.tr("Arrow keys go to the nearest bed. Enter shows everything about it; there P copies the "
                        "patient's phone, A the attendant's, or F of one who waits."),
                self.tr("Ctrl and the mouse wheel make the plan larger or smaller; 0 fits the ward.")]),
            "list": (self.tr("The List"), [
                self.tr("Click the head of a column to sort by it. Or press Ctrl with an arrow key: left and right "
                        "choose the column, up and down which end is on top."),
                self.tr("Drag the row of a patient onto the row of a bed, or press Space on one, then on the other."),
                self.tr("Enter shows everything about a bed, F2 edits the notes, Shift+F10 shows all you can do."),
                self.tr("A filter makes the other rows pale; the line above says how many are left, and the order.")]),
            "details": (self.tr("Details"), [
                self.tr("Everything about the bed or the patient that is selected, with what happened to both; of a "
                        "bed with somebody in it you choose whose history you see."),
                self.tr("P copies the patient's phone, A the attendant's, or F of one who waits. The other letters do "
                        "what their buttons say, as on the board."),
                self.tr("Arrow keys, Page up and Page down scroll. Esc goes back to the board, and so does a click on "
                        "a bed, which is then the one shown.")]),
            "sign_in": (self.tr("Sign in"), [
                self.tr("Type your user name and your password, then Enter. No patient's name is seen on this page."),
                self.tr("With a code from the administrator you set your first password: “I have a code for a new "
                        "account”. Who has forgotten the password asks for a new code."),
                self.tr("“Connection…” says where the data of this PC are.")]),
            "strip": (self.tr("Counts and filters"), [
                self.tr("Each chip counts the beds in one state. Press it to dim all others; nothing is hidden."),
                self.tr("“Mine” shows the patients you are the responsible nurse of.")]),
            "command": (self.tr("Ward and search"), [
                self.tr("The first button opens another ward."),
                self.tr("Search finds patients by name, number or phone, beds and wards. Enter goes there."),
                self.tr("Your name opens what belongs to you and to the house.")]),
            "work": (self.tr("Last action"), [
                self.tr("The dark block shows what was done last at this station. Undo takes it back."),
                self.tr("Beside it stands what is selected, with what can be done and the keys for it.")]),
        }
        return texts.get(region, texts["board"])


class ShortcutsDialog(ReadingDialog):
    """All keys on one sheet."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent, session.tr("Shortcuts"), width=820)
        pairs = [
            ("N", self.tr("Admit")), ("A", self.tr("Place a waiting patient")), ("M", self.tr("Move")),
            ("T", self.tr("Transfer to another ward")), ("S", self.tr("Swap two patients")),
            ("D", self.tr("Discharge")), ("G", self.tr("Has left")),
            ("E  F2", self.tr("Notes; F2 in the List")), ("I", self.tr("Admission")), ("Shift+I", self.tr("Identity")),
            ("Shift+T", self.tr("Correct time")), ("J", self.tr("Is a known person")),
            ("X", self.tr("Cancel admission")),
            ("R", self.tr("Reserve")), ("U", self.tr("Release hold")), ("B", self.tr("Block")),
            ("Shift+B", self.tr("Unblock")), ("C", self.tr("Clean done")),
            ("H", self.tr("Done earlier")), ("Del", self.tr("Take off the list")),
            ("Space", self.tr("Pick up, put down")), ("Enter", self.tr("Details")), ("Esc", self.tr("Cancel")),
            ("Esc Esc", self.tr("All changes seen")),
            ("Ctrl+Z", self.tr("Undo")), ("Ctrl+K  /", self.tr("Search or scan")),
            ("Ctrl+P", self.tr("Print the sheet")),
            ("Ctrl+1 2 3", self.tr("Map, Grid, List")), ("Ctrl+F", self.tr("Find a bed")),
            ("F4", self.tr("Waiting patients")), ("F5", self.tr("Read again")), ("F6", self.tr("Next region")),
            ("F11", self.tr("Full screen")), ("+ − 0", self.tr("Larger, smaller, fit")), ("Ctrl+L", self.tr("Lock")),
            ("Arrows", self.tr("Nearest bed")), ("Home End", self.tr("First, last of the room")),
            ("Shift+F10", self.tr("All actions")), ("Ctrl+← →", self.tr("List: sort by column")),
            ("Ctrl+↑ ↓", self.tr("List: first or last on top")), ("F1", self.tr("Help")), ("?", self.tr("This sheet")),
        ]
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        lines = -(-len(pairs) // 3)
        for n, (key, text) in enumerate(pairs):
            column = 2 * (n // lines)
            grid.addWidget(KeyCap(key), n % lines, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(text_label(text, 14), n % lines, column + 1)
        for column in (1, 3, 5):
            grid.setColumnStretch(column, 1)
        self.add_wide(box)


class AboutDialog(ReadingDialog):
    """Version, licences of all that is bundled, and diagnostics to read and copy."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent, session.tr("About Wardbeds"))
        self.add_wide(label(self.tr("Wardbeds {version}").format(version=__version__), 18, 700))
        self.add_wide(label(self.tr("Station {name}, {use}. Python {python}, Qt {qt}.").format(
            name=session.station, use=words.use_word(session.use), python=platform.python_version(), qt=qVersion())))
        self.add_wide(label(self.tr("Licence: Apache-2.0. Bundled with it, each under a licence of its own: a font, "
                                       "icons, Qt (as PySide6 Essentials) and other libraries."), colour="ink2"))
        self.text = self.text_box(10)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Diagnostics"))
        self.text.hide()
        self.libraries = self._table()
        self.add_wide(self.libraries)
        self.add_wide(self.text)
        self.copy = Button(self.tr("Copy diagnostics"))
        self.copy.clicked.connect(self._copy)
        self.foot_side.addWidget(self.copy)
        self.foot_note.setText(self.tr("Diagnostics hold no names."))

    def _table(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setVerticalSpacing(4)
        for n, (name, version, licence) in enumerate(library_licences()):
            for column, text in enumerate((name, version, licence)):
                grid.addWidget(text_label(text, 13, 600 if column == 0 else 400, "ink" if column == 0 else "ink2"),
                               n, column, Qt.AlignmentFlag.AlignTop)
        for column, share in enumerate((4, 2, 6)):
            grid.setColumnStretch(column, share)
        return box

    def _copy(self) -> None:
        self.session.ask(diagnostics, self._copied)

    def _copied(self, text: str) -> None:
        """Show what goes out, not only that it does."""
        QApplication.clipboard().setText(text)
        self.text.setPlainText(text)
        self.libraries.hide()
        self.text.show()
        self.foot_note.setText(self.tr("Copied: just what you see. It holds no names."))
        self.place()


def region_of(page: QWidget, focus: QWidget | None, regions: dict[str, QWidget]) -> str:
    """Which region of the page has the focus."""
    for name, region in regions.items():
        if focus is not None and (region is focus or region.isAncestorOf(focus)):
            return name
    return "board" if page is not None else ""

