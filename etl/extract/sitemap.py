"""Sitemaps (sitemaps.org 0.9), their indexes, and the news extension: addresses of pages with what is said of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, iterparse

from etl.extract.item import Rejection

SITEMAP_BYTES = 50 * 1024 * 1024  # unpacked: what the protocol allows
_NEWS = "sitemap-news"  # in the namespace of the news extension; those of images and videos have titles too


@dataclass(frozen=True, slots=True)
class SitemapLink:
    """A line of a sitemap.

    is_sitemap: the address is of a further sitemap, not of a page.
    changed: lastmod, in its own words: it is no date of publication. title, published: of the news extension.
    """

    url: str
    is_sitemap: bool
    changed: str
    title: str | None = None
    published: str | None = None


def read_sitemap(content: bytes) -> Iterator[SitemapLink | Rejection]:
    """The links of a sitemap in its order; a Rejection at the end of one that is damaged or declares entities."""
    if b"<!ENTITY" in content or b"\0" in content:  # NUL: the protocol allows nothing but UTF-8
        yield Rejection("unreadable", "a sitemap is UTF-8 and declares no entities")
        return
    try:
        for _, element in iterparse(io.BytesIO(content)):  # noqa: S314 - entities are refused above
            if _name(element) in ("url", "sitemap"):
                link = _link(element)
                element.clear()
                if link:
                    yield link
    except (ParseError, LookupError, ValueError) as error:
        yield Rejection("unreadable", f"the sitemap is damaged: {error}")


def _link(element: Element) -> SitemapLink | None:
    said = {_name(part): (part.text or "").strip() for part in element}
    news = {_name(part): (part.text or "").strip() for part in element.iter() if _NEWS in part.tag}
    url = said.get("loc", "")
    if not url.startswith(("http://", "https://")):
        return None
    return SitemapLink(
        url=url,
        is_sitemap=_name(element) == "sitemap",
        changed=said.get("lastmod", ""),
        title=news.get("title") or None,
        published=news.get("publication_date") or None,
    )


def _name(element: Element) -> str:
    """Without the namespace, which sites write in many ways."""
    return element.tag.rpartition("}")[2].lower()
