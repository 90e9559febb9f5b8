"""What the table of transitions cannot say of a bed's change (DESIGN 3), as conditions that both engines understand.

A bed that is kept goes to the one it is kept for; a bed given back is what it was before it was blocked; and nobody
takes another's place in one step. Each is the name of a guard and when it refuses.
"""

from __future__ import annotations

CHANGES: tuple[tuple[str, str], ...] = (
    ("tr_ward_beds_held", "OLD.status = 'reserved' AND NEW.status = 'occupied' "
                          "AND (OLD.held_for IS NULL OR NEW.patient_id <> OLD.held_for)"),
    ("tr_ward_beds_unblocked", "OLD.status = 'maintenance' AND NEW.status IN ('available', 'cleaning') "
                               "AND NEW.status <> OLD.blocked_from"),
    ("tr_ward_beds_blocked", "NEW.status = 'maintenance' AND "
                             "(OLD.status IN ('available', 'cleaning') AND NEW.blocked_from <> OLD.status "
                             "OR OLD.status = 'maintenance' AND NEW.blocked_from <> OLD.blocked_from)"),
    ("tr_ward_beds_occupant", "NEW.patient_id <> OLD.patient_id"),
)
"""A blocked bed that becomes reserved is not among them: that is undo's, and what it was the undone event says."""
