"""The days that a report is about."""

from __future__ import annotations

from datetime import date

import pytest

from etl.errors import UsageError
from etl.report.period import Asked, Window

HELD = Window(date(2025, 3, 12), date(2025, 8, 27))


def test_whole_time_is_what_is_held() -> None:
    assert Asked().period(HELD) == HELD


def test_one_bound_is_completed_by_what_is_held() -> None:
    assert Asked(first=date(2025, 8, 1)).period(HELD) == Window(date(2025, 8, 1), HELD.last)
    assert Asked(last=date(2025, 4, 1)).period(HELD) == Window(HELD.first, date(2025, 4, 1))


def test_bound_outside_of_what_is_held_is_a_day() -> None:
    assert Asked(first=date(2026, 1, 1)).period(HELD) == Window(date(2026, 1, 1), date(2026, 1, 1))
    assert Asked(last=date(2020, 1, 1)).period(HELD) == Window(date(2020, 1, 1), date(2020, 1, 1))


def test_nothing_held_has_no_period() -> None:
    assert Asked(first=date(2025, 1, 1)).period(None) is None


def test_before_is_as_long_and_touches() -> None:
    assert Window(date(2024, 3, 1), date(2024, 3, 31)).before() == Window(date(2024, 1, 30), date(2024, 2, 29))


def test_before_stops_where_the_calendar_does() -> None:
    assert Window(date(1, 1, 2), date(9999, 12, 31)).before() == Window(date(1, 1, 1), date(1, 1, 1))


def test_asked_period_is_compared_whole() -> None:
    asked = Asked(first=date(2025, 1, 1))
    assert asked.recent(HELD) == HELD


def test_whole_time_compares_its_last_30_days() -> None:
    assert Asked().recent(HELD) == Window(date(2025, 7, 29), HELD.last)


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="--from 2025-02-01 is after --to 2025-01-01"):
        Asked(first=date(2025, 2, 1), last=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("last", "step"),
    [(date(2025, 3, 3), "day"), (date(2025, 3, 4), "week"), (date(2026, 3, 10), "week"), (date(2026, 3, 11), "month")],
)
def test_step_keeps_bars_apart(last: date, step: str) -> None:
    assert Window(date(2025, 1, 1), last).step == step
