"""`newshouse watch` for half an hour as a process of its own, beside what one clean load of the same gives.

    python -m benchmarks.soak --minutes 30 [--json]

Files arrive, grow, change and vanish, a feed has new entries, and the database is restarted twice; at every minute a
line says how much memory the process has. Then it is stopped, what vanished is brought back, all is loaded once into
an empty warehouse, and the two are compared row for row. Exit code 1 where they differ.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from benchmarks.newsroom import Newsroom, serve_feed
from etl.database import embedded
from etl.database.connect import connect
from etl.errors import EXIT_DONE_WITH_REJECTS
from etl.extract.files import read_files
from etl.extract.item import Carrier
from etl.warehouse import upgrade

ACT_SECONDS = 0.5
_AWAY_SECONDS = 5.0  # that the database is down at each restart
_PATIENCE = 180.0
_CONFIG = """\
settle = "1s"
[inputs.inbox]
location = "inbox"
every = "1m"
[inputs.feed]
location = "{feed}"
every = "10s"
"""
# Former versions and texts are history, of which a clean load has none; which keys are too common to compare by may
# depend on the order of arrival (docs/architecture.md). All else follows from the inputs alone.
_HISTORY = ("article_version", "text_fingerprint", "story_common_key")
_COLUMNS = """
SELECT table_schema, table_name, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_type = 'BASE TABLE' AND (table_schema = 'core' OR table_name = 'input') AND table_name <> ALL (%s)
    AND column_name <> 'version' AND column_name NOT LIKE ALL (ARRAY['%%run_id', 'loaded_at', 'changed_at'])
GROUP BY table_schema, table_name
"""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Soaked:
    """megabytes: resident memory of the process with those that it started, at each minute. differing: tables in which
    the warehouse is not what one clean load gives, with so many rows that only one of the two has."""

    minutes: float
    restarts: int
    events: dict[str, int]
    articles: int
    rejected: int
    megabytes: list[int]
    exit_code: int
    differing: dict[str, int]


def soak(minutes: float, tell: Tell) -> Soaked:
    folder = Path(tempfile.gettempdir()) / f"newshouse-soak-{secrets.token_hex(6)}"
    home, inbox = folder / "server", folder / "inbox"
    inbox.mkdir(parents=True)
    folder.chmod(0o755)  # under root the server runs under another account
    try:
        with serve_feed() as feed:
            urls, restarts = _warehouses(home), set[object]()
            newsroom = Newsroom(inbox, feed, lambda path: is_held(urls[0], path))
            config = folder / "newshouse.toml"
            config.write_text(_CONFIG.format(feed=feed.url), encoding="utf-8")
            with _watch(config, urls[0]) as (process, metrics):
                megabytes = _work(newsroom, process, minutes, lambda: restarts.add(_restart(home)), tell)
                _wait_until(lambda: all(is_held(urls[0], path) for path in newsroom.files()))
                polls = _polls(metrics)
                _wait_until(lambda: _polls(metrics) >= polls + 2)
                process.send_signal(signal.SIGTERM)
                exit_code = process.wait(_PATIENCE)
            newsroom.restore()
            clean = _newshouse(urls[1], "load", str(inbox), feed.archive_url)
            said = clean.communicate()[1].decode("utf-8")
            if clean.returncode not in (0, EXIT_DONE_WITH_REJECTS):
                raise RuntimeError(f"the clean load failed: {said}")
        held, wanted = map(contents, urls)
        return Soaked(
            minutes,
            len(restarts),
            newsroom.counts,
            sum(held["core.article"].values()),
            _rejected(urls[0]),
            megabytes,
            exit_code,
            {name: count for name in wanted if (count := _apart(held[name], wanted[name]))},
        )
    finally:
        embedded.stop(home)
        shutil.rmtree(folder, ignore_errors=True)


def _work(
    newsroom: Newsroom, process: subprocess.Popen[bytes], minutes: float, restart: Callable[[], None], tell: Tell
) -> list[int]:
    """Megabytes at each minute. The database is restarted after a third of the time and after two."""
    started, megabytes, restarts = time.monotonic(), list[int](), [1 / 3, 2 / 3]
    while (spent := (time.monotonic() - started) / 60) < minutes:
        newsroom.act()
        if restarts and spent > restarts[0] * minutes:
            restarts.pop(0)
            tell(f"minute {spent:.1f}: the database is restarted")
            threading.Thread(target=restart).start()
        if spent >= len(megabytes) + 1:
            megabytes.append(_megabytes(process.pid))
            tell(f"minute {len(megabytes)}: {megabytes[-1]} MB; {newsroom.counts}")
        time.sleep(ACT_SECONDS)
    return megabytes


def _warehouses(home: Path) -> tuple[str, str]:
    """Two empty ones on a server of their own."""
    url = embedded.start(home)
    with connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE clean TEMPLATE template0 ENCODING 'UTF8'")
    urls = url, urlsplit(url)._replace(path="/clean").geturl()
    for one in urls:
        upgrade(one)
    return urls


def _newshouse(url: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from etl.cli import main; main()", *arguments]
    environment = os.environ | {"DATABASE_URL": url, "NEWSHOUSE_ALLOW_PRIVATE": "1"}
    return subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


@contextmanager
def _watch(config: Path, url: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The process, and the address of its metrics, once it serves them."""
    process = _newshouse(url, "watch", "--port", "0", "--config", str(config))
    assert process.stderr is not None  # it is a pipe
    try:
        said = process.stderr.readline().decode("utf-8")
        address = re.search(r"http://\S+", said)
        if address is None:
            raise RuntimeError(f"watch did not start: {said}{process.stderr.read().decode('utf-8')}")
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield process, address[0]
    finally:
        process.kill()
        process.wait()


