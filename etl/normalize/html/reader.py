"""HTML to `HtmlPage`: each strategy is a module, this is their order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.extract.item import Rejection
from etl.extract.markup import excess_markup
from etl.normalize.html.body import find_body
from etl.normalize.html.credits import find_credits, people
from etl.normalize.html.dates import find_dates
from etl.normalize.html.json_ld import read_json_ld
from etl.normalize.html.metas import Metas, first, read_metas
from etl.normalize.html.nodes import text_of
from etl.normalize.html.page import HtmlPage
from etl.normalize.html.several import count_articles
from etl.normalize.html.site import find_canonical_url, find_language, find_own_url, find_site_names, host_names
from etl.normalize.html.title import Headings, find_title
from etl.normalize.limits import refuse_depth

_PROSE = re.compile(r"^.{60}|^.{30,}[.!?…]\s*$", re.MULTILINE)  # a menu has no line like that

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


def read_html(html: str, url: str | None) -> HtmlPage | Rejection:
    """The article of a page, or why there is none: empty, too_large, several_articles, no_body.

    `url` is where the page was fetched, if known.
    """
    from selectolax.lexbor import LexborHTMLParser

    if not html.strip():
        return Rejection("empty", "nothing but white space")
    if excess := excess_markup(html):
        return Rejection("too_large", excess)
    tree = LexborHTMLParser(html)
    if refused := refuse_depth(tree):
        return refused
    if (articles := count_articles(tree)) > 1:
        return Rejection("several_articles", f"{articles} whole articles on one page")
    metas = read_metas(tree)
    headings = _headings(tree, metas)
    linked = read_json_ld(tree, url, headings.all)
    headings = replace(headings, filed=linked.words("headline"))
    names = find_site_names(linked, metas)
    sites = [*(name.words for name in names), *host_names(url)]
    credits = find_credits(tree, linked, metas, sites)
    body = find_body(tree, html, linked.article.get("articleBody"), headings.all, credits)
    if body is None or not _PROSE.search(body.text):
        return Rejection("no_body", "no paragraphs that hold together were found")
    return HtmlPage(
        title=find_title(headings, sites),
        body=body.text,
        body_confidence=body.confidence,
        authors=people(credits, sites),
        credits=tuple(credits),
        site_name=names[0] if names else None,
        canonical_url=find_canonical_url(tree, metas, url),
        own_url=find_own_url(tree, metas, linked),
        language=find_language(tree, metas, linked),
        dates=find_dates(tree, linked, metas),
    )


def _headings(tree: LexborHTMLParser, metas: Metas) -> Headings:
    """All but JSON-LD's, which these tell from those of other articles."""
    document = tree.css_first("title")
    return Headings(
        shared=first(metas, "og:title"),
        filed=None,
        twitter=first(metas, "twitter:title"),
        h1=tuple(words for node in tree.css("h1") if (words := text_of(node))),
        document=text_of(document) if document else None,
    )
