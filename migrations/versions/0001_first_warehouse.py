"""The first warehouse: raw, core and ops tables, and an empty mart.

Why: everything starts here. raw keeps what came in, core what was normalised from it, ops the book of runs and
rejects; mart is filled with views by the upgrade command (etl.publish). Costs nothing: the database is empty.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMAS = {
    "raw": "What came in: one row per input and per version of it",
    "core": "The normalised warehouse",
    "ops": "The book of runs, rejected inputs and published views",
    "mart": "Views that answer reporting questions: the one schema that BI reads",
}


def upgrade() -> None:
    for schema, comment in SCHEMAS.items():
        op.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        op.execute(f"COMMENT ON SCHEMA {schema} IS '{comment}'")
    op.create_table(
        "calendar",
        sa.Column("day", sa.Date(), nullable=False, comment="The day"),
        sa.Column("year", sa.SmallInteger(), nullable=False, comment="Calendar year"),
        sa.Column("quarter", sa.SmallInteger(), nullable=False, comment="Quarter of the year, 1 to 4"),
        sa.Column("month", sa.SmallInteger(), nullable=False, comment="Month of the year, 1 to 12"),
        sa.Column("month_start", sa.Date(), nullable=False, comment="First day of the month"),
        sa.Column("quarter_start", sa.Date(), nullable=False, comment="First day of the quarter"),
        sa.Column("week_start", sa.Date(), nullable=False, comment="Monday of the ISO week"),
        sa.Column("iso_year", sa.SmallInteger(), nullable=False, comment="Year of the ISO 8601 week"),
        sa.Column("iso_week", sa.SmallInteger(), nullable=False, comment="ISO 8601 week, 1 to 53"),
        sa.Column("iso_weekday", sa.SmallInteger(), nullable=False, comment="1 Monday to 7 Sunday"),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar")),
        schema="core",
        comment="Every day from 1990 to 2049, and ten years ahead at least: what articles are counted on, gaps included.",
    )
    op.create_table(
        "country",
        sa.Column("country_code", sa.Text(), nullable=False, comment="ISO 3166-1 alpha-2 code"),
        sa.Column("alpha3", sa.Text(), nullable=False, comment="ISO 3166-1 alpha-3 code"),
        sa.Column(
            "numeric_code", sa.Text(), nullable=True, comment="ISO 3166-1 numeric code; NULL for a user-assigned entry"
        ),
        sa.Column("name_en", sa.Text(), nullable=False, comment="English name"),
        sa.Column("name_ru", sa.Text(), nullable=False, comment="Russian name"),
        sa.Column("name_local", sa.Text(), nullable=False, comment="Name in the main local language"),
        sa.Column("region", sa.Text(), nullable=True, comment="Region by UN M49; NULL where it has none"),
        sa.Column("subregion", sa.Text(), nullable=True, comment="Subregion by UN M49; NULL where it has none"),
        sa.Column("status", sa.Text(), nullable=False, comment="iso, or user-assigned (XK)"),
        sa.CheckConstraint("country_code ~ '^[A-Z]{2}$'", name=op.f("ck_country_code_is_alpha2")),
        sa.CheckConstraint("status IN ('iso', 'user-assigned')", name=op.f("ck_country_status_is_known")),
        sa.PrimaryKeyConstraint("country_code", name=op.f("pk_country")),
        sa.UniqueConstraint("alpha3", name=op.f("uq_country_alpha3")),
        sa.UniqueConstraint("numeric_code", name=op.f("uq_country_numeric_code")),
        schema="core",
        comment="Countries and territories of ISO 3166-1.",
    )
    op.create_table(
        "text_fingerprint",
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of title and body"),
        sa.Column(
            "article_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="The article that had this text first",
        ),
        sa.PrimaryKeyConstraint("text_sha256", name=op.f("pk_text_fingerprint")),
        schema="core",
        comment="Every text an article ever had: finds the duplicates among new inputs.",
    )
    op.create_table(
        "load_run",
        sa.Column("run_id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Number of the run"),
        sa.Column(
            "command",
            sa.Text(),
            nullable=False,
            comment="What was run: load, renormalize, correct, rejects retry, rejects dismiss",
        ),
        sa.Column("arguments", sa.Text(), nullable=False, comment="The paths and options it was given"),
        sa.Column("state", sa.Text(), nullable=False, comment="running, succeeded, failed or interrupted"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="When the run began"),
        sa.Column(
            "finished_at", sa.DateTime(timezone=True), nullable=True, comment="When the run ended; NULL while it runs"
        ),
        sa.Column(
            "rule_version", sa.Text(), nullable=False, comment="The version of the normalising rules that the run used"
        ),
        sa.Column("message", sa.Text(), nullable=True, comment="Why a failed or interrupted run ended; NULL otherwise"),
        sa.Column(
            "read_count",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Inputs read: the sum of the five outcomes",
        ),
        sa.Column(
            "inserted_count",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Inputs that gave a new article",
        ),
        sa.Column(
            "updated_count",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Inputs that changed an article",
        ),
        sa.Column(
            "unchanged_count",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Inputs that the warehouse already held as they are",
        ),
        sa.Column(
            "duplicate_count",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Inputs whose text stands under another article",
        ),
        sa.Column(
            "rejected_count",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Inputs that gave no article, for a reason in ops.rejected_item",
        ),
        sa.CheckConstraint(
            "(state = 'running') = (finished_at IS NULL)", name=op.f("ck_load_run_finished_unless_running")
        ),
        sa.CheckConstraint(
            "state IN ('running', 'succeeded', 'failed', 'interrupted')", name=op.f("ck_load_run_state_is_known")
        ),
        sa.CheckConstraint(
            "read_count = inserted_count + updated_count + unchanged_count + duplicate_count + rejected_count",
            name=op.f("ck_load_run_every_input_has_one_outcome"),
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_load_run")),
        schema="ops",
        comment="One row per run of a job that writes: what it was given, how it ended, and every input by outcome.",
    )
    op.create_table(
        "view_registry",
        sa.Column("view_name", sa.Text(), nullable=False, comment="Name of the view in schema mart"),
        sa.Column(
            "definition_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the file the view was made from"
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False, comment="When the view was made"),
        sa.PrimaryKeyConstraint("view_name", name=op.f("pk_view_registry")),
        schema="ops",
        comment="The views that the warehouse itself put into schema mart; every other view there is an analyst's own.",
    )
    op.create_table(
        "country_name",
        sa.Column(
            "name_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Derived from country, language, kind and lemma",
        ),
        sa.Column("country_code", sa.Text(), nullable=False, comment="The country it names"),
        sa.Column("language", sa.Text(), nullable=False, comment="ISO 639 code of the language it belongs to"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="name, abbreviation, adjective, demonym, city, currency or language",
        ),
        sa.Column("lemma", sa.Text(), nullable=False, comment="Its dictionary form; every inflected form is matched"),
        sa.Column(
            "flags",
            sa.Text(),
            nullable=False,
            comment="When it counts: case-sensitive, needs context, blocked by others; empty where always",
        ),
        sa.Column(
            "is_current",
            sa.Boolean(),
            nullable=False,
            comment="False once it left the reference data; kept for the mentions that carry it",
        ),
        sa.CheckConstraint(
            "kind IN ('name', 'abbreviation', 'adjective', 'demonym', 'city', 'currency', 'language')",
            name=op.f("ck_country_name_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["country_code"], ["core.country.country_code"], name=op.f("fk_country_name_country_code")
        ),
        sa.PrimaryKeyConstraint("name_id", name=op.f("pk_country_name")),
        schema="core",
        comment="Every name, adjective, demonym, abbreviation and city that mentions a country: the rule behind a mention.",
    )
    op.create_table(
        "source",
        sa.Column(
            "source_id",
            sa.Text(),
            nullable=False,
            comment="Short name of the source, or its host name where it is not in the reference data",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name to show"),
        sa.Column(
            "country_code", sa.Text(), nullable=True, comment="Home country; NULL for an international or unknown one"
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="agency, state_agency, newspaper, portal, broadcaster, …; unknown where not looked into",
        ),
        sa.Column(
            "languages",
            sa.Text(),
            nullable=False,
            comment="ISO 639 codes it publishes in, separated by commas; empty where not looked into",
        ),
        sa.Column(
            "timezone",
            sa.Text(),
            nullable=True,
            comment="IANA time zone of its newsroom; NULL: the warehouse's zone is used",
        ),
        sa.Column(
            "needs_review",
            sa.Boolean(),
            nullable=False,
            comment="True for a source met while loading that nobody has looked at yet",
        ),
        sa.ForeignKeyConstraint(["country_code"], ["core.country.country_code"], name=op.f("fk_source_country_code")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source")),
        schema="core",
        comment="Publishers and agencies, with the member unknown.",
    )
    op.create_table(
        "rejected_item",
        sa.Column(
            "reject_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Derived from origin and fingerprint",
        ),
        sa.Column(
            "input_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Derived from the origin, as in raw.input",
        ),
        sa.Column(
            "origin", sa.Text(), nullable=False, comment="Where the input came from: a path, file.jsonl#12, a URL"
        ),
        sa.Column(
            "fingerprint", sa.LargeBinary(), nullable=False, comment="SHA-256 over content, media type and carrier"
        ),
        sa.Column(
            "reason_code",
            sa.Text(),
            nullable=False,
            comment="Why it was rejected, from a closed list (etl.extract.item.REASONS)",
        ),
        sa.Column("detail", sa.Text(), nullable=False, comment="Why it was rejected, in words"),
        sa.Column("media_type", sa.Text(), nullable=False, comment="What the input was taken for"),
        sa.Column(
            "carrier",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="What the carrier said: url, source, title, published, timezone",
        ),
        sa.Column(
            "content",
            sa.LargeBinary(),
            nullable=True,
            comment="The bytes exactly as read; NULL when they could not be read or are over the limit for keeping",
        ),
        sa.Column(
            "byte_length", sa.BigInteger(), nullable=True, comment="Size of the input in bytes; NULL when unknown"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="open, or resolved once the input was loaded"),
        sa.Column("run_id", sa.BigInteger(), nullable=False, comment="The run that rejected it"),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=False, comment="When it was rejected"),
        sa.Column(
            "resolved_run_id", sa.BigInteger(), nullable=True, comment="The run that resolved it; NULL while open"
        ),
        sa.Column(
            "resolved_at", sa.DateTime(timezone=True), nullable=True, comment="When it was resolved; NULL while open"
        ),
        sa.CheckConstraint(
            "(state = 'resolved') = (resolved_at IS NOT NULL) AND (resolved_at IS NULL) = (resolved_run_id IS NULL)",
            name=op.f("ck_rejected_item_resolved_is_dated"),
        ),
        sa.CheckConstraint("state IN ('open', 'resolved')", name=op.f("ck_rejected_item_state_is_known")),
        sa.ForeignKeyConstraint(
            ["resolved_run_id"], ["ops.load_run.run_id"], name=op.f("fk_rejected_item_resolved_run_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["ops.load_run.run_id"], name=op.f("fk_rejected_item_run_id")),
        sa.PrimaryKeyConstraint("reject_id", name=op.f("pk_rejected_item")),
        schema="ops",
        comment="One row per rejected version of an input: the reason and the raw bytes, so that it can be replayed.",
    )
    op.create_index("ix_rejected_item_input_id", "rejected_item", ["input_id"], unique=False, schema="ops")
    op.create_table(
        "document",
        sa.Column(
            "article_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="The article this version gave or repeats",
        ),
        sa.Column(
            "document_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Derived from origin and fingerprint",
        ),
        sa.Column(
            "input_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The input this is a version of"
        ),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the bytes as read"),
        sa.Column("byte_length", sa.BigInteger(), nullable=False, comment="Size of the input in bytes"),
        sa.Column(
            "encoding",
            sa.Text(),
            nullable=False,
            comment="The character encoding the bytes were read with: content in it gives the bytes again",
        ),
        sa.Column("media_type", sa.Text(), nullable=False, comment="What the input is: text/plain or text/html"),
        sa.Column("content", sa.Text(), nullable=False, comment="The exact text of the input, before any cleaning"),
        sa.Column(
            "carrier",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="What the carrier said: url, source, title, published, timezone",
        ),
        sa.Column("run_id", sa.BigInteger(), nullable=False, comment="The run that read this version first"),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False, comment="When this version was read first"),
        sa.CheckConstraint("byte_length >= 0", name=op.f("ck_document_byte_length_is_positive")),
        sa.ForeignKeyConstraint(["run_id"], ["ops.load_run.run_id"], name=op.f("fk_document_run_id")),
        sa.PrimaryKeyConstraint("article_id", "document_id", name=op.f("pk_document")),
        schema="raw",
        comment="One row per version of an input: its exact text. Nothing here is ever changed.",
    )
    op.create_table(
        "input",
        sa.Column("input_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Derived from the origin"),
        sa.Column(
            "origin", sa.Text(), nullable=False, comment="Where the input comes from: a path, file.jsonl#12, a URL"
        ),
        sa.Column(
            "fingerprint",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 over content, media type and carrier of the version seen last",
        ),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=False,
            comment="What the version seen last gave: article, duplicate (of another input's article) or rejected",
        ),
        sa.Column(
            "article_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=True,
            comment="The article it gave or repeats; NULL when no version ever gave one",
        ),
        sa.Column(
            "document_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=True,
            comment="The version in raw.document; NULL when no version ever gave an article",
        ),
        sa.Column("first_run_id", sa.BigInteger(), nullable=False, comment="The run that saw the input first"),
        sa.Column(
            "changed_run_id", sa.BigInteger(), nullable=False, comment="The run that saw its present version first"
        ),
        sa.CheckConstraint(
            "outcome = 'rejected' OR article_id IS NOT NULL", name=op.f("ck_input_article_unless_rejected")
        ),
        sa.CheckConstraint("outcome IN ('article', 'duplicate', 'rejected')", name=op.f("ck_input_outcome_is_known")),
        sa.CheckConstraint("(article_id IS NULL) = (document_id IS NULL)", name=op.f("ck_input_document_with_article")),
        sa.ForeignKeyConstraint(["changed_run_id"], ["ops.load_run.run_id"], name=op.f("fk_input_changed_run_id")),
        sa.ForeignKeyConstraint(["first_run_id"], ["ops.load_run.run_id"], name=op.f("fk_input_first_run_id")),
        sa.PrimaryKeyConstraint("input_id", name=op.f("pk_input")),
        schema="raw",
        comment="One row per input ever read, as it was last seen: what a reload looks up to know that nothing changed.",
    )
    op.create_table(
        "article",
        sa.Column(
            "article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Derived from the identity"
        ),
        sa.Column(
            "identity",
            sa.Text(),
            nullable=False,
            comment="What makes it the same article: the canonical URL, else the origin",
        ),
        sa.Column(
            "document_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="The version in raw.document it was read from",
        ),
        sa.Column(
            "title",
            sa.Text(),
            nullable=False,
            comment="The printed headline, or the first sentence where none is printed",
        ),
        sa.Column(
            "title_is_derived",
            sa.Boolean(),
            nullable=False,
            comment="True where the title was made from the first sentence",
        ),
        sa.Column(
            "body",
            sa.Text(),
            nullable=False,
            comment="The text of the article without menus, credits and teasers; mentions point into it",
        ),
        sa.Column(
            "body_confidence",
            sa.Numeric(precision=4, scale=3),
            nullable=False,
            comment="0 to 1: how sure it is that the body is the whole article and nothing else",
        ),
        sa.Column(
            "language",
            sa.Text(),
            nullable=False,
            comment="ISO 639-1 code of the text's language; und where it is not sure",
        ),
        sa.Column(
            "publisher_id", sa.Text(), nullable=False, comment="Who published this copy; unknown where nothing says"
        ),
        sa.Column(
            "publisher_method",
            sa.Text(),
            nullable=False,
            comment="The rule that named the publisher; none where unknown",
        ),
        sa.Column(
            "publisher_evidence", sa.Text(), nullable=True, comment="The words it was read from; NULL where unknown"
        ),
        sa.Column(
            "agency_id", sa.Text(), nullable=True, comment="Whose wire it is; NULL where the text names no agency"
        ),
        sa.Column(
            "agency_method", sa.Text(), nullable=True, comment="The rule that named the agency; NULL with agency_id"
        ),
        sa.Column(
            "agency_evidence", sa.Text(), nullable=True, comment="The words it was read from; NULL with agency_id"
        ),
        sa.Column("url", sa.Text(), nullable=True, comment="URL as it was given; NULL where none was"),
        sa.Column(
            "authors",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Names of the authors as printed; empty where none is",
        ),
        sa.Column(
            "published_on",
            sa.Date(),
            nullable=True,
            comment="Day of publication in the zone it was given in, else the publisher's; NULL where not known",
        ),
        sa.Column(
            "published_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Minute of publication; NULL where only the day is known, or nothing",
        ),
        sa.Column(
            "published_precision",
            sa.Text(),
            nullable=False,
            comment="minute, day, partial (a day without a year: no date) or none",
        ),
        sa.Column(
            "published_method",
            sa.Text(),
            nullable=False,
            comment="The rule that read the date; none where nothing was read",
        ),
        sa.Column(
            "published_evidence",
            sa.Text(),
            nullable=True,
            comment="The exact words the date was read from; NULL where nothing was read",
        ),
        sa.Column(
            "published_candidates",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Every reading considered, strongest first, with the reason the others lost",
        ),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of title and body"),
        sa.Column(
            "row_sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of every normalised value and mention: equal means nothing changed",
        ),
        sa.Column("rule_version", sa.Text(), nullable=False, comment="The version of the normalising rules"),
        sa.Column("version", sa.Integer(), nullable=False, comment="1, and one more for every change"),
        sa.Column("first_run_id", sa.BigInteger(), nullable=False, comment="The run that inserted it"),
        sa.Column("changed_run_id", sa.BigInteger(), nullable=False, comment="The run that changed it last"),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False, comment="When it was inserted"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, comment="When it was changed last"),
        sa.CheckConstraint(
            "(published_at IS NOT NULL) = (published_precision = 'minute')", name=op.f("ck_article_time_fits_precision")
        ),
        sa.CheckConstraint(
            "(published_evidence IS NULL) = (published_precision = 'none')", name=op.f("ck_article_date_has_evidence")
        ),
        sa.CheckConstraint(
            "(published_on IS NOT NULL) = (published_precision IN ('minute', 'day'))",
            name=op.f("ck_article_day_fits_precision"),
        ),
        sa.CheckConstraint(
            "(publisher_method = 'none') = (publisher_evidence IS NULL)", name=op.f("ck_article_publisher_has_evidence")
        ),
        sa.CheckConstraint(
            "published_precision IN ('minute', 'day', 'partial', 'none')", name=op.f("ck_article_precision_is_known")
        ),
        sa.CheckConstraint(
            "(agency_id IS NULL) = (agency_evidence IS NULL)", name=op.f("ck_article_agency_has_evidence")
        ),
        sa.CheckConstraint("body_confidence BETWEEN 0 AND 1", name=op.f("ck_article_confidence_is_a_share")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_article_version_is_positive")),
        sa.ForeignKeyConstraint(["agency_id"], ["core.source.source_id"], name=op.f("fk_article_agency_id")),
        sa.ForeignKeyConstraint(["changed_run_id"], ["ops.load_run.run_id"], name=op.f("fk_article_changed_run_id")),
        sa.ForeignKeyConstraint(["first_run_id"], ["ops.load_run.run_id"], name=op.f("fk_article_first_run_id")),
        sa.ForeignKeyConstraint(["published_on"], ["core.calendar.day"], name=op.f("fk_article_published_on")),
        sa.ForeignKeyConstraint(["publisher_id"], ["core.source.source_id"], name=op.f("fk_article_publisher_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article")),
        schema="core",
        comment="One row per article: what it says, when and by whom it was published, and the evidence for each.",
    )
    op.create_index("ix_article_published_on", "article", ["published_on"], unique=False, schema="core")
    op.create_index(
        "ix_article_publisher_id_published_on", "article", ["publisher_id", "published_on"], unique=False, schema="core"
    )
    op.create_table(
        "article_version",
        sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The article"),
        sa.Column("version", sa.Integer(), nullable=False, comment="The version that this was"),
        sa.Column(
            "document_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="The version in raw.document it was read from",
        ),
        sa.Column(
            "title",
            sa.Text(),
            nullable=False,
            comment="The printed headline, or the first sentence where none is printed",
        ),
        sa.Column(
            "title_is_derived",
            sa.Boolean(),
            nullable=False,
            comment="True where the title was made from the first sentence",
        ),
        sa.Column(
            "body",
            sa.Text(),
            nullable=False,
            comment="The text of the article without menus, credits and teasers; mentions point into it",
        ),
        sa.Column(
            "body_confidence",
            sa.Numeric(precision=4, scale=3),
            nullable=False,
            comment="0 to 1: how sure it is that the body is the whole article and nothing else",
        ),
        sa.Column(
            "language",
            sa.Text(),
            nullable=False,
            comment="ISO 639-1 code of the text's language; und where it is not sure",
        ),
        sa.Column(
            "publisher_id", sa.Text(), nullable=False, comment="Who published this copy; unknown where nothing says"
        ),
        sa.Column(
            "publisher_method",
            sa.Text(),
            nullable=False,
            comment="The rule that named the publisher; none where unknown",
        ),
        sa.Column(
            "publisher_evidence", sa.Text(), nullable=True, comment="The words it was read from; NULL where unknown"
        ),
        sa.Column(
            "agency_id", sa.Text(), nullable=True, comment="Whose wire it is; NULL where the text names no agency"
        ),
        sa.Column(
            "agency_method", sa.Text(), nullable=True, comment="The rule that named the agency; NULL with agency_id"
        ),
        sa.Column(
            "agency_evidence", sa.Text(), nullable=True, comment="The words it was read from; NULL with agency_id"
        ),
        sa.Column("url", sa.Text(), nullable=True, comment="URL as it was given; NULL where none was"),
        sa.Column(
            "authors",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Names of the authors as printed; empty where none is",
        ),
        sa.Column(
            "published_on",
            sa.Date(),
            nullable=True,
            comment="Day of publication in the zone it was given in, else the publisher's; NULL where not known",
        ),
        sa.Column(
            "published_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Minute of publication; NULL where only the day is known, or nothing",
        ),
        sa.Column(
            "published_precision",
            sa.Text(),
            nullable=False,
            comment="minute, day, partial (a day without a year: no date) or none",
        ),
        sa.Column(
            "published_method",
            sa.Text(),
            nullable=False,
            comment="The rule that read the date; none where nothing was read",
        ),
        sa.Column(
            "published_evidence",
            sa.Text(),
            nullable=True,
            comment="The exact words the date was read from; NULL where nothing was read",
        ),
        sa.Column(
            "published_candidates",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Every reading considered, strongest first, with the reason the others lost",
        ),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of title and body"),
        sa.Column(
            "row_sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of every normalised value and mention: equal means nothing changed",
        ),
        sa.Column("rule_version", sa.Text(), nullable=False, comment="The version of the normalising rules"),
        sa.Column(
            "valid_from",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the warehouse began to hold this version",
        ),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=False, comment="When the next version replaced it"),
        sa.Column("replaced_run_id", sa.BigInteger(), nullable=False, comment="The run that replaced it"),
        sa.CheckConstraint(
            "(published_at IS NOT NULL) = (published_precision = 'minute')",
            name=op.f("ck_article_version_time_fits_precision"),
        ),
        sa.CheckConstraint(
            "(published_evidence IS NULL) = (published_precision = 'none')",
            name=op.f("ck_article_version_date_has_evidence"),
        ),
        sa.CheckConstraint(
            "(published_on IS NOT NULL) = (published_precision IN ('minute', 'day'))",
            name=op.f("ck_article_version_day_fits_precision"),
        ),
        sa.CheckConstraint(
            "(publisher_method = 'none') = (publisher_evidence IS NULL)",
            name=op.f("ck_article_version_publisher_has_evidence"),
        ),
        sa.CheckConstraint(
            "published_precision IN ('minute', 'day', 'partial', 'none')",
            name=op.f("ck_article_version_precision_is_known"),
        ),
        sa.CheckConstraint(
            "(agency_id IS NULL) = (agency_evidence IS NULL)", name=op.f("ck_article_version_agency_has_evidence")
        ),
        sa.CheckConstraint("body_confidence BETWEEN 0 AND 1", name=op.f("ck_article_version_confidence_is_a_share")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_article_version_valid_in_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["core.source.source_id"], name=op.f("fk_article_version_agency_id")),
        sa.ForeignKeyConstraint(["published_on"], ["core.calendar.day"], name=op.f("fk_article_version_published_on")),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["core.source.source_id"], name=op.f("fk_article_version_publisher_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_run_id"], ["ops.load_run.run_id"], name=op.f("fk_article_version_replaced_run_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_article_version")),
        schema="core",
        comment="Former versions of changed articles: what the warehouse knew on an earlier day.",
    )
    op.create_table(
        "source_name",
        sa.Column("kind", sa.Text(), nullable=False, comment="name or domain"),
        sa.Column("value", sa.Text(), nullable=False, comment="The name as printed, or the domain without www."),
        sa.Column("source_id", sa.Text(), nullable=False, comment="The source it means"),
        sa.Column(
            "flags", sa.Text(), nullable=False, comment="ambiguous where the name is also a plain word; empty otherwise"
        ),
        sa.CheckConstraint("kind IN ('name', 'domain')", name=op.f("ck_source_name_kind_is_known")),
        sa.ForeignKeyConstraint(["source_id"], ["core.source.source_id"], name=op.f("fk_source_name_source_id")),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_source_name")),
        schema="core",
        comment="The names and domains a source is recognised by; each means one source.",
    )
    op.create_table(
        "article_country",
        sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The article"),
        sa.Column("country_code", sa.Text(), nullable=False, comment="The country"),
        sa.Column(
            "mention_count", sa.Integer(), nullable=False, comment="Counted mentions of the country in the article"
        ),
        sa.Column("is_in_title", sa.Boolean(), nullable=False, comment="Whether one of them stands in the title"),
        sa.Column(
            "is_in_lead", sa.Boolean(), nullable=False, comment="Whether one of them stands in the first paragraph"
        ),
        sa.CheckConstraint("mention_count > 0", name=op.f("ck_article_country_mention_count_is_positive")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["core.article.article_id"], name=op.f("fk_article_country_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["country_code"], ["core.country.country_code"], name=op.f("fk_article_country_country_code")
        ),
        sa.PrimaryKeyConstraint("article_id", "country_code", name=op.f("pk_article_country")),
        schema="core",
        comment="Countries by article, summed from the counted rows of core.country_mention.",
    )
    op.create_index(
        "ix_article_country_country_code",
        "article_country",
        ["country_code", "article_id"],
        unique=False,
        schema="core",
    )
    op.create_table(
        "country_mention",
        sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The article"),
        sa.Column(
            "mention_no",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Number of the mention in the article, from 1, in reading order",
        ),
        sa.Column("country_code", sa.Text(), nullable=False, comment="The country mentioned"),
        sa.Column(
            "name_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The reference row that matched"
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="name, abbreviation, adjective, demonym, city, currency or language",
        ),
        sa.Column(
            "zone",
            sa.Text(),
            nullable=False,
            comment="title, dateline, lead or body: title offsets count in the title, all others in the body",
        ),
        sa.Column("start_offset", sa.Integer(), nullable=False, comment="Code points before the mention"),
        sa.Column("end_offset", sa.Integer(), nullable=False, comment="Code points before its end"),
        sa.Column("surface", sa.Text(), nullable=False, comment="The words as they stand in the text"),
        sa.Column(
            "is_counted",
            sa.Boolean(),
            nullable=False,
            comment="Whether it counts: currencies, languages and the dateline's city do not",
        ),
        sa.CheckConstraint(
            "zone IN ('title', 'dateline', 'lead', 'body')", name=op.f("ck_country_mention_zone_is_known")
        ),
        sa.CheckConstraint(
            "start_offset >= 0 AND start_offset < end_offset", name=op.f("ck_country_mention_offsets_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["core.article.article_id"], name=op.f("fk_country_mention_article_id")
        ),
        sa.ForeignKeyConstraint(["name_id"], ["core.country_name.name_id"], name=op.f("fk_country_mention_name_id")),
        sa.PrimaryKeyConstraint("article_id", "mention_no", name=op.f("pk_country_mention")),
        schema="core",
        comment="One row per occurrence of a country in an article, with its place, its words and the rule that matched.",
    )


def downgrade() -> None:
    op.drop_table("country_mention", schema="core")
    op.drop_index("ix_article_country_country_code", table_name="article_country", schema="core")
    op.drop_table("article_country", schema="core")
    op.drop_table("source_name", schema="core")
    op.drop_table("article_version", schema="core")
    op.drop_index("ix_article_publisher_id_published_on", table_name="article", schema="core")
    op.drop_index("ix_article_published_on", table_name="article", schema="core")
    op.drop_table("article", schema="core")
    op.drop_table("input", schema="raw")
    op.drop_table("document", schema="raw")
    op.drop_index("ix_rejected_item_input_id", table_name="rejected_item", schema="ops")
    op.drop_table("rejected_item", schema="ops")
    op.drop_table("source", schema="core")
    op.drop_table("country_name", schema="core")
    op.drop_table("view_registry", schema="ops")
    op.drop_table("load_run", schema="ops")
    op.drop_table("text_fingerprint", schema="core")
    op.drop_table("country", schema="core")
    op.drop_table("calendar", schema="core")
    for schema in ("raw", "core", "mart"):  # ops stays: it holds the version of the schema
        op.execute(sa.schema.DropSchema(schema))
    op.execute("COMMENT ON SCHEMA ops IS NULL")
