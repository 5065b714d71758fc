"""Apache Superset itself: the dashboard is imported as docs/bi.md says, and each chart's query is run.

Superset lives in an environment of its own; SUPERSET_BIN names its folder of programs, as make test-bi sets it.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
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
    assert counts == {"database": 1, "dataset": 6, "chart": 8, "dashboard": 1}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_has_rows(superset: Superset, chart: str) -> None:
    charts = {one["slice_name"]: one["id"] for one in superset.call("chart/?q=(page_size:100)")["result"]}
    params = json.loads(superset.call(f"chart/{charts[chart]}")["result"]["params"])
    assert superset.post("chart/data", query_of(params))["result"][0]["rowcount"] > 0


def query_of(params: dict[str, Any]) -> dict[str, Any]:
    """The query that the chart's front end would make: its columns and measures, without its filters."""
    columns = [params[key] for key in ("x_axis", "entity") if key in params]
    for key in ("groupby", "all_columns"):
        columns += params[key] if isinstance(params.get(key), list) else [params[key]] if params.get(key) else []
    metrics = params.get("metrics") or ([params["metric"]] if "metric" in params else None)
    number, kind = params["datasource"].split("__")
    query = {"columns": columns, "row_limit": 10} | ({"metrics": metrics} if metrics else {})
    return {"datasource": {"id": int(number), "type": kind}, "queries": [query]}


def test_descriptions_of_columns_come_along(superset: Superset) -> None:
    datasets = superset.call("dataset/?q=(page_size:100)")["result"]
    described = [superset.call(f"dataset/{dataset['id']}")["result"]["columns"] for dataset in datasets]
    assert [column["column_name"] for columns in described for column in columns if not column["description"]] == []


@pytest.mark.parametrize("statement", [*FORBIDDEN, SLOW])
def test_sql_lab_is_refused(superset: Superset, statement: str) -> None:
    database = superset.call("database/")["result"][0]["id"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        superset.post("sqllab/execute/", {"database_id": database, "sql": statement, "runAsync": False})
    said = refused.value.read().decode()
    assert any(
        words in said
        for words in (
            "permission denied",
            "statement timeout",
            "DML",
            "read-only",
            "not allowed",
            "disallowed function",
        )
    )


def test_sql_lab_reads(superset: Superset) -> None:
    database = superset.call("database/")["result"][0]["id"]
    query = {"database_id": database, "sql": "SELECT count(*) AS articles FROM articles", "runAsync": False}
    assert superset.post("sqllab/execute/", query)["data"] == [{"articles": 27}]
