"""Whom a page credits, and which of them are people."""

from __future__ import annotations

import pytest

from etl.normalize.html.credits import is_person
from tests.unit.normalize.html.pages import linked, meta, page, read

SITE = meta("og:site_name", "Пример")


@pytest.mark.parametrize(
    "author",
    [
        pytest.param("Айгүл Осмонова", id="words"),
        pytest.param({"@type": "Person", "name": "Айгүл Осмонова"}, id="person"),
        pytest.param([{"@type": "Person", "name": "Айгүл Осмонова"}], id="list"),
        pytest.param({"@type": "Person", "name": ["Айгүл Осмонова"]}, id="list of names"),
        pytest.param({"@type": "Person", "name": "Автор:  Айгүл\nОсмонова"}, id="label and white space"),
        pytest.param({"@type": "Person", "givenName": "Айгүл", "familyName": "Осмонова"}, id="parts of a name"),
    ],
)
def test_author_in_json_ld(author: object) -> None:
    assert read(page(linked(author=author))).authors == ("Айгүл Осмонова",)


def test_author_by_reference() -> None:
    graph = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#p1"}},'
        ' {"@type": "Person", "@id": "#p1", "name": "Айгүл Осмонова"}]}</script>'
    )
    assert read(page(graph)).authors == ("Айгүл Осмонова",)


@pytest.mark.parametrize(
    "words",
    [
        "Айгүл Осмонова, Бакыт Асанов",
        "Айгүл Осмонова и Бакыт Асанов",
        "Айгүл Осмонова; Бакыт Асанов",
        "By Айгүл Осмонова and Бакыт Асанов",
        "Айгүл Осмонова жана Бакыт Асанов",
    ],
)
def test_several_names_in_one_value(words: str) -> None:
    assert read(page(linked(author=words))).authors == ("Айгүл Осмонова", "Бакыт Асанов")


def test_surname_with_a_comma_is_one_name() -> None:
    assert read(page(meta("author", "Осмонова, Айгүл"))).credits == ("Осмонова, Айгүл",)


def test_particle_at_the_beginning_is_no_label() -> None:
    assert read(page(linked(author="Von der Heide"))).credits == ("Von der Heide",)


def test_same_name_twice_is_one_author() -> None:
    assert read(page(linked(author=["Айгүл Осмонова", "айгүл осмонова"]))).authors == ("Айгүл Осмонова",)


@pytest.mark.parametrize("name", ["author", "article:author", "dc.creator", "parsely-author"])
def test_author_in_a_meta(name: str) -> None:
    assert read(page(meta(name, "Айгүл Осмонова"))).authors == ("Айгүл Осмонова",)


@pytest.mark.parametrize("content", ["https://facebook.com/example", "news@example.kg", "@example", "{{author}}"])
def test_address_or_placeholder_is_no_credit(content: str) -> None:
    assert read(page(meta("article:author", content))).credits == ()


@pytest.mark.parametrize(
    "byline",
    [
        '<span itemprop="author">Айгүл Осмонова</span>',
        '<a rel="author" href="/u/7">Айгүл Осмонова</a>',
        '<div class="article__author">Автор: Айгүл Осмонова</div>',
        '<p class="by">Текст <a href="/authors/osmonova">Айгүл Осмонова</a></p>',
    ],
)
def test_byline_of_known_markup(byline: str) -> None:
    assert read(page(SITE, above=f"<h1>Мост</h1>{byline}")).authors == ("Айгүл Осмонова",)


@pytest.mark.parametrize("around", ["aside", "footer", "nav", "form"])
def test_byline_of_another_article_is_none(around: str) -> None:
    html = page(below=f'<{around}><span class="author">Айгүл Осмонова</span></{around}>')
    assert read(html).credits == ()


def test_author_of_a_comment_is_none() -> None:
    assert read(page(below='<div class="comments"><b class="author">Айгүл Осмонова</b></div>')).credits == ()


def test_byline_outranks_the_site_as_author() -> None:
    html = page(SITE + linked(author="Пример"), above='<h1>Мост</h1><p class="byline">Айгүл Осмонова</p>')
    assert read(html).credits == ("Айгүл Осмонова",)


def test_site_is_a_credit_and_no_author_where_nobody_else_is_named() -> None:
    found = read(page(SITE + linked(author={"@type": "Organization", "name": "ПРИМЕР"})))
    assert (found.credits, found.authors) == (("ПРИМЕР",), ())


def test_agency_is_a_credit_and_no_author() -> None:
    found = read(page(linked(author=["Айгүл Осмонова", "Кабар"])))
    assert (found.credits, found.authors) == (("Айгүл Осмонова", "Кабар"), ("Айгүл Осмонова",))


@pytest.mark.parametrize(
    "name",
    [
        "Айгүл Осмонова",
        "Бакыт Асан уулу",
        "Jean-Luc de la Tour",
        "Dr. Max Mustermann",
        "Соҳиба Раҳимова",
        "А. Осмонова",
    ],
)
def test_name_of_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Кабар",
        "ТАСС",
        "Редакция",
        "редакция сайта",
        "Пресс-служба президента",
        "Отдел новостей",
        "Associated Press",
        "Guest Author 7",
        "Guardian staff reporter",
        "Deutsche Presse-Agentur",
        "",
    ],
)
def test_name_of_no_person(name: str) -> None:
    assert not is_person(name)
