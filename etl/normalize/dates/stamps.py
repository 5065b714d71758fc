"""The stamps of a page: which belong to the article, which are the page's clock, and which date other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from etl.normalize.calendar.hours import HOUR, read_hour
from etl.normalize.dates.reading import METHODS, Reading, Rung, Yearless
from etl.normalize.dates.relative import PageClock, is_relative
from etl.normalize.dates.stamp import Stamp, read_stamp
from etl.normalize.dates.where import Place, Spot
from etl.normalize.layout.credits import is_credit
from etl.normalize.layout.furniture import is_furniture
from etl.normalize.layout.lines import Line
from etl.normalize.page import Page

_DIGIT = re.compile(r"\d")
_HOUR = re.compile(HOUR, re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5  # letters that an inflected word keeps in these languages
_HEADLINE_WORDS, _HEADLINE_LENGTH = 4, 20
_OWN_SHARE = 0.5
_OPENING_LENGTH = 400
_AGREEMENT = timedelta(days=2)

CLOCK = "the page's clock"
UPDATE = "an update, not the publication"
FAR = "far from the headline"
OTHER = "dates another article of a list"
WEEKDAY = "its weekday is another day's"

_LISTS_FOLLOW = frozenset({Place.BETWEEN, Place.AFTER})
# Where several stamps stand, the one nearest to where sites print the publication date goes first.
_ORDER = (Place.BELOW, Place.FIRST, Place.BETWEEN, Place.OPENING, Place.ABOVE, Place.AFTER, Place.MASTHEAD)


@dataclass(frozen=True, slots=True)
class PlacedStamp:
    """A stamp and the line it stands in; `objection` is empty where it may date the article."""

    stamp: Stamp
    spot: Spot
    objection: str


def find_stamps(page: Page, spots: Sequence[Spot], addressed: date | None) -> list[PlacedStamp]:
    """The stamps among the lines, the likeliest first. `addressed` is the day in the page's address."""
    read = [(stamp, spot) for spot in spots if (stamp := _read(spot)) is not None]
    tops = {
        spot.line.start for stamp, spot in read if spot.is_first and _is_masthead(spot, stamp, read, spots, addressed)
    }
    placed: list[PlacedStamp] = []
    in_list = False
    for stamp, spot in read:
        objection = _objection(page, spots, spot, stamp, spot.line.start in tops)
        # A list of other articles goes on to the end of the page.
        if spot.place in _LISTS_FOLLOW:
            objection = objection or (OTHER if in_list else "")
            in_list = in_list or objection == OTHER
        placed.append(PlacedStamp(stamp, spot, objection))
    return sorted(placed, key=lambda it: (not it.stamp.is_labelled, _ORDER.index(it.spot.place)))


def page_clock(stamps: Sequence[PlacedStamp]) -> PageClock | None:
    """The day, and perhaps the hour, at which the page was fetched."""
    for placed in stamps:
        day = placed.stamp.printed.date
        if placed.objection == CLOCK and day is not None and not placed.stamp.contradicts_itself:
            match = _HOUR.search(placed.spot.line.text)
            hour = read_hour(match[0]) if match else None
            return PageClock(day, hour.time if hour else None)
    return None


def stamp_readings(page: Page, stamps: Sequence[PlacedStamp]) -> Iterator[Reading | Yearless]:
    """Each stamp as a reading of the publication date."""
    for placed in stamps:
        stamp, method = placed.stamp, METHODS[Rung.STAMP]
        evidence, day = page.cut(stamp.span), stamp.printed.date
        if day is not None:
            rung = Rung.STAMP_WITH_TIME if stamp.hour else Rung.STAMP
            doubt = WEEKDAY if stamp.contradicts_itself else ""
            yield Reading(rung, method, evidence, day, stamp.hour, placed.objection, doubt)
        elif not placed.objection:
            yield Yearless(method, evidence, stamp.printed, stamp.hour)


def _read(spot: Spot) -> Stamp | None:
    if spot.place is Place.HEADLINE or _DIGIT.search(spot.line.text, 0, 160) is None:
        return None
    stamp = read_stamp(spot.line.text, spot.line.start)
    return None if stamp is not None and _is_subheading(spot, stamp) else stamp


def _is_subheading(spot: Spot, stamp: Stamp) -> bool:
    """A bare day in the middle of the body ('5 мая 2025 года' in a chronicle) heads what follows."""
    if not stamp.is_bare:
        return False
    is_before_prose = bool(spot.following) and spot.following[0].ends_sentence and not stamp.printed.is_figures
    return spot.place is Place.OPENING or (spot.place is Place.BETWEEN and is_before_prose)


def _objection(page: Page, spots: Sequence[Spot], spot: Spot, stamp: Stamp, is_masthead: bool) -> str:
    if stamp.is_update:
        return UPDATE
    if stamp.is_labelled:
        return ""
    if is_masthead or (stamp.is_clock and spot.place in {Place.MASTHEAD, Place.ABOVE}):
        return CLOCK
    if spot.place is Place.MASTHEAD:
        return FAR
    return OTHER if spot.place in _LISTS_FOLLOW | {Place.ABOVE} and _is_teaser(page, spots, spot) else ""


def _is_masthead(
    spot: Spot, stamp: Stamp, read: Sequence[tuple[Stamp, Spot]], spots: Sequence[Spot], addressed: date | None
) -> bool:
    """The first line shows the clock where something below it shows the publication, or the address another day."""
    if stamp.is_labelled or spot.place in {Place.FIRST, Place.OPENING}:
        return False
    day = stamp.printed.date
    if addressed is not None and day is not None and abs(day - addressed) > _AGREEMENT:
        return True
    below = {Place.ABOVE, Place.BELOW, Place.BETWEEN}
    rivals = (other.printed for other, at in read if at is not spot and at.place in below)
    return any((it.month, it.day) != (stamp.printed.month, stamp.printed.day) for it in rivals) or any(
        is_relative(it.line.text) for it in spots
    )


def _is_teaser(page: Page, spots: Sequence[Spot], spot: Spot) -> bool:
    """A headline stands before it or right behind it, and it is not this article's own headline printed again."""
    start = page.head.end
    own = _stems(page.text[start : min(start + _OPENING_LENGTH, spot.line.start)])
    own |= _stems(page.cut(page.title)) if page.title else set()
    earlier = [it.line for it in spots if it.place is Place.AFTER and it.line.start < spot.line.start]
    return any(_is_foreign_headline(line, own) for line in [*earlier, *spot.following[:1]])


def _is_foreign_headline(line: Line, own: set[str]) -> bool:
    if len(line.text) < _HEADLINE_LENGTH or len(line.text.split()) < _HEADLINE_WORDS or line.ends_sentence:
        return False
    if read_stamp(line.text, 0) or is_credit(line) or is_furniture(line):
        return False
    stems = _stems(line.text)
    return len(stems & own) < _OWN_SHARE * len(stems)


def _stems(text: str) -> set[str]:
    return {word[:_STEM].lower() for word in _WORD.findall(text)}
