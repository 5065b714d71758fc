"""What is no article by its size: refused at once, with the number that is too large."""

from __future__ import annotations

import pytest

from etl.extract.item import Rejection
from etl.normalize.html.reader import read_html
from etl.normalize.limits import MOST_CHARACTERS, MOST_LEVELS, refuse_text

PARAGRAPH = "<p>В посёлке открыли школу, и на праздник приехали гости из трёх соседних областей республики.</p>"


def page(inside: str) -> str:
    return f"<html><head><title>Школа</title></head><body>{PARAGRAPH * 3}{inside}</body></html>"


def test_longest_article_is_read_and_a_longer_one_is_not() -> None:
    assert refuse_text("а" * MOST_CHARACTERS) is None
    assert isinstance(refuse_text("а" * (MOST_CHARACTERS + 1)), Rejection)


HOSTILE = {
    "nested": "<div>" * 30_000,
    "nested and closed": "<div>" * 15_000 + "</div>" * 15_000,
    "many": PARAGRAPH * 40_000,
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(30_000)) + ">",
    "quoted attributes": "<div " + " ".join(f'a{number}=">"' for number in range(30_000)) + ">",
    "script with attributes": "<script " + " ".join(f"a{number}" for number in range(30_000)) + "></script>",
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_hostile_page_is_refused(inside: str) -> None:
    found = read_html(page(inside), None)
    assert isinstance(found, Rejection)
    assert found.reason_code == "too_large"


HARMLESS = {
    "script": "<script>" + "if (a<b && c) { d = e; }\n" * 3_000 + "</script>",
    "comment": "<!-- <div " + "x y z " * 10_000 + "-->",
    "data in an attribute": '<div data-state="' + "{} [] 'a' = b " * 10_000 + '"></div>',
    "levels": "<div>" * 490,
}


@pytest.mark.parametrize("inside", HARMLESS.values(), ids=HARMLESS)
def test_page_with_much_beside_its_text_is_read(inside: str) -> None:
    assert not isinstance(read_html(page(inside), None), Rejection)


@pytest.mark.parametrize("inside", ["<div><p>" * 600, "<div>" * 600 + "а" + "</div>" * 600], ids=["open", "closed"])
def test_page_that_is_nested_deeper_than_any_is_refused(inside: str) -> None:
    found = read_html(page(inside), None)
    assert isinstance(found, Rejection)
    assert found.reason_code == "too_large"


def test_page_that_is_nested_less_is_read() -> None:
    assert not isinstance(read_html(page("<div>" * (MOST_LEVELS - 10)), None), Rejection)
