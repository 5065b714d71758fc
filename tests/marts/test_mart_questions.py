"""What `newshouse query` finds by name."""

from __future__ import annotations

import pytest
from psycopg import Connection, sql

from etl.errors import UsageError
from etl.publish.questions import find, names
from etl.resources import SQL


@pytest.mark.parametrize("name", names())
def test_answers(name: str, published: Connection) -> None:
    """As a subquery, which a semicolon or a second statement would break."""
    answer = published.execute(sql.SQL("SELECT count(*) FROM ({}) AS answer").format(sql.SQL(find(name).sql)))
    assert answer.fetchone() is not None


def test_names_are_of_one_thing_each() -> None:
    assert len(set(names())) == len([*SQL.glob("marts/*.sql"), *SQL.glob("queries/*.sql")])


def test_description_holds_question_and_grain() -> None:
    question = find("articles")
    assert question.description == f"{question.question} Grain: one row per article."


def test_near_names_are_offered() -> None:
    with pytest.raises(UsageError, match=r"no view or question 'top_country'\. Did you mean: .*top_countries"):
        find("top_country")


def test_list_is_named_where_no_name_is_near() -> None:
    with pytest.raises(UsageError, match="See: newshouse query"):
        find("zzz")
