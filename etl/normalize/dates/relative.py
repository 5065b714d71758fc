"""'Сегодня 05:30', 'Вчера в 18:10', '3 часа назад': stamps that only the page's clock can date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from etl.normalize.calendar.hours import HOUR, read_hour
from etl.normalize.dates.reading import METHODS, Reading, Rung
from etl.normalize.dates.where import Place, Spot

_TODAY = r"(?:сегодня|бүгүн|бүгін|бугун|bugun|имрӯз|today)"
_YESTERDAY = r"(?:вчера|кечээ|кеше|кеча|kecha|дирӯз|yesterday)"
_DAY_AND_HOUR = re.compile(
    rf"(?:(?P<today>{_TODAY})|(?P<yesterday>{_YESTERDAY})),?\s(?:(?:в|at|соат|саат|сағат)\s)?(?P<hour>{HOUR})",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?P<count>\d{1,2})\s(?:(?P<minutes>минут|мүнөт|daqiqa|дақиқа|minute|min)|(?P<hours>час|саат|soat|соат|сағат|hour))\w*"
    r"\s(?:назад|мурун|бұрын|oldin|олдин|пеш|ago)",
    re.IGNORECASE,
)
_LONGEST = 80
NO_CLOCK = "no page clock says which day it was"
NOT_CERTAIN = "the day is not certain"


@dataclass(frozen=True, slots=True)
class PageClock:
    """When the page was fetched, as it printed it itself; `time` is None where only the day stands there."""

    day: date
    time: time | None


def is_relative(text: str) -> bool:
    """The line is a stamp that counts from the page's clock."""
    return len(text) <= _LONGEST and (_DAY_AND_HOUR.search(text) or _AGO.search(text)) is not None


def relative_readings(spots: Sequence[Spot], clock: PageClock | None) -> list[Reading]:
    """The relative stamps around headline and body."""
    readings = []
    for spot in spots:
        text = spot.line.text
        if spot.place is Place.OPENING or len(text) > _LONGEST:
            continue
        if match := _DAY_AND_HOUR.search(text):
            readings.append(_day_and_hour(match, clock))
        elif match := _AGO.search(text):
            readings.append(_ago(match, clock))
    return readings


def _day_and_hour(match: re.Match[str], clock: PageClock | None) -> Reading:
    hour = read_hour(match["hour"])
    if clock is None or hour is None:
        return _reading(match, None, objection=NO_CLOCK)
    day = clock.day if match["today"] else clock.day - timedelta(days=1)
    return Reading(Rung.TODAY, METHODS[Rung.TODAY], match[0], day, hour)


def _ago(match: re.Match[str], clock: PageClock | None) -> Reading:
    """The day alone, and only where the rounding of the count cannot move it over midnight."""
    if clock is None or clock.time is None:
        return _reading(match, None, objection=NO_CLOCK)
    unit = timedelta(hours=1) if match["hours"] else timedelta(minutes=1)
    latest = datetime.combine(clock.day, clock.time) - int(match["count"]) * unit
    earliest = latest - unit
    if latest.date() != earliest.date():
        return _reading(match, None, objection=NOT_CERTAIN)
    return _reading(match, latest.date())


def _reading(match: re.Match[str], day: date | None, objection: str = "") -> Reading:
    return Reading(Rung.TODAY, METHODS[Rung.TODAY], match[0], day, objection=objection)
