"""How a calendar day is printed, in the six languages of `words`: one grammar for stamps, datelines and carriers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.normalize.calendar.words import MONTH, month_number
from etl.normalize.page import Span

_YEAR = r"(?:19|20)\d\d(?!\d)"
_SHORT_YEAR = r"(?<=[./])\d\d(?![.:/]?\d)"
_YEAR_WORD = r"(?:[-\s]{0,2}(?:год(?:а|у|ы)?|г\.?|йил\w{0,3}|й\.|yil\w{0,3}|jyl\w{0,3}|жыл\w{0,4}|ж\.)(?![^\W\d_]))?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_MONTH_FIGURES = r"(?:1[0-2]|0?[1-9])(?!\d)"
_ORDINAL = "(?:st|nd|rd|th|-?го|-?[ое]е)?"

# The parts of each shape are groups y0, m0, d0, y1, …; a shape without a year group cannot lack its year.
_SHAPES = (
    rf"(?P<y0>{_YEAR})(?P<sep0>[-./])(?P<m0>{_MONTH_FIGURES})(?P=sep0)(?P<d0>{_DAY})",
    rf"(?P<d1>{_DAY})\s?(?P<sep1>[-./])\s?(?P<m1>{_MONTH_FIGURES})\s?(?P=sep1)\s?(?P<y1>{_YEAR}|{_SHORT_YEAR}){_YEAR_WORD}",
    rf"(?P<y2>{_YEAR}){_YEAR_WORD},?\s{{0,3}}(?P<d2>{_DAY})[-\s]{{1,3}}(?P<m2>{MONTH})",
    rf"(?P<d3>{_DAY}){_ORDINAL}(?:\s+of)?[-\s,]{{0,3}}(?P<m3>{MONTH})\.?"
    rf"(?:[,-]?\s{{0,3}}(?:сол[иы]\s+)?(?P<y3>{_YEAR}){_YEAR_WORD})?",
    rf"(?P<m4>{MONTH})(?:\.\s?|\s{{1,3}})(?P<d4>{_DAY}){_ORDINAL}(?!:\d|\.\d)(?:,?\s{{1,3}}(?P<y4>{_YEAR}){_YEAR_WORD})?",
)
_STANDS_ALONE = r"(?<![\w./-])(?<!\d:)"
_DAY_PATTERN = re.compile(rf"{_STANDS_ALONE}(?:{'|'.join(_SHAPES)})(?=T\d|\W|$)", re.IGNORECASE)
DAY = re.sub(r"\(\?P<[ymd]\d>", "(?:", "|".join(_SHAPES))
"""Pattern source of one printed day, for use once inside a larger pattern; compile with re.IGNORECASE."""


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day as printed. `year` is None where none is printed; `span` covers the words, a year word included;
    `is_figures` where the month is a number."""

    span: Span
    year: int | None
    month: int
    day: int
    is_figures: bool

    def on(self, year: int) -> date | None:
        """The day in the given year; None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def date(self) -> date | None:
        """The day, where its year is printed."""
        return self.on(self.year) if self.year is not None else None


def printed_days(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDay]:
    """Every day printed in text[start:end], in order, without overlaps. Impossible days (31.02.2025) are left out."""
    for match in _DAY_PATTERN.finditer(text, start, len(text) if end is None else end):
        printed = _read(match)
        if printed is not None:
            yield printed


def _read(match: re.Match[str]) -> PrintedDay | None:
    shape = next(index for index in range(len(_SHAPES)) if match[f"d{index}"])
    month_word, year_word = match[f"m{shape}"], match[f"y{shape}"]
    month = int(month_word) if month_word.isdigit() else month_number(month_word)
    if month is None:
        return None
    year = _full_year(int(year_word)) if year_word else None
    printed = PrintedDay(Span(*match.span()), year, month, int(match[f"d{shape}"]), month_word.isdigit())
    # A leap year stands in for the unprinted one, so that 29 February stays possible.
    return printed if printed.on(year or 2000) else None


def _full_year(year: int) -> int:
    """Two figures are read as 1970 to 2069: a news site prints no other."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)
