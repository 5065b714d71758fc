"""The publication date of an HTML page: what it declares, on the same ladder as what pages of text print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from etl.extract.item import Carrier
from etl.normalize.article import Publication
from etl.normalize.dates.address import address_day
from etl.normalize.dates.ladder import judge
from etl.normalize.dates.machine import carrier_reading, moment_reading
from etl.normalize.dates.reading import METHODS, Reading, Rung
from etl.normalize.html.page import HtmlPage

_RUNGS = {
    METHODS[rung]: rung for rung in (Rung.JSON_LD, Rung.META, Rung.TIME_ELEMENT, Rung.STAMP_WITH_TIME, Rung.HTMLDATE)
}


def find_html_publication(
    page: HtmlPage, carrier: Carrier, origin: str, timezone: ZoneInfo, as_of: datetime
) -> Publication:
    """The publication date of the page and every reading considered, as `find_publication` does for text."""
    return judge(_sharpened(list(_readings(page, carrier, origin))), timezone, as_of)


def _sharpened(readings: list[Reading]) -> list[Reading]:
    """Where the strongest reading gives a day alone, the strongest that gives an hour of the same day goes first."""
    ordered = sorted(readings, key=lambda it: it.rung)
    best = next((it for it in ordered if it.day and not it.objection), None)
    if best is None or best.hour is not None:
        return ordered
    finer = next((it for it in ordered if it.day == best.day and it.hour and not it.objection), None)
    return ordered if finer is None else [replace(finer, rung=best.rung), *(it for it in ordered if it is not finer)]


def _readings(page: HtmlPage, carrier: Carrier, origin: str) -> Iterator[Reading]:
    if carrier.published:
        yield carrier_reading(carrier.published)
    for raw in page.dates:
        yield moment_reading(_RUNGS[raw.method], raw.evidence)
    addressed = address_day(carrier.url or page.canonical_url or origin)
    if addressed and addressed.day:
        yield Reading(Rung.URL, METHODS[Rung.URL], addressed.evidence, addressed.day)
