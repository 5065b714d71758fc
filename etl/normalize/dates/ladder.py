"""The publication date of a page: every reading is collected, one ladder (`reading.Rung`) orders them, the first sound
one wins, and all are kept with the reason why they did not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from etl.extract.item import Carrier
from etl.normalize.article import DateCandidate, Precision, Publication
from etl.normalize.dates.address import AddressDay, address_day
from etl.normalize.dates.completion import Reference, complete
from etl.normalize.dates.credit import credit_readings
from etl.normalize.dates.machine import carrier_reading, prefix_reading
from etl.normalize.dates.opening import opening_days
from etl.normalize.dates.reading import METHODS, Reading, Rung, Yearless
from etl.normalize.dates.relative import PageClock, relative_readings
from etl.normalize.dates.stamps import find_stamps, page_clock, stamp_readings
from etl.normalize.dates.where import spots
from etl.normalize.page import Page

_URL = re.compile(r"https?://\S+")
_EARLIEST = date(1990, 1, 1)
_ZONES_APART = timedelta(days=1)  # the day begins up to 26 hours earlier elsewhere
FUTURE = "in the future of the run"
TOO_OLD = "before 1990"
WEAKER = "weaker evidence"


def find_publication(page: Page, carrier: Carrier, origin: str, timezone: ZoneInfo, as_of: datetime) -> Publication:
    """The publication date and every reading considered, strongest first.

    `timezone` is the zone of hours that print none; `as_of` (aware) is the moment of the run. PARTIAL where a day
    without a year is all there is, NONE where nothing can be said: neither gives a date.
    """
    return judge(_readings(page, carrier, origin), timezone, as_of)


def judge(found: Iterable[Reading], timezone: ZoneInfo, as_of: datetime) -> Publication:
    """The strongest sound reading as the publication, all of them as its candidates; equal rungs keep their order."""
    latest = as_of.astimezone(timezone).date() + _ZONES_APART
    readings = sorted(found, key=lambda it: (bool(it.doubt), it.rung))
    verdicts = [_verdict(reading, latest) for reading in readings]
    winner = next((index for index, verdict in enumerate(verdicts) if not verdict), None)
    candidates = tuple(
        _candidate(reading, timezone, verdict or ("" if index == winner else reading.doubt or WEAKER))
        for index, (reading, verdict) in enumerate(zip(readings, verdicts, strict=True))
    )
    if winner is not None:
        return _publication(candidates[winner], candidates)
    partial = next((it for it in candidates if it.precision is Precision.PARTIAL), None)
    return _publication(partial, candidates) if partial else Publication(candidates=candidates)


def _publication(chosen: DateCandidate, candidates: tuple[DateCandidate, ...]) -> Publication:
    return Publication(chosen.precision, chosen.method, chosen.evidence, chosen.day, chosen.at, candidates)


def _verdict(reading: Reading, latest: date) -> str:
    if reading.objection or reading.day is None:
        return reading.objection
    if reading.day > latest:
        return FUTURE
    return TOO_OLD if reading.day < _EARLIEST else ""


def _candidate(reading: Reading, timezone: ZoneInfo, verdict: str) -> DateCandidate:
    if reading.day is None:
        precision = Precision.PARTIAL if reading.rung is Rung.PARTIAL else Precision.NONE
        return DateCandidate(reading.method, precision, reading.evidence, verdict=verdict)
    if reading.hour is None:
        return DateCandidate(reading.method, Precision.DAY, reading.evidence, reading.day, verdict=verdict)
    at = datetime.combine(reading.day, reading.hour.time, reading.hour.zone or timezone)
    return DateCandidate(reading.method, Precision.MINUTE, reading.evidence, reading.day, at, verdict)


def _readings(page: Page, carrier: Carrier, origin: str) -> Iterator[Reading]:
    addressed = _address(page, carrier, origin)
    lines = spots(page)
    stamps = find_stamps(page, lines, addressed.day if addressed else None)
    clock = page_clock(stamps)
    prefix = prefix_reading(page)
    if carrier.published:
        yield carrier_reading(carrier.published)
    references = list(_references(addressed, prefix, clock, origin))
    for found in chain(stamp_readings(page, stamps), credit_readings(lines), opening_days(lines)):
        yield complete(found, references) if isinstance(found, Yearless) else found
    yield from relative_readings(lines, clock)
    if prefix:
        yield prefix
    if addressed and addressed.day:
        yield Reading(Rung.URL, METHODS[Rung.URL], addressed.evidence, addressed.day)


def _address(page: Page, carrier: Carrier, origin: str) -> AddressDay | None:
    """The day in the page's address: the carrier's, the one in the crawler's prefix, or an origin that is one."""
    prefix = _URL.search(page.cut(page.prefix)) if page.prefix else None
    url = carrier.url or (prefix[0] if prefix else None) or (origin if _URL.match(origin) else None)
    return address_day(url) if url else None


def _references(
    addressed: AddressDay | None, prefix: Reading | None, clock: PageClock | None, origin: str
) -> Iterator[Reference]:
    if addressed:
        yield Reference(addressed.year, addressed.month, addressed.day)
    for day in (prefix.day if prefix else None, clock.day if clock else None):
        if day:
            yield Reference(day.year, day.month, day)
    if filed := address_day(f"/{origin}"):
        yield Reference(filed.year, filed.month, filed.day)
