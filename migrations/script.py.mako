"""${message}

Why: say here what the change is for and what it costs on a filled warehouse.

Rules of this folder: the file is named NNNN_slug.py and revises the one before it; it never imports etl.schema and
never reads sql/; it stays as it is once released. Views are dropped and made again by the upgrade command, not here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
