"""Alerts: once each, with recovery, and not again after a restart."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from psycopg import Connection

from etl.reload import alerts
from etl.reload.webhook import Webhook, WebhookError
from tests.db.reload.conftest import Newshouse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
INPUT = (
    "INSERT INTO ops.named_input (input_name, kind, location, every_seconds, config_path, added_at, last_success_at)"
    " VALUES ('inbox', 'path', '/inbox', 900, '/newshouse.toml', now(), now())"
)
FAIL = "UPDATE ops.named_input SET last_failure_at = now() + interval '1 s', last_failure = 'no such folder'"
HEAL = "UPDATE ops.named_input SET last_success_at = now() + interval '2 s'"
LAG = "UPDATE ops.named_input SET last_success_at = now() - interval '1 hour'"
REJECT = """
INSERT INTO ops.rejected_item
    (reject_id, input_id, origin, fingerprint, reason_code, detail, media_type, carrier, state, run_id, rejected_at)
SELECT number, number, number || '.txt', '', 'empty', '', 'text/plain', '{}', 'open', run_id, now()
FROM generate_series(1, 5) AS number
CROSS JOIN ops.load_run
"""
RUN = (
    "INSERT INTO ops.load_run (command, arguments, state, started_at, rule_version)"
    " VALUES ('reload', 'inbox', 'running', now(), '1')"
)


class Told:
    """A webhook that takes messages, or does not."""

    def __init__(self) -> None:
        self.messages: list[Mapping[str, object]] = []
        self.is_away = False

    def __call__(self, message: Mapping[str, object]) -> None:
        if self.is_away:
            raise WebhookError("it says 500")
        self.messages.append(message)

    def take(self) -> list[tuple[object, object]]:
        """Kind and state of what came since the last call."""
        taken = [(message["kind"], message["state"]) for message in self.messages]
        self.messages.clear()
        return taken


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def warehouse(connection: Connection) -> Connection:
    connection.execute(INPUT)
    return connection


def tell(connection: Connection, told: Told, burst: int = 5) -> list[tuple[object, object]]:
    alerts.tell(connection, told, burst, NOW)
    return told.take()


def test_nothing_is_told_of_what_works(warehouse: Connection, told: Told) -> None:
    assert tell(warehouse, told) == []


def test_failure_is_told_once_and_so_is_its_end(warehouse: Connection, told: Told) -> None:
    warehouse.execute(FAIL)
    assert tell(warehouse, told) == [("failure", "raised")]
    assert tell(warehouse, told) == []
    warehouse.execute(HEAL)
    assert tell(warehouse, told) == [("failure", "recovered")]
    assert tell(warehouse, told) == []


def test_failure_that_comes_back_is_told_again(warehouse: Connection, told: Told) -> None:
    warehouse.execute(FAIL)
    tell(warehouse, told)
    warehouse.execute(HEAL)
    tell(warehouse, told)
    warehouse.execute("UPDATE ops.named_input SET last_failure_at = now() + interval '3 s'")
    assert tell(warehouse, told) == [("failure", "raised")]


def test_staleness_is_told(warehouse: Connection, told: Told) -> None:
    warehouse.execute(LAG)
    assert tell(warehouse, told) == [("staleness", "raised")]


def test_failing_input_is_not_told_as_stale_too(warehouse: Connection, told: Told) -> None:
    warehouse.execute(LAG)
    warehouse.execute(FAIL)
    assert tell(warehouse, told) == [("failure", "raised")]


@pytest.mark.parametrize(("burst", "expected"), [(5, [("rejects", "raised")]), (6, [])])
def test_burst_of_rejects_is_told(warehouse: Connection, told: Told, burst: int, expected: list[object]) -> None:
    warehouse.execute(RUN)
    warehouse.execute(REJECT)
    assert tell(warehouse, told, burst) == expected


def test_message_names_input_place_and_cause(warehouse: Connection, told: Told) -> None:
    warehouse.execute(FAIL)
    alerts.tell(warehouse, told, 5, NOW)
    message = told.messages[0]
    assert message["text"] == "newshouse: input inbox: failure: no such folder"
    assert (message["input"], message["location"], message["raised_at"]) == ("inbox", "/inbox", NOW.isoformat())


def test_what_the_webhook_did_not_take_is_told_later(warehouse: Connection, told: Told) -> None:
    warehouse.execute(FAIL)
    told.is_away = True
    assert tell(warehouse, told) == []
    told.is_away = False
    assert tell(warehouse, told) == [("failure", "raised")]


def test_trouble_that_is_over_before_it_could_be_told_is_not_told(warehouse: Connection, told: Told) -> None:
    warehouse.execute(FAIL)
    told.is_away = True
    tell(warehouse, told)
    warehouse.execute(HEAL)
    told.is_away = False
    assert tell(warehouse, told) == []


def test_alert_of_a_forgotten_input_goes_with_it(warehouse: Connection, told: Told) -> None:
    warehouse.execute(FAIL)
    tell(warehouse, told)
    warehouse.execute("DELETE FROM ops.named_input")
    assert tell(warehouse, told) == []
    assert warehouse.execute("SELECT count(*) FROM ops.alert").fetchone() == (0,)


@pytest.fixture
def hook() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a webhook on this machine, and the bodies that it was sent. /broken answers 500."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(500 if self.path == "/broken" else 204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", bodies
        server.shutdown()


def test_webhook_gets_json(hook: tuple[str, list[bytes]]) -> None:
    address, bodies = hook
    Webhook(f"{address}/secret", "HOOK")({"text": "Всё плохо"})
    assert json.loads(bodies[0]) == {"text": "Всё плохо"}


@pytest.mark.parametrize(("path", "words"), [("/broken", "it says 500"), (":1/secret", "it cannot be reached")])
def test_webhook_that_fails_says_so_without_its_address(hook: tuple[str, list[bytes]], path: str, words: str) -> None:
    address = hook[0] + path if path.startswith("/") else f"http://127.0.0.1{path}"
    with pytest.raises(WebhookError, match=words) as error:
        Webhook(address, "HOOK")({"text": ""})
    assert "127.0.0.1" not in str(error.value)


def test_reload_tells_of_its_failures(
    newshouse: Newshouse, toml: Path, hook: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    toml.write_text('[inputs.gone]\nlocation = "gone"\n[alerts]\nwebhook_env = "HOOK"', encoding="utf-8")
    monkeypatch.setenv("HOOK", hook[0])
    newshouse("reload")
    newshouse("reload")
    assert [json.loads(body)["kind"] for body in hook[1]] == ["failure"]


def test_webhook_without_an_address_is_a_wrong_usage(
    newshouse: Newshouse, toml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOK", raising=False)
    toml.write_text('[inputs.inbox]\nlocation = "inbox"\n[alerts]\nwebhook_env = "HOOK"', encoding="utf-8")
    ran = newshouse("reload")
    assert ran.exit_code == 2
    assert "HOOK is not set" in ran.err
