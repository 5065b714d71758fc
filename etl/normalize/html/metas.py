"""The `<meta>` elements of a page: OpenGraph, Twitter, Dublin Core and the plain names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from etl.normalize.html.nodes import attribute
from etl.normalize.html.words import tidy

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

Metas = Mapping[str, tuple[str, ...]]
"""Contents by name in lower case, in the order of the page; `property`, `name` and `itemprop` are one name space."""

_NAMES = ("property", "name", "itemprop")
_MOST = 50  # contents of one name; more say nothing of the article


def read_metas(tree: LexborHTMLParser) -> Metas:
    """Every named meta that says something, at most the first _MOST of a name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for node in tree.css("meta[content]"):
        content = tidy(attribute(node, "content"))
        for name in {attribute(node, kind).strip().lower() for kind in _NAMES} - {""}:
            if content and len(found[name]) < _MOST and content not in found[name]:
                found[name].append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def first(metas: Metas, *names: str) -> str | None:
    """The first content of the first of `names` that the page has."""
    return next((contents[0] for name in names if (contents := metas.get(name))), None)
