"""The calendar reaches far enough ahead, whenever an upgrade runs."""

from __future__ import annotations

from datetime import date

import pytest

from etl.load.reference import calendar_bounds


@pytest.mark.parametrize(
    ("today", "last"), [(date(2026, 1, 1), date(2049, 12, 31)), (date(2045, 6, 1), date(2055, 12, 31))]
)
def test_calendar_ends_in_2049_or_ten_years_ahead(today: date, last: date) -> None:
    assert calendar_bounds(today) == (date(1990, 1, 1), last)
