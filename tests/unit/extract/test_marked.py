"""Marks of messengers: those that a reader does not see go, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.marked import unmarked


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**В Оше открыли мост**\n\nОн новый.", "В Оше открыли мост\n\nОн новый."),
        ("❗️**В Оше открыли мост\n**\nОн новый.", "❗️В Оше открыли мост\n\nОн новый."),
        ("**На** **мосту** 📷**Фото **[здесь](https://t.me/osh/1)", "На мосту 📷Фото здесь"),
        ("Мост [открыли](https://example.kg/a_(b)?c=1) вчера", "Мост открыли вчера"),
        ("[**Мост**](https://example.kg)", "Мост"),
        ("__Цифра **дня__**: 5", "Цифра дня: 5"),
        ("Было ~~10~~ 12", "Было 10 12"),
    ],
)
def test_marks_in_pairs_go_and_labels_stay(text: str, seen: str) -> None:
    assert unmarked(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "Meta** и ещё одна сеть**\n** признана экстремистской",
        "2 ** 3, snake__case, https://example.kg/a__b__c",
        "см. [1] (подробнее ниже), [текст](сноска)",
        "** одна звезда без пары",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert unmarked(text) == text


@given(st.text("*_~[]()a \n", max_size=60))
def test_nothing_is_added_and_words_keep_their_order(text: str) -> None:
    seen = unmarked(text)
    assert len(seen) <= len(text)
    assert seen.count("a") == text.count("a")


@pytest.mark.parametrize("text", ["**a" + " " * 200_000, "[" * 200_000, "**a " * 50_000, "__" + "\n" * 200_000])
def test_hostile_marks_are_read_in_linear_time(text: str) -> None:
    assert unmarked(text).count("a") == text.count("a")
