"""The counts of core (etl.schema.counts) kept up with the articles, inside the transaction of the batch.

`subtract` what articles count before they are changed, `add` what they count afterwards. Only the difference is
written: an article whose day, publisher and countries stay the same touches no row. What a batch costs follows the
batch, not the history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import LiteralString

from psycopg import Connection, sql
from sqlalchemy import Table

from etl.schema import counts

# What each table holds, as a query over articles and their countries; {articles} and {countries} are all, or a batch's.
_DAY = sql.SQL("coalesce(article.published_on, 'infinity')")
_MONTH = sql.SQL("date_trunc('month', coalesce(article.published_on, 'infinity')::timestamp)::date")

_ARTICLE_DAY: LiteralString = """
SELECT {day}, count(*)
FROM {articles} AS article
GROUP BY 1
"""

_PUBLISHER_DAY: LiteralString = """
SELECT {day}, article.publisher_id, article.language, count(*)
FROM {articles} AS article
GROUP BY 1, 2, 3
"""

_COUNTRY_DAY: LiteralString = """
SELECT
    {day},
    coalesce(counted.country_code, 'none'),
    count(*),
    count(*) FILTER (WHERE counted.is_in_title),
    coalesce(sum(counted.mention_count), 0)
FROM {articles} AS article
LEFT JOIN {countries} AS counted ON counted.article_id = article.article_id
GROUP BY 1, 2
"""

_COUNTRY_MONTH: LiteralString = """
SELECT
    {month},
    coalesce(counted.country_code, 'none'),
    article.publisher_id,
    count(*),
    count(*) FILTER (WHERE NOT article.title_is_derived),
    count(*) FILTER (WHERE counted.is_in_title),
    count(*) FILTER (WHERE counted.is_in_lead),
    coalesce(sum(counted.mention_count), 0)
FROM {articles} AS article
LEFT JOIN {countries} AS counted ON counted.article_id = article.article_id
GROUP BY 1, 2, 3
"""

_PAIR_MONTH: LiteralString = """
SELECT
    {month},
    one.country_code,
    other.country_code,
    count(*),
    count(*) FILTER (WHERE one.is_in_title AND other.is_in_title)
FROM {articles} AS article
JOIN {countries} AS one ON one.article_id = article.article_id
JOIN {countries} AS other
    ON other.article_id = article.article_id
    AND other.country_code > one.country_code
GROUP BY 1, 2, 3
"""

_PROVENANCE: LiteralString = """
SELECT
    article.publisher_id,
    coalesce(article.agency_id, 'none'),
    article.published_method,
    article.published_precision,
    count(*),
    count(*) FILTER (WHERE article.body_confidence < 0.5),
    count(*) FILTER (WHERE article.language = 'und')
