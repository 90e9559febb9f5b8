"""${message}

House rules: literal DDL only, never the tables of the program, which change; both engines; expand first, contract in a
later release, for stations of two versions work side by side; no batch_alter_table, which drops triggers.

Revision: ${up_revision}, after ${down_revision | comma,n}.
"""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "raise NotImplementedError"}
