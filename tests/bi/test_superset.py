"""Apache Superset itself: the dashboard is imported as docs/bi.md says, and each chart's query is run.

Superset lives in an environment of its own; SUPERSET_BIN names its folder of programs, as make test-bi sets it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from bi.superset.import_assets import Superset
from tests.bi.conftest import Reader
from tests.bi.forbidden import FORBIDDEN, SLOW

FOLDER = Path(__file__).parents[2] / "bi" / "superset"
BIN = os.environ.get("SUPERSET_BIN", "")
START_SECONDS = 120
CHARTS = [
    yaml.safe_load(path.read_text(encoding="utf-8"))["slice_name"]
    for path in sorted((FOLDER / "assets" / "charts").glob("*.yaml"))
]
DATASETS = list((FOLDER / "assets" / "datasets").rglob("*.yaml"))
CHROMEDRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(not BIN, reason="SUPERSET_BIN does not name Superset's programs: make test-bi sets it")

Environment = dict[str, str]


@pytest.fixture(scope="module")
def settings(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Environment of Superset, and of the script that imports the dashboard."""
    user, place = reader.addresses.url().removeprefix("postgresql://").split("@")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "FLASK_APP": "superset",
        "SUPERSET_HOME": str(tmp_path_factory.mktemp("superset")),
        "SUPERSET_SECRET_KEY": secrets.token_urlsafe(42),
        "SUPERSET_URL": f"http://127.0.0.1:{port}",
        "SUPERSET_PASSWORD": secrets.token_urlsafe(12),
        "NEWSHOUSE_BI_URL": f"postgresql://{user}:{quote(reader.password, safe='')}@{place}",
    }


@pytest.fixture(scope="module")
def superset(settings: Environment) -> Iterator[Superset]:
    """A session of its administrator. The dashboard was imported twice."""
    prepare(settings)
    place = settings["SUPERSET_URL"]
    command = [f"{BIN}/gunicorn", "-k", "gthread", "--threads", "4", "-b", place.removeprefix("http://")]
    log = Path(settings["SUPERSET_HOME"]) / "gunicorn.log"
    with log.open("wb") as output:
        server = subprocess.Popen([*command, "superset.app:create_app()"], env=settings, stdout=output, stderr=output)
    try:
        wait_for(f"{place}/health", server, log)
        for _ in range(2):
            subprocess.run([sys.executable, FOLDER / "import_assets.py"], env=settings, check=True)
        yield Superset(place, "admin", settings["SUPERSET_PASSWORD"])
    finally:
        server.terminate()
        server.wait()


