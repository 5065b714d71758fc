"""The body as the best run of lines: sentences earn, what stands between them costs.

A body may be broken by a block of the site (an advertisement, a player, a poll). However long such a block is, it costs
no more than `_GAP_MOST`, so that an article goes on behind it where enough prose follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.normalize.layout.kinds import Kind
from etl.normalize.layout.lines import Line

# Tuned on half of a set of real flattened pages and checked on the other half; the scores move little around them.
_COST = {
    Kind.ITEM: 0.0,
    Kind.INSERT: 0.2,
    Kind.CREDIT: 0.7,
    Kind.SHORT: 1.0,
    Kind.STAMP: 1.5,
    Kind.TEASER: 1.5,
    Kind.REPEATED: 1.5,
    Kind.FURNITURE: 1.5,
    Kind.RELATED: 2.0,
}
_GAP_MOST = 8.0
_LENGTH_FREE, _LENGTH_UNIT = 70, 50  # letters
_PROSE_LEAST, _PROSE_MOST = 0.5, 3.0
_CLOSE = 0.3  # more for a paragraph right behind another one: teasers have headlines between them


def find_segment(lines: Sequence[Line], kinds: Sequence[Kind]) -> range:
    """The lines from the first to the last of the body, empty where the page has no prose.

    Kadane's algorithm for the run with the largest sum, over paragraphs and the gaps between them.
    """
    best, best_sum = range(0), 0.0
    start, running, gap = 0, 0.0, 0.0
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is not Kind.PROSE:
            gap = min(gap + _COST[kind], _GAP_MOST)
            continue
        worth = _worth(line) + (_CLOSE if index and gap == 0 else 0)
        running, gap = running - gap, 0.0
        if running <= 0:
            start, running = index, 0.0
        running += worth
        if running > best_sum:
            best, best_sum = range(start, index + 1), running
    return best


def _worth(line: Line) -> float:
    """A long paragraph says more for a body than a sentence, which a teaser has too."""
    return max(_PROSE_LEAST, min((line.length - _LENGTH_FREE) / _LENGTH_UNIT, _PROSE_MOST))
