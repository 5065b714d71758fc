"""The dashboard's files, without Superset: they hang together, and speak of columns that the views have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from psycopg import Connection

from tests.bi.conftest import Reader

ASSETS = Path(__file__).parents[2] / "bi" / "superset" / "assets"
CHARTS = sorted((ASSETS / "charts").glob("*.yaml"))
DASHBOARD = ASSETS / "dashboards" / "central_asia_in_the_news.yaml"


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


DATASETS = {dataset["uuid"]: dataset for dataset in map(read, sorted((ASSETS / "datasets").rglob("*.yaml")))}


def test_the_dashboard_shows_every_chart() -> None:
    shown = {
        item["meta"]["uuid"]
        for item in read(DASHBOARD)["position"].values()
        if isinstance(item, dict) and item["type"] == "CHART"
    }
    assert shown == {read(path)["uuid"] for path in CHARTS}


@pytest.mark.parametrize("path", CHARTS, ids=lambda path: path.stem)
def test_a_chart_speaks_of_columns_of_its_dataset(path: Path) -> None:
    chart = read(path)
    dataset = DATASETS[chart["dataset_uuid"]]
    assert columns_of(chart["params"]) - {column["column_name"] for column in dataset["columns"]} == set()


@pytest.mark.parametrize("path", CHARTS, ids=lambda path: path.stem)
def test_a_chart_filters_by_sql_that_runs(path: Path, reader: Reader) -> None:
    chart = read(path)
    for condition in of_kind(chart["params"]["adhoc_filters"], "SQL"):
        query = f"SELECT FROM ({source(DATASETS[chart['dataset_uuid']])}) AS d WHERE {condition['sqlExpression']}"
        assert reader.owner.execute(query).rowcount > 0


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset["table_name"])
def test_a_dataset_has_the_columns_of_its_view(dataset: dict, reader: Reader) -> None:
    stated = {column["column_name"]: column["type"] for column in dataset["columns"]}
    assert stated == columns(reader.owner, source(dataset))


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset["table_name"])
def test_a_dataset_knows_its_days(dataset: dict) -> None:
    assert [
        column["column_name"] for column in dataset["columns"] if column["is_dttm"] != (column["type"] == "DATE")
    ] == []


@pytest.mark.parametrize(
    "dataset",
    [dataset for dataset in DATASETS.values() if not dataset["sql"]],
    ids=lambda dataset: dataset["table_name"],
)
def test_a_dataset_describes_columns_as_its_view_does(dataset: dict, reader: Reader) -> None:
    comments = reader.owner.execute(
        "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute "
        "WHERE attrelid = ('mart.' || %s)::regclass AND attnum > 0",
        [dataset["table_name"]],
    ).fetchall()
    assert {column["column_name"]: column["description"] for column in dataset["columns"]} == dict(comments)


def source(dataset: dict) -> str:
    """The query that a dataset stands for."""
    return dataset["sql"] or f"SELECT * FROM mart.{dataset['table_name']}"  # noqa: S608


def columns_of(params: dict) -> set[str]:
    """Every column that a chart's settings name."""
    named = {params[key] for key in ("x_axis", "entity") if key in params}
    for key in ("groupby", "all_columns"):
        named |= {params[key]} if isinstance(params.get(key), str) else set(params.get(key, ()))
    metrics = [*params.get("metrics", ()), *([params["metric"]] if "metric" in params else ())]
    named |= {metric["column"]["column_name"] for metric in metrics}
    named |= {condition["subject"] for condition in of_kind(params["adhoc_filters"], "SIMPLE")}
    return named | {json.loads(order)[0] for order in params.get("order_by_cols", ())}


def of_kind(filters: list[dict], kind: str) -> list[dict]:
    return [one for one in filters if one["expressionType"] == kind]


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
