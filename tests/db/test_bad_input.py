"""Inputs that are no article: each is counted once, kept with its bytes, and stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import Connection

from etl.database.link import Link
from etl.extract.item import Carrier, RawItem
from etl.load.retry import open_rejects
from tests.db.conftest import Load

GOOD = (
    "Делегация Таджикистана посетила завод в Оше. Гостям показали новые станки и рассказали о планах на осень.\n\n"
    "Стороны договорились продолжить переговоры в Душанбе через месяц.\n"
)
SCHOOL = "БИШКЕК, 10.05.2025 /Кабар/. " + "\n\n".join(
    f"Школа номер {number} приняла первых учеников, и директор рассказал гостям, как шло строительство. "
    "По его словам, рабочие закончили здание на месяц раньше срока, а мебель привезли из соседней области."
    for number in range(1, 5)
)
BRIDGE = "ОШ, 11.05.2025 /Кабар/. " + "\n\n".join(
    f"Мост номер {number} соединил два берега реки, и водители теперь доезжают до рынка вдвое быстрее. "
    "Раньше весной дорогу размывало, и жители двух сёл по неделе не могли попасть в районную больницу."
    for number in range(1, 5)
)

BAD = {
    "empty.txt": ("empty", b""),
    "blank.txt": ("empty", b" \n\t\n"),
    "picture.txt": ("binary", b"\x89PNG\r\n\x1a\n\0\0\0\r" + bytes(range(256)) * 12),
    "broken.txt": ("undecodable", GOOD.encode() + b"\xd0"),
    "dos.txt": ("undecodable", GOOD.encode("cp866")),
    "nul.txt": ("nul_character", GOOD.encode().replace(b".", b".\0", 1)),
    "page.pdf": ("unsupported_format", b'{"text": 1}'),
    "menu.html": ("no_body", b"<html><body><nav>menu</nav></body></html>"),
    "two.txt": ("several_articles", f"{SCHOOL}\n\n{BRIDGE}\n".encode()),
}


def no_web(url: str, carrier: Carrier) -> Iterator[RawItem]:
    raise AssertionError(f"{url} is no address: these inputs are files")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, (_, content) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_each_bad_input_has_its_reason_and_the_good_one_is_loaded(
    folder: Path, load_paths: Load, connection: Connection
) -> None:
    result = load_paths(folder)
    rows = connection.execute("SELECT origin, reason_code FROM ops.rejected_item").fetchall()
    assert {Path(origin).name: reason for origin, reason in rows} == {name: reason for name, (reason, _) in BAD.items()}
    assert (result.outcomes.inserted, result.outcomes.rejected, result.outcomes.read) == (1, len(BAD), len(BAD) + 1)


def test_every_reject_replays_byte_for_byte(folder: Path, load_paths: Load, connection: Connection) -> None:
    load_paths(folder)
    again = {Path(item.origin).name: item.content for item in open_rejects(Link(connection, None, 0), no_web)}
    assert again == {name: content for name, (_, content) in BAD.items()}


def test_file_of_50_megabytes_is_rejected_and_kept(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_bytes(GOOD.encode() * 200_000)
    result = load_paths(tmp_path)
    assert result.reasons == {"too_large": 1}
    row = connection.execute(
        "SELECT length(content) = byte_length, byte_length > 50e6 FROM ops.rejected_item"
    ).fetchone()
    assert row == (True, True)


def test_rejects_of_a_second_load_are_not_written_again(folder: Path, load_paths: Load, connection: Connection) -> None:
    load_paths(folder)
    before = connection.execute("SELECT xmin::text, ctid::text FROM ops.rejected_item ORDER BY 2").fetchall()
    assert load_paths(folder).outcomes.rejected == len(BAD)
    assert connection.execute("SELECT xmin::text, ctid::text FROM ops.rejected_item ORDER BY 2").fetchall() == before