FROM {articles} AS article
GROUP BY 1, 2, 3, 4
"""

# Between subtract and add: what the articles counted before, as negative numbers. Empty outside of a batch.
_CREATE: LiteralString = "CREATE TEMPORARY TABLE IF NOT EXISTS {lowered} (LIKE {table})"
_LOWER: LiteralString = "INSERT INTO {lowered} SELECT {keys}, {negative} FROM ({plain}) AS plain ({columns})"
_RAISE: LiteralString = """
INSERT INTO {table} AS known ({columns})
SELECT {keys}, {sums}
FROM ({plain} UNION ALL SELECT {columns} FROM {lowered}) AS difference ({columns})
GROUP BY {keys}
HAVING ({sums}) <> ({zeros})
ORDER BY {keys}
ON CONFLICT ({keys}) DO UPDATE SET {raised}
"""
_DROP_EMPTY: LiteralString = """
DELETE FROM {table} AS known
USING {lowered} AS lowered
WHERE {same_key} AND known.article_count = 0
"""
_CLEAR: LiteralString = "TRUNCATE {lowered}"
_FORGET: LiteralString = "DELETE FROM {table}"
_FILL: LiteralString = "INSERT INTO {table} ({columns}) {plain}"

# Read once for all tables; MATERIALIZED, or each of them would read the batch again.
_BATCH: LiteralString = """
WITH batch_article AS MATERIALIZED (
    SELECT article_id, published_on, publisher_id, agency_id, language, title_is_derived, body_confidence,
        published_method, published_precision
    FROM core.article
    WHERE article_id = ANY(%(article_ids)b)
),
batch_country AS MATERIALIZED (
    SELECT article_id, country_code, mention_count, is_in_title, is_in_lead
    FROM core.article_country
    WHERE article_id = ANY(%(article_ids)b)
)
"""
_OF_BATCH = {"articles": sql.SQL("batch_article"), "countries": sql.SQL("batch_country")}
_OF_ALL = {"articles": sql.SQL("core.article"), "countries": sql.SQL("core.article_country")}


@dataclass(frozen=True)
class _Summary:
    """One table of counts and the query whose answer it holds."""

    table: Table
    plain: LiteralString

    def statement(self, template: LiteralString, rows: Mapping[str, sql.SQL] = _OF_BATCH) -> sql.Composed:
        plain = sql.SQL(self.plain).format(day=_DAY, month=_MONTH, **rows)
        return sql.SQL(template).format(plain=plain, **self._parts)

    @cached_property
    def _parts(self) -> dict[str, sql.Composable]:
        keys = [sql.Identifier(column.name) for column in self.table.primary_key]
        values = [sql.Identifier(column.name) for column in self.table.columns if not column.primary_key]

        def each(template: LiteralString, names: list[sql.Identifier], glue: LiteralString = ", ") -> sql.Composed:
            return sql.SQL(glue).join(sql.SQL(template).format(name) for name in names)

        return {
            "table": sql.Identifier("core", self.table.name),
            "lowered": sql.Identifier("pg_temp", f"lowered_{self.table.name}"),
            "keys": each("{}", keys),
            "columns": each("{}", [*keys, *values]),
            "sums": each("sum({})", values),
            "zeros": each("0", values),
            "negative": each("-{}", values),
            "raised": each("{0} = known.{0} + excluded.{0}", values),
            "same_key": each("known.{0} = lowered.{0}", keys, " AND "),
        }


_SUMMARIES = (
    _Summary(counts.article_day_count, _ARTICLE_DAY),
    _Summary(counts.publisher_day_count, _PUBLISHER_DAY),
    _Summary(counts.country_day_count, _COUNTRY_DAY),
    _Summary(counts.country_month_count, _COUNTRY_MONTH),
    _Summary(counts.pair_month_count, _PAIR_MONTH),
    _Summary(counts.provenance_count, _PROVENANCE),
)


def create(connection: Connection) -> None:
    """Make the temporary tables of this connection, once: before `subtract` and `add`."""
    for summary in _SUMMARIES:
        connection.execute(summary.statement(_CREATE))


def subtract(connection: Connection, article_ids: Sequence[int]) -> None:
    """Take out what these articles count, before any of their rows is changed. `add` must follow in the transaction."""
    if article_ids:
        connection.execute(_of_all_tables(_LOWER), {"article_ids": article_ids})


def add(connection: Connection, article_ids: Sequence[int]) -> None:
    """Put in what these articles count now: those subtracted before, and new ones."""
    if article_ids:
        connection.execute(_of_all_tables(_RAISE), {"article_ids": article_ids})
    if connection.execute("SELECT FROM pg_temp.lowered_provenance_count LIMIT 1").fetchone() is not None:
        for summary in _SUMMARIES:
            connection.execute(summary.statement(_DROP_EMPTY))
            connection.execute(summary.statement(_CLEAR))


@cache
def _of_all_tables(template: LiteralString) -> bytes:
    """One statement for all tables: the batch's keys are sent, and its rows are read, once."""
    each = [
        sql.SQL(", {} AS ({})").format(sql.Identifier(summary.table.name), summary.statement(template))
        for summary in _SUMMARIES
    ]
    return (sql.SQL(_BATCH) + sql.Composed(each) + sql.SQL("SELECT")).as_bytes()


def recount(connection: Connection) -> int:
    """Count everything anew, in the transaction of the caller, who holds the merge lock; the number of rows written.

    Readers see the former counts until it is done: rows are deleted, not truncated.
    """
    rows = 0
    for summary in _SUMMARIES:
        connection.execute(summary.statement(_FORGET))
        rows += connection.execute(summary.statement(_FILL, _OF_ALL)).rowcount
    return rows
