"""A page that was pasted twice: the second copy says nothing, and its article is one article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from etl.normalize.layout.lines import Line
from etl.normalize.layout.prefix import find_prefix

_PARAGRAPH = 40  # letters; what is shorter may stand twice in one article
_MOST_OF = 0.5  # of the paragraphs above a copy that it must repeat: a sentence that a report repeats stays
_MOST_ABOVE = 200  # lines of a copy before its first paragraph: menu, headline, stamp
_DIGITS = re.compile(r"\d+")  # counters and clocks differ from copy to copy


def without_copies(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that repeat most of the page above them, line by line."""
    kept = list(lines)
    while copy := _find_copy(kept):
        # What follows the copy does not go on with the paragraph before it.
        kept[copy.start : copy.stop + 1] = [line._replace(after_blank=True) for line in kept[copy.stop : copy.stop + 1]]
    return kept


def _find_copy(lines: Sequence[Line]) -> range:
    """The first run of lines that is a copy of an earlier one and of most of what stands above it, else empty."""
    first: dict[str, int] = {}
    above = tried = 0
    for index, line in enumerate(lines):
        if line.length < _PARAGRAPH:
            continue
        original = first.setdefault(line.text, index)
        if original != index and index >= tried:
            copy = _grown(lines, original, index)
            own = _paragraph_length(lines[copy.start : index])
            if own + _paragraph_length(lines[index : copy.stop]) >= _MOST_OF * (above - own):
                return copy
            tried = copy.stop
        above += line.length
    return range(0)


def _grown(lines: Sequence[Line], original: int, copy: int) -> range:
    """The copy around a repeated line: as far as the lines before and behind are the same, and up to its original."""
    above = range(1, min(original, _MOST_ABOVE) + 1)
    start = copy - _count_equal(lines, ((original - step, copy - step) for step in above))
    behind = zip(range(original, start), range(copy, len(lines)), strict=False)
    return range(start, copy + _count_equal(lines, behind))


def _count_equal(lines: Sequence[Line], pairs: Iterable[tuple[int, int]]) -> int:
    """How many of the pairs are the same lines, up to the first that are not."""
    return sum(1 for _ in takewhile(lambda pair: _is_same(lines[pair[0]], lines[pair[1]]), pairs))


def _is_same(original: Line, copy: Line) -> bool:
    """Equal but for counters and clocks, a crawler's prefix, and a dateline that one of the two paragraphs lacks."""
    one, other = _words(original), _words(copy)
    if min(len(one), len(other)) >= _PARAGRAPH:
        return one.endswith(other) or other.endswith(one)
    return one == other


def _words(line: Line) -> str:
    prefix = find_prefix(line.text)
    return _DIGITS.sub("0", line.text[prefix.end :] if prefix else line.text)


def _paragraph_length(lines: Iterable[Line]) -> int:
    return sum(line.length for line in lines if line.length >= _PARAGRAPH)
