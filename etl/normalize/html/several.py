"""Pages that hold more than one whole article: each has a headline of the first rank and long paragraphs below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from etl.normalize.html.nodes import long_paragraph, text_of
from etl.normalize.html.words import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_WHOLE_PARAGRAPHS, _WHOLE_LENGTH = 3, 450  # characters; a teaser under a headline stays below


def count_articles(tree: LexborHTMLParser) -> int:
    """The number of different whole articles; a page that is there twice, as when it was saved twice, counts once."""
    headlines, paragraphs = set[str](), set[str]()
    for headline, text in _parts(tree):
        new = [words for words in text if words not in paragraphs]
        if len(new) >= _WHOLE_PARAGRAPHS and sum(map(len, new)) >= _WHOLE_LENGTH:
            headlines.add(fold(headline))
        paragraphs.update(text)
    return len(headlines)


def _parts(tree: LexborHTMLParser) -> Iterator[tuple[str, list[str]]]:
    """Each headline with the long paragraphs behind it, in the order of the page."""
    headline, text = "", list[str]()
    for node in tree.css("h1, p"):
        if node.tag == "h1":
            if headline:
                yield headline, text
            headline, text = text_of(node), []
        elif headline and (words := long_paragraph(node)):
            text.append(words)
    yield headline, text
