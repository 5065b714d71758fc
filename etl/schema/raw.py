"""raw: what came in. `input` is keyed by the origin, `document` by the article, each version once."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.dialects.postgresql import JSONB

from etl.schema.base import instant, key, metadata, sha256, text


def _run(name: str, comment: str) -> Column[int]:
    return Column(name, BigInteger, ForeignKey("ops.load_run.run_id"), nullable=False, comment=comment)


input_table = Table(
    "input",
    metadata,
    key("input_id", "Derived from the origin", primary_key=True),
    text("origin", "Where the input comes from: a path, file.jsonl#12, a URL"),
    sha256("fingerprint", "SHA-256 over content, media type and carrier of the version seen last"),
    text("outcome", "What the version seen last gave: article, duplicate (of another input's article) or rejected"),
    key("article_id", "The article it gave or repeats; NULL when no version ever gave one", nullable=True),
    key("document_id", "The version in raw.document; NULL when no version ever gave an article", nullable=True),
    _run("first_run_id", "The run that saw the input first"),
    _run("changed_run_id", "The run that saw its present version first"),
    CheckConstraint("outcome IN ('article', 'duplicate', 'rejected')", name="outcome_is_known"),
    CheckConstraint("outcome = 'rejected' OR article_id IS NOT NULL", name="article_unless_rejected"),
    CheckConstraint("(article_id IS NULL) = (document_id IS NULL)", name="document_with_article"),
    schema="raw",
    comment="One row per input ever read, as it was last seen: what a reload looks up to know that nothing changed.",
)

document = Table(
    "document",
    metadata,
    key("article_id", "The article this version gave or repeats", primary_key=True),
    key("document_id", "Derived from origin and fingerprint", primary_key=True),
    key("input_id", "The input this is a version of"),
    sha256("content_sha256", "SHA-256 of the bytes as read"),
    Column("byte_length", BigInteger, nullable=False, comment="Size of the input in bytes"),
    text("encoding", "The character encoding the bytes were read with: content in it gives the bytes again"),
    text("media_type", "What the input is: text/plain or text/html"),
    text("content", "The exact text of the input, before any cleaning"),
    Column(
        "carrier",
        JSONB,
        nullable=False,
        comment="What the carrier said: url, source, title, published, authors, timezone",
    ),
    _run("run_id", "The run that read this version first"),
    instant("loaded_at", "When this version was read first"),
    CheckConstraint("byte_length >= 0", name="byte_length_is_positive"),
    schema="raw",
    comment="One row per version of an input: its exact text. Nothing here is ever changed.",
)
