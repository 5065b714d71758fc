"""The credit line of an agency: '<headline> - РИА Новости, 24.11.2025', a day without an hour at a line's end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from etl.normalize.calendar.days import DAY, printed_days
from etl.normalize.dateline import AGENCY_NAME
from etl.normalize.dates.reading import METHODS, Reading, Rung
from etl.normalize.dates.where import Place, Spot

_CREDIT = re.compile(rf"(?:^|[-–—.|»]\s)(?P<credit>{AGENCY_NAME},\s(?P<day>(?i:{DAY})))\.?$")
_ENDS_WITH_YEAR = re.compile(r"\d(?:\s?г(?:\.|ода)?)?\.?$")
_REACH = 80


def credit_readings(spots: Iterable[Spot]) -> Iterator[Reading]:
    """The days of credit lines before the body and in its opening."""
    for spot in spots:
        text = spot.line.text
        if spot.place is Place.AFTER or not _ENDS_WITH_YEAR.search(text, max(0, len(text) - 8)):
            continue
        match = _CREDIT.search(text, max(0, len(text) - _REACH))
        for printed in printed_days(match["day"]) if match else ():
            if match and printed.date is not None:
                yield Reading(Rung.STAMP, METHODS[Rung.STAMP], match["credit"], printed.date)
