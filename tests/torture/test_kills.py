"""Loads whose processes or server are killed at random moments: the same command finishes the job, row for row."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.database import embedded
from etl.database.connect import connect
from tests.torture.commands import (
    end,
    finish,
    load_backend,
    runs,
    start_load,
    wait_for_inputs,
    wait_for_moment,
    wait_for_worker,
)
from tests.torture.conftest import INPUTS
from tests.torture.contents import contents

Warehouse = Callable[[], str]


def moments(short: int) -> list[object]:
    """25 seeds, of which the first few make the short set."""
    return [pytest.param(seed, marks=[] if seed < short else pytest.mark.torture) for seed in range(25)]


def holds(url: str) -> object:
    with connect(url) as connection:
        return contents(connection)


def finish_job(url: str, corpus: Path) -> None:
    finish(start_load(url, corpus), 3)


@pytest.mark.parametrize("seed", moments(short=2))
def test_killed_loader_is_finished_by_the_same_command(
    seed: int, warehouse: Warehouse, corpus: Path, undisturbed: object
) -> None:
    url = warehouse()
    loader = start_load(url, corpus, workers=random.Random(seed).choice("12"))
    try:
        wait_for_moment(url, random.Random(seed), INPUTS, loader)
    finally:
        end(loader)
    before = runs(url)
    finish_job(url, corpus)
    assert holds(url) == undisturbed
    assert [state for state, _ in runs(url)[:-1]] == [
        "interrupted" if state == "running" else state for state, _ in before
    ]


@pytest.mark.parametrize("seed", moments(short=1))
def test_load_outlives_a_killed_worker(seed: int, warehouse: Warehouse, corpus: Path, undisturbed: object) -> None:
    url = warehouse()
    loader = start_load(url, corpus, workers="2")
    try:
        os.kill(wait_for_worker(loader, random.Random(seed)), signal.SIGKILL)
        assert "died (SIGKILL)" in finish(loader, 3)
    finally:
        end(loader)
    assert holds(url) == undisturbed
    assert runs(url) == [("succeeded", INPUTS)]


@pytest.mark.parametrize("seed", moments(short=1))
def test_load_outlives_a_killed_backend(seed: int, warehouse: Warehouse, corpus: Path, undisturbed: object) -> None:
    """PostgreSQL ends all its sessions and recovers when one of its processes is killed."""
    url = warehouse()
    loader = start_load(url, corpus)
    try:
        wait_for_moment(url, random.Random(seed), INPUTS // 2, loader)
        with connect(url, autocommit=True) as connection:
            os.kill(load_backend(connection), signal.SIGKILL)
        assert "is back" in finish(loader, 3)
    finally:
        end(loader)
    assert holds(url) == undisturbed
    assert [state for state, _ in runs(url)] == ["succeeded"]


@pytest.mark.parametrize("seed", moments(short=1))
def test_load_outlives_a_restart_of_the_server(
    seed: int, warehouse: Warehouse, own_home: Path, corpus: Path, undisturbed: object
) -> None:
    url = warehouse()
    loader = start_load(url, corpus)
    try:
        wait_for_moment(url, random.Random(seed), INPUTS // 2, loader)
        embedded.stop(own_home)
        embedded.start(own_home)
        assert "is back" in finish(loader, 3)
    finally:
        end(loader)
    assert holds(url) == undisturbed
    assert [state for state, _ in runs(url)] == ["succeeded"]


def test_server_that_stays_away_ends_the_load_with_a_clear_error(
    warehouse: Warehouse, own_home: Path, corpus: Path, undisturbed: object
) -> None:
    url = warehouse()
    loader = start_load(url, corpus, NEWSHOUSE_DATABASE_WAIT="2")
    try:
        wait_for_inputs(url, 1, loader)
        embedded.stop(own_home)
        err = finish(loader, 1)
    finally:
        end(loader)
        embedded.start(own_home)
    assert "cannot be reached" in err
    assert "the same command does the rest" in " ".join(err.split())
    finish_job(url, corpus)
    assert holds(url) == undisturbed
    assert [state for state, _ in runs(url)] == ["interrupted", "succeeded"]


@pytest.mark.parametrize("count", [2, pytest.param(8, marks=pytest.mark.torture)])
def test_concurrent_loads_of_overlapping_folders_give_what_one_gives(
    count: int, warehouse: Warehouse, corpus: Path, undisturbed: object
) -> None:
    url = warehouse()
    parts = [corpus, *sorted(corpus.iterdir())[: INPUTS // 2]]
    loaders = [start_load(url, *(parts[:1] if number % 2 else parts)) for number in range(count)]
    try:
        for loader in loaders:
            assert "deadlock" not in finish(loader, 3)
    finally:
        for loader in loaders:
            end(loader)
    assert holds(url) == undisturbed
    assert [state for state, _ in runs(url)] == ["succeeded"] * count
