"""Who may do what: one table, permission x role, from UX b.11. Services require, windows ask."""

from __future__ import annotations

from enum import StrEnum

from wardbeds.domain.errors import Code, Refusal, Refused, refuse
from wardbeds.domain.people import Role


class Permission(StrEnum):
    """What can be allowed, as resource:action, in alphabetical order."""

    ADMISSION_CANCEL = "admission:cancel"
    ADMISSION_CREATE = "admission:create"
    ADMISSION_EDIT = "admission:edit"
    AUDIT_READ = "audit:read"
    BACKUP_RUN = "backup:run"
    BED_ASSIGN = "bed:assign"
    BED_BLOCK = "bed:block"
    BED_CLEAN = "bed:clean"
    BED_HOLD = "bed:hold"
    BED_SWAP = "bed:swap"
    BED_TRANSFER = "bed:transfer"
    BOARD_READ = "board:read"
    DATA_EXPORT = "data:export"
    DATA_IMPORT = "data:import"
    DIET_DELIVER = "diet:deliver"
    DIET_ORDER = "diet:order"
    DISCHARGE_DECIDE = "discharge:decide"
    DISCHARGE_LEAVE = "discharge:leave"
    NAMES_READ = "names:read"
    NOTES_READ = "notes:read"
    NOTES_WRITE = "notes:write"
    PATIENT_EDIT = "patient:edit"
    REMARK_WRITE = "remark:write"
    SHEET_PRINT = "sheet:print"
    USERS_MANAGE = "users:manage"
    WARD_SETUP = "ward:setup"
    WARNING_OVERRIDE = "warning:override"


class Grant(StrEnum):
    """How far a permission goes; all but NO and YES are limits that the service in question checks."""

    NO = "no"
    YES = "yes"
    OWN = "own"              # the caregiver's own patient, the patient's own place
    OWN_WARD = "own_ward"    # the ward lead's own ward
    SHARED = "shared"        # only what the note's box shares
    SHORT = "short"          # family name, initial and bed
    DIET = "diet"            # diet, food allergy and texture only
    UNWARNED = "unwarned"    # where no soft warning applies
    ACCEPTED = "accepted"    # transfers that the receiving ward has accepted
    QUEUE = "queue"          # the work queue's sheet
    MEALS = "meals"          # the meal sheet


_COLUMNS = (Role.ADMIN, Role.MEDICAL_STAFF, Role.SUPPORT_STAFF, Role.CAREGIVER, Role.CHEF, Role.PATIENT,
            Role.HOSPITAL_MANAGER)

_ROWS: dict[Permission, str] = {
    Permission.ADMISSION_CANCEL: "yes yes no no no no no",
    Permission.ADMISSION_CREATE: "yes yes no no no no no",
    Permission.ADMISSION_EDIT: "yes yes no no no no no",
    Permission.AUDIT_READ: "yes no no no no no yes",
    Permission.BACKUP_RUN: "yes no no no no no no",
    Permission.BED_ASSIGN: "yes yes unwarned no no no no",
    Permission.BED_BLOCK: "yes yes yes no no no no",
    Permission.BED_CLEAN: "yes yes yes no no no no",
    Permission.BED_HOLD: "yes yes no no no no no",
    Permission.BED_SWAP: "yes yes no no no no no",
    Permission.BED_TRANSFER: "yes yes accepted no no no no",
    Permission.BOARD_READ: "yes yes yes no no no yes",
    Permission.DATA_EXPORT: "yes no no no no no yes",
    Permission.DATA_IMPORT: "yes no no no no no no",
    Permission.DIET_DELIVER: "no no no no yes no no",
    Permission.DIET_ORDER: "no yes no no no no no",
    Permission.DISCHARGE_DECIDE: "yes yes no no no no no",
    Permission.DISCHARGE_LEAVE: "yes yes yes no no no no",
    Permission.NAMES_READ: "yes yes yes own short own yes",
    Permission.NOTES_READ: "yes yes no no diet shared no",
    Permission.NOTES_WRITE: "no yes no no no no no",
    Permission.PATIENT_EDIT: "yes yes no no no no no",
    Permission.REMARK_WRITE: "yes yes yes no no no no",
    Permission.SHEET_PRINT: "yes yes queue no meals no yes",
    Permission.USERS_MANAGE: "yes no no no no no no",
    Permission.WARD_SETUP: "yes own_ward no no no no no",
    Permission.WARNING_OVERRIDE: "yes yes no no no no no",
}

GRANTS: dict[tuple[Permission, Role], Grant] = {
    (permission, role): Grant(word)
    for permission, row in _ROWS.items()
    for role, word in zip(_COLUMNS, row.split(), strict=True)
}


def grant(role: Role, permission: Permission) -> Grant:
    """How far ``role`` may go with ``permission``."""
    return GRANTS[permission, role]


def can(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission at all, limited or not."""
    return grant(role, permission) is not Grant.NO


def can_fully(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission without a limit."""
    return grant(role, permission) is Grant.YES


def missing(role: Role, permission: Permission) -> Refusal:
    """The refusal that names what the role lacks."""
    return refuse(Code.ROLE, "permission", role=role.value, permission=permission.value)


def require(role: Role, permission: Permission) -> Grant:
    """Return how far the role may go; raise :class:`Refused` with ``ROLE`` if not at all."""
    granted = grant(role, permission)
    if granted is Grant.NO:
        raise Refused(missing(role, permission))
    return granted


def require_fully(role: Role, permission: Permission) -> None:
    """Raise :class:`Refused` with ``ROLE`` unless the role has the permission without a limit."""
    if not can_fully(role, permission):
        raise Refused(missing(role, permission))
