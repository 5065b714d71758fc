"""newshouse watch: what arrives is loaded, whole and once, whatever goes away meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from psycopg import Connection

from etl.config import fetch_policy
from etl.database.connect import connect
from etl.errors import UsageError
from etl.load import web
from etl.normalize.normalizer import Normalizer
from etl.reload.inputs import NamedInput
from etl.reload.server import serve
from etl.reload.watching import Watch
from tests.db.proxy import Proxy
from tests.db.reload.conftest import article, put
from tests.db.reload.watching import PATIENCE, named, settings, wait_for, watching
from tests.site import Behave, Site, answer

Start = Callable[..., AbstractContextManager[Watch]]


@pytest.fixture
def start(database: str, toml: Path, normalizer: Normalizer, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Watch these inputs on the test's warehouse."""
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setattr("etl.reload.lanes._FIRST_PAUSE", 0.1)
    monkeypatch.setattr("etl.reload.lanes._LONGEST_PAUSE", 0.5)

    def start(*inputs: NamedInput, url: str = database, **options: object) -> AbstractContextManager[Watch]:
        return watching(
            settings(toml, *inputs),
            lambda: connect(url, autocommit=True),
            normalizer,
            **options,  # type: ignore[arg-type]
        )

    return start


@pytest.fixture
def count(connection: Connection) -> Callable[[], int]:
    """How many articles there are."""
    return lambda: int((connection.execute("SELECT count(*) FROM core.article").fetchone() or (0,))[0])


@pytest.fixture
def bodies(connection: Connection) -> Callable[[], str]:
    """All texts."""
    return lambda: " ".join(body for (body,) in connection.execute("SELECT body FROM core.article").fetchall())


def test_what_is_there_is_loaded_first(start: Start, inbox: Path, count: Callable[[], int]) -> None:
    put(inbox, 1)
    with start(named("inbox", inbox)):
        wait_for(lambda: count() == 1)


def test_new_and_changed_files_are_loaded(
    start: Start, inbox: Path, count: Callable[[], int], bodies: Callable[[], str]
) -> None:
    put(inbox, 1)
    with start(named("inbox", inbox)):
        wait_for(lambda: count() == 1)
        put(inbox, 2, age=0)
        wait_for(lambda: count() == 2)
        put(inbox, 1, more="Потом приехали и другие гости.", age=0)
        wait_for(lambda: "другие гости" in bodies())


def test_folder_that_is_moved_in_is_loaded(start: Start, inbox: Path, tmp_path: Path, count: Callable[[], int]) -> None:
    (tmp_path / "new").mkdir()
    put(tmp_path / "new", 2)
    put(inbox, 1)
    with start(named("inbox", inbox)):
        wait_for(lambda: count() == 1)
        (tmp_path / "new").rename(inbox / "new")
        wait_for(lambda: count() == 2)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("1.meta.json", json.dumps({"title": "Школа открыта"})),
        ("manifest.csv", "file,title\n1.txt,Школа открыта\n"),
    ],
)
def test_what_is_said_beside_a_file_later_is_read(
    start: Start, inbox: Path, connection: Connection, name: str, said: str
) -> None:
    put(inbox, 1)
    with start(named("inbox", inbox)):
        wait_for(lambda: connection.execute("SELECT title FROM core.article").fetchall())
        (inbox / name).write_text(said, encoding="utf-8")
        wait_for(lambda: connection.execute("SELECT title FROM core.article").fetchall() == [("Школа открыта",)])


def test_file_is_not_read_before_it_is_written_to_its_end(
    start: Start, inbox: Path, connection: Connection, count: Callable[[], int], bodies: Callable[[], str]
) -> None:
    with start(named("inbox", inbox)), (inbox / "1.txt").open("w", encoding="utf-8") as stream:
        stream.write(article(1))
        for number in range(15):
            stream.write(f"Гость номер {number} сказал речь.\n")
            stream.flush()
            time.sleep(0.1)
        stream.close()
        wait_for(lambda: count() == 1)
    assert "Гость номер 14" in bodies()
    assert connection.execute("SELECT count(*) FROM core.article_version").fetchone() == (0,)


