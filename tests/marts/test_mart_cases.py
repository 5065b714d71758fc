"""Every view against input rows and expected rows: cases/<view>/<case>.json."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from psycopg import Connection, sql

from etl.publish.definition import read_questions, read_views
from etl.resources import SQL
from tests.marts.rows import insert

_FOLDER = Path(__file__).parent / "cases"
_CASES = sorted(_FOLDER.glob("*/*.json"))
_VIEWS = {view.name: view for view in read_views(SQL / "marts")}
_QUESTIONS = {question.name: question for question in read_questions(SQL / "queries")}


@pytest.mark.parametrize("path", _CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_answer(path: Path, marts: Connection) -> None:
    """The rows in the order of the answer; for a view that promises none, sorted by the columns of the case."""
    case = json.loads(path.read_text(encoding="utf-8"))
    insert(marts, case["given"])
    columns = case["expect"]["columns"]
    answer = marts.execute(_select(path.parent.name, columns)).fetchall()
    assert [[_as_json(value) for value in row] for row in answer] == case["expect"]["rows"]


@pytest.mark.parametrize("name", sorted({*_VIEWS, *_QUESTIONS} - {"countries"}))  # it shows reference data alone
def test_has_a_case(name: str) -> None:
    assert list((_FOLDER / name).glob("*.json"))


def test_latest_articles_stop_at_a_hundred(marts: Connection) -> None:
    insert(marts, {"article": [{"article_id": key, "published_on": "2025-01-01"} for key in range(1, 103)]})
    answer = marts.execute("SELECT article_id FROM mart.latest_articles ORDER BY position").fetchall()
    assert [key for (key,) in answer] == list(range(1, 101))


def test_countries_are_the_reference_and_none(marts: Connection) -> None:
    names = "SELECT country_code, country_name_en FROM mart.countries"
    reference = "SELECT country_code, name_en FROM core.country"
    expected = {*marts.execute(reference).fetchall(), ("none", "no country")}
    assert sorted(marts.execute(names).fetchall()) == sorted(expected)


def _select(name: str, columns: list[str]) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    if name in _QUESTIONS:
        text = _QUESTIONS[name].sql.rstrip().removesuffix(";")
        return sql.SQL("SELECT {} FROM ({}) AS answer").format(listed, sql.SQL(text))
    selected = sql.SQL("SELECT {} FROM {}").format(listed, sql.Identifier("mart", name))
    if "rows come in no order" not in _VIEWS[name].limits.lower():
        return selected
    numbers = sql.SQL(", ").join(sql.SQL(str(number)) for number, _ in enumerate(columns, start=1))
    return sql.SQL("{} ORDER BY {}").format(selected, numbers)


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
