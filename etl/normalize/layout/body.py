"""The stored body: the kept lines of a page, its paragraphs separated as on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.normalize.layout.lines import Line
from etl.normalize.page import Page, Span


def paragraphs(lines: Iterable[Line], kept: Sequence[bool]) -> tuple[Span, ...]:
    """One span a paragraph: kept lines that follow each other without a blank or a dropped line between them."""
    spans: list[Span] = []
    joined = False
    for line, keep in zip(lines, kept, strict=True):
        if keep and joined and not line.after_blank:
            spans[-1] = Span(spans[-1].start, line.end)
        elif keep:
            spans.append(Span(line.start, line.end))
        joined = keep
    return tuple(spans)


def body_text(page: Page) -> str:
    """The text of the body: no indentation, one line feed between lines, two where the page has a blank line."""
    parts: list[str] = []
    end = 0
    for span in page.body:
        if parts:
            parts.append("\n\n" if "\n\n" in page.text[end : span.start] else "\n")
        parts.append("\n".join(line.strip() for line in page.cut(span).split("\n")))
        end = span.end
    return "".join(parts)
