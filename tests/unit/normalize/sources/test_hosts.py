from __future__ import annotations

import pytest

from etl.normalize.sources.hosts import host_of, site_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.KG/a?b=c", "example.kg"),
        ("http://example.kg.:8080/a", "example.kg"),
        ("https://user@example.kg/", "example.kg"),
        ("https://президент.рф/a", "xn--d1abbgf6aiiy.xn--p1ai"),
    ],
    ids=["case", "port and dot", "user", "punycode"],
)
def test_the_host_is_what_the_network_sees(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize("url", ["", "example.kg/a", "ftp://example.kg", "https://", "http://[", "https://./a"])
def test_what_is_no_http_address_has_no_host(url: str) -> None:
    assert host_of(url) is None


@pytest.mark.parametrize("host", ["example.kg", "www.example.kg", "m.example.kg", "amp.example.kg", "ru.m.example.kg"])
def test_mirrors_and_editions_are_one_site(host: str) -> None:
    assert site_of(host) == "example.kg"


@pytest.mark.parametrize("host", ["m.kg", "news.example.kg"])
def test_other_labels_are_part_of_the_name(host: str) -> None:
    assert site_of(host) == host
