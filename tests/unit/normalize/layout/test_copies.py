"""A page pasted twice is one article, whatever differs between the copies; what an author repeats stays."""

from __future__ import annotations

import pytest

from etl.normalize.layout import body_text, read_page
from etl.normalize.page import Page

TITLE = "В Оше открыли новый парк у реки"
PARAGRAPHS = (
    "ОШ, 14 мая. /Кабар/. Мэрия города открыла парк на берегу реки Ак-Буура, который строили полтора года.",
    "В парке посадили триста деревьев и поставили площадки для детей и спортсменов, сообщили в мэрии.",
    "Вход в парк бесплатный, работать он будет круглый год, охрана дежурит до полуночи.",
)
BODY = "\n".join(PARAGRAPHS)
ARTICLE = f"{TITLE}\n\n12:30, 14 мая 2025\n\n{BODY}\nПросмотров: 15\n"
UNSIGNED = ARTICLE.replace("ОШ, 14 мая. /Кабар/. ", "")


def page_of(text: str) -> Page:
    page = read_page(text)
    assert isinstance(page, Page), page
    return page


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE + ARTICLE,
        ARTICLE * 4,
        ARTICLE + ARTICLE.replace("15", "2741").replace("12:30", "18:05"),
        f" date 2025-05-15 {ARTICLE}\n date 2025-05-16 {ARTICLE}",
        ARTICLE + UNSIGNED,
        f"{ARTICLE}\n{BODY}",
        ARTICLE + f"{TITLE}\n\n12:30, 14 мая 2025\n\n{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}",
    ],
    ids=["twice", "four times", "other counters", "crawled twice", "without dateline", "body alone", "cut off"],
)
def test_the_same_article_twice_is_read_once(text: str) -> None:
    page = page_of(text)
    assert page.title is not None
    assert page.cut(page.title) == TITLE
    assert body_text(page) == BODY


def test_one_sentence_pasted_twice_is_one_sentence() -> None:
    sentence = "Одно предложение о погоде в столице на завтра."
    assert body_text(page_of(f"{sentence}\n{sentence}\n")) == sentence


def test_sentence_that_a_report_repeats_stays() -> None:
    refrain = "«Мы этого моста ждали двадцать лет», — говорит житель села."
    body = f"{PARAGRAPHS[0]}\n{refrain}\n{PARAGRAPHS[1]}\n{refrain}\n{PARAGRAPHS[2]}"
    assert body_text(page_of(f"{TITLE}\n\n{body}")) == body


def test_questions_of_an_interview_stay() -> None:
    turns = [
        "Вопрос:",
        PARAGRAPHS[1],
        "Ответ:",
        PARAGRAPHS[2],
        "Вопрос:",
        "Что будет с набережной?",
        "Ответ:",
        PARAGRAPHS[0],
    ]
    body = "\n".join(turns)
    assert body_text(page_of(f"{TITLE}\n\n{body}")) == body