def _restart(home: Path) -> object:
    """When the server started anew, as it says."""
    embedded.stop(home)
    time.sleep(_AWAY_SECONDS)
    with connect(embedded.start(home)) as connection:
        return connection.execute("SELECT pg_postmaster_start_time()").fetchone()


def _megabytes(pid: int) -> int:
    """Resident memory of a process and of those that it started."""
    listed = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid=,rss="], text=True)  # noqa: S607
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return sum(kilobytes for own, parent, kilobytes in rows if pid in (own, parent)) // 1024


def is_held(url: str, path: Path) -> bool:
    """Whether the warehouse has seen the file as it stands; False while it is away."""
    item = next(read_files([path], Carrier()))
    try:
        with connect(url) as connection:
            query = "SELECT fingerprint FROM raw.input WHERE input_id = %s"
            return connection.execute(query, (item.input_id,)).fetchone() == (item.fingerprint,)
    except Exception:  # whatever a server says that stops or starts
        return False


def _polls(metrics: str) -> float:
    """How often the feed was asked."""
    with urllib.request.urlopen(metrics) as response:  # noqa: S310 - its own
        text = response.read().decode("utf-8")
    found = re.search(r'^newshouse_reloads_total\{input="feed",state="done"\} (\S+)$', text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def _wait_until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not what():
        if time.monotonic() > deadline:
            raise TimeoutError("watch did not get there")
        time.sleep(0.5)


def contents(url: str) -> dict[str, Counter[str]]:
    """Digests of the rows of each table that follows from the inputs alone, without run numbers and clocks."""
    with connect(url) as connection:
        tables = connection.execute(_COLUMNS, (list(_HISTORY),)).fetchall()
        return {f"{schema}.{name}": _digests(connection, schema, name, columns) for schema, name, columns in tables}


def _digests(connection: psycopg.Connection, schema: str, name: str, columns: list[str]) -> Counter[str]:
    row = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("SELECT md5(ROW({})::text) FROM {}").format(row, sql.Identifier(schema, name))
    return Counter(digest for (digest,) in connection.execute(query))


def _apart(one: Counter[str], other: Counter[str]) -> int:
    return (one - other).total() + (other - one).total()


def _rejected(url: str) -> int:
    with connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM ops.rejected_item WHERE state = 'open'").fetchone()
        return int(row[0]) if row else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--json", action="store_true", help="print what came of it as JSON")
    given = parser.parse_args()
    soaked = soak(given.minutes, lambda words: print(words, file=sys.stderr, flush=True))
    if given.json:
        print(json.dumps(asdict(soaked)))
    else:
        print(*(f"{name}: {value}" for name, value in asdict(soaked).items()), sep="\n")
    sys.exit(1 if soaked.differing or soaked.exit_code else 0)


if __name__ == "__main__":
    main()
