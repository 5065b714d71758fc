"""What normalize hands to load: an article in which every value carries its evidence."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Precision(StrEnum):
    """How much of a publication date is known. PARTIAL (a day without a year) and NONE give no date."""

    MINUTE = "minute"
    DAY = "day"
    PARTIAL = "partial"
    NONE = "none"


class Zone(StrEnum):
    """Where in the article a mention stands. TITLE offsets count in the title, all others in the body."""

    TITLE = "title"
    DATELINE = "dateline"
    LEAD = "lead"
    BODY = "body"


class Kind(StrEnum):
    """What sort of word mentions a country."""

    NAME = "name"
    ABBREVIATION = "abbreviation"
    ADJECTIVE = "adjective"
    DEMONYM = "demonym"
    CITY = "city"
    CURRENCY = "currency"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One reading of the publication date. `evidence` is the exact words it was read from.

    `day` is the day in the zone that the words name, else the publisher's (None for PARTIAL); `at` is aware and set
    for MINUTE only. `verdict` says why it did not win; empty for the winner.
    """

    method: str
    precision: Precision
    evidence: str
    day: date | None = None
    at: datetime | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """The publication date and every reading considered, strongest first. NONE where nothing can be said."""

    precision: Precision = Precision.NONE
    method: str = "none"
    evidence: str | None = None
    day: date | None = None
    at: datetime | None = None
    candidates: tuple[DateCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """A source (key of core.source), the rule that named it and the words it was read from."""

    source_id: str
    method: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Somebody whom the text quotes: a press service, an office of state, another outlet.

    `source_id` is set for an outlet; method: 'press_service', 'office' or 'outlet'; evidence: the words around.
    """

    name: str
    source_id: str | None
    method: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a country. Offsets: code points into the title (zone TITLE) or the body (all other zones)."""

    country_code: str
    start: int
    end: int
    surface: str
    kind: Kind
    zone: Zone
    name_id: int
    is_counted: bool


Vetoes = Set[tuple[str, int]]
"""Publisher and key of the short lines that the publisher repeats: they are left out of its bodies."""


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A line of the page that may be the site's: its key, its words, and whether it was left out of the body because
    the source repeats it."""

    key: int
    line: str
    is_vetoed: bool


@dataclass(frozen=True, slots=True)
class StoryPrint:
    """What reprints of a text are found by and compared with (etl.normalize.story).

    text_key: of all its words, None for fewer than 10. sketch: 256 bits, empty for fewer than 30 words. numbers: the
    distinct ones as printed, sorted. lines: key and words of each longer line. keys: what the text is found by, sorted.
    """

    word_count: int
    text_key: int | None
    sketch: bytes
    numbers: tuple[str, ...]
    lines: tuple[tuple[int, int], ...]
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A normalised article. `whole`: title and body with the vetoed lines in: what a repeat of the text is known by."""

    title: str
    title_is_derived: bool
    body: str
    whole: tuple[str, str]
    body_confidence: float
    short_lines: tuple[ShortLine, ...]
    language: str
    language_confidence: float
    publisher: SourceMatch | None
    agency: SourceMatch | None
    cited: tuple[Cited, ...]
    url: str | None
    authors: tuple[str, ...]
    publication: Publication
    mentions: tuple[Mention, ...]
    story: StoryPrint
