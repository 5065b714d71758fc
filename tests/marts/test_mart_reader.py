"""newshouse_reader reads the views of mart, and can do nothing else."""

from __future__ import annotations

import pytest
from psycopg import Connection, errors, sql

from etl.publish.definition import read_views
from etl.publish.reader import grant
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


def test_cannot_make_a_temporary_table(marts: Connection) -> None:
    _reopen(marts)
    grant(marts)
    marts.execute("CREATE ROLE newshouse_test_analyst IN ROLE newshouse_reader")
    marts.execute("SET LOCAL ROLE newshouse_test_analyst")
    with pytest.raises(errors.InsufficientPrivilege):
        marts.execute("CREATE TEMPORARY TABLE mine (one integer)")


def test_owner_of_the_tables_makes_temporary_ones(marts: Connection) -> None:
    """The loader stages in them, also where the database is somebody else's."""
    _reopen(marts)
    marts.execute("CREATE ROLE newshouse_test_loader")
    marts.execute("ALTER SCHEMA core OWNER TO newshouse_test_loader")
    grant(marts)
    marts.execute("SET LOCAL ROLE newshouse_test_loader")
    marts.execute("CREATE TEMPORARY TABLE staged (one integer)")
    assert marts.execute("SELECT count(*) FROM staged").fetchone() == (0,)


def test_owner_of_the_database_makes_temporary_tables(marts: Connection) -> None:
    _reopen(marts)
    marts.execute("CREATE ROLE newshouse_test_owner")
    marts.execute(sql.SQL("ALTER DATABASE {} OWNER TO newshouse_test_owner").format(sql.Identifier(marts.info.dbname)))
    grant(marts)
    marts.execute("SET LOCAL ROLE newshouse_test_owner")
    marts.execute("CREATE TEMPORARY TABLE staged (one integer)")
    assert marts.execute("SELECT count(*) FROM staged").fetchone() == (0,)


def test_is_granted_once(marts: Connection) -> None:
    _reopen(marts)
    assert [grant(marts), grant(marts)] == [True, False]


def test_who_does_not_own_the_database_need_not_close_it(marts: Connection) -> None:
    _reopen(marts)
    marts.execute("CREATE ROLE newshouse_test_publisher")
    for schema in ("core", "mart", "ops", "raw"):
        marts.execute(f"GRANT USAGE ON SCHEMA {schema} TO newshouse_test_publisher")
    marts.execute("GRANT SELECT ON ops.view_registry TO newshouse_test_publisher")
    marts.execute("SET LOCAL ROLE newshouse_test_publisher")
    assert not grant(marts)


def _reopen(marts: Connection) -> None:
    """The database as a restore or a clone leaves it."""
    marts.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO PUBLIC").format(sql.Identifier(marts.info.dbname)))


def test_is_no_login(published: Connection) -> None:
    row = published.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'newshouse_reader'").fetchone()
    assert row == (False,)
