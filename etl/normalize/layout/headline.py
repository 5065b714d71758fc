"""The printed headline: found by its form and by the words that it shares with the body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.normalize.layout.kinds import BODY_KINDS, Kind
from etl.normalize.layout.lines import Line
from etl.normalize.layout.selection import is_clean
from etl.normalize.page import Span

# A site may print the headline again among its links; it is then repeated, or looks like one of a list.
_KINDS = frozenset({Kind.SHORT, Kind.PROSE, Kind.ITEM, Kind.REPEATED, Kind.TEASER})
_SHORTEST, _LONGEST = 10, 220  # letters
_SAYS_SOMETHING = 40  # letters: a question behind such a line goes on with it
_NO_HEADLINE = re.compile(
    r"\.[\"»”’)]*$"  # a sentence
    r"|[:;,]$"  # it goes on
    r"|^\S+(?:\s\S+)?(?:\s[/»>|→›]\s\S+(?:\s\S+)?)*$"  # a label, a trail of rubrics
    r"|[^\W\d_]{2}[.!?…][\"»”’)]*\s+[A-ZА-ЯЁ].*\."  # several sentences
)
_QUESTION_ENDS = ("?", "!", "?»", "!»")
# Nearness to the body counts shared words. A lead or a caption below the headline has more of them because it is
# longer, a menu above has next to none: the first line with about two thirds of the best is the headline.
_NEAR, _NEAR_ENOUGH = 0.65, 5.0
_STEM = 5  # letters that an inflected word of these languages keeps
_WORD = re.compile(r"[^\W\d_]{4,}")
_LABEL = re.compile(
    r"\s+(?:Новость дня|Главная новость|Эксклюзив|Срочно|Обновлено|Обновляется|Важно|Популярное|Молния"
    r"|Breaking|Exclusive|Updated)$",
    re.IGNORECASE,
)


def find_headline(lines: Sequence[Line], kinds: Sequence[Kind], run: range) -> int | None:
    """Index of the headline among the lines before the body, None where none is printed."""
    headlines = _candidates(lines, kinds, run)
    if len(headlines) < 2:  # nothing to compare: the body's words need not be read
        return headlines[0] if headlines else None
    stems = _stems(" ".join(lines[i].text for i in run or range(headlines[-1] + 1, len(lines))))
    nearness = [min(_kinship(lines[i].text, stems), _NEAR_ENOUGH) for i in headlines]
    best = max(nearness)
    first = next(i for i, near in zip(headlines, nearness, strict=True) if near >= min(best, best * _NEAR))
    return next((i for i in headlines if i > first and _is_part(lines[i].text, lines[first].text)), first)


def _candidates(lines: Sequence[Line], kinds: Sequence[Kind], run: range) -> list[int]:
    """Lines of a headline's form before the body, whose own first line may be one that asks or exclaims."""
    last = len(lines) - 1
    if run:
        last = min(last, run.start + lines[run.start].text.endswith(_QUESTION_ENDS))
    headlines = [i for i in range(last) if is_headline(lines[i], kinds[i])]
    if not headlines:
        return []
    if not run:  # nothing tells a headline from what it would stand above: only the first words can be one
        return headlines[:1] if BODY_KINDS.isdisjoint(kinds[: headlines[0]]) else []
    if is_clean(kinds, run):
        headlines = [i for i in headlines if Kind.PROSE not in kinds[:i]]
        said = next((i for i in headlines if lines[i].length >= _SAYS_SOMETHING), last)
        return [i for i in headlines if i <= said or not lines[i].text.endswith(_QUESTION_ENDS)]
    return headlines


def is_headline(line: Line, kind: Kind) -> bool:
    """Short, more than a word, without a final period: not a label, not an item."""
    if kind not in _KINDS or not _SHORTEST <= line.length <= _LONGEST or line.is_bullet:
        return False
    return not _NO_HEADLINE.search(line.text)


def headline_span(line: Line) -> Span:
    """The line without the labels that a site prints behind a headline ('Новость дня')."""
    match = _LABEL.search(line.text)
    return Span(line.start, line.start + match.start() if match else line.end)


def _is_part(text: str, longer: str) -> bool:
    """The longer line is a trail of rubrics before the headline, or the headline with the site's name behind it."""
    return text in longer and len(text) < len(longer)


def _kinship(text: str, stems: set[str]) -> float:
    """Words that the body has too, less half of those that it has not."""
    own = _stems(text)
    return len(own & stems) - len(own - stems) / 2


def _stems(text: str) -> set[str]:
    return {word[:_STEM].lower() for word in _WORD.findall(text)}
