"""Mutated inputs: none stops the load or takes more than seconds, each has one outcome, each reject has its bytes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import pytest
from psycopg import Connection

from etl.database.connect import connect
from etl.database.link import Link
from etl.extract.item import Carrier, RawItem
from etl.load.job import load
from etl.load.prepare import prepare
from etl.load.retry import open_rejects
from etl.normalize.normalizer import Normalizer
from etl.resources import REFERENCE
from tests.torture.mutate import mutated

SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"
HANG = 5.0  # seconds of processor time of one input
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def normalizer() -> Normalizer:
    return Normalizer.load(REFERENCE)


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with connect(database, autocommit=True) as connection:
        yield connection


class Hang(BaseException):
    """Not caught by rules that reject what fails."""


@contextmanager
def hang_is_an_error(what: str) -> Iterator[None]:
    """The clock runs only while this process does, so that a busy machine is no hang."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Hang(f"{what} takes more than {HANG} s")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def no_web(url: str, carrier: Carrier) -> Iterator[RawItem]:
    raise AssertionError(f"{url} is no address")


@pytest.mark.parametrize(
    ("seed", "count"),
    [(1, 300), *(pytest.param(seed, 1000, marks=pytest.mark.torture) for seed in range(2, 12))],
)
def test_mutated_inputs_have_one_outcome_each_and_rejects_replay_byte_for_byte(
    seed: int, count: int, connection: Connection, normalizer: Normalizer
) -> None:
    items = list(mutated(SAMPLES, seed, count))
    for item in items:
        with hang_is_an_error(f"{item.origin} of seed {seed}"):
            prepare(item, normalizer, NOW)
    result = load(connection, items, normalizer, command="load", arguments="")
    assert result.outcomes.read == count
    assert connection.execute("SELECT count(*) FROM raw.input").fetchone() == (count,)
    given = {item.origin: item.content for item in items}
    rejected = {item.origin: item.content for item in open_rejects(Link(connection, None, 0), no_web)}
    assert len(rejected) == result.outcomes.rejected > 0
    assert rejected == {origin: given[origin] for origin in rejected}
    assert "rule_failure" not in result.reasons, "a rule failed: a fault of newshouse"


LARGE = 8 * 1024 * 1024
HOSTILE = {
    "one word": "Китай ",
    "one line": "Школа приняла учеников из Китая. ",
    "short lines": "да\n",
    "blank lines": "а\n\n",
    "digits": "1",
    "quotes": "«А» ",
    "datelines": "БИШКЕК, 25 ноября. ",
    "English": "China and Russia said. ",
    "states": "КНР США РФ ",
    "hours": "10:45\n",
    "citations": "сообщает ТАСС со ссылкой на РИА Новости, ",
    "capitals": "А",
    "spaces": "а" + " " * 300,
}


@pytest.mark.parametrize("size", [140_000, LARGE], ids=["140 kB", "8 MiB"])
@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
def test_text_that_is_made_to_be_slow_is_not(word: str, size: int, normalizer: Normalizer) -> None:
    content = (word * (size // len(word.encode()))).encode()
    with hang_is_an_error(word):
        prepared = prepare(RawItem("hostile", content), normalizer, NOW)
    reason = prepared.rejection and prepared.rejection.reason_code
    assert reason == "too_large" if size == LARGE else reason in (None, "no_body", "several_articles", "empty")


def test_mended_input_resolves_its_reject(connection: Connection, normalizer: Normalizer) -> None:
    text = "Делегация посетила завод в Оше. Гостям показали станки и рассказали о планах на осень.\n".encode()
    load(connection, [RawItem("mended", b"\0" + text)], normalizer, command="load", arguments="")
    result = load(connection, [RawItem("mended", text)], normalizer, command="load", arguments="")
    assert result.outcomes.inserted == 1
    assert connection.execute("SELECT state, resolved_run_id FROM ops.rejected_item").fetchall() == [
        ("resolved", result.run_id)
    ]
