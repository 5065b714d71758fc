"""The dashboard's files, without Superset: they hang together, and speak of columns that the views have."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from psycopg import Connection

from tests.bi.conftest import Reader

ASSETS = Path(__file__).parents[2] / "bi" / "superset" / "assets"
DATASETS = sorted((ASSETS / "datasets").rglob("*.yaml"))
CHARTS = sorted((ASSETS / "charts").glob("*.yaml"))
DASHBOARD = ASSETS / "dashboards" / "central_asia_in_the_news.yaml"


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_there_are_eight_charts() -> None:
    assert len(CHARTS) == 8


def test_the_dashboard_shows_every_chart() -> None:
    shown = {
        item["meta"]["uuid"]
        for item in read(DASHBOARD)["position"].values()
        if isinstance(item, dict) and item["type"] == "CHART"
    }
    assert shown == {read(path)["uuid"] for path in CHARTS}


@pytest.mark.parametrize("path", CHARTS, ids=lambda path: path.stem)
def test_a_chart_has_its_dataset(path: Path) -> None:
    assert read(path)["dataset_uuid"] in {read(dataset)["uuid"] for dataset in DATASETS}


@pytest.mark.parametrize("path", DATASETS, ids=lambda path: path.stem)
def test_a_dataset_has_the_columns_of_its_view(path: Path, reader: Reader) -> None:
    dataset = read(path)
    query = dataset["sql"] or f"SELECT * FROM mart.{dataset['table_name']}"  # noqa: S608
    assert {column["column_name"]: column["type"] for column in dataset["columns"]} == columns(reader.owner, query)


def columns(connection: Connection, query: str) -> dict[str, str]:
    """Each column's type as the assets spell it: BIGINT, NUMERIC(5,4), TEXT."""
    answer = connection.execute(f"SELECT * FROM ({query}) AS answer LIMIT 0")  # noqa: S608
    result = answer.pgresult
    assert result is not None
    modifiers = [result.fmod(index) for index in range(result.nfields)]
    described = connection.execute(
        "SELECT name, upper(format_type(type, modifier)) "
        "FROM unnest(%s::text[], %s::oid[], %s::int[]) AS c (name, type, modifier)",
        [[c.name for c in answer.description or ()], [c.type_code for c in answer.description or ()], modifiers],
    )
    return dict(described.fetchall())
