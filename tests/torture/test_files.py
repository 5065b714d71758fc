"""Files that misbehave while they are read: each is counted, stops nothing, and is loaded once it can be read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import Connection

from etl.database.connect import connect
from etl.extract.files import read_files
from etl.extract.item import Carrier, RawItem
from etl.load.job import load
from etl.normalize.normalizer import Normalizer
from etl.resources import REFERENCE

TEXT = "Делегация посетила завод в Оше. Гостям показали станки номер {} и рассказали о планах на осень.\n"
NOBODY = 65534

needs_proc = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux's /proc for such a file")


@pytest.fixture(scope="module")
def normalizer() -> Normalizer:
    return Normalizer.load(REFERENCE)


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def folder() -> Iterator[Path]:
    """Three articles, in a folder that every account may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for number in range(3):
            (folder / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
        yield folder


def rejected(connection: Connection) -> list[tuple[str, str, str]]:
    rows = connection.execute("SELECT origin, reason_code, state FROM ops.rejected_item").fetchall()
    return [(Path(origin).name, reason, state) for origin, reason, state in rows]


def run(connection: Connection, normalizer: Normalizer, items: Iterator[RawItem]) -> tuple[int, int]:
    outcomes = load(connection, items, normalizer, command="load", arguments="").outcomes
    return outcomes.inserted, outcomes.rejected


def test_file_that_vanishes_after_listing_is_rejected(
    folder: Path, connection: Connection, normalizer: Normalizer
) -> None:
    def vanishing() -> Iterator[RawItem]:
        for item in read_files([folder], Carrier()):
            (folder / "1.txt").unlink(missing_ok=True)
            yield item

    assert run(connection, normalizer, vanishing()) == (2, 1)
    assert rejected(connection) == [("1.txt", "unreadable", "open")]


@needs_proc
def test_read_error_in_a_file_rejects_it_and_its_mended_version_resolves_that(
    folder: Path, connection: Connection, normalizer: Normalizer
) -> None:
    (folder / "1.txt").unlink()
    (folder / "1.txt").symlink_to("/proc/self/mem")  # can be opened; its first page cannot be read
    assert run(connection, normalizer, read_files([folder], Carrier())) == (2, 1)
    assert rejected(connection) == [("1.txt", "unreadable", "open")]
    (folder / "1.txt").unlink()
    (folder / "1.txt").write_text(TEXT.format(1), encoding="utf-8")
    assert run(connection, normalizer, read_files([folder], Carrier())) == (1, 0)
    assert rejected(connection) == [("1.txt", "unreadable", "resolved")]


@needs_proc
def test_file_that_holds_more_than_its_size_says_is_read_to_its_end(folder: Path) -> None:
    """Such as one that grows between the look at its size and the read: files in /proc have the size 0."""
    (folder / "1.txt").unlink()
    (folder / "1.txt").symlink_to("/proc/version")
    content = next(item.content for item in read_files([folder], Carrier()) if item.origin.endswith("1.txt"))
    assert content == Path("/proc/version").read_bytes()


def test_file_that_grows_between_two_loads_is_updated(
    folder: Path, connection: Connection, normalizer: Normalizer
) -> None:
    def growing() -> Iterator[RawItem]:
        for item in read_files([folder], Carrier()):
            with (folder / "1.txt").open("a", encoding="utf-8") as file:
                file.write("Стороны договорились продолжить переговоры в Душанбе через месяц.\n")
            yield item

    run(connection, normalizer, growing())
    result = load(connection, read_files([folder], Carrier()), normalizer, command="load", arguments="")
    assert (result.outcomes.updated, result.outcomes.unchanged, result.outcomes.rejected) == (1, 2, 0)
    stored = connection.execute(
        "SELECT content FROM raw.document AS d JOIN raw.input USING (document_id) WHERE raw.input.origin LIKE '%1.txt'"
    ).fetchone()
    assert stored == ((folder / "1.txt").read_text(encoding="utf-8"),)


def test_file_that_may_not_be_read_is_rejected(folder: Path, connection: Connection, normalizer: Normalizer) -> None:
    (folder / "1.txt").chmod(0)
    user = os.geteuid()
    if user == 0:  # root may read every file
        os.seteuid(NOBODY)
    try:
        items = list(read_files([folder], Carrier()))
    finally:
        os.seteuid(user)
    assert run(connection, normalizer, iter(items)) == (2, 1)
    assert rejected(connection) == [("1.txt", "unreadable", "open")]
