"""ODBC: what Excel and Power BI use. Debian's odbc-postgresql through unixODBC and pyodbc."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest

from etl.publish.definition import read_views
from etl.resources import SQL
from tests.bi.conftest import Reader
from tests.bi.forbidden import FORBIDDEN, SLOW, WRITING

pyodbc = pytest.importorskip("pyodbc", reason="pyodbc or unixODBC is not installed: make test-bi installs them")
if "PostgreSQL Unicode" not in pyodbc.drivers():
    pytest.skip("the driver odbc-postgresql is not installed: make test-bi installs it", allow_module_level=True)

VIEWS = {view.name for view in read_views(SQL / "marts")}


@pytest.fixture
def cursor(reader: Reader) -> Iterator[pyodbc.Cursor]:
    password = reader.password.replace("}", "}}")
    connection = pyodbc.connect(f"{reader.addresses.odbc()}Pwd={{{password}}};", autocommit=True)
    yield connection.cursor()
    connection.close()


def test_lists_every_view(cursor: pyodbc.Cursor) -> None:
    assert {row.table_name for row in cursor.tables(schema="mart", tableType="VIEW")} == VIEWS


def test_types_of_columns(cursor: pyodbc.Cursor) -> None:
    types = {row.column_name: row.type_name for row in cursor.columns(schema="mart", table="monthly_country_mentions")}
    expected = {"month": "date", "article_count": "int8", "article_share": "numeric"}
    assert {name: types[name] for name in expected} == expected


def test_values_keep_their_types(cursor: pyodbc.Cursor) -> None:
    row = cursor.execute(
        "SELECT month, article_count, article_share FROM monthly_country_mentions WHERE month IS NOT NULL"
    ).fetchone()
    assert [type(value) for value in row] == [date, int, Decimal]


def test_a_boolean_is_one(cursor: pyodbc.Cursor) -> None:
    assert type(cursor.execute("SELECT is_burst FROM country_bursts").fetchone()[0]) is bool


def test_cyrillic_comes_whole(cursor: pyodbc.Cursor) -> None:
    row = cursor.execute("SELECT country_name_ru FROM countries WHERE country_code = 'KG'").fetchone()
    assert row[0] == "Кыргызстан"


def test_cyrillic_goes_whole_into_a_parameter(cursor: pyodbc.Cursor) -> None:
    row = cursor.execute("SELECT country_code FROM countries WHERE country_name_ru = ?", "Кыргызстан").fetchone()
    assert row[0] == "KG"


def test_longest_key_comes_whole(cursor: pyodbc.Cursor, reader: Reader) -> None:
    expected = reader.owner.execute("SELECT max(article_id) FROM mart.articles").fetchone()
    assert expected is not None
    assert cursor.execute("SELECT max(article_id) FROM articles").fetchone()[0] == expected[0]


def test_longest_text_comes_whole(cursor: pyodbc.Cursor, reader: Reader) -> None:
    query = "SELECT body FROM mart.article_texts ORDER BY char_length(body) DESC, article_id LIMIT 1"
    expected = reader.owner.execute(query).fetchone()
    assert expected is not None
    assert cursor.execute(query).fetchone()[0] == expected[0]


def test_an_instant_comes_without_its_zone(cursor: pyodbc.Cursor) -> None:
    """The driver's own limit, which docs/bi.md tells: the instant is shown in the session's time zone."""
    value = cursor.execute("SELECT max(loaded_at) FROM articles").fetchone()[0]
    assert (type(value), value.tzinfo) == (datetime, None)


def test_an_instant_is_shown_in_the_time_zone_of_the_login(cursor: pyodbc.Cursor) -> None:
    """Which docs/bi.md sets with ALTER ROLE; here the session does."""
    cursor.execute("SET timezone = 'Asia/Bishkek'")
    shown = cursor.execute("SELECT timestamptz '2025-08-20 20:30:00+00'").fetchone()[0]
    assert shown == datetime(2025, 8, 21, 2, 30)  # noqa: DTZ001 - the driver gives no zone


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_is_refused(cursor: pyodbc.Cursor, statement: str) -> None:
    cursor.execute(WRITING)
    with pytest.raises(pyodbc.Error) as refused:
        cursor.execute(statement)
    assert "permission denied" in str(refused.value)


def test_a_slow_query_is_ended(cursor: pyodbc.Cursor) -> None:
    with pytest.raises(pyodbc.Error, match="statement timeout"):
        cursor.execute(SLOW)
