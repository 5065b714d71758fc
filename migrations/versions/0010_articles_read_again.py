"""How many articles a run read again because their source was found to repeat a line, or no longer.

Why: each of them leaves a former version that the run replaced, and no count of the run said so: the check that compares
runs with what is stored took them for rows written outside of newshouse. The runs so far are given what they replaced
beyond the updates that they counted.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "load_run",
        sa.Column(
            "read_again_count",
            sa.BigInteger(),
            nullable=False,
            server_default=sa.text("0"),
            comment="Articles that its end read again, with or without a line that their source repeats, and changed",
        ),
        schema="ops",
    )
    op.execute(
        "UPDATE ops.load_run AS run SET read_again_count = replaced.version_count - run.updated_count"
        " FROM (SELECT replaced_run_id, count(*) AS version_count FROM core.article_version GROUP BY replaced_run_id)"
        " AS replaced"
        " WHERE replaced.replaced_run_id = run.run_id AND replaced.version_count > run.updated_count"
    )


def downgrade() -> None:
    op.drop_column("load_run", "read_again_count", schema="ops")
