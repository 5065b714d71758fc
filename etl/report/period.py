"""The days that a report is about, and the days that its changes compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from etl.errors import UsageError

Step = Literal["day", "week", "month"]

_RECENT_DAYS = 30  # what 'change' looks at when the report is about the whole time
_LONGEST_BY_DAY = 62  # more bars than this are no longer seen one by one
_LONGEST_BY_WEEK = 62 * 7
_BURST_DAYS = 35  # 7, and the 28 before them that they are compared with


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def step(self) -> Step:
        """The unit in which a time line of these days is read best."""
        if self.days <= _LONGEST_BY_DAY:
            return "day"
        return "week" if self.days <= _LONGEST_BY_WEEK else "month"

    def before(self) -> Window:
        """As many days just before, or as many as the calendar has."""
        last = self.first - timedelta(days=min(1, self.first.toordinal() - 1))
        return Window(date.fromordinal(max(1, last.toordinal() - self.days + 1)), last)

    def with_before(self, previous: Window | None) -> Window:
        """These days and those that they are compared with: the days before, and those that a burst is told by."""
        burst = date.fromordinal(max(1, self.last.toordinal() - _BURST_DAYS + 1))
        return Window(min(self.first, burst, previous.first if previous else burst), self.last)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked for; None is no bound, and no country is all of them."""

    first: date | None = None
    last: date | None = None
    country_code: str | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise UsageError(f"--from {self.first} is after --to {self.last}; a period goes from its first day on")

    @property
    def is_whole(self) -> bool:
        """No bound was asked for: undated articles belong to the report as well."""
        return self.first is None and self.last is None

    def period(self, held: Window | None) -> Window | None:
        """The days of the report, where the articles that it could be about are of the days `held`."""
        first = self.first or (held.first if held else None)
        last = self.last or (held.last if held else None)
        if first is None or last is None:
            return None
        if first > last:  # the one bound that was asked for lies outside of what is held
            first = last = self.first or last
        return Window(first, last)

    def recent(self, period: Window) -> Window:
        """What is compared with the days before it: the period if its start was asked for, else its last 30 days."""
        if self.first is not None:
            return period
        return Window(date.fromordinal(max(1, period.last.toordinal() - _RECENT_DAYS + 1)), period.last)
