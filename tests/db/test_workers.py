"""Loads with worker processes: the same contents whatever their number, and no input lost when one of them dies."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import astuple
from typing import Any

import pytest
from psycopg import Connection

from etl.extract.item import Carrier, RawItem
from etl.load.job import load
from etl.load.preparing import Processes
from etl.load.run import LoadResult
from etl.load.workers import Workers

TEXT = (
    " date 2025-05-{day:02} Посёлок номер {number} получил новую школу. На открытие приехали гости из Казахстана и "
    "Таджикистана, они осмотрели классы и спортивный зал.\n\nЗанятия начнутся осенью, сказал директор школы {number}.\n"
)
CONTENTS = {
    "articles": "SELECT article_id, identity, title, body, row_sha256, version, document_id FROM core.article",
    "versions": "SELECT article_id, version, body FROM core.article_version",
    "mentions": "SELECT article_id, mention_no, country_code, surface FROM core.country_mention",
    "texts": "SELECT text_sha256, article_id FROM core.text_fingerprint",
    "inputs": "SELECT origin, outcome, article_id, document_id, fingerprint FROM raw.input",
    "documents": "SELECT article_id, document_id, content FROM raw.document",
    "rejects": "SELECT origin, reason_code, state FROM ops.rejected_item",
    "counts": "SELECT read_count, inserted_count, updated_count, unchanged_count, duplicate_count, rejected_count"
    " FROM ops.load_run",
}


def item(number: int, says: int | None = None, **carrier: str) -> RawItem:
    text = TEXT.format(day=number % 28 + 1, number=number if says is None else says)
    return RawItem(f"input-{number}", text.encode(), carrier=Carrier(**carrier))


def corpus() -> list[RawItem]:
    """New inputs, copies, rejects, one article twice, and an input that comes back as it was in between."""
    items = [item(number) for number in range(60)]
    items += [item(100 + number, says=number) for number in range(10)]
    items += [RawItem("empty", b""), RawItem("cut", TEXT.encode() + b"\xd0")]
    items += [item(200, url="https://24.kg/1"), item(201, url="https://24.kg/1")]
    items += [item(3, says=300), item(3), item(4, says=3)]
    return items


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: sorted(connection.execute(query).fetchall(), key=str)  # type: ignore[call-overload]
        for name, query in CONTENTS.items()
    }


Run = Callable[..., LoadResult]


@pytest.fixture
def run(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Load items with so many processes, ten a batch."""
    monkeypatch.setattr("etl.load.batches.BATCH_ITEMS", 10)

    def run(items: list[RawItem], count: int, few: int = 0) -> LoadResult:
        return load(connection, items, command="load", arguments="", processes=Processes(count, few))

    return run


@pytest.fixture
def empty(connection: Connection) -> Callable[[], None]:
    tables = "core.article, core.article_version, core.text_fingerprint, raw.input, raw.document, ops.load_run"
    return lambda: connection.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE") and None


def test_contents_do_not_depend_on_the_number_of_processes(
    run: Run, connection: Connection, empty: Callable[[], None]
) -> None:
    found = []
    for count in (1, 2, 3):
        empty()
        run(corpus(), count)
        run([*corpus()[5:40], item(1, says=301), item(101, says=1)], count)
        found.append(contents(connection))
    assert found[0] == found[1] == found[2]


def test_few_inputs_start_no_process(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workers, "__init__", lambda *_: pytest.fail("a process was started"))
    assert run(corpus()[:30], count=2, few=30).outcomes.inserted == 30


def test_processes_end_with_the_load(run: Run) -> None:
    run(corpus(), count=2)
    assert multiprocessing.active_children() == []


def first_worker() -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for process in multiprocessing.active_children():
            if process.pid:
                return process.pid
        time.sleep(0.01)
    pytest.fail("no worker was started within a minute")


def killing_one(items: list[RawItem]) -> Iterator[RawItem]:
    """The items; in the middle of them one worker is killed."""
    for number, one in enumerate(items):
        if number == 25:
            os.kill(first_worker(), signal.SIGKILL)
        yield one


def test_batch_of_a_killed_worker_is_done_again(
    run: Run, connection: Connection, empty: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    run(corpus(), count=1)
    undisturbed = contents(connection)
    empty()
    with caplog.at_level(logging.WARNING, "etl"):
        run(killing_one(corpus()), count=2)  # type: ignore[arg-type]
    assert contents(connection) == undisturbed
    assert "SIGKILL" in caplog.text


class Deadly(RawItem):
    """An input that ends whatever process it is sent to."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (7,)


def test_input_that_kills_every_worker_is_rejected_alone(run: Run, connection: Connection) -> None:
    result = run([*corpus()[:13], Deadly("deadly", b"x"), *corpus()[13:20]], count=2)
    assert astuple(result.outcomes) == (20, 0, 0, 0, 1)
    assert connection.execute("SELECT origin, reason_code, content FROM ops.rejected_item").fetchall() == [
        ("deadly", "rule_failure", b"x")
    ]


def test_interrupted_load_ends_its_processes(run: Run, connection: Connection) -> None:
    def interrupted() -> Iterator[RawItem]:
        yield from corpus()[:40]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(interrupted(), count=2)
    assert multiprocessing.active_children() == []
    assert connection.execute("SELECT state FROM ops.load_run").fetchall() == [("interrupted",)]
