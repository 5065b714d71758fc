"""Whom a page credits with its article, and which of them are people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from etl.normalize.html.json_ld import LinkedData, words_of
from etl.normalize.html.metas import Metas
from etl.normalize.html.nodes import ancestors, around_headline, attribute, text_of
from etl.normalize.html.words import fold, tidy

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_METAS = (
    "author",
    "article:author",
    "article:author:name",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "mediator_author",
)
_LABEL = re.compile(
    r"^\s*(?:(?:автор(?:ы|у|лору|лары)?(?:\s(?:текста|материала|статьи))?|текст|muallif|муаллиф|authors?)\s*:\s*"
    r"|(?:written\s)?by:?\s+|von:?\s+(?!de[rnm]\s))(?=\S)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[;|•]\s*|\s*,\s+(?:and|und|и)\s+|\s*,\s*|\s+(?:and|und|и|жана|және|va|&)\s+")
_SURNAME_FIRST = re.compile(r"^[^\s,]+,\s*[^\s,]+$")
_NO_NAME = re.compile(r"https?:|www\.|[@<>{}=]|\d{3}")
_LONGEST = 80  # characters of one name

_WORD = re.compile(r"[^\W\d_]+(?:[.'’ʻ-]+[^\W\d_]+)*\.?")
# fmt: off
_PARTICLES = frozenset((
    "de", "da", "di", "del", "della", "der", "den", "van", "von", "y", "e", "al", "el", "bin", "ibn", "ben", "la", "le",
    "du", "dos", "das", "уулу", "кызы", "оглы", "углы",
))
# fmt: on
_NO_PERSON = re.compile(
    r"\b(?:редакц|агентств|пресс|служб|отдел|новост|корреспондент|портал|газет|журнал|телеканал|радио|команд|админ"
    r"|staff|news|agenc|agentur|desk|press|team|redak|redac|editor|report|correspond|media|group|times|post\b|daily"
    r"|online|tv\b|radio|magazin|zeitung|contributor|guest|admin|university|ministry|institute|syndicate)",
    re.IGNORECASE,
)
_DECLARED = "[itemprop~=author], [rel~=author]"  # schema.org's microdata, HTML's link type
_BYLINE = "[class*=author i], [class*=byline i], [class*=avtor i], a[href*='/author' i], a[href*='/autor' i]"
_ELSEWHERE = frozenset({"nav", "footer", "aside", "form"})
_MOST_BYLINES = 12
_LONGEST_BYLINE = 3 * _LONGEST


def find_credits(tree: LexborHTMLParser, linked: LinkedData, metas: Metas, site_names: Iterable[str]) -> list[str]:
    """The names that JSON-LD, else the metas, else a by-line of known markup give as authors, each once.

    The site's own name says nothing: a by-line outranks it, and it is a credit only where nothing else is.
    """
    sites = {fold(name) for name in site_names}
    values = (_json_ld(linked), (it for name in _METAS for it in metas.get(name, ())), _microdata(tree))
    declared = [_unique(_names(it)) for it in values]
    for names in declared:
        others = [name for name in names if fold(name) not in sites]
        if others:
            return others
    return _unique(_byline(tree, sites)) or next((names for names in declared if names), [])


def people(credits: Iterable[str], site_names: Iterable[str]) -> tuple[str, ...]:
    """The credits that read like a person's name: two to five words, no word of an organisation, not the site."""
    sites = {fold(name) for name in site_names}
    return tuple(name for name in credits if fold(name) not in sites and is_person(name))


def is_person(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 5 or _NO_PERSON.search(name):
        return False
    return all(_WORD.fullmatch(word) and (not word[0].islower() or word in _PARTICLES) for word in words)


def _json_ld(linked: LinkedData) -> Iterator[str]:
    for author in linked.follow(linked.article.get("author") or linked.article.get("creator")):
        if isinstance(author, str):
            yield author
            continue
        names = author.get("name")
        for name in names if isinstance(names, list) else [names]:
            if isinstance(name, str):
                yield name
        if not names and words_of(author, "familyName"):
            yield f"{words_of(author, 'givenName') or ''} {words_of(author, 'familyName')}"


def _names(values: Iterable[str]) -> Iterator[str]:
    """Single names: a value may hold a label and several of them."""
    for value in values:
        words = _LABEL.sub("", tidy(value))
        parts = [words] if _SURNAME_FIRST.match(words) else _BETWEEN.split(words)
        for part in parts:
            name = part.strip(" .,:-–—/")
            if name and len(name) <= _LONGEST and not _NO_NAME.search(name):
                yield name


def _unique(names: Iterable[str]) -> list[str]:
    return list({fold(name): name for name in reversed(list(names)) if fold(name)}.values())[::-1]


def _microdata(tree: LexborHTMLParser) -> list[str]:
    """The first element that is declared to hold the author."""
    found = (_byline_text(node) for node in tree.css(_DECLARED)[:_MOST_BYLINES])
    return next(([words] for words in found if words), [])


def _byline(tree: LexborHTMLParser, sites: set[str]) -> list[str]:
    """The people of the element nearest to the headline that is marked as a by-line and names some."""
    for level in around_headline(tree):
        for node in level.css(_BYLINE)[:_MOST_BYLINES]:
            named = [it for it in _names([_byline_text(node)]) if is_person(it) and fold(it) not in sites]
            if named:
                return named
    return []


def _byline_text(node: LexborNode) -> str:
    """What an element says; empty where it is long, or part of comments, menus or teasers."""
    words = attribute(node, "content") or text_of(node)
    return "" if len(words) > _LONGEST_BYLINE or _is_elsewhere(node) else words


def _is_elsewhere(node: LexborNode) -> bool:
    return any(it.tag in _ELSEWHERE or "comment" in attribute(it, "class").lower() for it in ancestors(node))
