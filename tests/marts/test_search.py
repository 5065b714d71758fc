"""mart.search_articles: what matches, in which order, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg import Connection, errors

from etl.database import search
from etl.database.connect import connect
from tests.marts.rows import Row, insert

_ARTICLES: list[Row] = [
    {
        "article_id": 1,
        "title": "Переговоры о водохранилищах",
        "body": "Министры обсудили воду.",
        "published_on": "2025-01-01",
        "countries": {"KG": 1},
    },
    {"article_id": 2, "title": "Погода", "body": "О воде водохранилища речи нет.", "published_on": "2025-02-01"},
    {"article_id": 3, "title": "Погода", "body": "О воде водохранилища речи нет.", "published_on": "2025-02-01"},
    {"article_id": 4, "title": "Погода", "body": "О воде водохранилища речи нет.", "published_on": "2023-02-01"},
    {"article_id": 5, "title": "Без даты", "body": "Водохранилище.", "countries": {"KZ": 1}},
    {"article_id": 6, "title": "Спорт", "body": "Матч окончен.", "published_on": "2025-02-02"},
]


@pytest.fixture
def articles(marts: Connection) -> Connection:
    insert(marts, {"article": _ARTICLES})
    return marts


def _found(connection: Connection, *arguments: Any) -> list[int]:
    places = ", ".join(["%s"] * len(arguments))
    rows = connection.execute(f"SELECT article_id FROM mart.search_articles({places})", arguments)  # noqa: S608
    return [article_id for (article_id,) in rows]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["водохранилищами"], {1, 2, 3, 4, 5}),  # any inflection
        (["водохранилище министр"], {1}),
        (["водохранилище -погода"], {1, 5}),
        (["матч OR министр"], {1, 6}),
        (['"матч окончен"'], {6}),
        (["водохранилище", "2025-01-01", "2025-01-31"], {1}),
        (["водохранилище", None, "2024-12-31"], {4}),
        (["водохранилище", "2025-02-01"], {2, 3}),
        (["водохранилище", "2025-02-01", "infinity"], {2, 3}),
        (["водохранилище", None, None, "KZ"], {5}),
        (["дирижабль"], set()),
        ([""], set()),
    ],
)
def test_matches(arguments: list[str | None], expected: set[int], articles: Connection) -> None:
    assert set(_found(articles, *arguments)) == expected


def test_title_first_then_the_newest_then_the_key(articles: Connection) -> None:
    assert _found(articles, "водохранилище погода OR переговоры водохранилище") == [1, 2, 3, 4]


def test_snippet_marks_the_words(articles: Connection) -> None:
    row = articles.execute("SELECT position, snippet FROM mart.search_articles('матч')").fetchone()
    assert row == (1, "**Матч** окончен")


def test_gives_twenty_of_the_newest(marts: Connection) -> None:
    insert(marts, {"article": [{"article_id": n, "body": "матч", "published_on": "2025-01-01"} for n in range(1, 130)]})
    assert _found(marts, "матч") == list(range(1, 21))


def test_reader_may_call_it_and_reads_no_table(articles: Connection) -> None:
    articles.execute("SET LOCAL ROLE newshouse_reader")
    assert _found(articles, "матч") == [6]
    with pytest.raises(errors.InsufficientPrivilege):
        articles.execute("SELECT body FROM core.article")


def test_nobody_else_may_call_it(marts: Connection) -> None:
    marts.execute("CREATE ROLE newshouse_test_guest")
    marts.execute("GRANT USAGE ON SCHEMA mart TO newshouse_test_guest")
    marts.execute("SET LOCAL ROLE newshouse_test_guest")
    with pytest.raises(errors.InsufficientPrivilege):
        _found(marts, "матч")


def test_large_warehouse_asks_for_the_index(marts: Connection) -> None:
    marts.execute("UPDATE pg_class SET reltuples = 20001 WHERE oid = 'core.article'::regclass")
    with pytest.raises(errors.ObjectNotInPrerequisiteState) as error:
        _found(marts, "матч")
    assert error.value.diag.message_hint == "Run: newshouse db index search"


def test_index_is_made_once_used_and_dropped(database: str) -> None:
    with connect(database, autocommit=True) as connection:
        insert(connection, {"article": _ARTICLES})
        assert search.create_index(connection)
        assert not search.create_index(connection)
        connection.execute("UPDATE pg_class SET reltuples = 20001 WHERE oid = 'core.article'::regclass")
        assert _found(connection, "матч") == [6]
        search.drop_index(connection)
        assert search.create_index(connection)


def test_index_left_by_an_interrupted_making_is_made_again(database: str) -> None:
    with connect(database, autocommit=True) as connection:
        search.create_index(connection)
        connection.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'core.ix_article_words'::regclass"
        )
        assert search.create_index(connection)
        row = connection.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'core.ix_article_words'::regclass")
        assert row.fetchone() == (True,)
