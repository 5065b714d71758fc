"""What the page says of its site and itself: the publisher's name, the canonical address, the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from etl.normalize.html.json_ld import LinkedData, words_of
from etl.normalize.html.metas import Metas, first
from etl.normalize.html.nodes import attribute
from etl.normalize.html.page import SiteName
from etl.normalize.html.words import tidy
from etl.normalize.sources.hosts import site_of
from etl.normalize.url import canonical_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_][\w-]+)?\s*$")
# An article's address has its number or date, or words of its headline; a rubric's ('/news/world') has neither.
_NAMES_ONE = re.compile(r"\d{3}|[^\W_]+(?:[-_][^\W_]+){2}")
_MIRRORS = frozenset({"www", "m", "amp", "mobile"})


def find_site_names(linked: LinkedData, metas: Metas) -> list[SiteName]:
    """Every name that the page gives its publisher, the best first."""
    publishers = [words_of(it, "name") if isinstance(it, dict) else tidy(it) for it in _publishers(linked)]
    found = [
        *(SiteName("json_ld", name) for name in publishers if name and "://" not in name),
        *(SiteName("og_site_name", name) for name in metas.get("og:site_name", ())),
        *(SiteName("application_name", name) for name in metas.get("application-name", ())),
        *(SiteName("application_name", name) for name in metas.get("apple-mobile-web-app-title", ())),
    ]
    return list(dict.fromkeys(found))


def host_names(url: str | None) -> list[str]:
    """The host and its telling label, as templates add them to titles: 'example.kg' and 'example'."""
    labels = [label for label in _host(url or "").split(".") if label not in _MIRRORS]
    telling = max(labels[:-1], key=len, default="")
    return [".".join(labels), *([] if telling.isdigit() else [telling])] if telling else []


def find_canonical_url(tree: LexborHTMLParser, metas: Metas, url: str | None) -> str | None:
    """`<link rel=canonical>` or og:url. One that names the front page for a deeper one is a template's mistake."""
    links = [attribute(node, "href") for node in tree.css("link[rel~=canonical i]")]
    for link in (*links, first(metas, "og:url") or ""):
        absolute = _join(url or "", link.strip())
        if _host(absolute) and not (url and _is_front(absolute) and not _is_front(url)):
            return absolute
    return None


def find_own_url(tree: LexborHTMLParser, metas: Metas, linked: LinkedData) -> str | None:
    """The page's own address in its own words, good enough to tell it from other articles where nobody says whence it
    came. None where the canonical links, og:url and JSON-LD name different pages, or one that many pages may name: the
    front page, a rubric.
    """
    named = [
        *(attribute(node, "href").strip() for node in tree.css("link[rel~=canonical i]")),
        *(metas.get("og:url", ())),
        *linked.addresses,
    ]
    urls = [url for url in named if _host(url) and not _is_front(url)]
    pages = {(site_of(_host(url)), _path(url)) for url in urls}
    return urls[0] if len(pages) == 1 and _NAMES_ONE.search(_path(urls[0])) else None


def find_language(tree: LexborHTMLParser, metas: Metas, linked: LinkedData) -> str | None:
    """The language of `<html lang>`, og:locale or inLanguage: 'ru' of 'ru-RU'."""
    root = tree.css_first("html")
    claims = (
        attribute(root, "lang") if root else "",
        first(metas, "og:locale", "content-language"),
        linked.words("inLanguage"),
    )
    matches = (_LANGUAGE.match(claim.strip()) for claim in claims if claim)
    return next((match[1].lower() for match in matches if match), None)


def _publishers(linked: LinkedData) -> list[dict[str, object] | str]:
    return [*linked.follow(linked.article.get("publisher")), *linked.follow(linked.page.get("publisher"))]


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _path(url: str) -> str:
    """Path and query as an identity has them."""
    return unquote(canonical_url(url) or "").partition("/")[2]


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
