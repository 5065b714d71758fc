"""newshouse_reader reads the views of mart, and can do nothing else."""

from __future__ import annotations

import pytest
from psycopg import Connection, errors

from etl.publish.definition import read_views
from etl.resources import SQL
from etl.schema import metadata


@pytest.fixture
def reader(marts: Connection) -> Connection:
    """A connection of a user who was granted the role and nothing more."""
    marts.execute("CREATE ROLE newshouse_test_analyst IN ROLE newshouse_reader")
    marts.execute("SET LOCAL ROLE newshouse_test_analyst")
    return marts


@pytest.mark.parametrize("view", [view.name for view in read_views(SQL / "marts")])
def test_reads_view(reader: Connection, view: str) -> None:
    assert reader.execute(f"SELECT count(*) FROM mart.{view}").fetchone() is not None  # noqa: S608


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_cannot_read_table(reader: Connection, table: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        reader.execute(f"SELECT count(*) FROM {table}")  # noqa: S608


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO mart.article_texts (article_id) VALUES (1)",
        "UPDATE mart.article_texts SET title = 'changed'",
        "DELETE FROM mart.article_texts",
        "DELETE FROM core.article",
        "DROP VIEW mart.articles",
        "CREATE VIEW mart.mine AS SELECT 1 AS one",
        "CREATE TABLE mart.mine (one integer)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
    ],
)
def test_cannot_write(reader: Connection, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        reader.execute(statement)


def test_is_no_login(published: Connection) -> None:
    row = published.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'newshouse_reader'").fetchone()
    assert row == (False,)
