"""A minute and a half of `newshouse watch` as a process of its own; `python -m benchmarks.soak` takes half an hour."""

from __future__ import annotations

import pytest

from benchmarks.soak import soak

MINUTES = 1.5


@pytest.mark.torture
def test_watch_beside_two_restarts_of_the_database_gives_what_one_clean_load_gives() -> None:
    soaked = soak(MINUTES, tell=print)
    assert soaked.differing == {}
    assert soaked.restarts == 2
    assert soaked.exit_code == 0
    assert soaked.articles > 20
