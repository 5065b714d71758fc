"""A server that goes away in mid-load: the load waits, goes on, and writes every batch exactly once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from psycopg import Connection, OperationalError

from etl.database.connect import connect
from etl.errors import DatabaseUnavailable
from etl.extract.item import RawItem
from etl.load import stories
from etl.load.job import load
from etl.load.renormalize import renormalize
from etl.load.run import LoadResult
from etl.load.settle import settle
from etl.normalize.normalizer import Normalizer
from tests.db.proxy import Proxy
from tests.db.test_repeated_lines import page
from tests.db.test_workers import contents, corpus

ENDED = """
SELECT source_id, t.article_count, is_settled, l.article_count, vetoed_count, is_vetoed,
    (SELECT count(*) FROM core.story_pending),
    (SELECT array_agg(g ORDER BY article_id) FROM core.story_group AS g)::text
FROM core.source_total AS t
JOIN core.source_line AS l USING (source_id)
ORDER BY 1, line_key
"""
GROUPED = "SELECT (SELECT count(*) FROM core.story_pending), g::text FROM core.story_group AS g ORDER BY article_id"
Run = Callable[..., LoadResult]


@pytest.fixture
def proxy(database: str) -> Iterator[Proxy]:
    wire = Proxy(database)
    yield wire
    wire.close()


@pytest.fixture
def run(proxy: Proxy, normalizer: Normalizer, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Load items through the proxy, ten a batch."""
    monkeypatch.setattr("etl.load.batches.BATCH_ITEMS", 10)
    monkeypatch.setattr("etl.database.link._FIRST_PAUSE", 0.05)

    def run(items: Iterator[RawItem], **options: Any) -> LoadResult:
        options = {"reconnect": lambda: connect(proxy.url, autocommit=True)} | options
        with connect(proxy.url, autocommit=True) as connection:
            return load(connection, items, normalizer, command="load", arguments="", **options)

    return run


@pytest.fixture
def undisturbed(second_database: str, normalizer: Normalizer, run: Run) -> dict[str, list[tuple[Any, ...]]]:
    """The contents after the same load without a fault."""
    with connect(second_database, autocommit=True) as connection:
        load(connection, corpus(), normalizer, command="load", arguments="")
        return contents(connection)


def disturbed(fault: Callable[[], None], at: int = 25) -> Iterator[RawItem]:
    """The corpus; the fault happens before the input with number `at` is read."""
    for number, one in enumerate(corpus()):
        if number == at:
            fault()
        yield one


