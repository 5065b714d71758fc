"""Half an hour of watch, or NEWSHOUSE_SOAK_MINUTES: files arrive, change and vanish, the database is restarted twice,
and what is there at the end is what one clean load gives."""

from __future__ import annotations

import logging
import os
import random
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection

from etl.database import embedded
from etl.database.connect import connect
from etl.extract.files import read_files
from etl.extract.item import Carrier
from etl.load.job import load
from etl.normalize.normalizer import Normalizer
from etl.warehouse import upgrade
from tests.db.reload.conftest import article
from tests.db.reload.watching import named, settings, wait_for, watching

log = logging.getLogger(__name__)

_MINUTES = float(os.environ.get("NEWSHOUSE_SOAK_MINUTES", "30"))
_GROWTH = 1.15  # of the memory from the first third to the end: room for the allocator, none for a leak
_CONTENTS = (
    "SELECT identity, title, body, published_on, publisher_id, language, text_sha256 FROM core.article ORDER BY 1",
    "SELECT article_id, country_code, mention_count FROM core.article_country ORDER BY 1, 2",
    "SELECT article_id, mention_no, country_code, start_offset, surface FROM core.country_mention ORDER BY 1, 2",
    "SELECT origin, outcome, article_id, fingerprint FROM raw.input ORDER BY 1",
    "SELECT origin, reason_code FROM ops.rejected_item WHERE state = 'open' ORDER BY 1",
)


class Newsroom:
    """Files in a folder that come, change, grow and go, by chance, but by the same chance every time.

    A file goes only once the warehouse holds it; `restore` brings all that went back, as it was.
    """

    def __init__(self, folder: Path, is_held: Callable[[Path], bool]) -> None:
        self._folder, self._is_held = folder, is_held
        self._chance = random.Random(7)
        self._standing: list[Path] = []
        self._gone: dict[Path, bytes] = {}
        self._number = 0

    def __str__(self) -> str:
        return f"{self._number} files and changes, {len(self._gone)} files that went"

    def act(self) -> None:
        self._chance.choice([self._arrive, self._arrive, self._arrive, self._drip, self._change, self._vanish])()

    def restore(self) -> None:
        for path, content in self._gone.items():
            path.write_bytes(content)

    def _arrive(self) -> Path:
        self._number += 1
        path = self._folder / f"{self._number % 10}" / f"{self._number}.txt"
        path.parent.mkdir(exist_ok=True)
        content = b"" if self._number % 50 == 0 else article(self._number).encode()
        path.write_bytes(content)
        self._standing.append(path)
        return path

    def _drip(self) -> None:
        """Written in pieces."""
        with self._arrive().open("a", encoding="utf-8") as stream:
            for number in range(5):
                stream.write(f"Гость номер {number} сказал речь в школе {self._number}.\n")
                stream.flush()
                time.sleep(0.05)

    def _change(self) -> None:
        if self._standing:
            self._number += 1
            path = self._chance.choice(self._standing)
            path.write_text(article(self._number, "Новость дополнена."), encoding="utf-8")

    def _vanish(self) -> None:
        path = self._chance.choice(self._standing) if self._standing else None
        if path and self._is_held(path):
            self._gone[path] = path.read_bytes()
            self._standing.remove(path)
            path.unlink()


@pytest.fixture
def warehouses(home: Path) -> tuple[str, str]:
    """Two empty warehouses on a server of the test's own, which may be restarted."""
    url = embedded.start(home)
    with connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE clean TEMPLATE template0 ENCODING 'UTF8'")
    clean = url.rpartition("/")[0] + "/clean"
    for each in (url, clean):
        upgrade(each)
    return url, clean


@pytest.mark.torture
def test_soak(
    warehouses: tuple[str, str],
    home: Path,
    inbox: Path,
    toml: Path,
    normalizer: Normalizer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, clean = warehouses
    monkeypatch.setenv("DATABASE_URL", url)
    newsroom = Newsroom(inbox, lambda path: _is_held(url, path))
    memory: list[int] = []
    with watching(settings(toml, named("inbox", inbox, every=60)), _connect(url), normalizer) as watch:
        ends, restarts = time.monotonic() + 60 * _MINUTES, [1 / 3, 2 / 3]
        while (left := ends - time.monotonic()) > 0:
            newsroom.act()
            memory.append(_resident_kilobytes())
            if restarts and left < 60 * _MINUTES * (1 - restarts[0]):
                restarts.pop(0)
                threading.Thread(target=_restart, args=(home,)).start()
            time.sleep(0.2)
        newsroom.restore()
        wait_for(lambda: all(_is_held(url, path) for path in inbox.rglob("*.txt")), patience=120)
        assert watch.health()["is_healthy"]
    with connect(clean, autocommit=True) as connection:
        load(connection, read_files([inbox], Carrier()), normalizer, command="load", arguments="")
    assert _contents(url) == _contents(clean)
    assert not restarts
    third = len(memory) // 3
    log.info("%s; kilobytes: %d, then %d", newsroom, max(memory[:third]), max(memory[-third:]))
    assert max(memory[-third:]) < _GROWTH * max(memory[:third])


def _connect(url: str) -> Callable[[], Connection]:
    return lambda: connect(url, autocommit=True)


def _resident_kilobytes() -> int:
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())]))


def _restart(home: Path) -> None:
    embedded.stop(home)
    time.sleep(3)
    embedded.start(home)


def _is_held(url: str, path: Path) -> bool:
    """Whether the warehouse has seen the file as it stands; False while it is away."""
    item = next(read_files([path], Carrier()))
    try:
        with connect(url) as connection:
            query = "SELECT fingerprint FROM raw.input WHERE input_id = %s"
            return connection.execute(query, (item.input_id,)).fetchone() == (item.fingerprint,)
    except Exception:
        return False


def _contents(url: str) -> list[list[tuple[Any, ...]]]:
    with connect(url) as connection:
        return [connection.execute(query).fetchall() for query in _CONTENTS]  # type: ignore[call-overload]
