"""What each kind of dialog is for, in a sentence or two, by its name: none of them needs to be loaded for that."""

from __future__ import annotations

from wardbeds.gui import words
from wardbeds.gui.dialogs.base import Dialog


def about(dialog: Dialog) -> str:
    """What this dialog is for; empty where it says that itself."""
    return abouts().get(type(dialog).__name__, "")


def abouts() -> dict[str, str]:
    """All there are."""
    return {**_patients(), **_beds(), **_mending(), **_house()}


def _patients() -> dict[str, str]:
    return {
        "AdmitPatientDialog": words.tr("Find the person by name, number or phone, or enter a new one. Then say where "
                                       "from, where to and what is needed; without a bed the patient waits."),
        "PlaceDialog": words.tr("Type the bed, as a103, or choose it in the list, where the one that suits best is on "
                                "top. What speaks against it is said before anything is done."),
        "ReasonDialog": words.tr("Something speaks against this bed, or it is in another ward. One tap on a reason, or "
                                 "Ctrl+Enter with one chosen, goes on. “Go back”, by Enter, leaves all where they "
                                 "are."),
        "SwapWithDialog": words.tr("Choose with whom the patient changes places."),
        "SwapDialog": words.tr("Both change places in one step, or neither. Look at both names and numbers first."),
        "PickDialog": words.tr("Nothing was selected: type a name, a number or a bed, or go there with arrow keys."),
        "DischargeDialog": words.tr("Say how the stay ended, and when. “Decide only” leaves the bed to the patient "
                                    "until “Has left”."),
        "PatientLeftDialog": words.tr("The discharge was decided before; now the patient has gone, and the bed is "
                                      "given back."),
        "RemoveWaitingDialog": words.tr("For somebody who waits and needs no bed here any more."),
        "NotesDialog": words.tr("Notes belong to the patient and go along; what is said about the bed stays with it."),
        "EditAdmissionDialog": words.tr("What was said at admission and is different now."),
        "DetailsDialog": words.tr("Everything about the bed and its patient, with what happened to both. P copies the "
                                  "patient's phone, A the attendant's, or F of one who waits; arrow keys scroll."),
        "ShowNamesDialog": words.tr("There is no connection: the names were kept on this PC, closed."),
    }


def _beds() -> dict[str, str]:
    return {
        "ReserveBedDialog": words.tr("Say for whom or for what the bed is kept, and until when: then it is free again "
                                     "by itself."),
        "BlockBedDialog": words.tr("Say why nobody can lie here, and when the bed is expected back, if that is known."),
        "DisinfectedDialog": words.tr("Somebody in isolation lay here. The answer is kept with the cleaning."),
        "WhenDialog": words.tr("Say when it was done."),
        "FindBedDialog": words.tr("Choose what is needed; below stand the beds of all wards that have it. Enter goes "
                                  "to the one that is marked."),
        "ChangesDialog": words.tr("What others did while there was no connection, the latest first."),
    }


def _mending() -> dict[str, str]:
    return {
        "EditIdentityDialog": words.tr("Correct who the patient is. What stood there before stays in the history."),
        "CorrectTimeDialog": words.tr("Since when the patient really is in this bed. The reason is kept."),
        "MergeDialog": words.tr("Somebody unknown is known now: find the person, look at both, and they become one. "
                                "It cannot be undone."),
        "CancelAdmissionDialog": words.tr("For an admission that should not have been: no census counts it. For a "
                                          "patient who went home there is Discharge."),
        "ReopenDialog": words.tr("For a discharge of the last 7 days that was a mistake."),
    }


def _house() -> dict[str, str]:
    return {
        "WardSetupDialog": words.tr("What the ward takes, its rooms with their beds, and what is asked for less often. "
                                    "A bed that is taken out is closed; its history stays."),
        "CloseWardDialog": words.tr("For a ward that is no longer used. Nothing of it is deleted."),
        "StaffDialog": words.tr("Everybody who can sign in. Choose somebody to change, or add a person."),
        "AccountDialog": words.tr("The role says what somebody may do, the wards where. Whoever is new, or has "
                                  "forgotten the password, sets one with a code."),
        "CodeDialog": words.tr("With this code the person sets a password on the sign-in page."),
        "ImportDialog": words.tr("Lists of another program, as CSV files. What cannot be right is refused row by row; "
                                 "importing the same again changes nothing."),
        "ExportDialog": words.tr("The board or the census as a file that other programs read. The board's holds names: "
                                 "keep it safe."),
        "HospitalDialog": words.tr("What the hospital is called, and where its days begin."),
        "ConnectionDialog": words.tr("Where the data of this PC are. A server is tried before it is kept."),
        "ThisPcDialog": words.tr("What this PC is called, and what is seen first on it."),
    }
