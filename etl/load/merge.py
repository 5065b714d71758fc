"""Staged rows into the warehouse: classified first by joins, then plain INSERT and UPDATE of what differs.

Everything here happens in the transaction of the batch. The order is: small tables (sources, the run) before large
ones; counts come from the classification. No statement touches a row that stays as it is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import LiteralString

from psycopg import Connection, sql

from etl.load import statements
from etl.load.staging import CITATION_COLUMNS, MENTION_COLUMNS
from etl.schema import core


@cache
def _columns(statement: LiteralString) -> sql.Composed:
    """Fill in the lists of columns that article, its versions, staging and mentions share."""

    def names(columns: tuple[str, ...], alias: str = "") -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(*filter(None, (alias, name))) for name in columns)

    return sql.SQL(statement).format(
        columns=names(core.NORMALIZED_COLUMNS),
        of_article=names(core.NORMALIZED_COLUMNS, "a"),
        of_stage=names(core.NORMALIZED_COLUMNS, "s"),
        mention_columns=names(MENTION_COLUMNS),
        of_mention=names(MENTION_COLUMNS, "m"),
        citation_columns=names(CITATION_COLUMNS),
        of_citation=names(CITATION_COLUMNS, "c"),
    )


_ARTICLES = (
    statements.SOURCES,
    statements.KEEP_VERSION,
    statements.REVIVE_DUPLICATES,
    statements.FORGET_TEXTS,
    statements.UPDATE,
    statements.INSERT,
    statements.FORGET_MENTIONS,
    statements.FORGET_COUNTRIES,
    statements.FORGET_CITATIONS,
    statements.MENTIONS,
    statements.COUNTRIES,
    statements.CITATIONS,
    statements.FINGERPRINTS,
)
_LOAD = (*_ARTICLES, statements.DOCUMENTS, statements.MOVE_DOCUMENT, statements.INPUTS, statements.RESOLVE)
_RENORMALIZE = (*_ARTICLES, statements.STAMP_RULES)


def classify(connection: Connection, *, is_renormalizing: bool = False) -> list[str]:
    """The outcome of each staged row, by item_no: inserted, updated, unchanged, duplicate, or rejected where its key
    belongs to another identity (the caller writes the reject).

    What a person corrected is put over the rows first. When renormalizing, an article stays itself whatever its new
    text repeats.
    """
    connection.execute(statements.CORRECT_DATES)
    connection.execute(statements.CORRECT_PUBLISHERS)
    connection.execute(statements.CLASSIFY, {"is_renormalizing": is_renormalizing})
    rows = connection.execute("SELECT outcome FROM stage_outcome ORDER BY item_no").fetchall()
    return [outcome for (outcome,) in rows]


def apply(connection: Connection, run_id: int, *, is_renormalizing: bool = False) -> None:
    """Write what `classify` found, of all rows but the rejected. When renormalizing, inputs and documents stay."""
    parameters = {"run_id": run_id, "now": datetime.now(UTC)}
    for statement in _RENORMALIZE if is_renormalizing else _LOAD:
        connection.execute(_columns(statement), parameters)
