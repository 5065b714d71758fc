from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.layout import derive_title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Мост открыли утром. Движение начнётся завтра.", "Мост открыли утром"),
        (
            "Завод им. Ленина в г. Оше выкупил А. Б. Усенов, т. е. совладелец. Сделка закрыта.",
            "Завод им. Ленина в г. Оше выкупил А. Б. Усенов, т. е. совладелец",
        ),
        ("«Кто заплатит за ремонт?» — спросил депутат. Ответа не было.", "«Кто заплатит за ремонт?» — спросил депутат"),
        ("БИШКЕК, 10 авг – РИА Новости. Дорогу закрыли. Объезд есть.", "Дорогу закрыли"),
        ("Что будет с ценами на уголь? Эксперты спорят.", "Что будет с ценами на уголь?"),
        ("Без точки и без конца", "Без точки и без конца"),
    ],
    ids=["sentence", "abbreviations", "quoted question", "behind the dateline", "question", "unfinished"],
)
def test_the_title_is_the_first_sentence(body: str, title: str) -> None:
    assert derive_title(body) == title


def test_a_long_sentence_is_cut_at_the_end_of_a_word() -> None:
    title = derive_title("Рабочая группа " + "обсудила предложения " * 20)
    assert title.endswith(("обсудила…", "предложения…"))


@given(st.text(st.sampled_from("абв .,!?…»\n-")))
def test_no_title_is_longer_than_140_characters(body: str) -> None:
    assert len(derive_title(body)) <= 140
