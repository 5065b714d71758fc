"""The length of an article's body, kept beside it.

Why: mart.articles shows it, and a month of 10,000 articles took half a second to answer, most of it to fetch and unpack
every body only to count its characters. PostgreSQL computes it where it writes the row; no load does. The table is
written anew once: two minutes for a million articles.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "article",
        sa.Column(
            "body_character_count",
            sa.Integer(),
            sa.Computed("char_length(body)", persisted=True),
            nullable=False,
            comment="Characters of the body, counted where the row is written",
        ),
        schema="core",
    )


def downgrade() -> None:
    op.drop_column("article", "body_character_count", schema="core")
