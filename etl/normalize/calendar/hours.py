"""How an hour and its zone are printed: '16:21', '10:45 PM', '05:30 (МСК)', '20:00:15+06:00'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

HOUR = r"(?<![\d:])(?:2[0-3]|[01]?\d):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?[ap]\.?m\b\.?)?"
"""Pattern source of one printed hour, without groups; compile with re.IGNORECASE."""

_OFFSET = r"[+-](?:0\d|1[0-4])(?::?[0-5]\d)?"
ZONE = rf"(?:\s?\(?(?:(?:UTC|GMT)\s?{_OFFSET}|(?:UTC|GMT)\s?[+-]\d{{1,2}}|UTC|GMT|МСК|MSK|Z(?!\w)|{_OFFSET})(?!\d)\)?)"
"""Pattern source of a printed zone with the space and brackets around it, without groups."""

_HOUR_PARTS = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?\s?([ap])?", re.IGNORECASE)
_OFFSET_PARTS = re.compile(r"([+-])(\d{1,2}):?(\d\d)?")
_MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, slots=True)
class PrintedHour:
    """An hour to the minute; `zone` is None where none is printed."""

    time: time
    zone: tzinfo | None = None


def read_hour(hour: str, zone: str | None = None) -> PrintedHour | None:
    """The hour that patterns HOUR and ZONE matched; None for what no clock shows ('13:30 pm')."""
    match = _HOUR_PARTS.match(hour)
    if match is None:
        return None
    hours, minutes, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    return PrintedHour(time(hours, minutes), read_zone(zone) if zone else None)


def read_zone(zone: str) -> tzinfo:
    """The zone that pattern ZONE matched."""
    if "МСК" in zone.upper() or "MSK" in zone.upper():
        return _MOSCOW
    offset = _OFFSET_PARTS.search(zone)
    if offset is None:
        return UTC
    size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(size if offset[1] == "+" else -size)
