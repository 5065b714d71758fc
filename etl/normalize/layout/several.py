"""Pages that hold more than one whole article: each opens with what only a beginning has, and then goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from etl.normalize.dateline import find_dateline
from etl.normalize.layout.headline import is_headline
from etl.normalize.layout.kinds import BODY_KINDS, Kind
from etl.normalize.layout.lines import Line
from etl.normalize.layout.prefix import find_prefix

_WHOLE_LENGTH = 600  # letters of prose; a teaser or an item of a digest stays below
_WHOLE_LINES = 3
_OWN_KINDS = BODY_KINDS | {Kind.CREDIT}
_HEAD_LINES = 4  # headline, stamp, rubric, credit
_DIGITS, _WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
_MAYBE_DATELINE = re.compile(r"\W{0,2}[^\W\d_][^\n]{0,40}[/\d]")


def count_articles(lines: Sequence[Line], kinds: Sequence[Kind], first: int) -> int:
    """Number of whole articles from line `first` (where the body begins) on; at least 1.

    A further article opens with a crawler's prefix, with a dateline that has place, day and agency, or under a headline
    and a stamp of the same form as the first article's. A ticker or a list of teasers has parts that are not whole.
    """
    form = _stamp_form(lines, kinds, first)
    openings = [first, *(i for i in range(first + 1, len(lines)) if _opens(lines, kinds, i, form))]
    parts = [range(start, stop) for start, stop in pairwise([*openings, len(lines)])]
    return len(parts) if all(_is_whole(lines, kinds, part) for part in parts) else 1


def _is_whole(lines: Sequence[Line], kinds: Sequence[Kind], part: range) -> bool:
    """The part goes on in prose before a line of the site comes; its first line may be the crawler's prefix alone."""
    own = takewhile(lambda index: index == part.start or kinds[index] in _OWN_KINDS, part)
    prose = [lines[index].length for index in own if kinds[index] is Kind.PROSE]
    return len(prose) >= _WHOLE_LINES and sum(prose) >= _WHOLE_LENGTH


def _opens(lines: Sequence[Line], kinds: Sequence[Kind], index: int, form: str | None) -> bool:
    text = lines[index].text
    if text.startswith("date ") and find_prefix(text):
        return True
    if kinds[index] is not Kind.PROSE:
        return False
    return _has_signed_dateline(text) or (form is not None and _stamp_form(lines, kinds, index) == form)


def _stamp_form(lines: Sequence[Line], kinds: Sequence[Kind], index: int) -> str | None:
    """The stamp between prose and the headline above it, its digits and words made equal."""
    head = _lines_above(kinds, index)
    stamps = [i for i in head if kinds[i] is Kind.STAMP]
    if not stamps or not any(is_headline(lines[i], kinds[i]) for i in head):
        return None
    return _WORD.sub("w", _DIGITS.sub("0", lines[stamps[-1]].text))


def _lines_above(kinds: Sequence[Kind], index: int) -> range:
    """The lines between the prose above and this one."""
    start = index
    while start > max(0, index - _HEAD_LINES) and kinds[start - 1] is not Kind.PROSE:
        start -= 1
    return range(start, index)


def _has_signed_dateline(text: str) -> bool:
    dateline = find_dateline(text) if _MAYBE_DATELINE.match(text) else None
    return dateline is not None and dateline.agency is not None and dateline.date_words is not None
