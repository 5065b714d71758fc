"""Two addresses of one page are one identity; addresses of two pages are two."""

from __future__ import annotations

import pytest

from etl.normalize.url import canonical_url

SAME = "24.kg/vlast/1_title"


@pytest.mark.parametrize(
    "url",
    [
        "https://24.kg/vlast/1_title",
        "http://24.kg/vlast/1_title/",
        "https://www.24.kg/vlast/1_title",
        "HTTPS://24.KG:443/vlast/1_title#comments",
        "https://24.kg./vlast/1_title?utm_source=x&fbclid=1",
    ],
)
def test_spellings_of_one_address_are_one_identity(url: str) -> None:
    assert canonical_url(url) == SAME


def test_query_that_names_the_page_stays_in_any_order() -> None:
    assert canonical_url("https://a.kg/n?id=1&p=2") == canonical_url("https://a.kg/n?p=2&id=1") == "a.kg/n?id=1&p=2"


@pytest.mark.parametrize("url", ["", "24.kg/vlast", "ftp://24.kg/x", "https://", "http://[bad", "mailto:a@b.kg"])
def test_what_is_no_web_address_is_no_identity(url: str) -> None:
    assert canonical_url(url) is None
