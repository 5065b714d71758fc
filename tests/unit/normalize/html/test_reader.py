"""`read_html` as a whole: rejections, laws, what it costs to import."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.item import Rejection
from etl.normalize.html import HtmlPage, read_html
from tests.unit.normalize.html.pages import URL, linked, meta, page, read

_PIECES = st.sampled_from(
    [
        *("<h1>", "</h1>", "<p>", "</p>", "<article>", "<time datetime='", "'>", "<a rel=author>", "<div class=date>"),
        *(
            '<script type="application/ld+json">',
            "</script>",
            '{"@type":"NewsArticle","headline":',
            '"a"',
            "[",
            "]",
            "}",
        ),
        *('<meta property="og:title" content="', '">', "<link rel=canonical href='http://[", "<!--", "]]>", "&#xD800;"),
        *("5 мая 2025, 10:00", "99999-12-31", "Слова, которых хватит на целый абзац. " * 4, "\\ud83d", "\0"),
    ]
)
_HTML = st.lists(_PIECES | st.text(max_size=10), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("html", "reason"),
    [("", "empty"), (" \n", "empty"), ("<html></html>", "no_body"), ("<h1>Только заголовок</h1>", "no_body")],
)
def test_page_without_article_is_rejected(html: str, reason: str) -> None:
    rejected = read_html(html, URL)
    assert isinstance(rejected, Rejection)
    assert rejected.reason_code == reason


@settings(max_examples=60)
@given(_HTML, st.none() | st.text(max_size=10) | st.sampled_from([URL, "http://[", "file:///a.html"]))
def test_reading_never_raises_and_can_be_stored(html: str, url: str | None) -> None:
    found = read_html(html, url)
    assert isinstance(found, Rejection) or "\0" not in repr(found).encode("utf-8").decode("utf-8")


@settings(max_examples=30)
@given(_HTML)
def test_reading_twice_gives_the_same(html: str) -> None:
    assert read_html(page(html, html), URL) == read_html(page(html, html), URL)


def test_page_travels_between_processes() -> None:
    found = read(page(linked(author="Айгүл Осмонова") + meta("og:site_name", "Пример")))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


def test_values_of_the_page_are_clean_text() -> None:
    found = read(page(meta("og:title", "Мост&nbsp;на&#8203;  реке") + meta("author", "Айгүл\u00a0Осмонова")))
    assert (found.title, found.authors) == ("Мост на реке", ("Айгүл Осмонова",))


@pytest.mark.parametrize("module", ["trafilatura", "htmldate", "selectolax", "lxml", "warcio"])
def test_heavy_parser_is_not_imported_before_it_is_needed(module: str) -> None:
    code = f"import sys, etl.normalize.html, etl.extract.warc; sys.exit('{module}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_page_is_a_frozen_value() -> None:
    assert HtmlPage.__dataclass_params__.frozen  # type: ignore[attr-defined]
