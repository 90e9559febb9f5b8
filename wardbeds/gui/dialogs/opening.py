"""Which dialog a verb opens; those that need more than the board shows read it first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.people import Person, StaffMember
from wardbeds.domain.stays import AdmissionDetail
from wardbeds.gui.board.targets import Side
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.bed_state import BlockBedDialog, ReserveBedDialog
from wardbeds.gui.dialogs.discharge import DischargeDialog, PatientLeftDialog, RemoveWaitingDialog
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog, EditIdentityDialog
from wardbeds.gui.dialogs.mending import CancelAdmissionDialog, CorrectTimeDialog, MergeDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.dialogs.notes import NotesDialog
from wardbeds.gui.dialogs.swap import SwapDialog
from wardbeds.gui.dialogs.swap_with import SwapWithDialog
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb
from wardbeds.services.reading import list_staff, read_admission


def open_dialog(session: Session, parent: QWidget, verb: Verb, bed: Bed | None, waiting: Waiting | None,
                show: Callable[[Dialog], None], whom: Person | None = None) -> None:
    """Make the dialog of a verb for the selection and hand it to ``show``; ``whom``: for whom a bed is to be kept."""
    if verb in (Verb.ADMISSION, Verb.IDENTITY):
        _open_after_reading(session, parent, verb, bed, waiting, show)
    elif verb is Verb.ADMIT:
        show(AdmitPatientDialog(session, parent, bed))
    elif verb is Verb.DISCHARGE:
        show(DischargeDialog(session, parent, bed=bed, waiting=waiting))
    elif verb is Verb.CANCEL:
        show(CancelAdmissionDialog(session, parent, bed, waiting))
    elif verb is Verb.MERGE:
        show(MergeDialog(session, parent, bed, waiting))
    elif bed is not None and verb is Verb.SWAP:
        _open_swap(session, parent, bed, show)
    elif bed is not None and verb in (Verb.MOVE, Verb.TRANSFER):
        show(PlaceDialog(session, parent, bed=bed, other_ward=verb is Verb.TRANSFER))
    elif waiting is not None and verb is Verb.ASSIGN:
        show(PlaceDialog(session, parent, waiting=waiting))
    elif waiting is not None and verb is Verb.REMOVE:
        show(RemoveWaitingDialog(session, parent, waiting))
    elif bed is not None and verb is Verb.RESERVE:
        show(ReserveBedDialog(session, parent, bed, whom))
    elif bed is not None:
        makers = {Verb.LEFT: PatientLeftDialog, Verb.NOTES: NotesDialog, Verb.BLOCK: BlockBedDialog,
                  Verb.TIME: CorrectTimeDialog}
        show(makers[verb](session, parent, bed))


def _open_swap(session: Session, parent: QWidget, bed: Bed, show: Callable[[Dialog], None]) -> None:
    """First with whom, then both side by side."""
    board = session.model.board
    if board is not None:
        own = Side(bed, board)
        show(SwapWithDialog(session, parent, own, lambda first, second: show(
            SwapDialog(session, parent, first, second))))


def _open_after_reading(session: Session, parent: QWidget, verb: Verb, bed: Bed | None, waiting: Waiting | None,
                        show: Callable[[Dialog], None]) -> None:
    person = bed.occupant.person if bed and bed.occupant else waiting.person if waiting else None
    if person is None:
        return

    def read(found: tuple[AdmissionDetail, tuple[StaffMember, ...]]) -> None:
        detail, staff = found
        show(EditIdentityDialog(session, parent, detail) if verb is Verb.IDENTITY
             else EditAdmissionDialog(session, parent, detail, staff))

    session.ask(lambda store, actor: (read_admission(store, actor, person.patient_id), list_staff(store, actor)), read)
