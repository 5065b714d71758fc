"""Elements of a page: their text and attributes, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from etl.normalize.html.words import tidy

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST_ANCESTORS = 200  # real pages nest some forty elements; asked of every paragraph, thousands would take minutes
_SHORTEST_PARAGRAPH = 80  # characters
_ELSEWHERE = frozenset({"nav", "footer", "aside", "form", "a"})
_MOST_LEVELS = 6  # from the headline up to the element that holds headline, stamp and by-line


def text_of(node: LexborNode) -> str:
    """What a reader sees of an element, on one line."""
    return tidy(node.text(deep=True, separator=" "))


def attribute(node: LexborNode, name: str) -> str:
    """The value of an attribute; empty where it is missing or has none."""
    return node.attributes.get(name) or ""


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around a node, from the inner to the outer ones; not those further out than any page needs."""
    parent = node.parent
    for _ in range(_MOST_ANCESTORS):
        if parent is None:
            return
        yield parent
        parent = parent.parent


def long_paragraph(node: LexborNode) -> str:
    """The text of a paragraph that may be an article's; empty for a short one and in menus, sidebars and links."""
    words = text_of(node)
    is_elsewhere = len(words) < _SHORTEST_PARAGRAPH or any(it.tag in _ELSEWHERE for it in ancestors(node))
    return "" if is_elsewhere else words


def around_headline(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The nearest elements around the first headline, from the inner to the outer ones; at most up to the body."""
    headline = tree.css_first("h1")
    around = ancestors(headline) if headline is not None else iter(())
    for _, node in zip(range(_MOST_LEVELS), around, strict=False):
        if node.tag == "html":
            return
        yield node
