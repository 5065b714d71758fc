"""The year of a day printed without one: taken from a reference that lies close, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from etl.normalize.dates.reading import METHODS, Reading, Rung, Yearless

# An article is printed, addressed and fetched within days; a larger window would complete the archive's old pages.
_WINDOW = timedelta(days=7)
NO_REFERENCE = "no reference says which year"


@dataclass(frozen=True, slots=True)
class Reference:
    """A day (from address, prefix, page clock or file name), or a year and month where `day` is None."""

    year: int
    month: int
    day: date | None

    def complete(self, yearless: Yearless) -> date | None:
        """The day in the one year that lies close to the reference, or None."""
        candidates = (yearless.printed.on(year) for year in (self.year - 1, self.year, self.year + 1))
        return next((day for day in candidates if day is not None and self._is_close(day)), None)

    def _is_close(self, day: date) -> bool:
        if self.day is None:
            return (day.year, day.month) == (self.year, self.month)
        return abs(day - self.day) <= _WINDOW


def complete(yearless: Yearless, references: Iterable[Reference]) -> Reading:
    """The day with its year by the first reference that fits; without one, a partial reading."""
    for reference in references:
        day = reference.complete(yearless)
        if day is not None:
            rung = Rung.STAMP_COMPLETED if yearless.hour else Rung.DATELINE_COMPLETED
            return Reading(rung, METHODS[rung], yearless.evidence, day, yearless.hour)
    return Reading(Rung.PARTIAL, yearless.method, yearless.evidence, None, objection=NO_REFERENCE)
