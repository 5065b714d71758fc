"""Steps: taken together they give what they give alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.steps import Steps, finish, in_step


def _counting(steps: int, log: list[tuple[int, int]], name: int = 0) -> Steps[int]:
    for step in range(steps):
        log.append((step, name))
        yield
    return name


@given(st.lists(st.integers(0, 5), max_size=200))
def test_every_result_stands_in_its_own_place(counts: list[int]) -> None:
    assert in_step([_counting(count, [], name) for name, count in enumerate(counts)]) == list(range(len(counts)))


def test_all_take_a_step_before_any_takes_the_next() -> None:
    log: list[tuple[int, int]] = []
    in_step([_counting(count, log, name) for name, count in enumerate((2, 1, 3))])
    assert log == sorted(log)


def test_one_alone_is_taken_to_its_end() -> None:
    assert finish(_counting(3, [], name=7)) == 7
