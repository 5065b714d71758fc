"""The site's name, the canonical address and the language that a page claims."""

from __future__ import annotations

import pytest

from etl.normalize.html.page import SiteName
from tests.unit.normalize.html.pages import URL, linked, meta, page, read


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (linked(publisher={"@type": "Organization", "name": "Пример"}), SiteName("json_ld", "Пример")),
        (linked(publisher="Пример"), SiteName("json_ld", "Пример")),
        (meta("og:site_name", "Пример"), SiteName("og_site_name", "Пример")),
        (meta("application-name", "Пример"), SiteName("application_name", "Пример")),
        (meta("og:site_name", "Б") + linked(publisher={"name": "А"}), SiteName("json_ld", "А")),
        (linked(publisher="https://example.kg/#organization"), None),
        ("", None),
    ],
)
def test_site_name(head: str, name: SiteName | None) -> None:
    assert read(page(head)).site_name == name


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (f'<link rel="canonical" href="{URL}">', URL),
        ('<link rel="canonical" href="/news/other">', "https://www.example.kg/news/other"),
        (meta("og:url", URL), URL),
        ('<link rel="canonical" href="https://example.kg/">' + meta("og:url", URL), URL),
        ('<link rel="canonical" href="https://example.kg/">', None),
        ('<link rel="canonical" href="http://[">', None),
        ('<link rel="canonical" href="javascript:void(0)">', None),
        ("", None),
    ],
)
def test_canonical_url(head: str, address: str | None) -> None:
    assert read(page(head), URL).canonical_url == address


def test_relative_address_without_base_is_none() -> None:
    assert read(page('<link rel="canonical" href="/news/other">'), None).canonical_url is None


SAVED = "https://example.kg/news/12345_most-otkryt"


def canonical(address: str) -> str:
    return f'<link rel="canonical" href="{address}">'


@pytest.mark.parametrize(
    "head",
    [
        canonical(SAVED),
        meta("og:url", SAVED),
        linked(mainEntityOfPage={"@id": SAVED}) + canonical(SAVED),
        canonical(SAVED) + meta("og:url", f"{SAVED}?utm_source=rss"),
        canonical(SAVED) + meta("og:url", "https://m.example.kg/news/12345_most-otkryt"),
        canonical(SAVED) + meta("og:url", "https://example.kg/"),
    ],
    ids=["canonical", "og:url", "JSON-LD", "tracking", "mirror", "front page beside it"],
)
def test_saved_page_tells_its_own_address(head: str) -> None:
    assert read(page(head), None).own_url == SAVED


@pytest.mark.parametrize(
    "head",
    [
        "",
        canonical("https://example.kg/"),
        canonical("https://example.kg/news/world"),
        canonical("/news/12345_most-otkryt"),
        canonical(SAVED) + canonical("https://example.kg/news/12346_drugoy"),
        canonical(SAVED) + meta("og:url", "https://other.kg/news/12345_most-otkryt"),
        canonical(SAVED) + linked(url="https://other.kg/a/777"),
        canonical("file:///home/reader/12345_most-otkryt.html"),
    ],
    ids=["none", "front page", "rubric", "relative", "two", "another host", "JSON-LD of another host", "a file"],
)
def test_address_that_may_be_another_pages_is_not_its_own(head: str) -> None:
    assert read(page(head), None).own_url is None


@pytest.mark.parametrize(
    ("html", "language"),
    [
        (page().replace("<html>", '<html lang="ru-RU">'), "ru"),
        (page().replace("<html>", '<html lang="KY">'), "ky"),
        (page(meta("og:locale", "ru_RU")), "ru"),
        (page(linked(inLanguage="kk")), "kk"),
        (page().replace("<html>", '<html lang="русский">'), None),
        (page(), None),
    ],
)
def test_language(html: str, language: str | None) -> None:
    assert read(html).language == language
