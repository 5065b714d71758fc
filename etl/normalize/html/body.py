"""The body: trafilatura's fast mode, its full mode where that is short for the page, JSON-LD's articleBody where the
page holds more than both found; then the lines that belong to the site are cut."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.normalize.html.nodes import long_paragraph
from etl.normalize.html.words import fold, plain
from etl.normalize.layout.copies import without_copies
from etl.normalize.layout.credits import is_credit
from etl.normalize.layout.evaluate import score_body
from etl.normalize.layout.furniture import is_furniture
from etl.normalize.layout.lines import Line, split_lines
from etl.normalize.layout.related import is_related_heading
from etl.normalize.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

# Posts of social networks in the markup that the networks' own embedding scripts ask for: quoted, not written here.
_EMBEDDED = "//*[{}]".format(
    " or ".join(
        f"contains(concat(' ', @class, ' '), ' {name} ')"
        for name in ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "bluesky-embed")
    )
)
_SHORT = 0.33  # of the page's paragraphs: below it the fast mode may have missed most of the article
_LONGER = 1.3  # times the text found before, from which on a longer candidate is worth having
_CONTAINS = 0.8  # of the tokens found before that a longer candidate must have: it is the same article
_UNKNOWN = 0.5  # confidence where the page has no paragraphs to compare with
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|h[1-6]|li|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundBody:
    """The text, a paragraph a line, and how far it agrees with the page's long paragraphs (0 to 1)."""

    text: str
    confidence: float


def find_body(
    tree: LexborHTMLParser, html: str, article_body: object, headings: Iterable[str], names: Iterable[str]
) -> FoundBody | None:
    """The article's text; None where there is none. `headings` and `names` (authors) do not belong to it.

    `article_body` is the value of JSON-LD's articleBody, whatever it is.
    """
    paragraphs = _paragraphs(tree)
    found = _extract(html, fast=True)
    if len(found) < _SHORT * len(paragraphs):
        found = _better(found, _extract(html, fast=False))
    if isinstance(article_body, str):
        found = _better(found, _lines(article_body))
    text = _without_site(found, {fold(it) for it in headings}, {fold(it) for it in names})
    confidence = round(score_body(text, paragraphs).f1, 3) if paragraphs else _UNKNOWN
    return FoundBody(text, confidence) if text else None


def _extract(html: str, *, fast: bool) -> str:
    import trafilatura  # a third of a second, which only HTML should pay

    found = trafilatura.extract(html, fast=fast, include_comments=False, prune_xpath=_EMBEDDED)
    return clean(found or "")


def _better(found: str, other: str) -> str:
    """The other candidate where it is the same article and clearly more of it."""
    if len(other) < _LONGER * len(found):
        return found
    return other if not found or score_body(found, other).precision >= _CONTAINS else found


def _lines(article_body: str) -> str:
    """articleBody as lines: some pages put HTML into it, some HTML that is escaped again."""
    return clean(plain(_BLOCK_TAG.sub("\n", entities.unescape(article_body))))


def _paragraphs(tree: LexborHTMLParser) -> str:
    """The long paragraphs of the page, but for those of its menus, sidebars and links."""
    return "\n".join(words for node in tree.css("p") if (words := long_paragraph(node)))


def _without_site(text: str, headings: set[str], names: set[str]) -> str:
    lines = [line for line in without_copies(split_lines(text)) if not _is_sites(line)]
    while lines and (fold(lines[0].text) in headings or _is_byline(lines[0], names)):
        del lines[0]
    while lines and _is_byline(lines[-1], names):
        del lines[-1]
    return "\n".join(line.text for line in lines)


def _is_sites(line: Line) -> bool:
    return is_furniture(line) or is_credit(line) or is_related_heading(line)


def _is_byline(line: Line, names: set[str]) -> bool:
    """Nothing but the author's name, perhaps with a label before it."""
    words = fold(line.text)
    return any(words.endswith(name) and len(words) <= len(name) + 8 for name in names if name)
