"""JSON-LD: what is mended, and which of several nodes is the page's own article."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.html.json_ld import parse
from tests.unit.normalize.html.pages import URL, linked, page, read

HEADLINE = "В Баткене открыли мост"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('{"headline": "Мост"}', id="sound"),
        pytest.param('{"headline": "Мост",}', id="trailing comma"),
        pytest.param('{"headline": "Мост", "keywords": ["a", "b",],}', id="trailing comma in a list"),
        pytest.param('/* made by a template */ {"headline": "Мост"} // end', id="comments"),
        pytest.param('<!-- {"headline": "Мост"} -->', id="HTML comment"),
        pytest.param('<![CDATA[{"headline": "Мост"}]]>', id="CDATA"),
        pytest.param('{"headline": "Мост", "text": "one\ntwo\tthree"}', id="control characters"),
        pytest.param(r'{"headline": "Мост", "text": "d\'Or \x"}', id="wrong escapes"),
        pytest.param("{&quot;headline&quot;: &quot;Мост&quot;}", id="escaped as HTML"),
        pytest.param('{"headline": "Мост"};', id="semicolon"),
        pytest.param('{"headline": "Мост"}\n{"name": "Сайт"}', id="two objects"),
    ],
)
def test_broken_json_is_mended(script: str) -> None:
    first = parse(script)[0]
    assert isinstance(first, dict)
    assert first["headline"] == "Мост"


def test_address_in_a_string_is_no_comment() -> None:
    assert parse('{"url": "https://example.kg/a",}') == [{"url": "https://example.kg/a"}]


@pytest.mark.parametrize("script", ["", "{", "null,", '{"headline": }', "[" * 100_000, "undefined"])
def test_what_cannot_be_mended_gives_no_article(script: str) -> None:
    assert not any(isinstance(value, dict) for value in parse(script))


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda it: st.lists(it) | st.dictionaries(st.text(), it)))
def test_sound_json_is_read_as_it_stands(value: object) -> None:
    assert parse(json.dumps(value)) == [value]


@given(st.text(alphabet='{}[]",:/*\\ \n<!->&;ax1'))
def test_parsing_never_raises(script: str) -> None:
    assert isinstance(parse(script), list)


def test_article_in_a_graph_is_found() -> None:
    graph = {"@graph": [{"@type": "WebSite", "name": "Сайт"}, {"@type": "NewsArticle", "headline": HEADLINE}]}
    html = page(f'<script type="application/ld+json">{json.dumps(graph)}</script>', above="")
    assert read(html).title == HEADLINE


def test_article_as_main_entity_of_the_page_is_found() -> None:
    tree = {
        "@type": "WebPage",
        "mainEntity": {"@type": ["Thing", "http://schema.org/BlogPosting"], "headline": HEADLINE},
    }
    html = page(f'<script type="application/ld+json">{json.dumps(tree)}</script>', above="")
    assert read(html).title == HEADLINE


def test_articles_of_a_list_are_not_the_pages_own() -> None:
    others = [{"@type": "NewsArticle", "headline": f"Новость номер {n}", "datePublished": "2020-01-01"} for n in (1, 2)]
    html = page(f'<script type="application/ld+json">{json.dumps(others)}</script>')
    assert read(html).dates == ()


def test_of_several_articles_the_one_with_the_pages_heading_is_taken() -> None:
    html = page(linked(headline="Другая новость", datePublished="2020-01-01") + linked(headline=HEADLINE, author="А Б"))
    assert read(html).credits == ("А Б",)


def test_of_several_articles_the_one_with_the_pages_address_is_taken() -> None:
    html = page(
        linked(headline="Иная", author="Х У") + linked(headline="Мост", author="А Б", mainEntityOfPage=URL + "#a")
    )
    assert read(html).credits == ("А Б",)


def test_article_inside_a_teaser_list_is_passed_over() -> None:
    teasers = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Чужая новость"}]}
    html = page(f'<script type="application/ld+json">{json.dumps(teasers)}</script>')
    assert read(html).title == HEADLINE
