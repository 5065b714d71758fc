"""A folder of articles, a newshouse.toml beside it, and the command as a user gives it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from etl.cli import main

TEXT = (
    "Бишкек, {day:02}.03.25. /Кабар/. Посёлок номер {number} получил новую школу. На открытие приехали гости из "
    "Казахстана и Таджикистана, они осмотрели классы и спортивный зал.\n\nЗанятия начнутся осенью, сказал директор "
    "школы {number}. {more}\n"
)


class Ran(NamedTuple):
    """What one call of the command did."""

    exit_code: int
    out: str
    err: str


Newshouse = Callable[..., Ran]


def article(number: int, more: str = "") -> str:
    return TEXT.format(day=number % 28 + 1, number=number, more=more)


def put(folder: Path, number: int, more: str = "", age: float = 60) -> Path:
    """Write an article whose time stamp says that it is so many seconds old."""
    path = folder / f"{number}.txt"
    path.write_text(article(number, more), encoding="utf-8")
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def toml(tmp_path: Path, inbox: Path) -> Path:
    path = tmp_path / "newshouse.toml"
    path.write_text('settle = "1s"\n[inputs.inbox]\nlocation = "inbox"\nevery = "15m"\n', encoding="utf-8")
    return path


@pytest.fixture
def newshouse(
    database: str, toml: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Newshouse:
    """Run the command on a warehouse of its own, in the folder of newshouse.toml."""
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.delenv("NEWSHOUSE_CONFIG", raising=False)
    monkeypatch.chdir(toml.parent)

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["newshouse", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_:
            main()
        printed = capsys.readouterr()
        return Ran(int(exit_.value.code or 0), printed.out, printed.err)

    return run
