"""Lines that only a look at many pages unmasks: links, banners and calls that one source prints on page after page.

One page cannot tell a subheading from a link of the site. So the reading of a page names its short lines, the load
counts them by source (etl.load.source_lines), and those that are found repeated are left out of the body. Sentences,
spoken lines, enumerations and cells of tables are never left out: an author may say the same thing every day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.identity import derived_key
from etl.normalize.article import ShortLine, Vetoes
from etl.normalize.layout.kinds import Kind, classify
from etl.normalize.layout.lines import Line, folded, split_lines
from etl.normalize.page import Page, Span

_LONGEST = 160  # characters; longer ones are no links


def short_lines(lines: Sequence[Line], kinds: Sequence[Kind], kept: Sequence[bool]) -> tuple[Span, ...]:
    """The kept lines that may be the site's: no sentence, nothing of an enumeration, a word at least."""
    return tuple(
        Span(line.start, line.end)
        for line, kind, keep in zip(lines, kinds, kept, strict=True)
        if keep and kind is Kind.SHORT and len(line.text) <= _LONGEST and folded(line.text).strip()
    )


def with_short_lines(page: Page) -> Page:
    """A page whose whole text is its body, with its short lines named."""
    lines = split_lines(page.text)
    return replace(page, short_lines=short_lines(lines, classify(lines), [True] * len(lines)))


def read_lines(page: Page, source_id: str, vetoes: Vetoes) -> tuple[ShortLine, ...]:
    """The short lines of a page by `source_id`, each once, and whether it is vetoed."""
    lines: dict[int, ShortLine] = {}
    for span in page.short_lines:
        line = page.cut(span)
        key = _key(line)
        lines.setdefault(key, ShortLine(key, line, (source_id, key) in vetoes))
    return tuple(lines.values())


def without(page: Page, lines: Sequence[ShortLine]) -> Page:
    """The page without the vetoed ones of its short lines. A body of nothing else stays as it is."""
    vetoed = {line.key for line in lines if line.is_vetoed}
    if not vetoed:
        return page
    left_out = [span for span in page.short_lines if _key(page.cut(span)) in vetoed]
    body = tuple(piece for span in page.body for piece in _pieces(page.text, span, left_out))
    return replace(page, body=body) if body else page


def _key(line: str) -> int:
    return derived_key(folded(line))


def _pieces(text: str, span: Span, left_out: Sequence[Span]) -> Iterator[Span]:
    """What remains of `span`, without blanks at the ends of a piece."""
    start = span.start
    for gap in (*(gap for gap in left_out if span.start <= gap.start < span.end), Span(span.end, span.end)):
        words = text[start : gap.start]
        if words.strip():
            begin = start + len(words) - len(words.lstrip())
            yield Span(begin, begin + len(words.strip()))
        start = gap.end
