"""The short lines of articles, counted by publisher, so that those which a publisher repeats are left out of bodies.

Why: one page cannot tell a subheading from a link of the site; the same line on many pages of one publisher can. New
tables only. The articles that are there are counted at once; their lines are recorded when `newshouse renormalize`
reads them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_line",
        sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The article"),
        sa.Column(
            "line_key",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Derived from the line's words in lower case",
        ),
        sa.Column("line", sa.Text(), nullable=False, comment="The line as it stands in the text"),
        sa.Column(
            "is_vetoed",
            sa.Boolean(),
            nullable=False,
            comment="Whether it was left out of the body, because its source repeats it",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["core.article.article_id"], name=op.f("fk_article_line_article_id")),
        sa.PrimaryKeyConstraint("article_id", "line_key", name=op.f("pk_article_line")),
        schema="core",
        comment="Short lines of articles that may be the site's: no sentence, nothing of an enumeration.",
    )
    op.create_index("ix_article_line_line_key", "article_line", ["line_key"], schema="core")
    op.create_table(
        "source_line",
        sa.Column("source_id", sa.Text(), nullable=False, comment="The publisher"),
        sa.Column(
            "line_key",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Derived from the line's words in lower case",
        ),
        sa.Column(
            "article_count", sa.BigInteger(), nullable=False, comment="Articles of the publisher that hold the line"
        ),
        sa.Column(
            "vetoed_count", sa.BigInteger(), nullable=False, comment="Those of them that were read with the line vetoed"
        ),
        sa.Column(
            "is_vetoed",
            sa.Boolean(),
            nullable=False,
            comment="Whether articles are to be read without it: enough of the publisher's hold it",
        ),
        sa.CheckConstraint(
            "vetoed_count BETWEEN 0 AND article_count", name=op.f("ck_source_line_vetoed_are_some_of_the_articles")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["core.source.source_id"], name=op.f("fk_source_line_source_id")),
        sa.PrimaryKeyConstraint("source_id", "line_key", name=op.f("pk_source_line")),
        schema="core",
        comment=(
            "How many articles of a publisher hold a line, summed from core.article_line: finds the lines it repeats."
        ),
    )
    op.create_index(
        "ix_source_line_uncertain",
        "source_line",
        ["source_id"],
        schema="core",
        postgresql_where=sa.text("article_count NOT IN (1, 2) OR vetoed_count > 0 OR is_vetoed"),
    )
    op.create_table(
        "source_total",
        sa.Column("source_id", sa.Text(), nullable=False, comment="The publisher"),
        sa.Column("article_count", sa.BigInteger(), nullable=False, comment="Articles it published"),
        sa.Column(
            "is_settled",
            sa.Boolean(),
            nullable=False,
            comment="Whether its repeated lines are vetoed, and its articles read without them",
        ),
        sa.CheckConstraint("article_count >= 0", name=op.f("ck_source_total_article_count_is_not_negative")),
        sa.ForeignKeyConstraint(["source_id"], ["core.source.source_id"], name=op.f("fk_source_total_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_total")),
        schema="core",
        comment="How many articles each publisher has: what the count of a line is a share of.",
    )
    op.execute(
        "INSERT INTO core.source_total (source_id, article_count, is_settled)"
        " SELECT publisher_id, count(*), true FROM core.article GROUP BY publisher_id"
    )


def downgrade() -> None:
    op.drop_table("source_total", schema="core")
    op.drop_table("source_line", schema="core")
    op.drop_table("article_line", schema="core")
