"""Rows for the tests of the views: a test gives the columns it is about, the rest is filled in here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from etl.load import source_lines, story_totals, summary

Row = dict[str, Any]

# What articles and their countries say of each other.
_DERIVED = (
    "UPDATE core.article_country AS c SET published_on = a.published_on"
    " FROM core.article AS a WHERE a.article_id = c.article_id AND c.published_on IS NULL",
    "INSERT INTO core.article_without_country SELECT article_id, published_on FROM core.article AS a"
    " WHERE NOT EXISTS (SELECT FROM core.article_country AS c WHERE c.article_id = a.article_id)",
)
_INSTANT = "2025-06-01T00:00:00Z"


def insert(connection: Connection, given: dict[str, list[Row]]) -> None:
    """Insert rows by table name ('article', 'country_mention', …).

    An article may carry `countries`, {code: mentions}; a source that an article names is made where it is not given.
    """
    articles = [_article(row) for row in given.get("article", [])]
    runs = given.get("load_run", [{"run_id": 1}])
    _put(connection, "ops.load_run", map(_run, runs), "OVERRIDING SYSTEM VALUE")
    _put(connection, "core.source", [*map(_source, given.get("source", [])), *_named_sources(articles)])
    _put(connection, "core.article", [{k: v for k, v in row.items() if k != "countries"} for row in articles])
    for table, complete in _CHILDREN.items():
        _put(connection, table, map(complete, given.get(table.partition(".")[2], [])))
    _put(connection, "core.article_country", map(_article_country, _countries(articles)))
    for statement in _DERIVED:
        connection.execute(statement)
    summary.create(connection)
    for counts in (source_lines, summary):
        counts.add(connection, [article["article_id"] for article in articles])
    story_totals.recount(connection)


def _put(connection: Connection, table: str, rows: Iterable[Row], clause: str = "") -> None:
    for row in rows:
        statement = sql.SQL("INSERT INTO {} ({}) {} VALUES ({}) ON CONFLICT DO NOTHING").format(
            sql.Identifier(*table.split(".")),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(clause),
            sql.SQL(", ").join(map(sql.Placeholder, row)),
        )
        connection.execute(statement, row)


def _article(row: Row) -> Row:
    key = row["article_id"]
    return {
        "identity": f"article {key}",
        "document_id": key,
        "title": f"Title {key}",
        "title_is_derived": False,
        "body": "Body",
        "body_confidence": 1,
        "language": "ru",
        "language_confidence": 1,
        **_publisher(row),
        **_agency(row),
        "authors": [],
        **_publication(row),
        "published_candidates": Jsonb([]),
        "text_sha256": b"text",
        "row_sha256": b"row",
        "rule_version": "1",
        "version": 1,
        "first_run_id": 1,
        "changed_run_id": 1,
        "loaded_at": _INSTANT,
        "changed_at": _INSTANT,
    } | row


def _publisher(row: Row) -> Row:
    if row.get("publisher_id", "unknown") != "unknown":
        return {"publisher_method": "url", "publisher_evidence": row["publisher_id"]}
    return {"publisher_id": "unknown", "publisher_method": "none", "publisher_evidence": None}


def _agency(row: Row) -> Row:
    return {"agency_method": "dateline", "agency_evidence": row["agency_id"]} if "agency_id" in row else {}


def _publication(row: Row) -> Row:
    precision = "minute" if row.get("published_at") else "day" if row.get("published_on") else "none"
    precision = row.get("published_precision", precision)
    if precision == "none":
        return {"published_precision": "none", "published_method": "none", "published_evidence": None}
    return {"published_precision": precision, "published_method": "dateline", "published_evidence": "printed"}


def _countries(articles: Iterable[Row]) -> Iterable[Row]:
    for article in articles:
        for code, count in article.get("countries", {}).items():
            yield {"article_id": article["article_id"], "country_code": code, "mention_count": count}


def _article_country(row: Row) -> Row:
    return {"mention_count": 1, "is_in_title": False, "is_in_lead": False} | row


def _country_mention(row: Row) -> Row:
    place = {"start_offset": row["mention_no"], "end_offset": row["mention_no"] + 1}
    return {"kind": "name", "zone": "body", "is_counted": True, **place} | row


def _country_name(row: Row) -> Row:
    return {"language": "ru", "kind": "name", "flags": "", "is_current": True} | row


def _named_sources(articles: Iterable[Row]) -> Iterable[Row]:
    for article in articles:
        for source_id in (article["publisher_id"], article.get("agency_id")):
            if source_id is not None:
                yield _source({"source_id": source_id})


def _source(row: Row) -> Row:
    return {"name": row["source_id"].title(), "kind": "unknown", "languages": "", "needs_review": False} | row


def _run(row: Row) -> Row:
    times = {"started_at": _INSTANT, "finished_at": None if row.get("state") == "running" else _INSTANT}
    return {"command": "load", "arguments": "", "state": "succeeded", "rule_version": "1", **times} | row


def _rejected_item(row: Row) -> Row:
    key = row["reject_id"]
    resolved = {"resolved_run_id": 1, "resolved_at": _INSTANT} if row.get("state") == "resolved" else {}
    return {
        "input_id": key,
        "origin": f"{key}.txt",
        "fingerprint": b"fingerprint",
        "detail": "",
        "media_type": "text/plain",
        "carrier": Jsonb({}),
        "state": "open",
        "run_id": 1,
        "rejected_at": _INSTANT,
        **resolved,
    } | row


def _named_input(row: Row) -> Row:
    place = {"kind": "path", "location": "/inbox", "config_path": "/etc/newshouse.toml"}
    return {**place, "every_seconds": 900, "added_at": "2025-01-01T00:00:00Z"} | row


def _document(row: Row) -> Row:
    key = row["article_id"]
    return {
        "document_id": key,
        "input_id": key,
        "content_sha256": b"content",
        "byte_length": 7,
        "encoding": "utf-8",
        "media_type": "text/plain",
        "content": "content",
        "carrier": Jsonb({}),
        "run_id": 1,
        "loaded_at": _INSTANT,
    } | row


def _input(row: Row) -> Row:
    key = row["article_id"]
    return {
        "input_id": key,
        "origin": f"{key}.txt",
        "fingerprint": b"fingerprint",
        "outcome": "article",
        "document_id": key,
        "first_run_id": 1,
        "changed_run_id": 1,
    } | row


def _story_group(row: Row) -> Row:
    return {"publisher_id": "unknown"} | row  # recounting says whose it is


def _as_given(row: Row) -> Row:
    return row


_CHILDREN: dict[str, Callable[[Row], Row]] = {
    "core.article_country": _article_country,
    "core.country_name": _country_name,
    "core.country_mention": _country_mention,
    "core.text_fingerprint": _as_given,
    "core.story_group": _story_group,
    "core.story_key": _as_given,
    "ops.named_input": _named_input,
    "ops.rejected_item": _rejected_item,
    "raw.document": _document,
    "raw.input": _input,
}
