"""The book of runs as a user reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from psycopg import Connection
from psycopg.errors import LockNotAvailable

from etl.cli import main
from etl.database import locks
from etl.database.connect import connect
from etl.errors import SchemaMismatch
from etl.load.book import list_runs
from etl.load.run import resume_run, start_run
from tests.db.conftest import Load

Command = Callable[..., str]


@pytest.fixture
def command(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `newshouse` with the arguments; what it printed."""
    monkeypatch.setenv("DATABASE_URL", database)

    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["newshouse", *arguments])
        with pytest.raises(SystemExit):
            main()
        printed = capsys.readouterr()
        return printed.out or printed.err

    return run


def test_run_whose_job_died_is_interrupted_before_the_next_job_says_so(connection: Connection) -> None:
    connection.execute(
        "INSERT INTO ops.load_run (command, arguments, state, started_at, rule_version)"
        " VALUES ('load', '', 'running', now(), '0')"
    )
    (row,) = list_runs(connection, 5)
    assert (row["state"], row["message"]) == ("interrupted", "the job ended without closing its run")


def test_run_of_a_dead_job_is_left_alone_within_a_transaction(connection: Connection) -> None:
    """The job may come back meanwhile, and would wait for its row until the transaction ends."""
    now = datetime.now(UTC)
    dead = start_run(connection, "load", "", "0", now)
    connection.execute("SELECT pg_advisory_unlock_all()")
    with connection.transaction():
        start_run(connection, "load", "", "0", now)
    assert connection.execute("SELECT state FROM ops.load_run WHERE run_id = %s", (dead,)).fetchone() == ("running",)


@pytest.mark.parametrize("begin", [start_run, resume_run])
def test_no_run_begins_or_goes_on_beside_another_version(connection: Connection, begin: Callable[..., object]) -> None:
    arguments = ("load", "", "0", datetime.now(UTC)) if begin is start_run else (1,)
    connection.execute("UPDATE ops.schema_version SET version_num = '0001'")
    with pytest.raises(SchemaMismatch, match="newshouse db upgrade"):
        begin(connection, *arguments)


def test_no_run_begins_while_the_warehouse_is_upgraded(connection: Connection, database: str) -> None:
    with connect(database, autocommit=True) as upgrading:
        upgrading.execute("SELECT pg_advisory_lock(%s)", (locks.UPGRADE,))
        connection.execute("SET lock_timeout = '100ms'")
        with pytest.raises(LockNotAvailable):
            start_run(connection, "load", "", "0", datetime.now(UTC))
    assert start_run(connection, "load", "", "0", datetime.now(UTC)) > 0


def test_run_that_lives_is_running(connection: Connection, load_paths: Load, tmp_path: Path) -> None:
    load_paths(tmp_path)  # its lock is held as long as the connection
    connection.execute("UPDATE ops.load_run SET state = 'running', finished_at = NULL")
    assert [row["state"] for row in list_runs(connection, 5)] == ["running"]


def test_list_shows_the_latest_first(command: Command, load_paths: Load, tmp_path: Path) -> None:
    load_paths(tmp_path)
    load_paths(tmp_path)
    assert [run["run_id"] for run in json.loads(command("runs", "list", "--json"))] == [2, 1]


def test_show_tells_the_rejects_by_reason(command: Command, load_paths: Load, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    load_paths(tmp_path)
    shown = json.loads(command("runs", "show", "1", "--json"))
    assert (shown["state"], shown["read"]) == ("succeeded", 1)
    assert shown["rejects"] == [{"reason_code": "empty", "inputs": 1, "still_open": 1}]


def test_unknown_run_is_a_sentence(command: Command) -> None:
    assert "there is no run 7; see: newshouse runs list" in command("runs", "show", "7")


def test_json_log_tells_every_event_on_a_line_of_its_own(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setattr("sys.argv", ["newshouse", "load", str(tmp_path), "--log-format", "json"])
    with pytest.raises(SystemExit):
        main()
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["event"] for event in events] == ["run started", "input rejected", "batch written", "run ended"]
    assert events[1]["reason"] == "empty"
