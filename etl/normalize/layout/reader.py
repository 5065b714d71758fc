"""From a text to its `Page`: find the body, then what stands before it."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.item import Rejection
from etl.normalize.layout.body import paragraphs
from etl.normalize.layout.copies import without_copies
from etl.normalize.layout.headline import find_headline, headline_span
from etl.normalize.layout.kinds import Kind, classify
from etl.normalize.layout.lines import Line, split_lines
from etl.normalize.layout.prefix import find_prefix
from etl.normalize.layout.repeated import short_lines
from etl.normalize.layout.segment import find_segment
from etl.normalize.layout.selection import kept_lines
from etl.normalize.layout.several import count_articles
from etl.normalize.page import Page


def read_page(text: str) -> Page | Rejection:
    """The layout of a text that `etl.normalize.text.clean` made.

    Rejection codes: 'empty' (nothing but spaces), 'no_body' (no line of prose), 'several_articles'.
    """
    prefix = find_prefix(text)
    lines = without_copies(split_lines(text, prefix.end if prefix else 0))
    if not lines:
        return Rejection("empty", "the text has no printed character")
    kinds = classify(lines)
    run = find_segment(lines, kinds)
    glued = prefix is not None and "\n" not in text[prefix.start : lines[0].start] and kinds[0] is Kind.PROSE
    title = None if glued else find_headline(lines, kinds, run)
    kept = kept_lines(lines, kinds, run, title)
    if not any(kept):
        return Rejection("no_body", f"none of {len(lines)} lines is prose")
    articles = count_articles(lines, kinds, kept.index(True))
    if articles > 1:
        return Rejection("several_articles", f"{articles} whole articles on one page")
    return Page(
        text,
        prefix,
        None if title is None else headline_span(lines[title]),
        paragraphs(lines, kept),
        _confidence(lines, kinds, kept),
        short_lines(lines, kinds, kept),
    )


def read_opening(text: str) -> Page:
    """The layout of a page's beginning, which may be too short to hold a body: then all of it is head."""
    page = read_page(text)
    return Page(text, find_prefix(text), None, (), 0.0) if isinstance(page, Rejection) else page


def _confidence(lines: Sequence[Line], kinds: Sequence[Kind], kept: Sequence[bool]) -> float:
    """The share of prose in what is kept, times the share of the page's prose that is kept."""
    prose = [len(line.text) if kind is Kind.PROSE else 0 for line, kind in zip(lines, kinds, strict=True)]
    kept_prose = sum(length for length, keep in zip(prose, kept, strict=True) if keep)
    kept_all = sum(len(line.text) for line, keep in zip(lines, kept, strict=True) if keep)
    return kept_prose / kept_all * kept_prose / sum(prose) if kept_prose else 0.0
