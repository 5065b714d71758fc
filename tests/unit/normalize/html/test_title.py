"""The headline among og:title, JSON-LD, h1 and title, without what templates add to it."""

from __future__ import annotations

import pytest

from etl.normalize.html.title import Headings, find_title
from tests.unit.normalize.html.pages import linked, meta, page, read

HEADLINE = "В Баткене открыли мост через реку"


@pytest.mark.parametrize(
    "shared",
    [
        f"{HEADLINE} | Пример",
        f"{HEADLINE} - Пример",
        f"{HEADLINE} – Общество – Пример",
        f"{HEADLINE}｜Пример",
        f"{HEADLINE}：Пример",
        f"{HEADLINE} | Пример | 05.05.2025",
        f"{HEADLINE} * Пример * автор А. Б.",
        f"{HEADLINE} :: Пример",
    ],
)
def test_addition_to_the_printed_headline_is_cut(shared: str) -> None:
    assert find_title(Headings(shared, None, None, (HEADLINE,), None), []) == HEADLINE


@pytest.mark.parametrize("name", ["Пример", "example.kg", "ПРИМЕР"])
def test_site_name_is_cut_where_no_headline_is_printed(name: str) -> None:
    headings = Headings(f"{HEADLINE} — {name}", None, None, (), None)
    assert find_title(headings, ["Пример", "example.kg"]) == HEADLINE


@pytest.mark.parametrize(
    "shared", ["Мост - в Баткене, дорога - в Оше, аэропорт - в Караколе", "Мост: как его строили", "Баткен-2025"]
)
def test_punctuation_of_the_headline_stays(shared: str) -> None:
    assert find_title(Headings(shared, None, None, ("Мост",), None), ["Пример"]) == shared


def test_rubric_in_the_h1_does_not_cut_the_headline() -> None:
    assert find_title(Headings(f"Видео | {HEADLINE}", None, None, ("Видео",), None), []) == f"Видео | {HEADLINE}"


def test_shared_title_goes_before_another_headline() -> None:
    assert find_title(Headings(HEADLINE, "Мост открыт", None, ("Мост открыт",), None), []) == HEADLINE


def test_typesetters_quotes_are_taken_from_the_filed_headline() -> None:
    headings = Headings('Фильм "Мост" покажут в Оше', "Фильм «Мост» покажут в Оше", None, (), None)
    assert find_title(headings, []) == "Фильм «Мост» покажут в Оше"


def test_site_name_alone_is_no_title() -> None:
    assert find_title(Headings("Пример", None, None, (), "Пример"), ["Пример"]) is None


def test_heading_that_is_the_site_name_is_passed_over() -> None:
    assert find_title(Headings("Пример", None, None, ("Пример", HEADLINE), None), ["Пример"]) == HEADLINE


def test_site_name_comes_from_the_page() -> None:
    html = page(meta("og:title", f"{HEADLINE} - Пример") + meta("og:site_name", "Пример"), above="")
    assert read(html).title == HEADLINE


def test_site_name_comes_from_the_host() -> None:
    assert read(page(f"<title>{HEADLINE} | Example.KG</title>", above="")).title == HEADLINE


@pytest.mark.parametrize(
    "written", ["Фильм &amp;laquo;Мост&amp;raquo;", "Фильм &laquo;Мост&raquo;", "Фильм\n <b>«Мост»</b> "]
)
def test_entities_tags_and_white_space_are_resolved(written: str) -> None:
    assert read(page(linked(headline=written), above="")).title == "Фильм «Мост»"


def test_half_a_surrogate_pair_is_dropped() -> None:
    html = page('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Мост \\ud83d"}</script>', "")
    assert read(html).title == "Мост"


def test_page_without_a_headline_has_no_title() -> None:
    assert read(page(above="")).title is None
