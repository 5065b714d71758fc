"""How well bodies are found: token F1 against the right bodies, and flattened HTML to make dumps of whole pages from.

Tokens are maximal runs of word characters, compared as multisets, case kept. The score of a set of pages is the mean of
its pages' scores (macro average), as in the usual comparisons of extractors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from statistics import fmean
from typing import NamedTuple

from etl.normalize.layout.body import body_text
from etl.normalize.layout.reader import read_page
from etl.normalize.page import Page
from etl.normalize.text import clean

_TOKEN = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_HIDDEN = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "title"}
)
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "table", "figure", "pre"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "body", "button", "center", "dd", "details", "dialog", "div", "dt", "fieldset"}
    | {"figcaption", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "section"}
    | {"summary", "tbody", "td", "tfoot", "th", "thead", "tr", "video"}
)


class Score(NamedTuple):
    """Precision, recall and their harmonic mean, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


def score_body(found: str, right: str) -> Score:
    """Token precision, recall and F1 of a found body; all 0 where they share no token."""
    found_tokens, right_tokens = Counter(_TOKEN.findall(found)), Counter(_TOKEN.findall(right))
    shared = (found_tokens & right_tokens).total()
    if not shared:
        return Score(0.0, 0.0, 0.0)
    precision, recall = shared / found_tokens.total(), shared / right_tokens.total()
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def mean_score(scores: Iterable[Score]) -> Score:
    """The macro average. Raises statistics.StatisticsError where there is nothing to average."""
    pages = list(scores)
    return Score(fmean(s.precision for s in pages), fmean(s.recall for s in pages), fmean(s.f1 for s in pages))


def body_of(text: str) -> str:
    """The body that `read_page` finds in an uncleaned text; empty where it rejects it."""
    page = read_page(clean(text))
    return body_text(page) if isinstance(page, Page) else ""


def flatten(html: str) -> str:
    """The visible text of a page as a dump has it: a line a block, a blank line around paragraphs, '•' before items."""
    flattener = _Flattener()
    flattener.feed(html)
    flattener.close()
    lines = "".join(flattener.parts).split("\n")
    stripped = [re.sub(r"^• ?$", "", " ".join(line.split())) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(stripped)).strip()


class _Flattener(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._hidden.clear()
        if tag in _HIDDEN:
            self._hidden.append(tag)
        self._break(tag)
        if tag == "li" and not self._hidden:
            self.parts.append("• ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        if tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(_SPACE.sub(" ", data))

    def _break(self, tag: str) -> None:
        """At least one line end around a block, two around a paragraph; a second block right behind adds none."""
        wanted = 2 if tag in _PARAGRAPHS else int(tag in _BLOCKS or tag == "br")
        if self._hidden or not wanted:
            return
        printed = "".join(self.parts[-2:])
        there = len(printed) - len(printed.rstrip("\n"))
        self.parts.append("\n" * (1 if tag == "br" else max(0, wanted - there)))
