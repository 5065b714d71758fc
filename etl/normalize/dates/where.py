"""Where on a page its publication date may stand: around the headline, in the body's opening, directly after the body.

Only these lines are looked at: a page's menu, its middle and its lists of other articles never date the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from etl.normalize.layout.lines import Line, split_lines
from etl.normalize.layout.related import is_related_heading
from etl.normalize.page import Page

_MASTHEAD_LINES = 6
_HEADLINE_LINES = 12
_NEAR_HEADLINE = 3
_OPENING_LINES = 5
_OPENING_LENGTH = 900
_AFTER_LINES = 8
_AFTER_LENGTH = 1500
_SHORTEST_PARAGRAPH = 80  # a shorter last part of the body may be a rubric or a headline that the layout kept


class Place(Enum):
    """MASTHEAD: before the headline, and not near it. ABOVE: near it. HEADLINE: itself. BELOW: from it to the body.
    FIRST: the body's first line, OPENING: its next few, BETWEEN: what the layout cut out of these. AFTER: behind it."""

    MASTHEAD = "masthead"
    ABOVE = "above"
    HEADLINE = "headline"
    BELOW = "below"
    FIRST = "first"
    OPENING = "opening"
    BETWEEN = "between"
    AFTER = "after"


class Spot(NamedTuple):
    """A line and its place. `following` are the lines behind it, as far as they were looked at."""

    line: Line
    place: Place
    following: tuple[Line, ...]
    is_first: bool


def spots(page: Page) -> list[Spot]:
    """The lines that may carry the date, in the order of the page."""
    body_start, body_end = page.head.end, _body_end(page)
    stop = min(body_start + _OPENING_LENGTH, body_end)
    lines = split_lines(page.text[: _line_end(page.text, stop)], page.head.start)
    head = [line for line in lines if line.start < body_start]
    opening = lines[len(head) :][:_OPENING_LINES]
    after = split_lines(page.text[: _line_end(page.text, body_end + _AFTER_LENGTH)], body_end)[:_AFTER_LINES]
    return [
        *(Spot(line, place, tuple(lines[index + 1 :][:2]), index == 0) for index, line, place in _head(page, head)),
        *(
            Spot(line, _in_body(page, line), tuple(opening[index + 1 :]), is_first=False)
            for index, line in enumerate(opening)
        ),
        *_after(after),
    ]


def _head(page: Page, head: list[Line]) -> Iterator[tuple[int, Line, Place]]:
    """The first and the last lines before the body: a menu may have hundreds."""
    title = page.title.start if page.title else page.head.end
    headline = next((index for index, line in enumerate(head) if line.start <= title < line.end), len(head))
    for index, line in enumerate(head):
        if not _MASTHEAD_LINES <= index < min(headline - _NEAR_HEADLINE, len(head) - _HEADLINE_LINES):
            yield index, line, _in_head(index, headline)


def _in_head(index: int, headline: int) -> Place:
    if index >= headline:
        return Place.HEADLINE if index == headline else Place.BELOW
    return Place.ABOVE if headline - index <= _NEAR_HEADLINE else Place.MASTHEAD


def _in_body(page: Page, line: Line) -> Place:
    if line.start <= page.head.end:
        return Place.FIRST
    kept = any(span.start <= line.start < span.end for span in page.body)
    return Place.OPENING if kept else Place.BETWEEN


def _after(lines: list[Line]) -> Iterator[Spot]:
    for index, line in enumerate(lines):
        if is_related_heading(line):
            return
        yield Spot(line, Place.AFTER, tuple(lines[index + 1 :]), is_first=False)


def _body_end(page: Page) -> int:
    """The end of the last paragraph that is surely one."""
    long = [span.end for span in page.body if span.end - span.start >= _SHORTEST_PARAGRAPH]
    return long[-1] if long else page.tail.start


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
