"""ops: runs, rejected inputs, the registry of published views, the inputs of newshouse.toml and their alerts."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from etl.schema.base import instant, key, metadata, sha256, text


def _count(name: str, comment: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=sql("0"), comment=comment)


load_run = Table(
    "load_run",
    metadata,
    Column("run_id", BigInteger, Identity(always=True), primary_key=True, comment="Number of the run"),
    text("command", "What was run: load, reload, renormalize, correct, rejects retry, rejects dismiss"),
    text("arguments", "The paths and options it was given; of a reload the name of the input"),
    text("state", "running, succeeded, failed or interrupted"),
    instant("started_at", "When the run began"),
    instant("finished_at", "When the run ended; NULL while it runs", nullable=True),
    text("rule_version", "The version of the normalising rules that the run used"),
    text("message", "Why a failed or interrupted run ended; NULL otherwise", nullable=True),
    _count("read_count", "Inputs read: the sum of the five outcomes"),
    _count("inserted_count", "Inputs that gave a new article"),
    _count("updated_count", "Inputs that changed an article"),
    _count("unchanged_count", "Inputs that the warehouse already held as they are"),
    _count("duplicate_count", "Inputs whose text stands under another article"),
    _count("rejected_count", "Inputs that gave no article, for a reason in ops.rejected_item"),
    _count(
        "read_again_count",
        "Articles that its end read again, with or without a line that their source repeats, and changed",
    ),
    CheckConstraint("state IN ('running', 'succeeded', 'failed', 'interrupted')", name="state_is_known"),
    CheckConstraint(
        "read_count = inserted_count + updated_count + unchanged_count + duplicate_count + rejected_count",
        name="every_input_has_one_outcome",
    ),
    CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="finished_unless_running"),
    schema="ops",
    comment="One row per run of a job that writes: what it was given, how it ended, and every input by outcome.",
)

rejected_item = Table(
    "rejected_item",
    metadata,
    key("reject_id", "Derived from origin and fingerprint", primary_key=True),
    key("input_id", "Derived from the origin, as in raw.input"),
    text("origin", "Where the input came from: a path, file.jsonl#12, a URL"),
    sha256("fingerprint", "SHA-256 over content, media type and carrier"),
    text("reason_code", "Why it was rejected, from a closed list (etl.extract.item.REASONS)"),
    text("detail", "Why it was rejected, in words"),
    text("media_type", "What the input was taken for"),
    Column(
        "carrier",
        JSONB,
        nullable=False,
        comment="What the carrier said: url, source, title, published, authors, timezone",
    ),
    Column(
        "content",
        LargeBinary,
        nullable=True,
        comment="The bytes exactly as read; NULL when they could not be read or are over the limit for keeping",
    ),
    Column("byte_length", BigInteger, nullable=True, comment="Size of the input in bytes; NULL when unknown"),
    text("state", "open, or resolved once the input was loaded"),
    Column("run_id", BigInteger, ForeignKey("ops.load_run.run_id"), nullable=False, comment="The run that rejected it"),
    instant("rejected_at", "When it was rejected"),
    Column(
        "resolved_run_id",
        BigInteger,
        ForeignKey("ops.load_run.run_id"),
        nullable=True,
        comment="The run that resolved it; NULL while open",
    ),
    instant("resolved_at", "When it was resolved; NULL while open", nullable=True),
    CheckConstraint("state IN ('open', 'resolved')", name="state_is_known"),
    CheckConstraint(
        "(state = 'resolved') = (resolved_at IS NOT NULL) AND (resolved_at IS NULL) = (resolved_run_id IS NULL)",
        name="resolved_is_dated",
    ),
    schema="ops",
    comment="One row per rejected version of an input: the reason and the raw bytes, so that it can be replayed.",
)
Index("ix_rejected_item_input_id", rejected_item.c.input_id)
Index("ix_rejected_item_rejected_at", rejected_item.c.rejected_at)

reference_file = Table(
    "reference_file",
    metadata,
    text("file_name", "Name of the file in seeds/reference", primary_key=True),
    sha256("content_sha256", "SHA-256 of the file as it was loaded"),
    schema="ops",
    comment="The reference files that core holds: code that comes with others says so before it loads an article.",
)

correction = Table(
    "correction",
    metadata,
    key("article_id", "The article corrected"),
    instant("corrected_at", "When"),
    Column("published_on", Date, nullable=True, comment="The right day; NULL where the day was not corrected"),
    instant(
        "published_at", "The right minute; NULL where it was not corrected or only the day is known", nullable=True
    ),
    text("publisher_id", "The right publisher; NULL where it was not corrected", nullable=True),
    text("reason", "Why, in the words of the person who corrected it"),
    text("author", "Who corrected it"),
    PrimaryKeyConstraint("article_id", "corrected_at"),
    CheckConstraint("published_on IS NOT NULL OR publisher_id IS NOT NULL", name="something_is_corrected"),
    CheckConstraint("published_at IS NULL OR published_on IS NOT NULL", name="minute_has_a_day"),
    CheckConstraint("reason <> '' AND author <> ''", name="reason_and_author_are_given"),
    schema="ops",
    comment="What a person knows better than the rules. The latest of each value stands over every load.",
)

view_registry = Table(
    "view_registry",
    metadata,
    text("view_name", "Name of the view in schema mart", primary_key=True),
    sha256("definition_sha256", "SHA-256 of the file the view was made from"),
    instant("published_at", "When the view was made"),
    schema="ops",
    comment="The views that the warehouse itself put into schema mart; every other view there is an analyst's own.",
)

fetched_url = Table(
    "fetched_url",
    metadata,
    key("fetched_id", "Derived from listing and address", primary_key=True),
    text("listing", "The feed, sitemap or page that was to be loaded"),
    text("url", "The address that was fetched for it; the listing itself has a row too"),
    text("etag", "The server's ETag, sent back at the next visit; NULL where it gave none", nullable=True),
    text("last_modified", "The server's Last-Modified, sent back likewise; NULL where it gave none", nullable=True),
    sha256("said_sha256", "SHA-256 over all that was said of it: the feed's entry, the sitemap's line, the options"),
    instant("fetched_at", "When it was fetched last with something new"),
    schema="ops",
    comment="What was fetched from the web and is loaded: what did not change since is not fetched again.",
)

named_input = Table(
    "named_input",
    metadata,
    text("input_name", "Its name in newshouse.toml", primary_key=True),
    text("kind", "path (a file or folder), glob or url"),
    text("location", "The path, pattern or address"),
    Column("every_seconds", BigInteger, nullable=False, comment="Its schedule: seconds between two reloads"),
    text("config_path", "The newshouse.toml that names it"),
    instant("added_at", "When the warehouse heard of it"),
    instant("last_seen_at", "When it was last there: the path existed, the address answered", nullable=True),
    instant("last_changed_at", "When a reload last found something new or changed in it", nullable=True),
    instant("last_success_at", "When a reload of it last went through", nullable=True),
    instant("last_failure_at", "When a reload of it last failed; NULL where none did", nullable=True),
    text("last_failure", "Why it failed then", nullable=True),
    Column(
        "last_run_id",
        BigInteger,
        ForeignKey("ops.load_run.run_id"),
        nullable=True,
        comment="The run of its latest reload; NULL where none began a run",
    ),
    CheckConstraint("kind IN ('path', 'glob', 'url')", name="kind_is_known"),
    CheckConstraint("every_seconds > 0", name="schedule_is_positive"),
    CheckConstraint("(last_failure_at IS NULL) = (last_failure IS NULL)", name="failure_has_a_reason"),
    schema="ops",
    comment="One row per input that a newshouse.toml names: where it is, and how its reloads went.",
)

alert = Table(
    "alert",
    metadata,
    text("input_name", "The input it is about", ForeignKey("ops.named_input.input_name", ondelete="CASCADE")),
    text("kind", "failure, staleness or rejects"),
    text("detail", "What is wrong, in words"),
    instant("raised_at", "When it was noticed"),
    instant("sent_at", "When the webhook took it; NULL until then", nullable=True),
    instant("recovered_at", "When it was over; the row goes once the webhook took that too", nullable=True),
    PrimaryKeyConstraint("input_name", "kind"),
    CheckConstraint("kind IN ('failure', 'staleness', 'rejects')", name="kind_is_known"),
    schema="ops",
    comment="What the webhook was told, or is to be told, of the inputs: each alert once, and its recovery.",
)
