"""Pages with two whole articles are rejected with that reason; copies, teasers and a second heading are not."""

from __future__ import annotations

import pytest

from etl.extract.item import Rejection
from etl.normalize.html import read_html
from tests.unit.normalize.html.pages import BODY, PARAGRAPHS, URL, page, read

SCHOOL = (
    "В Нарыне открыли школу на четыреста мест, в которой будут учиться дети из пяти соседних сёл большого района.",
    "Школу строили три года, в ней есть спортивный зал, библиотека и столовая на сто двадцать человек.",
    "Первый звонок прозвенит в сентябре, учителей набрали из областного центра, из Оша и из столицы.",
    "Родители собрали деньги на форму для первоклассников, её сшили в местной мастерской за два месяца.",
    "Рядом построят детский сад на сто мест, деньги на него выделил областной бюджет прошлой осенью.",
)


def article(headline: str, paragraphs: tuple[str, ...]) -> str:
    return f"<article><h1>{headline}</h1>{''.join(f'<p>{it}</p>' for it in paragraphs)}</article>"


@pytest.mark.parametrize(
    "html",
    [
        page(below=article("В Нарыне открыли школу", SCHOOL)),
        page() + page(above=article("В Нарыне открыли школу", SCHOOL)),
    ],
    ids=["on one page", "two files in one"],
)
def test_two_whole_articles_are_rejected(html: str) -> None:
    rejected = read_html(html, URL)
    assert isinstance(rejected, Rejection)
    assert rejected.reason_code == "several_articles"


@pytest.mark.parametrize(
    "html",
    [
        page() + page(),
        page(below=article("В Нарыне открыли школу", SCHOOL[:1])),
        page(below=f"<aside>{article('В Нарыне открыли школу', SCHOOL)}</aside>"),
        page(above="<h1>Пример</h1><h1>В Баткене открыли мост</h1>"),
        page(below=article("В Баткене открыли мост через реку", PARAGRAPHS)),
    ],
    ids=["saved twice", "teaser", "sidebar", "site's name as a heading", "same text under another headline"],
)
def test_one_article_is_read(html: str) -> None:
    assert read(html).body.startswith(BODY)
