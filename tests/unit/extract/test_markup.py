"""Markup that would take a parser minutes is refused before one sees it."""

from __future__ import annotations

import pytest

from etl.extract.fragment import fragment_text
from etl.extract.item import Rejection
from etl.extract.markup import MOST_ATTRIBUTES, excess_markup
from etl.normalize.html import read_html

PARAGRAPH = "<p>В столице открыли мост, его строили два года и закончили раньше срока.</p>"
NESTED = "<div>" * 199_998 + PARAGRAPH
ATTRIBUTES = "<p " + " ".join(f"a{number}" for number in range(MOST_ATTRIBUTES + 1)) + ">"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (NESTED, "200,000 tags"),
        ("<!-- -->" * 200_000, "200,000 tags"),
        (f"{ATTRIBUTES}{PARAGRAPH}", "attributes"),
        (ATTRIBUTES.replace(" a", " b='>' a"), "attributes"),
        (
            "<p>" + "".join(f"<b a={n}>" for n in range(5000)) + "</p>" + "<p>x" * 5000,
            "5,000 different formatting tags",
        ),
    ],
    ids=["nested", "comments", "attributes", "quoted attributes", "formatting"],
)
def test_excess_is_named(html: str, words: str) -> None:
    assert words in (excess_markup(html) or "")


@pytest.mark.parametrize(
    "html",
    [
        PARAGRAPH * 5000,
        f"<p title='{'слово ' * 100_000}'>",
        "<br />" * 5000,
        "<p>" + "слово " * 100_000,
        f"<script>for (i=0;i<n.length;i++) {{ {'a = b; ' * 1000} }}</script>{PARAGRAPH}",
        "<b>слово</b> " * 5000,
    ],
    ids=["paragraphs", "long attribute", "closed tags", "long text", "program", "bold words"],
)
def test_large_page_is_parsed(html: str) -> None:
    assert excess_markup(html) is None


def test_page_with_excess_is_rejected_as_too_large() -> None:
    rejected = read_html(NESTED, None)
    assert isinstance(rejected, Rejection)
    assert rejected.reason_code == "too_large"


def test_fragment_with_excess_has_no_text() -> None:
    assert fragment_text(NESTED) == ""
