"""Reprints of one text, grouped as stories.

Why: one wire printed by ten outlets is ten articles and one story; marts can count either. New tables only. The
articles that are there are grouped when `newshouse renormalize` reads them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

METHODS = "'same text', 'shared lines', 'similar'"


def _key(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False, comment=comment)


def _column(name: str, kind: sa.types.TypeEngine[object], comment: str) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _create(table: str, comment: str, *parts: sa.schema.SchemaItem, keys: tuple[str, ...]) -> None:
    op.create_table(
        table,
        *parts,
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
        schema="core",
        comment=comment,
    )


def _of_article(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["article_id"], ["core.article.article_id"], name=op.f(f"fk_{table}_article_id"))


def upgrade() -> None:
    _create(
        "story_print",
        "What articles are compared by, to tell a reprint from another text.",
        _key("article_id", "The article"),
        _column("word_count", sa.Integer(), "Words and numbers of the body"),
        _column(
            "sketch", sa.LargeBinary(), "256 bits of MinHash over three words in a row; empty for fewer than 30 words"
        ),
        _column("numbers", postgresql.ARRAY(sa.Text()), "The distinct numbers of the body as printed, 64 at most"),
        _of_article("story_print"),
        keys=("article_id",),
    )
    _create(
        "story_key",
        "What reprints are found by: articles that share a key are compared.",
        _key("article_id", "The article"),
        _key("story_key", "Derived from the text's words, a line's, or a band of its MinHash values"),
        _column("word_count", sa.Integer(), "Words of the text or line that the key stands for; 0 for a band"),
        _of_article("story_key"),
        keys=("article_id", "story_key"),
    )
    op.create_index("ix_story_key_story_key", "story_key", ["story_key", "article_id"], schema="core")
    _create(
        "story_common_key",
        "Keys that stand in too many articles to tell a story: templates, and lines that a publisher adds.",
        _key("story_key", "The key"),
        keys=("story_key",),
    )
    _create(
        "story_pending",
        "Articles that are new or changed since stories were grouped last.",
        _key("article_id", "The article"),
        _of_article("story_pending"),
        keys=("article_id",),
    )
    _create(
        "story_link",
        "Pairs of articles whose texts were compared and found to be one.",
        _key("article_id", "The one article"),
        _key("other_id", "The other; each pair stands here twice"),
        _column("method", sa.Text(), "same text, shared lines or similar"),
        _column(
            "similarity",
            sa.Numeric(4, 3),
            "Share of the shorter text that the other has line by line, or of their words",
        ),
        sa.CheckConstraint(f"method IN ({METHODS})", name=op.f("ck_story_link_method_is_known")),
        sa.CheckConstraint("similarity BETWEEN 0 AND 1", name=op.f("ck_story_link_similarity_is_a_share")),
        _of_article("story_link"),
        keys=("article_id", "other_id"),
    )
    _create(
        "story_group",
        "Articles that are one story with others: every one of them is a reprint of the first.",
        _key("article_id", "The article"),
        _key("story_id", "The article of the story that was published first"),
        _column(
            "method",
            sa.Text(),
            "How it is like the first: same text, shared lines or similar; first for the first itself",
        ),
        _column("similarity", sa.Numeric(4, 3), "How like the first it is, 0 to 1"),
        sa.CheckConstraint(f"method IN ('first', {METHODS})", name=op.f("ck_story_group_method_is_known")),
        sa.CheckConstraint("similarity BETWEEN 0 AND 1", name=op.f("ck_story_group_similarity_is_a_share")),
        sa.CheckConstraint(
            "(method = 'first') = (article_id = story_id)", name=op.f("ck_story_group_first_is_the_story")
        ),
        _of_article("story_group"),
        keys=("article_id",),
    )
    op.create_index("ix_story_group_story_id", "story_group", ["story_id"], schema="core")


def downgrade() -> None:
    for table in ("story_group", "story_link", "story_pending", "story_common_key", "story_key", "story_print"):
        op.drop_table(table, schema="core")