def test_only_what_the_pattern_matches_is_loaded(start: Start, inbox: Path, count: Callable[[], int]) -> None:
    with start(named("texts", inbox / "2*.txt")):
        wait_for(lambda: True)
        put(inbox, 1, age=0)
        put(inbox, 2, age=0)
        wait_for(lambda: count() == 1)
        time.sleep(0.5)
    assert count() == 1


def test_folder_that_comes_back_is_watched_again(
    start: Start, inbox: Path, connection: Connection, count: Callable[[], int]
) -> None:
    put(inbox, 1)
    state = "SELECT state FROM mart.input_status"
    with start(named("inbox", inbox, every=1)):
        wait_for(lambda: count() == 1)
        shutil.rmtree(inbox)
        wait_for(lambda: connection.execute(state).fetchall() == [("failing",)])
        inbox.mkdir()
        put(inbox, 2)
        wait_for(lambda: count() == 2)
        wait_for(lambda: connection.execute(state).fetchall() == [("ok",)])


def test_file_that_arrives_while_the_database_is_away_is_loaded_afterwards(
    start: Start, inbox: Path, database: str, count: Callable[[], int]
) -> None:
    wire = Proxy(database)
    put(inbox, 1)
    with start(named("inbox", inbox), url=wire.url) as watch:
        wait_for(lambda: count() == 1)
        wire.cut()
        put(inbox, 2, age=0)
        wait_for(lambda: b"newshouse_database_up 0.0" in watch.metrics.text())
        wire.open()
        wait_for(lambda: count() == 2)
        wait_for(lambda: b"newshouse_database_up 1.0" in watch.metrics.text())
    wire.close()


def test_stop_while_the_database_is_away_does_not_wait_for_it(start: Start, inbox: Path, database: str) -> None:
    wire = Proxy(database)
    with start(named("inbox", inbox), url=wire.url) as watch:
        wait_for(lambda: watch.health()["is_healthy"])
        wire.cut()
        put(inbox, 1, age=0)
        time.sleep(0.5)
    wire.close()


