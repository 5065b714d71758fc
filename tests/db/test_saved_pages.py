"""HTML files saved from a site: what makes two of them the same article."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest
from psycopg import Connection

from etl.load.renormalize import renormalize
from etl.normalize.normalizer import Normalizer
from tests.db.conftest import Load

BRIDGE = (
    "В Баткенской области открыли мост через реку, который строили два года и закончили на месяц раньше срока.",
    "На открытии выступил глава района: он поблагодарил строителей и пообещал заасфальтировать дорогу к мосту.",
    "Прежний мост был деревянным, и весной жители трёх сёл не могли попасть в районную больницу.",
)
SCHOOL = (
    "В Нарыне открыли школу на четыреста мест, в которой будут учиться дети из пяти соседних сёл района.",
    "Школу строили три года, в ней есть спортивный зал, библиотека и столовая на сто двадцать человек.",
    "Первый звонок прозвенит в сентябре, учителей набрали из областного центра и из столицы.",
)
ADDRESS = "https://24.kg/obschestvo/12345_most-otkryt/"


def save(path: Path, paragraphs: tuple[str, ...], canonical: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<title>{paragraphs[0][:30]}</title><link rel='canonical' href='{canonical}'>"
    path.write_text(f"<html><head>{head}</head><body><article>{text}</article></body></html>", encoding="utf-8")


def articles(connection: Connection) -> list[tuple[str, str | None, int]]:
    return connection.execute("SELECT identity, url, version FROM core.article ORDER BY identity").fetchall()


def test_two_copies_of_a_page_are_one_article(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    save(tmp_path / "a.html", BRIDGE, ADDRESS)
    save(tmp_path / "b.html", (*BRIDGE, "Позже в районе уточнили, что движение по мосту откроют в июне."), ADDRESS)
    assert astuple(load_paths(tmp_path).outcomes) == (1, 1, 0, 0, 0)
    assert articles(connection) == [("24.kg/obschestvo/12345_most-otkryt", ADDRESS, 2)]


def test_reload_of_two_copies_changes_nothing(load_paths: Load, tmp_path: Path) -> None:
    save(tmp_path / "a.html", BRIDGE, ADDRESS)
    save(tmp_path / "b.html", BRIDGE[:2], ADDRESS)
    load_paths(tmp_path)
    assert load_paths(tmp_path).outcomes.unchanged == 2


@pytest.mark.parametrize("canonical", ["https://24.kg/", "https://24.kg/obschestvo/", "/"])
def test_canonical_that_many_pages_share_merges_none(
    canonical: str, load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    save(tmp_path / "a.html", BRIDGE, canonical)
    save(tmp_path / "b.html", SCHOOL, canonical)
    assert astuple(load_paths(tmp_path).outcomes) == (2, 0, 0, 0, 0)
    assert [identity for identity, _, _ in articles(connection)] == [str(tmp_path / "a.html"), str(tmp_path / "b.html")]


def test_renormalize_keeps_the_identity(
    load_paths: Load, connection: Connection, normalizer: Normalizer, tmp_path: Path
) -> None:
    save(tmp_path / "a.html", BRIDGE, ADDRESS)
    load_paths(tmp_path)
    connection.execute("UPDATE core.article SET rule_version = 'older'")
    renormalize(connection, normalizer)
    assert [identity for identity, _, _ in articles(connection)] == ["24.kg/obschestvo/12345_most-otkryt"]