@pytest.mark.parametrize("cut_at", ["request", "answer"])
def test_commit_without_an_answer_is_made_once(
    cut_at: str, run: Run, proxy: Proxy, connection: Connection, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    def fault() -> None:
        proxy.cut_at = cut_at

    result = run(disturbed(fault))
    assert proxy.cuts == 1
    assert contents(connection) == undisturbed
    assert result.outcomes.read == len(corpus())


@pytest.mark.parametrize("cut_at", ["request", "answer"])
@pytest.mark.parametrize(
    "step", [pytest.param(number, id=name) for number, name in enumerate(("veto", "read again", "settled", "stories"))]
)
def test_server_lost_at_the_end_of_a_load_is_waited_for(
    step: int,
    cut_at: str,
    run: Run,
    proxy: Proxy,
    connection: Connection,
    second_database: str,
    normalizer: Normalizer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After the last batch: the lines that a source repeats, and the stories; one COMMIT a step."""
    items = [page(number) for number in range(4)]
    with connect(second_database, autocommit=True) as other:
        load(other, items, normalizer, command="load", arguments="")
        undisturbed = contents(other), other.execute(ENDED).fetchall()

    def lost(*arguments: Any) -> int:
        proxy.passes, proxy.cut_at = step, cut_at
        return settle(*arguments)

    monkeypatch.setattr("etl.load.job.settle", lost)
    result = run(iter(items))
    assert proxy.cuts == 1
    assert result.read_again == 4
    assert (contents(connection), connection.execute(ENDED).fetchall()) == undisturbed


@pytest.mark.parametrize("cut_at", ["request", "answer"])
def test_server_lost_while_stories_are_grouped_in_mid_load_is_waited_for(
    cut_at: str,
    run: Run,
    proxy: Proxy,
    connection: Connection,
    second_database: str,
    undisturbed: dict[str, list[tuple[Any, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The connection breaks at the COMMIT of the second grouping, with most batches still to come."""
    calls = count(1)

    def lost(on: Connection) -> None:
        if next(calls) == 2:
            proxy.cut_at = cut_at
        stories.group(on)

    monkeypatch.setattr("etl.load.job.GROUP_EVERY", 1)
    monkeypatch.setattr("etl.load.job.stories", SimpleNamespace(group=lost))
    run(iter(corpus()))
    with connect(second_database) as other:
        grouped = other.execute(GROUPED).fetchall()
    assert proxy.cuts == 1
    assert (contents(connection), connection.execute(GROUPED).fetchall()) == (undisturbed, grouped)


@pytest.mark.parametrize("cut_at", ["request", "answer"])
def test_server_lost_in_a_renormalize_is_waited_for(
    cut_at: str, run: Run, proxy: Proxy, connection: Connection, normalizer: Normalizer
) -> None:
    run(iter(corpus()))
    before = contents(connection)["articles"]
    with connect(proxy.url, autocommit=True) as cut:
        proxy.cut_at = cut_at
        proxy.passes = 1  # of the run's own row
        rules = replace(normalizer, rule_version="other")
        result = renormalize(cut, rules, reconnect=lambda: connect(proxy.url, autocommit=True))
    counted = connection.execute("SELECT state, read_count FROM ops.load_run ORDER BY run_id DESC LIMIT 1").fetchone()
    assert proxy.cuts == 1
    assert counted == ("succeeded", len(before))
    assert result.outcomes.read == len(before)
    assert connection.execute("SELECT count(*) FROM core.article WHERE rule_version <> 'other'").fetchone() == (0,)


def test_load_waits_for_a_server_that_is_away_and_says_so(
    run: Run,
    proxy: Proxy,
    connection: Connection,
    undisturbed: dict[str, list[tuple[Any, ...]]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fault() -> None:
        proxy.cut()
        threading.Timer(1, proxy.open).start()

    with caplog.at_level(logging.WARNING, "etl"):
        run(disturbed(fault))
    assert contents(connection) == undisturbed
    assert connection.execute("SELECT state FROM ops.load_run").fetchall() == [("succeeded",)]
    assert "went away" in caplog.text
    assert "is back" in caplog.text


def test_run_that_was_taken_for_dead_meanwhile_goes_on(
    run: Run, connection: Connection, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    def fault() -> None:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute(
            "UPDATE ops.load_run SET state = 'interrupted', message = 'taken for dead', finished_at = now()"
        )

    run(disturbed(fault))
    assert connection.execute("SELECT state, message FROM ops.load_run").fetchall() == [("succeeded", None)]
    assert contents(connection) == undisturbed


def test_server_that_stays_away_is_an_error_and_finished_batches_stay(
    run: Run, proxy: Proxy, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSHOUSE_DATABASE_WAIT", "1")
    with pytest.raises(DatabaseUnavailable, match="Waited"):
        run(disturbed(proxy.cut))
    assert connection.execute("SELECT read_count, inserted_count FROM ops.load_run").fetchall() == [(20, 20)]
    assert connection.execute("SELECT count(*) FROM core.article").fetchone() == (20,)


def test_dry_run_does_not_wait(run: Run, proxy: Proxy) -> None:
    with pytest.raises(OperationalError):
        run(disturbed(proxy.cut), is_dry_run=True)


def test_load_after_a_wait_counts_every_input_once(run: Run, connection: Connection) -> None:
    def fault() -> None:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    result = run(disturbed(fault))
    counted = connection.execute(
        "SELECT inserted_count, updated_count, unchanged_count, duplicate_count, rejected_count FROM ops.load_run"
    ).fetchone()
    assert counted == astuple(result.outcomes)