def prepare(settings: Environment) -> None:
    name = ("--username", "admin", "--firstname", "Test", "--lastname", "Test", "--email", "admin@example.org")
    for command in (
        ("db", "upgrade"),
        ("fab", "create-admin", *name, "--password", settings["SUPERSET_PASSWORD"]),
        ("init",),
    ):
        done = subprocess.run([f"{BIN}/superset", *command], env=settings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def wait_for(place: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(place, timeout=5).close()  # noqa: S310
            return
        except OSError:
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, f"Superset did not answer in {START_SECONDS} s"
            time.sleep(0.5)


def test_imports_each_thing_once(superset: Superset) -> None:
    counts = {kind: superset.call(f"{kind}/")["count"] for kind in ("database", "dataset", "chart", "dashboard")}
    assert counts == {"database": 1, "dataset": len(DATASETS), "chart": len(CHARTS), "dashboard": 1}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_has_rows(superset: Superset, chart: str) -> None:
    assert ask(superset, chart)["rowcount"] > 0


def test_a_chart_counts_what_the_warehouse_has(superset: Superset, reader: Reader) -> None:
    """With its filters: no undated article, none without a country."""
    expected = reader.owner.execute(
        "SELECT country_name_en, sum(article_count)::int FROM mart.monthly_country_mentions "
        "WHERE month IS NOT NULL AND country_code <> 'none' GROUP BY 1"
    ).fetchall()
    counted: Counter[str] = Counter()
    for row in ask(superset, "Articles per month, by country")["data"]:
        counted[row["country_name_en"]] += row["Articles"]
    assert counted == dict(expected)


def ask(superset: Superset, chart: str) -> dict[str, Any]:
    """What Superset answers to the query of the chart of that name."""
    charts = {one["slice_name"]: one["id"] for one in superset.call("chart/?q=(page_size:100)")["result"]}
    params = json.loads(superset.call(f"chart/{charts[chart]}")["result"]["params"])
    number, kind = params["datasource"].split("__")
    body = {"datasource": {"id": int(number), "type": kind}, "queries": [query_of(params)]}
    return superset.post("chart/data", body)["result"][0]


def query_of(params: dict[str, Any]) -> dict[str, Any]:
    """The query that the chart's front end makes of its settings: columns, measures, filters, order."""
    columns = [params[key] for key in ("x_axis", "entity") if key in params]
    for key in ("groupby", "all_columns"):
        columns += params[key] if isinstance(params.get(key), list) else [params[key]] if params.get(key) else []
    metrics = params.get("metrics") or ([params["metric"]] if "metric" in params else None)
    simple = [one for one in params["adhoc_filters"] if one["expressionType"] == "SIMPLE"]
    written = [f"({one['sqlExpression']})" for one in params["adhoc_filters"] if one["expressionType"] == "SQL"]
    return {
        "columns": columns,
        "metrics": metrics,
        "filters": [{"col": one["subject"], "op": one["operator"], "val": one["comparator"]} for one in simple],
        "extras": {"where": " AND ".join(written)},
        "orderby": [json.loads(one) for one in params.get("order_by_cols", ())],
        "row_limit": params["row_limit"],
    }


@pytest.mark.skipif(not CHROMEDRIVER, reason="chromium-driver is not installed: make test-bi installs it")
def test_the_dashboard_is_drawn(superset: Superset, settings: Environment, tmp_path: Path) -> None:
    command = [f"{BIN}/python", FOLDER / "screenshot.py", tmp_path / "dashboard.png"]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_descriptions_of_columns_come_along(superset: Superset) -> None:
    datasets = superset.call("dataset/?q=(page_size:100)")["result"]
    described = [superset.call(f"dataset/{dataset['id']}")["result"]["columns"] for dataset in datasets]
    assert [column["column_name"] for columns in described for column in columns if not column["description"]] == []


def test_sql_lab_reads(superset: Superset, shipped: int) -> None:
    assert run(superset, shipped, "SELECT count(*) AS articles FROM articles")["data"] == [{"articles": 27}]


def test_sql_lab_ends_a_slow_query(superset: Superset, shipped: int) -> None:
    assert "canceling statement due to statement timeout" in refusal(superset, shipped, SLOW)


def test_sql_lab_does_not_write(superset: Superset, shipped: int) -> None:
    """Superset's own refusal, before the warehouse hears of it."""
    assert "DML" in refusal(superset, shipped, "DELETE FROM mart.article_texts")


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_is_refused_where_superset_lets_it_through(superset: Superset, writing: int, statement: str) -> None:
    assert "permission denied" in refusal(superset, writing, statement)


@pytest.fixture(scope="module")
def shipped(superset: Superset) -> int:
    """Superset's number of the database that the assets bring."""
    return superset.call("database/")["result"][0]["id"]


@pytest.fixture(scope="module")
def writing(superset: Superset, settings: Environment) -> int:
    """Number of a database that a careless administrator added: all is allowed there, and its sessions try to write."""
    place = settings["NEWSHOUSE_BI_URL"].replace("postgresql://", "postgresql+psycopg2://")
    options = quote("-c default_transaction_read_only=off")
    facts = {"database_name": "careless", "sqlalchemy_uri": f"{place}?options={options}", "allow_dml": True}
    return superset.post("database/", facts | {"expose_in_sqllab": True})["id"]


def run(superset: Superset, database: int, statement: str) -> dict[str, Any]:
    return superset.post("sqllab/execute/", {"database_id": database, "sql": statement, "runAsync": False})


def refusal(superset: Superset, database: int, statement: str) -> str:
    """The words that the statement is refused with."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        run(superset, database, statement)
    return refused.value.read().decode()
