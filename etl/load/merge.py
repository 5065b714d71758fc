"""The accepted inputs of a batch into the warehouse: classified by their keys, then written where something differs.

Everything here happens in the transaction of the batch. The order is: small tables (sources, the run) before large
ones; counts come from the classification. New articles are copied straight into the tables; all others are staged and
merged by plain INSERT and UPDATE. No statement touches a row that stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import LiteralString

from psycopg import Connection, sql

from etl.load import rows, source_lines, staging, statements, stories, story_totals, summary
from etl.load.classify import Classified
from etl.load.encode import Encoded

_UPDATED = frozenset({"updated"})
_UNCHANGED = frozenset({"unchanged"})
_WRITTEN = frozenset({"inserted", "updated"})
_ANY = frozenset({"inserted", "updated", "unchanged", "duplicate"})

# Each statement with the outcomes that it is about: where the batch has none of them, it is passed over.
_BEFORE = (
    (_UPDATED, statements.KEEP_VERSION),
    (_UPDATED, statements.REVIVE_DUPLICATES),
    (_UPDATED, statements.FORGET_TEXTS),
)
_ARTICLES = (
    (_UPDATED, statements.UPDATE),
    (frozenset({"inserted"}), statements.INSERT),
)
_LOAD = (
    (_WRITTEN, statements.TEXTS),
    (_ANY, statements.DOCUMENTS),
    (_UNCHANGED, statements.MOVE_DOCUMENT),
    (_ANY, statements.INPUTS),
    (_ANY, statements.RESOLVE),
)
_RENORMALIZE = (
    (_WRITTEN, statements.TEXTS),
    (_UNCHANGED, statements.STAMP_RULES),
)
_CORRECT: tuple[sql.SQL | sql.Composed, ...] = (
    sql.SQL(statements.CORRECT_DATES),
    *(
        sql.SQL(statements.CORRECT_DAYS).format(stage=sql.Identifier(table.stage))
        for table in rows.CHILDREN
        if "published_on" in table.columns
    ),
    sql.SQL(statements.CORRECT_PUBLISHERS),
    sql.SQL(statements.CORRECT_HASHES),
)


def name_sources(connection: Connection, batch: Sequence[Encoded]) -> None:
    """Put the sources that the batch names and nobody knows into core.source, for review."""
    named = sorted({source for one in batch for source in one.sources})
    if named:
        ids, names = zip(*named, strict=True)
        connection.execute(statements.SOURCES, {"ids": list(ids), "names": list(names)})


def write(
    connection: Connection,
    batch: Sequence[Encoded],
    found: Sequence[Classified],
    stamp: rows.Stamp,
    *,
    is_renormalizing: bool = False,
) -> bool:
    """Write what `classify` found, all but the rejected. When renormalizing, inputs and documents stay.

    Returns whether a row was touched that was there before: what was looked up earlier may be out of date then.
    """
    pairs = list(zip(batch, found, strict=True))
    new = [one for one, what in pairs if what.is_new]
    staged = [(one, what) for one, what in pairs if not (what.is_new or what.is_settled or what.outcome == "rejected")]
    updated = [one.keys.article_id for one, what in staged if what.outcome == "updated"]
    inserted = [one.keys.article_id for one, what in pairs if what.outcome == "inserted" and not what.is_settled]
    for counts in (source_lines, summary):
        counts.subtract(connection, updated)
    if new:
        staging.copy_new(connection, new)
    if staged:
        staging.fill(connection, staged)
        _merge(connection, staged, stamp, is_renormalizing)
    for counts in (source_lines, summary):
        counts.add(connection, [*updated, *inserted])
    story_totals.refresh(connection, updated)
    stories.mark(connection, [*updated, *inserted])
    return bool(staged)


def _merge(
    connection: Connection, staged: Sequence[tuple[Encoded, Classified]], stamp: rows.Stamp, is_renormalizing: bool
) -> None:
    parameters = {"run_id": stamp.run_id, "now": stamp.now}
    outcomes = {what.outcome for _, what in staged}
    if any(one.keys.row_sha256 != what.row_sha256 for one, what in staged):
        for correct in _CORRECT:
            connection.execute(correct)
    for about, statement in _steps(is_renormalizing):
        if outcomes & about:
            connection.execute(statement, parameters)


@cache
def _steps(is_renormalizing: bool) -> tuple[tuple[frozenset[str], sql.Composed], ...]:
    """The statements in their order, with their tables and columns filled in."""
    return (
        *((about, _columns(statement)) for about, statement in (*_BEFORE, *_ARTICLES)),
        *_children(_UPDATED, statements.FORGET_CHILDREN),
        *_children(_WRITTEN, statements.CHILDREN),
        *((about, _columns(statement)) for about, statement in (_RENORMALIZE if is_renormalizing else _LOAD)),
    )


def _children(about: frozenset[str], statement: LiteralString) -> Iterator[tuple[frozenset[str], sql.Composed]]:
    for table in rows.CHILDREN:
        yield (
            about,
            sql.SQL(statement).format(
                table=sql.Identifier(*table.name.split(".")),
                stage=sql.Identifier(table.stage),
                columns=_names(table.columns),
                columns_of_table=_names(table.columns, "t"),
                columns_of_stage=_names(table.columns, "s"),
                key_of_table=_names(table.key, "t"),
                key_of_stage=_names(table.key, "s"),
            ),
        )


def _columns(statement: LiteralString) -> sql.Composed:
    return sql.SQL(statement).format(
        normalized=_names(rows.NORMALIZED),
        normalized_of_article=_names(rows.NORMALIZED, "a"),
        normalized_of_stage=_names(rows.NORMALIZED, "s"),
        article_columns=_names(rows.ARTICLE.columns),
        article_columns_of_stage=_names(rows.ARTICLE.columns, "s"),
    )


def _names(columns: tuple[str, ...], alias: str = "") -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(*filter(None, (alias, name))) for name in columns)
