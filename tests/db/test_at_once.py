"""Loads that meet: two at a time, and one that is stopped in the middle. Each in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.database.connect import connect
from etl.extract.files import count_files

TEXT = (
    " date 2025-05-{day:02} Посёлок номер {number} получил новую школу. На открытие приехали гости из Казахстана и "
    "Таджикистана, они осмотрели классы и спортивный зал.\n\nЗанятия начнутся осенью, сказал директор школы {number}.\n"
)
CONTENTS = {
    "articles": "SELECT article_id, identity, title, body, row_sha256, version FROM core.article ORDER BY 1",
    "mentions": "SELECT article_id, mention_no, country_code, surface FROM core.country_mention ORDER BY 1, 2",
    "countries": "SELECT article_id, country_code, mention_count FROM core.article_country ORDER BY 1, 2",
    "inputs": "SELECT origin, outcome, article_id, document_id FROM raw.input ORDER BY 1",
    "documents": "SELECT article_id, document_id, content FROM raw.document ORDER BY 1, 2",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3000):
        text = TEXT.format(day=number % 28 + 1, number=number % 2900)  # the last hundred repeat others
        (tmp_path / f"{number:04}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def start(database: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from etl.cli import main; main()", "load", str(folder)],
        env=os.environ | {"DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts its background jobs with Ctrl-C ignored, and they hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def contents(database: str) -> dict[str, list[tuple[object, ...]]]:
    with connect(database) as connection:
        return {name: connection.execute(query).fetchall() for name, query in CONTENTS.items()}  # type: ignore[call-overload]


def runs(database: str) -> list[tuple[str, int]]:
    with connect(database) as connection:
        return connection.execute("SELECT state, read_count FROM ops.load_run ORDER BY run_id").fetchall()


def wait_for_first_batch(database: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(read for _, read in runs(database)):
            return
        time.sleep(0.01)
    pytest.fail("no batch was finished within a minute")


def test_two_loads_at_once_give_what_one_gives(database: str, second_database: str, folder: Path) -> None:
    both = [start(database, folder) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert start(second_database, folder).wait(timeout=120) == 0
    assert contents(database) == contents(second_database)
    assert [state for state, _ in runs(database)] == ["succeeded", "succeeded"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopped_load_keeps_finished_batches_and_the_next_does_the_rest(
    database: str, folder: Path, stop: signal.Signals
) -> None:
    stopped = start(database, folder)
    wait_for_first_batch(database)
    stopped.send_signal(stop)
    _, err = stopped.communicate(timeout=60)
    assert stopped.returncode == 130, err
    assert "Traceback" not in err
    assert "what was finished stays" in err
    rest = start(database, folder)
    assert rest.wait(timeout=120) == 0
    (state, read), *_ = runs(database)  # stopped in the middle of a command, it is closed by the next run
    assert (state, 0 < read < 3000) == ("interrupted", True)
    assert len(contents(database)["articles"]) == 2900
    assert runs(database)[1] == ("succeeded", count_files([folder]))
