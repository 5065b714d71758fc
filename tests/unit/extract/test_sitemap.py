"""Sitemaps to links: pages and further sitemaps, the news extension, and what is damaged or hostile."""

from __future__ import annotations

import pytest

from etl.extract.item import Rejection
from etl.extract.sitemap import SitemapLink, read_sitemap

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = (
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(*urls: str) -> bytes:
    return f"<urlset {SPACE} {NEWS}>{''.join(f'<url>{url}</url>' for url in urls)}</urlset>".encode()


def test_page_with_its_change() -> None:
    links = list(read_sitemap(urlset("<loc> https://site.kg/1 </loc><lastmod>2025-08-22</lastmod>")))
    assert links == [SitemapLink("https://site.kg/1", is_sitemap=False, changed="2025-08-22")]


def test_news_page_with_title_and_date() -> None:
    (link,) = read_sitemap(
        urlset(
            "<loc>https://site.kg/1</loc>"
            "<image:image><image:loc>https://site.kg/1.jpg</image:loc><image:title>Фото</image:title></image:image>"
            "<news:news><news:publication><news:name>Сайт</news:name></news:publication>"
            "<news:publication_date>2025-08-22T16:21:00+06:00</news:publication_date>"
            "<news:title>Мост открыт</news:title></news:news>"
        )
    )
    assert link == SitemapLink("https://site.kg/1", False, "", "Мост открыт", "2025-08-22T16:21:00+06:00")


def test_index_names_further_sitemaps() -> None:
    index = f"<sitemapindex {SPACE}><sitemap><loc>https://site.kg/s1.xml</loc></sitemap></sitemapindex>".encode()
    assert list(read_sitemap(index)) == [SitemapLink("https://site.kg/s1.xml", is_sitemap=True, changed="")]


def test_sitemap_without_namespace_is_read() -> None:
    (link,) = read_sitemap(b"<urlset><url><loc>https://site.kg/1</loc></url></urlset>")
    assert isinstance(link, SitemapLink)


@pytest.mark.parametrize("loc", ["", "<loc/>", "<loc>file:///etc/passwd</loc>", "<loc>/1</loc>"])
def test_line_without_a_web_address_is_left_out(loc: str) -> None:
    assert list(read_sitemap(urlset(loc))) == []


def test_damaged_sitemap_gives_the_links_before_the_damage() -> None:
    first, last = read_sitemap(urlset("<loc>https://site.kg/1</loc>", "<loc>https://site.kg/2</loc>")[:-30])
    assert isinstance(first, SitemapLink)
    assert isinstance(last, Rejection)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'<!DOCTYPE urlset [<!ENTITY a "ha">]><urlset><url><loc>https://site.kg/&a;</loc></url></urlset>',
        "<urlset><url><loc>https://site.kg/1</loc></url></urlset>".encode("utf-16"),
        b'<?xml version="1.0" encoding="nonsense"?><urlset/>',
    ],
    ids=["empty", "entities", "utf-16", "unknown encoding"],
)
def test_what_is_no_sitemap_is_rejected(content: bytes) -> None:
    (found,) = read_sitemap(content)
    assert isinstance(found, Rejection)
    assert found.reason_code == "unreadable"
