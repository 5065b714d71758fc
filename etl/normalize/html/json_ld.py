"""JSON-LD as pages have it: often broken, with the article somewhere among breadcrumbs, videos and other articles.

Terms are those of schema.org: an article is any type that ends in Article or Posting, a Report, and the ClaimReview of
fact checkers.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.normalize.html.words import fold, tidy
from etl.normalize.url import canonical_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

JsonObject = dict[str, object]

_TYPE_NAME = re.compile(r"[^/#:]+$")
_ARTICLE = ("Article", "Posting", "Report", "ClaimReview")
_PAGE = ("WebPage", "ItemPage", "MediaObject")
# What leads from the top of a document to the page's own article, and never to others that it lists.
_WAYS = ("@graph", "mainEntity", "mainEntityOfPage")
_DEEPEST = 4
_SLIPS = re.compile(
    # What is not closed goes to the end: tried again from every quote, it would take the square of its length.
    r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))'  # a string stays, but for its wrong escapes
    r"|/\*.*?(?:\*/|\Z)|//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>"  # comments and wrappings
    r"|,(?=\s*[}\]])|(?<=[\[{])\s*,",  # a comma too many
    re.DOTALL,
)
_WRONG_ESCAPE = re.compile(r"(\\[\"\\/bfnrt]|\\u[0-9a-fA-F]{4})|\\")
_GAP = re.compile(r"[\s;,]*+")  # between two values
_DECODER = json.JSONDecoder(strict=False)  # control characters in strings are let through


@dataclass(frozen=True, slots=True)
class LinkedData:
    """article: the page's own article; page: the node of the page itself; both empty where there is none.

    `nodes` are all nodes by '@id', for `follow`.
    """

    article: JsonObject
    page: JsonObject
    nodes: dict[str, JsonObject]

    def follow(self, value: object) -> Iterator[JsonObject | str]:
        """The objects and words that a value stands for: lists are opened, references followed."""
        if isinstance(value, list):
            for item in value:
                yield from self.follow(item) if not isinstance(item, list) else ()
        elif isinstance(value, dict):
            reference = value.get("@id")
            yield value if "name" in value or not isinstance(reference, str) else self.nodes.get(reference, value)
        elif isinstance(value, str):
            yield value

    @property
    def addresses(self) -> list[str]:
        """The addresses that the article gives itself."""
        return _own_addresses(self.article)

    def words(self, name: str) -> str | None:
        """A property of the article as one line of text."""
        return words_of(self.article, name)


def words_of(node: JsonObject, name: str) -> str | None:
    """A property as one line of text; the first of a list; None where it is missing or no text."""
    value = node.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    return (tidy(value) or None) if isinstance(value, str) else None


def types_of(node: JsonObject) -> tuple[str, ...]:
    """The names of a node's types, without the vocabulary's address."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(match[0] for name in names if isinstance(name, str) and (match := _TYPE_NAME.search(name.strip())))


def read_json_ld(tree: LexborHTMLParser, url: str | None, headings: Iterable[str]) -> LinkedData:
    """The linked data of a page. `headings` (title, og:title, h1) tell its own article from others."""
    documents = [it for script in tree.css("script[type*='ld+json' i]") for it in parse(script.text(deep=True))]
    nodes = [node for document in documents for node in _walk(document, _DEEPEST)]
    articles = [node for node in nodes if any(name.endswith(_ARTICLE) for name in types_of(node))]
    pages = [node for node in nodes if any(name.endswith(_PAGE) for name in types_of(node))]
    by_id = {name: node for node in nodes if isinstance(name := node.get("@id"), str) and len(node) > 1}
    return LinkedData(_own(articles, url, {fold(it) for it in headings}), pages[0] if pages else {}, by_id)


def parse(script: str) -> list[object]:
    """The JSON values in a script, mended where that is possible; empty where nothing can be read."""
    for mend in (str, _mend, lambda it: _mend(html.unescape(it))):
        try:
            return list(_values(mend(script)))
        except (ValueError, RecursionError):
            continue
    return []


def _values(script: str) -> Iterator[object]:
    """One value after the other: some pages write several objects into one script."""
    position = _gap_end(script, 0)
    while position < len(script):
        value, end = _DECODER.raw_decode(script, position)
        yield value
        position = _gap_end(script, end)


def _gap_end(script: str, position: int) -> int:
    gap = _GAP.match(script, position)
    return gap.end() if gap else position


def _mend(script: str) -> str:
    return _SLIPS.sub(lambda slip: _WRONG_ESCAPE.sub(r"\1", slip[1]) if slip[1] else "", script)


def _walk(value: object, depth: int) -> Iterator[JsonObject]:
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth)
    elif isinstance(value, dict) and depth:
        yield value
        for way in _WAYS:
            yield from _walk(value.get(way), depth - 1)


def _own(articles: list[JsonObject], url: str | None, headings: set[str]) -> JsonObject:
    """The article that bears the page's heading or address; a single one that contradicts neither way is it too."""
    here = canonical_url(url) if url else None
    titled = [it for it in articles if (words := words_of(it, "headline")) and fold(words) in headings]
    addressed = [it for it in articles if here and here in _addresses(it)]
    ranked = [*(it for it in titled if it in addressed), *titled, *addressed, *(articles if len(articles) == 1 else ())]
    return ranked[0] if ranked else {}


def _addresses(node: JsonObject) -> set[str | None]:
    return {canonical_url(address) for address in _own_addresses(node)}


def _own_addresses(node: JsonObject) -> list[str]:
    own = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    flat = [it.get("@id") or it.get("url") if isinstance(it, dict) else it for it in own]
    return [it.partition("#")[0] for it in flat if isinstance(it, str)]
