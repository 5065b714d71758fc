"""A file is read once it stopped changing, and no sooner."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from etl.reload.settling import Settling


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settling(clock: Clock) -> Settling:
    return Settling(2.0, clock)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text("Первая половина", encoding="utf-8")
    return path


def test_file_that_stayed_the_same_is_due_once(settling: Settling, clock: Clock, file: Path) -> None:
    settling.touch([file])
    clock.now += 1.9
    assert settling.due() == []
    clock.now += 0.1
    assert settling.due() == [(file, pytest.approx(2.0))]
    assert settling.due() == []


def test_file_that_still_grows_waits_though_nobody_tells(settling: Settling, clock: Clock, file: Path) -> None:
    settling.touch([file])
    clock.now += 2
    with file.open("a", encoding="utf-8") as stream:
        stream.write(" и вторая")
    assert settling.due() == []
    clock.now += 2
    assert [due.path for due in settling.due()] == [file]


def test_age_counts_from_the_first_notice(settling: Settling, clock: Clock, file: Path) -> None:
    settling.touch([file])
    clock.now += 1
    settling.touch([file])
    clock.now += 2
    assert [due.age for due in settling.due()] == [pytest.approx(3.0)]


def test_file_that_vanished_is_forgotten(settling: Settling, clock: Clock, file: Path) -> None:
    settling.touch([file])
    file.unlink()
    assert settling.due() == []
    assert len(settling) == 0


def test_old_file_is_accepted_on_a_walk_at_once(settling: Settling, file: Path) -> None:
    os.utime(file, (time.time() - 60,) * 2)
    assert settling.accepts(file)
    assert len(settling) == 0


def test_young_file_is_due_later(settling: Settling, clock: Clock, file: Path) -> None:
    assert not settling.accepts(file)
    clock.now += 2
    assert [due.path for due in settling.due()] == [file]


def test_file_stamped_in_the_future_is_not_waited_for(settling: Settling, file: Path) -> None:
    os.utime(file, (time.time() + 3600,) * 2)
    assert settling.accepts(file)