def test_stop_writes_what_was_read_and_closes_the_run(
    start: Start, inbox: Path, connection: Connection, count: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.load.batches.BATCH_ITEMS", 5)
    for number in range(300):
        put(inbox, number)
    with start(named("inbox", inbox)):
        wait_for(lambda: count() > 0)
    runs = connection.execute("SELECT state, read_count FROM ops.load_run").fetchall()
    assert runs == [("succeeded", count())]
    assert count() < 300


@pytest.fixture
def entry(site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    """A feed's entry, which names a page of the site. The site may be asked without delay."""
    monkeypatch.setenv("NEWSHOUSE_ALLOW_PRIVATE", "1")
    monkeypatch.setattr(web, "fetch_policy", lambda: replace(fetch_policy(), host_delay=0.0, first_backoff=0.0))
    return f"<item><title>Школа</title><link>{site.url('/1')}</link><description>Кратко…</description></item>"


def feed(*entries: str) -> Behave:
    return answer(f'<rss version="2.0"><channel>{"".join(entries)}</channel></rss>')


def page() -> Behave:
    text = "".join(f"<p>{line}</p>" for line in article(1).split("\n") if line)
    return answer(f"<html><body><h1>Школа</h1>{text}</body></html>")


def test_feed_is_asked_by_its_schedule(start: Start, site: Site, entry: str, count: Callable[[], int]) -> None:
    site.on("/1", page())
    with start(named("feed", site.on("/rss", feed(), feed(entry)), every=1)):
        wait_for(lambda: count() == 1)


def test_page_that_was_fetched_and_could_not_be_written_is_fetched_again(
    start: Start, site: Site, entry: str, database: str, count: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSHOUSE_DATABASE_WAIT", "0")
    wire = Proxy(database)

    def cut(connection: socket.socket) -> None:
        wire.cut()
        page()(connection)

    site.on("/1", cut, page())
    busy = answer(status="503 Service Unavailable", retry_after="3600")
    with start(named("feed", site.on("/rss", feed(entry), busy, feed(entry)), every=1), url=wire.url) as watch:
        wait_for(lambda: wire.cuts and b"newshouse_database_up 0.0" in watch.metrics.text())
        wire.open()
        wait_for(lambda: count() == 1)
    assert site.asked().count("/1") == 2
    wire.close()


def test_host_that_hangs_delays_no_file(
    start: Start, site: Site, inbox: Path, monkeypatch: pytest.MonkeyPatch, count: Callable[[], int]
) -> None:
    monkeypatch.setenv("NEWSHOUSE_ALLOW_PRIVATE", "1")
    monkeypatch.setattr(web, "fetch_policy", lambda: replace(fetch_policy(), read_timeout=2.0, attempts=1))
    with start(named("feed", site.on("/robots.txt", site.hang)), named("inbox", inbox)):
        wait_for(lambda: site.requests)
        put(inbox, 1, age=0)
        wait_for(lambda: count() == 1)


def test_alert_is_sent_while_watching(start: Start, tmp_path: Path) -> None:
    told: list[Mapping[str, object]] = []
    with start(named("gone", tmp_path / "gone"), send=told.append):
        wait_for(lambda: told)
        (tmp_path / "gone").mkdir()
        wait_for(lambda: len(told) == 2)
    assert [(one["kind"], one["state"]) for one in told] == [("failure", "raised"), ("failure", "recovered")]


@pytest.fixture
def served(start: Start, inbox: Path, count: Callable[[], int]) -> Iterator[str]:
    """Where a watch is served that has loaded one file."""
    put(inbox, 1)
    with start(named("inbox", inbox)) as watch, serve("127.0.0.1", 0, watch.health, watch.metrics.text) as port:
        wait_for(lambda: count() == 1)
        put(inbox, 2, age=0)
        wait_for(lambda: b"newshouse_lag_seconds_count" in watch.metrics.text() and count() == 2)
        yield f"http://127.0.0.1:{port}"


def test_metrics_tell_outcomes_lag_and_stages(served: str) -> None:
    with urllib.request.urlopen(f"{served}/metrics") as response:  # noqa: S310
        text = response.read().decode()
    for line in (
        'newshouse_inputs_total{input="inbox",outcome="inserted"} 2.0',
        'newshouse_reloads_total{input="inbox",state="done"} 2.0',
        'newshouse_lag_seconds_count{input="inbox"} 1.0',
        'newshouse_last_success_timestamp_seconds{input="inbox"}',
        'newshouse_stage_seconds_total{stage="normalize"}',
    ):
        assert line in text


def test_healthz_is_200_while_every_part_runs(served: str) -> None:
    with urllib.request.urlopen(f"{served}/healthz") as response:  # noqa: S310
        assert json.load(response)["is_healthy"] is True


def test_healthz_is_503_else() -> None:
    with serve("127.0.0.1", 0, lambda: {"is_healthy": False}, lambda: b"") as port:
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz")
        assert error.value.code == 503


def test_port_that_is_taken_is_told() -> None:
    def serve_at(port: int) -> AbstractContextManager[int]:
        return serve("127.0.0.1", port, lambda: {}, lambda: b"")

    with serve_at(0) as port, pytest.raises(UsageError, match="choose another by --port"), serve_at(port):
        pass


def test_sigterm_ends_the_command_with_0(database: str, inbox: Path, toml: Path, count: Callable[[], int]) -> None:
    put(inbox, 1)
    command = [sys.executable, "-c", "from etl.cli import main; main()", "watch", "--port", "0", "--config", str(toml)]
    environment = os.environ | {"DATABASE_URL": database}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: count() == 1)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "inbox: 1 inserted" in said
