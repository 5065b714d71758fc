"""What is no article by its size alone: reading it would take minutes, and nobody wrote it.

The limits stand far above what newsrooms publish: of 6,400 articles the longest has 14,031 characters, of 76 pages the
deepest 33 levels. How much markup may come to a parser at all is a limit of its own (etl.extract.markup).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from etl.extract.item import Rejection

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_CHARACTERS = 300_000  # of an article's text: a book of 150 pages; texts made to be slow take 2.5 s
MOST_LEVELS = 500  # browsers put what is deeper than 512 side by side


def refuse_text(text: str) -> Rejection | None:
    """Why `text` is longer than any article; None where it is not."""
    if len(text) > MOST_CHARACTERS:
        return Rejection("too_large", f"{len(text):,} characters; an article has at most {MOST_CHARACTERS:,}")
    return None


def refuse_depth(tree: LexborHTMLParser) -> Rejection | None:
    """Why the elements of a page are nested deeper than any article's; None where they are not."""
    if any(level > MOST_LEVELS for level in _levels(tree.root)):
        return Rejection("too_large", f"elements lie more than {MOST_LEVELS} deep in each other")
    return None


def _levels(root: LexborNode | None) -> Iterator[int]:
    """How deep each node lies, in the order of the page."""
    node, level = root, 0
    while node is not None:
        yield level
        if node.first_child is not None:
            node, level = node.first_child, level + 1
            continue
        while node is not None and node.next is None:
            node, level = node.parent, level - 1
        node = node.next if node is not None else None
