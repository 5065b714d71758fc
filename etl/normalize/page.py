"""A page of text and the parts that a reader sees in it. All offsets are code points into `Page.text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A normalised text and its layout, as `etl.normalize.layout.read_page` sees it.

    prefix: what a crawler glued in front (' date 2025-12-20 16:21 '), which no reader of the site ever saw.
    title:  the printed headline; None where none is printed (a derived title is made later and marked so).
    body:   the kept lines, in order, without menus, credits, teasers, pagers. The first may begin with the dateline.
    short_lines: those of the kept lines that may be the site's all the same (etl.normalize.layout.repeated).
    confidence: 0 to 1, how sure the layout is that `body` is the whole article and nothing else.
    """

    text: str
    prefix: Span | None
    title: Span | None
    body: tuple[Span, ...]
    confidence: float
    short_lines: tuple[Span, ...] = ()

    def cut(self, span: Span) -> str:
        return self.text[span.start : span.end]

    @property
    def head(self) -> Span:
        """What stands between the crawler's prefix and the body: masthead, menu, page clock, title, stamps."""
        start = self.prefix.end if self.prefix else 0
        return Span(start, self.body[0].start if self.body else len(self.text))

    @property
    def tail(self) -> Span:
        """What stands after the body: stamps, comment counters, teasers of other articles, sidebars."""
        return Span(self.body[-1].end if self.body else len(self.text), len(self.text))
