"""Fewer keys to find reprints by, and lines beside the sketch.

Why: 27 rows an article made keys the dearest part of a load. A text is found by about ten now, and its lines are
compared from one array. What was stored cannot be computed again by SQL: `newshouse renormalize` reads all articles
again (their rule version is an older one) and groups them anew; the former version of each is kept as always, so it
needs room for every body once more. Run it before the next load: an article that changes before it leaves its story,
and articles loaded meanwhile are compared with each other only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = "Derived from the text's words, a line's, or a band of its MinHash values"
NEW_KEY = "Hash of all words, of a line, or of four words in a row: the smallest of the text"


def _forget() -> None:
    """Keys and sketches of two kinds are never compared."""
    op.execute("TRUNCATE core.story_key, core.story_print, core.story_common_key")


def _comment(key: str) -> None:
    op.alter_column("story_key", "story_key", schema="core", comment=key)


def upgrade() -> None:
    _forget()
    op.drop_column("story_key", "word_count", schema="core")
    _comment(NEW_KEY)
    for column in (
        sa.Column("text_key", sa.BigInteger(), comment="Hash of all its words; NULL for fewer than 10 words"),
        sa.Column(
            "lines",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="Hashes of the lines of 10 words or more, the longest first, 64 at most",
        ),
        sa.Column(
            "line_words", postgresql.ARRAY(sa.Integer()), nullable=False, comment="The words of each of those lines"
        ),
    ):
        op.add_column("story_print", column, schema="core")
    op.create_check_constraint(
        op.f("ck_story_print_lines_have_their_words"),
        "story_print",
        "cardinality(lines) = cardinality(line_words)",
        schema="core",
    )


def downgrade() -> None:
    _forget()
    for column in ("text_key", "lines", "line_words"):
        op.drop_column("story_print", column, schema="core")
    words = sa.Column(
        "word_count",
        sa.Integer(),
        nullable=False,
        comment="Words of the text or line that the key stands for; 0 for a band",
    )
    op.add_column("story_key", words, schema="core")
    _comment(KEY)
