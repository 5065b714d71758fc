"""Values that programs write: the carrier's `published`, a page's metadata, the crawler's prefix."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime

from etl.normalize.calendar.hours import HOUR, PrintedHour, read_hour
from etl.normalize.dates.reading import METHODS, Reading, Rung
from etl.normalize.dates.stamp import read_stamp
from etl.normalize.page import Page

_PREFIX = re.compile(rf"date\s+(?P<day>\d{{4}}-\d\d-\d\d)(?:[ T](?P<hour>{HOUR}))?")
_MIDNIGHT = time(0, 0)
# The email package drops a zone that it does not know, and would leave an hour of no zone. Only names with one meaning.
_OFFSETS = {"WEST": "+0100", "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300"}
_NAMED_ZONE = re.compile(rf"\s(?:({'|'.join(_OFFSETS)})\b|(?:GMT|UTC)([+-]\d{{4}})\b)")
UNREADABLE = "no date can be read from it"
NO_YEAR = "it names no year"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}\b")  # 01/02/2025: January to Americans, February to the rest
AMBIGUOUS = "day and month cannot be told apart"


def carrier_reading(published: str) -> Reading:
    """What the carrier says of the publication."""
    slashed = _SLASHED.match(published.strip())
    if slashed and slashed[1] != slashed[2] and max(int(slashed[1]), int(slashed[2])) <= 12:
        return Reading(Rung.CARRIER, METHODS[Rung.CARRIER], published.strip(), None, objection=AMBIGUOUS)
    return moment_reading(Rung.CARRIER, published)


def moment_reading(rung: Rung, published: str) -> Reading:
    """A value in ISO 8601, RFC 5322 (feeds), or any printed form."""
    words = published.strip()
    moment = _iso(words) or _rfc5322(words)
    if moment is not None:
        return Reading(rung, METHODS[rung], words, moment.date(), _hour(moment))
    stamp = read_stamp(words, 0)
    if stamp is None:
        return Reading(rung, METHODS[rung], words, None, objection=UNREADABLE)
    if stamp.printed.date is None:
        return Reading(Rung.PARTIAL, METHODS[rung], words, None, objection=NO_YEAR)
    return Reading(rung, METHODS[rung], words, stamp.printed.date, stamp.hour)


def prefix_reading(page: Page) -> Reading | None:
    """The day that a crawler glued in front of the text; with the hour where it wrote one."""
    match = _PREFIX.search(page.text, page.prefix.start, page.prefix.end) if page.prefix else None
    if match is None:
        return None
    hour = read_hour(match["hour"]) if match["hour"] else None
    try:
        return Reading(Rung.PREFIX, METHODS[Rung.PREFIX], match[0], date.fromisoformat(match["day"]), hour)
    except ValueError:
        return Reading(Rung.PREFIX, METHODS[Rung.PREFIX], match[0], None, objection=UNREADABLE)


def _iso(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        return None


def _rfc5322(words: str) -> datetime | None:
    """RFC 5322, and what Java ('Fri Apr 28 19:20:36 CEST 2023') and JavaScript ('… 19:20:36 GMT+0200') print."""
    try:
        return parsedate_to_datetime(_NAMED_ZONE.sub(lambda it: f" {it[2] or _OFFSETS[it[1]]} ", words))
    except (ValueError, TypeError):
        return None


def _hour(moment: datetime) -> PrintedHour | None:
    """None for midnight to the second: programs fill an unknown hour with it."""
    if moment.time() == _MIDNIGHT:
        return None
    return PrintedHour(moment.time().replace(second=0, microsecond=0), moment.tzinfo)
