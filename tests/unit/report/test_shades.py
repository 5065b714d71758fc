"""Counts as shades."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.report.shades import Shades

COUNTS = st.lists(st.integers(min_value=0, max_value=10**9), max_size=40)


@given(COUNTS)
def test_every_count_above_none_has_a_shade(counts: list[int]) -> None:
    shades = Shades.between(counts)
    assert all((1 <= shades.of(count) <= 5) is (count > 0) for count in counts)


@given(COUNTS)
def test_a_larger_count_is_never_lighter(counts: list[int]) -> None:
    shades = Shades.between(counts)
    given_shades = [shades.of(count) for count in sorted(counts)]
    assert given_shades == sorted(given_shades)


@given(COUNTS)
def test_ranges_leave_no_gap(counts: list[int]) -> None:
    ranges = Shades.between(counts).ranges()
    assert [last + 1 for _, last in ranges[:-1] if last] == [first for first, _ in ranges[1:]]
    assert ranges[-1][1] is None


def test_starts_are_rounded_and_grow_by_a_factor() -> None:
    assert Shades.between([1, 26]).starts == (1, 2, 4, 7, 10)


def test_equal_counts_have_one_shade() -> None:
    assert Shades.between([3, 3]).ranges() == [(3, None)]
