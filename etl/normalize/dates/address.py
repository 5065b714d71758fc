"""The day in an address: '/2024/10/03/', '/20251116/', '/2025-08-26/', and the month alone in '/2023/05/'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = "(?:19|20)[0-9]{2}"
# Whole path segments only: eight figures inside a longer one are a number, a day in a slug is what the text is about.
_FULL = re.compile(
    rf"(?<=/)(?:(?P<y>{_YEAR})/(?P<m>{_MONTH})/(?P<d>{_DAY})(?=[/?#]|$)"
    rf"|(?P<y2>{_YEAR})(?P<sep>[-_.]?)(?P<m2>1[0-2]|0[1-9])(?P=sep)(?P<d2>3[01]|[12][0-9]|0[1-9])(?=[/?#_-]|\.[a-z]{{3,5}}$|$)"
    rf"|(?P<d3>3[01]|[12][0-9]|0[1-9])(?P<sep3>[-.])(?P<m3>1[0-2]|0[1-9])(?P=sep3)(?P<y3>{_YEAR})(?=[/?#]|$))"
)
_YEAR_AND_MONTH = re.compile(rf"(?<=/)(?P<y>{_YEAR})[/-](?P<m>1[0-2]|0[1-9])(?=/)")


@dataclass(frozen=True, slots=True)
class AddressDay:
    """The day in an address, its words, and year and month where no day stands with them."""

    evidence: str
    year: int
    month: int
    day: date | None


def address_day(url: str) -> AddressDay | None:
    """What the path of a URL (or of a file) says of a day; None where it says nothing."""
    path = url.partition("?")[0]
    for match in _FULL.finditer(path):
        year, month, day = (int(next(filter(None, (match[f"{part}{n}"] for n in ("", "2", "3"))))) for part in "ymd")
        try:
            return AddressDay(match[0], year, month, date(year, month, day))
        except ValueError:
            continue
    found = _YEAR_AND_MONTH.search(path)
    return AddressDay(found[0], int(found["y"]), int(found["m"]), None) if found else None
