"""What a user would write instead of the loader, for the same prepared rows: pandas, SQLAlchemy's ORM, dlt.

Each gets the rows of the first articles of a loaded warehouse as a list of dicts for each table, before the clock
starts. pandas and the ORM write into the warehouse's own tables; dlt makes tables of its own, without foreign keys.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import Any

import pandas as pd
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier
from sqlalchemy import Table, create_engine
from sqlalchemy.orm import Session, registry

from benchmarks.floor import TABLES, copy_small_tables, written
from benchmarks.measure import Clock
from etl.database.connect import connect, sqlalchemy_url
from etl.schema import metadata

Rows = list[dict[str, Any]]
_COMMIT_ARTICLES = 1_000


def first_rows(url: str, articles: int) -> dict[str, Rows]:
    """The rows of the first `articles` of the warehouse, by table; no table that has none."""
    statement = SQL(
        "SELECT {} FROM {} AS t"
        " WHERE article_id IN (SELECT article_id FROM core.article ORDER BY ctid LIMIT {}) ORDER BY t.ctid"
    )
    with connect(url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        rows = {
            table: cursor.execute(
                statement.format(written(schema, table), Identifier(schema, table), articles)
            ).fetchall()
            for schema, table in TABLES
        }
    return {table: some for table, some in rows.items() if some}


def pandas_to_sql(source_url: str, target_url: str, articles: int) -> Clock:
    rows, clock = first_rows(source_url, articles), Clock()
    copy_small_tables(source_url, target_url)
    engine = create_engine(sqlalchemy_url(target_url))
    with clock, engine.begin() as connection:
        for table in _tables(rows):
            types = {column.name: column.type for column in table.columns}
            pd.DataFrame(rows[table.name]).to_sql(
                table.name,
                connection,
                schema=table.schema,
                if_exists="append",
                index=False,
                dtype=types,  # type: ignore[arg-type]  # instances are taken, too
            )
    return clock


def orm_add_all(source_url: str, target_url: str, articles: int) -> Clock:
    rows, clock = first_rows(source_url, articles), Clock()
    copy_small_tables(source_url, target_url)
    classes = {table.name: type(table.name, (), {}) for table in _tables(rows)}
    mapper = registry()
    for table in _tables(rows):
        mapper.map_imperatively(classes[table.name], table)
    with clock, Session(create_engine(sqlalchemy_url(target_url))) as session:
        for batch in _by_articles(rows):
            for name, some in batch.items():
                session.add_all([classes[name](**row) for row in some])
                session.flush()  # the classes know nothing of each other, so the order is ours to keep
            session.commit()
    return clock


def dlt_merge(source_url: str, target_url: str, articles: int) -> Clock:
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    import dlt  # type: ignore[import-not-found,unused-ignore]  # need not be installed

    rows, clock = first_rows(source_url, articles), Clock()
    with tempfile.TemporaryDirectory() as folder, clock:
        pipeline = dlt.pipeline(
            "bench",
            destination=dlt.destinations.postgres(credentials=target_url),
            dataset_name="bench",
            pipelines_dir=folder,
        )
        resources = [
            dlt.resource(
                rows[table.name],
                name=table.name,
                write_disposition="merge",
                primary_key=[column.name for column in table.primary_key],
                columns={name: {"data_type": "json"} for name in _nested(table)},
            )
            for table in _tables(rows)
        ]
        pipeline.run(resources).raise_on_failed_jobs()
    return clock


def _tables(rows: dict[str, Rows]) -> list[Table]:
    return [metadata.tables[f"{schema}.{table}"] for schema, table in TABLES if table in rows]


def _nested(table: Table) -> list[str]:
    """The columns that hold a list or an object: dlt would make a table of each."""
    return [column.name for column in table.columns if column.type.python_type in (list, dict)]


def _by_articles(rows: dict[str, Rows]) -> Iterator[dict[str, Rows]]:
    """The rows in groups of _COMMIT_ARTICLES articles."""
    group_of = {row["article_id"]: number // _COMMIT_ARTICLES for number, row in enumerate(rows["article"])}
    groups: list[dict[str, Rows]] = [{table: [] for table in rows} for _ in range(max(group_of.values()) + 1)]
    for table, some in rows.items():
        for row in some:
            groups[group_of[row["article_id"]]][table].append(row)
    yield from groups
