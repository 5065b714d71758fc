"""Whom an article quotes, what a person corrected, how sure its language is; lz4; the reference files loaded.

Why: press services and outlets that a text quotes are evidence that was thrown away; what a person knows better must
survive every load. Costs nothing on a filled warehouse but a catalogue change: the new column has the default 0 for
the rows that are there, without a rewrite, until `newshouse renormalize` computes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# lz4 compresses texts six times faster than pglz, reads them three times faster, and takes a quarter more room. A
# server may be built without it; what is stored already stays as it is.
LZ4_WHERE_THERE_IS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE {table} ALTER COLUMN {column} SET COMPRESSION lz4;
    END IF;
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The article corrected"),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False, comment="When"),
        sa.Column(
            "published_on", sa.Date(), nullable=True, comment="The right day; NULL where the day was not corrected"
        ),
        sa.Column(
            "published_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="The right minute; NULL where it was not corrected or only the day is known",
        ),
        sa.Column(
            "publisher_id", sa.Text(), nullable=True, comment="The right publisher; NULL where it was not corrected"
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why, in the words of the person who corrected it"),
        sa.Column("author", sa.Text(), nullable=False, comment="Who corrected it"),
        sa.CheckConstraint("reason <> '' AND author <> ''", name=op.f("ck_correction_reason_and_author_are_given")),
        sa.CheckConstraint(
            "published_at IS NULL OR published_on IS NOT NULL", name=op.f("ck_correction_minute_has_a_day")
        ),
        sa.CheckConstraint(
            "published_on IS NOT NULL OR publisher_id IS NOT NULL", name=op.f("ck_correction_something_is_corrected")
        ),
        sa.PrimaryKeyConstraint("article_id", "corrected_at", name=op.f("pk_correction")),
        schema="ops",
        comment="What a person knows better than the rules. The latest of each value stands over every load.",
    )
    op.create_table(
        "article_citation",
        sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The article"),
        sa.Column(
            "citation_no", sa.Integer(), autoincrement=False, nullable=False, comment="Number in the article, from 1"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Who is quoted, as printed"),
        sa.Column("source_id", sa.Text(), nullable=True, comment="The outlet it is; NULL for others"),
        sa.Column("method", sa.Text(), nullable=False, comment="The rule: press_service, office or outlet"),
        sa.Column("evidence", sa.Text(), nullable=False, comment="The words it was read from"),
        sa.CheckConstraint(
            "method IN ('press_service', 'office', 'outlet')", name=op.f("ck_article_citation_method_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["core.article.article_id"], name=op.f("fk_article_citation_article_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["core.source.source_id"], name=op.f("fk_article_citation_source_id")),
        sa.PrimaryKeyConstraint("article_id", "citation_no", name=op.f("pk_article_citation")),
        schema="core",
        comment="Whom an article quotes: press services, offices of state, other outlets.",
    )
    op.create_table(
        "reference_file",
        sa.Column("file_name", sa.Text(), nullable=False, comment="Name of the file in seeds/reference"),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the file as it was loaded"),
        sa.PrimaryKeyConstraint("file_name", name=op.f("pk_reference_file")),
        schema="ops",
        comment="The reference files that core holds: code that comes with others says so before it loads an article.",
    )
    op.create_check_constraint(
        op.f("ck_country_mention_kind_is_known"),
        "country_mention",
        "kind IN ('name', 'abbreviation', 'adjective', 'demonym', 'city', 'currency', 'language')",
        schema="core",
    )
    for table in ("article", "article_version"):
        op.create_check_constraint(
            op.f(f"ck_{table}_agency_has_method"),
            table,
            "(agency_id IS NULL) = (agency_method IS NULL)",
            schema="core",
        )
        op.add_column(
            table,
            sa.Column(
                "language_confidence",
                sa.Numeric(precision=4, scale=3),
                nullable=False,
                server_default="0",
                comment="0 to 1: how probable that language is",
            ),
            schema="core",
        )
        op.alter_column(table, "language_confidence", server_default=None, schema="core")
        op.create_check_constraint(
            op.f(f"ck_{table}_language_confidence_is_a_share"),
            table,
            "language_confidence BETWEEN 0 AND 1",
            schema="core",
        )
    for table in ("raw.document", "core.article", "core.article_version"):
        column = "content" if table == "raw.document" else "body"
        op.execute(LZ4_WHERE_THERE_IS.format(table=table, column=column))


def downgrade() -> None:
    for table in ("article", "article_version"):
        op.drop_constraint(f"ck_{table}_agency_has_method", table, schema="core")
    op.drop_constraint("ck_country_mention_kind_is_known", "country_mention", schema="core")
    op.drop_table("reference_file", schema="ops")
    op.drop_column("article_version", "language_confidence", schema="core")
    op.drop_column("article", "language_confidence", schema="core")
    op.drop_table("article_citation", schema="core")
    op.drop_table("correction", schema="ops")
