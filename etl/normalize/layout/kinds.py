"""What each line of a page is: by its own words first, then by the company it keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from etl.normalize.layout.credits import is_credit
from etl.normalize.layout.furniture import is_furniture
from etl.normalize.layout.lines import Line
from etl.normalize.layout.related import is_related_heading
from etl.normalize.layout.stamps import is_stamp

_SENTENCE_LENGTH, _QUESTION_LENGTH = 25, 40
_STATEMENT_ENDS = (".", "…", "。")
_LONG_LINE = 160
_MOST_INSERTED = 6
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{2}[.!?]\s+[A-ZА-ЯЁ]")
_GOES_ON = (":", ",", ";")
_NO_LINK_ENDS = (".", ":", ";", ",")
_REPEATED, _REPEATED_LENGTH = 3, 15
_TEASER_LINES = 3  # a headline, a description, a rubric
_TEASER_LENGTH = 700


class Kind(Enum):
    """PROSE: a sentence or more. ITEM: a part of an enumeration or a spoken line. SHORT: a headline, a subheading or a
    link, which only its neighbours can tell. All others are not part of any body."""

    PROSE = "prose"
    ITEM = "item"
    SHORT = "short"
    CREDIT = "credit"
    STAMP = "stamp"
    RELATED = "related"
    INSERT = "insert"
    TEASER = "teaser"
    REPEATED = "repeated"
    FURNITURE = "furniture"


BODY_KINDS = frozenset({Kind.PROSE, Kind.ITEM, Kind.SHORT})


def classify(lines: Sequence[Line]) -> list[Kind]:
    """One kind a line."""
    kinds = [_own_kind(line) for line in lines]
    _mark_repeated(lines, kinds)
    _mark_archives(lines, kinds)
    _mark_related_links(lines, kinds)
    return kinds


def _own_kind(line: Line) -> Kind:
    if is_furniture(line):
        return Kind.FURNITURE
    if is_related_heading(line):
        return Kind.RELATED
    if is_credit(line):
        return Kind.CREDIT
    if is_stamp(line):
        return Kind.STAMP
    if line.ends_sentence or (line.text.endswith(_GOES_ON) and _SENTENCE_INSIDE.search(line.text)):
        return Kind.PROSE if line.length >= _shortest_sentence(line) else Kind.ITEM
    if line.length >= _LONG_LINE and not line.is_bullet:
        return Kind.PROSE
    return Kind.ITEM if line.continues or line.is_cell else Kind.SHORT


def _shortest_sentence(line: Line) -> int:
    """A short question or exclamation may be a headline."""
    return _SENTENCE_LENGTH if line.text.endswith(_STATEMENT_ENDS) else _QUESTION_LENGTH


def _mark_repeated(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """A line that a page prints three times is the site's: no author says the same thing three times."""
    counts = Counter(line.text for line in lines)
    for index, line in enumerate(lines):
        if counts[line.text] >= _REPEATED and line.length >= _REPEATED_LENGTH:
            kinds[index] = Kind.REPEATED


def _mark_archives(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """'Date, headline, perhaps a description', twice or more in a row, is a list of other articles."""
    stamps = [index for index, kind in enumerate(kinds) if kind is Kind.STAMP]
    entries = [range(first + 1, second) for first, second in pairwise(stamps)]
    are_teasers = [_is_teaser(lines, kinds, entry) for entry in entries]
    for (first, second), both in zip(pairwise(entries), map(all, pairwise(are_teasers)), strict=True):
        if both:
            for index in (*first, *second):
                kinds[index] = Kind.TEASER


def _is_teaser(lines: Sequence[Line], kinds: Sequence[Kind], entry: range) -> bool:
    if not 0 < len(entry) <= _TEASER_LINES or not any(kinds[i] in (Kind.SHORT, Kind.TEASER) for i in entry):
        return False
    return sum(lines[i].length for i in entry) <= _TEASER_LENGTH


def _mark_related_links(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """The links under 'Читайте также' end with the first line that no link ends like; a question may be a link."""
    heading: int | None = None
    for index, kind in enumerate(kinds):
        goes_on = lines[index].text.endswith(_NO_LINK_ENDS) or lines[index].length > _LONG_LINE
        if kind is Kind.RELATED:
            heading = index
        elif heading is not None and goes_on:
            _mark_insert(kinds, heading, index)
            heading = None
        elif heading is not None and kind in BODY_KINDS:
            kinds[index] = Kind.TEASER


def _mark_insert(kinds: list[Kind], heading: int, end: int) -> None:
    """A few links right between two paragraphs interrupt an article; more of them follow it."""
    is_between = heading > 0 and {kinds[heading - 1], kinds[end]} <= {Kind.PROSE, Kind.ITEM}
    if is_between and end - heading <= _MOST_INSERTED:
        kinds[heading:end] = [Kind.INSERT] * (end - heading)
