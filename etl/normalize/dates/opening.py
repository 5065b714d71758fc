"""The day in the opening words of a report: in its dateline, or after 'today' ('Бүгүн, 26-февралда, …')."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.normalize.calendar.days import DAY, printed_days
from etl.normalize.dateline import find_dateline
from etl.normalize.dates.reading import METHODS, Reading, Rung, Yearless
from etl.normalize.dates.where import Place, Spot

_EARLY_DIGIT = re.compile(r".{0,60}\d")
_TODAY = re.compile(rf"(?:сегодня|бүгүн|бүгін|бугун|bugun|имрӯз|today),?\s(?P<day>{DAY})", re.IGNORECASE)
_FIRST_SENTENCE = 160
BODY_ALONE = "a day in the body alone"


def opening_days(spots: Sequence[Spot]) -> Iterator[Reading | Yearless]:
    """The days of datelines in the opening, then of its 'today'."""
    lines = [spot.line for spot in spots if spot.place is not Place.AFTER]
    for line in lines:
        if _EARLY_DIGIT.match(line.text):
            yield from _dateline_day(line.text)
    first = next((spot.line for spot in spots if spot.place is Place.FIRST), None)
    match = _TODAY.search(first.text, 0, _FIRST_SENTENCE) if first else None
    if match:
        yield from _today(match)


def _dateline_day(line: str) -> Iterator[Reading | Yearless]:
    dateline = find_dateline(line)
    if dateline is None or dateline.date_words is None:
        return
    words = line[dateline.span.start : dateline.date_words.end]
    for printed in printed_days(line, dateline.date_words.start, dateline.date_words.end + 1):
        if printed.date is None:
            yield Yearless(METHODS[Rung.DATELINE], words, printed)
        else:
            yield Reading(Rung.DATELINE, METHODS[Rung.DATELINE], words, printed.date)


def _today(match: re.Match[str]) -> Iterator[Reading | Yearless]:
    for printed in printed_days(match[0], match.start("day") - match.start()):
        if printed.date is None:
            yield Yearless(METHODS[Rung.DATELINE], match[0], printed)
        else:
            yield Reading(Rung.PARTIAL, METHODS[Rung.DATELINE], match[0], printed.date, objection=BODY_ALONE)
