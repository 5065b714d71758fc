"""The body: what belongs to it, and where it is taken from."""

from __future__ import annotations

import pytest

from tests.unit.normalize.html.pages import BODY, PARAGRAPHS, linked, page, read

TITLE = "В Баткене открыли мост"


def test_article_is_the_body() -> None:
    assert read(page()).body == BODY


@pytest.mark.parametrize(
    "above",
    [
        f"<h1>{TITLE}</h1><h2>{TITLE}</h2><p>{TITLE.upper()}!</p>",
        f"<h1>{TITLE}</h1><p>Айгүл Осмонова</p>",
        f"<h1>{TITLE}</h1><p>Автор: Айгүл Осмонова</p>",
    ],
)
def test_title_and_byline_do_not_begin_the_body(above: str) -> None:
    assert read(page(linked(author="Айгүл Осмонова"), above)).body == BODY


@pytest.mark.parametrize(
    "below",
    [
        "<p>Айгүл Осмонова</p>",
        "<p>Фото: пресс-служба района</p>",
        "<p>Читайте также: В Оше отремонтировали дорогу</p>",
        "<p>Подписывайтесь на наш Телеграм-канал</p>",
    ],
)
def test_line_of_the_site_does_not_end_the_body(below: str) -> None:
    assert read(page(linked(author="Айгүл Осмонова"), below=below)).body == BODY


@pytest.mark.parametrize("name", ["twitter-tweet", "instagram-media", "tiktok-embed"])
def test_embedded_post_is_cut(name: str) -> None:
    post = f'<blockquote class="{name}"><p>Какой красивый мост построили в нашем районе, спасибо всем!</p></blockquote>'
    assert read(page(below=post)).body == BODY


def test_quotation_stays() -> None:
    quoted = "<blockquote><p>Мы ждали этого моста двадцать лет и дождались, сказал житель села.</p></blockquote>"
    assert "ждали этого моста" in read(page(below=quoted)).body


def test_article_body_fills_what_the_page_shows_only_in_part() -> None:
    rest = [f"{number}. {paragraph}" for number in (1, 2) for paragraph in PARAGRAPHS]
    html = page(linked(articleBody="\n".join([*PARAGRAPHS, *rest])))
    assert read(html).body == "\n".join([*PARAGRAPHS, *rest])


def test_article_body_in_html_becomes_lines() -> None:
    rest = [f"Позже уточнили: {paragraph}" for paragraph in PARAGRAPHS]
    markup = "".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in (*PARAGRAPHS, *rest))
    assert read(page(linked(articleBody=markup))).body == "\n".join([*PARAGRAPHS, *rest])


def test_text_that_a_page_prints_twice_is_read_once() -> None:
    again = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(page(below=f"<div class='text'>{again}</div>")).body == BODY


@pytest.mark.parametrize("article_body", ["Коротко о мосте.", "Совсем другая история о погоде на завтра. " * 80])
def test_article_body_that_is_less_or_another_text_is_left(article_body: str) -> None:
    assert read(page(linked(articleBody=article_body))).body == BODY


def test_plain_article_has_full_confidence() -> None:
    assert read(page()).body_confidence == 1.0


def test_article_that_is_not_in_paragraphs_is_as_likely_whole_as_not() -> None:
    html = f"<html><body><article><h1>{TITLE}</h1>{'<br><br>'.join(PARAGRAPHS)}</article></body></html>"
    assert read(html).body_confidence == 0.5


def test_confidence_falls_with_paragraphs_that_the_body_lacks() -> None:
    foreign = "".join(f"<p>{number}. {paragraph.upper()}</p>" for number, paragraph in enumerate(PARAGRAPHS * 3))
    html = page().replace("<main>", f"<section class='comments'>{foreign}</section><main>")
    assert read(html).body_confidence < 0.6
