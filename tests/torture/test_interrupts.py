"""Ctrl-C and a service manager's stop at random moments: the run is closed at once, whatever was under way."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.database.connect import connect
from tests.torture.commands import end, finish, runs, start_load, wait_for_moment
from tests.torture.conftest import INPUTS
from tests.torture.contents import contents

SEEDS = [pytest.param(seed, marks=[] if seed < 2 else pytest.mark.torture) for seed in range(20)]
DONE, INTERRUPTED = 3, 130
LATE = (-signal.SIGINT, -signal.SIGTERM)  # Python had ended, and its handlers with it


@pytest.mark.parametrize("seed", SEEDS)
def test_interrupted_load_closes_its_run_at_once(
    seed: int, warehouse: Callable[[], str], corpus: Path, undisturbed: object
) -> None:
    url, moment = warehouse(), random.Random(seed)
    loader = start_load(url, corpus, workers=moment.choice("12"))
    try:
        wait_for_moment(url, moment, INPUTS + 1, loader)
        loader.send_signal(moment.choice((signal.SIGINT, signal.SIGTERM)))
        err = finish(loader, DONE, INTERRUPTED, *LATE)
    finally:
        end(loader)
    # A signal after the run's end, while the command reports it, leaves it what it is.
    ((state, read),) = runs(url)
    assert state == ("succeeded" if read == INPUTS and state != "interrupted" else "interrupted"), err
    finish(start_load(url, corpus), DONE)
    with connect(url) as connection:
        assert contents(connection) == undisturbed
