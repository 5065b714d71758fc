"""Staging: temporary tables with the columns of the tables they feed, filled with binary COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from psycopg import Connection, sql

from etl.load.prepare import Prepared, StagedItem

ITEM_COLUMNS = tuple(field.name for field in fields(StagedItem))

MENTION_COLUMNS = (
    "article_id",
    "mention_no",
    "country_code",
    "name_id",
    "kind",
    "zone",
    "start_offset",
    "end_offset",
    "surface",
    "is_counted",
)

CITATION_COLUMNS = ("article_id", "citation_no", "name", "source_id", "method", "evidence")

# The types come from the tables themselves, so that a migrated column needs no second place.
_CREATE = """
CREATE TEMPORARY TABLE IF NOT EXISTS stage_item AS
SELECT 0 AS item_no, {items}
FROM core.article AS a
CROSS JOIN raw.document AS d
CROSS JOIN raw.input AS i
WITH NO DATA;

CREATE TEMPORARY TABLE IF NOT EXISTS stage_mention AS
SELECT {mentions} FROM core.country_mention WITH NO DATA;

CREATE TEMPORARY TABLE IF NOT EXISTS stage_citation AS
SELECT {citations} FROM core.article_citation WITH NO DATA;

CREATE TEMPORARY TABLE IF NOT EXISTS stage_outcome (
    item_no     integer PRIMARY KEY,
    outcome     text NOT NULL,
    standing_id bigint NOT NULL,
    is_settled  boolean NOT NULL
);
"""
_OF_INPUT = frozenset({"input_id", "origin", "fingerprint"})
_OF_DOCUMENT = frozenset(
    {"document_id", "content_sha256", "byte_length", "encoding", "media_type", "content", "carrier"}
)


def create(connection: Connection) -> None:
    """Make the staging tables of this connection, once."""
    statement = sql.SQL(_CREATE).format(
        items=sql.SQL(", ").join(sql.Identifier(_table(name), name) for name in ITEM_COLUMNS),
        mentions=sql.SQL(", ").join(map(sql.Identifier, MENTION_COLUMNS)),
        citations=sql.SQL(", ").join(map(sql.Identifier, CITATION_COLUMNS)),
    )
    connection.execute(statement)


def _table(column: str) -> str:
    return "i" if column in _OF_INPUT else "d" if column in _OF_DOCUMENT else "a"


def fill(connection: Connection, batch: Sequence[Prepared]) -> None:
    """Replace the staged rows by those of `batch`, whose items all have a row."""
    connection.execute("TRUNCATE stage_item, stage_mention, stage_citation, stage_outcome")
    staged = [prepared.row for prepared in batch if prepared.row]
    rows = ((number, *(getattr(row, name) for name in ITEM_COLUMNS)) for number, row in enumerate(staged))
    _copy(connection, "stage_item", ("item_no", *ITEM_COLUMNS), rows)
    _copy(connection, "stage_mention", MENTION_COLUMNS, _mention_rows(batch))
    _copy(connection, "stage_citation", CITATION_COLUMNS, _citation_rows(batch))


def _mention_rows(batch: Sequence[Prepared]) -> Iterable[tuple[object, ...]]:
    for prepared in batch:
        if prepared.row:
            for number, mention in enumerate(prepared.mentions, 1):
                yield (
                    prepared.row.article_id,
                    number,
                    mention.country_code,
                    mention.name_id,
                    mention.kind,
                    mention.zone,
                    mention.start,
                    mention.end,
                    mention.surface,
                    mention.is_counted,
                )


def _citation_rows(batch: Sequence[Prepared]) -> Iterable[tuple[object, ...]]:
    for prepared in batch:
        if prepared.row:
            for number, cited in enumerate(prepared.cited, 1):
                yield prepared.row.article_id, number, cited.name, cited.source_id, cited.method, cited.evidence


def _copy(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {} WHERE false").format(names, sql.Identifier(table)))
        types = [column.type_code for column in cursor.description or ()]
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(sql.Identifier(table), names)
        with cursor.copy(statement) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
