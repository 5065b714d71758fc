from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.countries.fold import fold, fold_name


@given(st.text())
def test_plain_and_folded_have_the_same_length(text: str) -> None:
    folded = fold(text)
    assert len(folded.plain) == len(folded.folded)


@given(st.text(alphabet="аё\u00adб \u200b\n\u0301-É"), st.data())
def test_a_span_of_the_folded_text_covers_the_same_letters_of_the_given_text(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.plain:
        return
    start = data.draw(st.integers(0, len(folded.plain) - 1))
    end = data.draw(st.integers(start + 1, len(folded.plain)))
    given_start, given_end = folded.span(start, end)
    assert fold(text[given_start:given_end]).plain == folded.plain[start:end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Кыргызcтан", "кыргызстан"),  # the fifth letter from the end is Latin
        ("Poссия", "россия"),
        ("iPhone и Windows", "iphone и windows"),
        ("Объединённые", "объединенные"),
        ("Шри–Ланка", "шри-ланка"),
        ("Южная\u00a0Корея", "южная корея"),
        ("Южная\nКорея", "южная корея"),
        ("Oʻzbekiston", "o'zbekiston"),
        ("İstanbul", "istanbul"),
    ],
)
def test_letters_that_look_or_are_used_alike_fold_to_one(text: str, expected: str) -> None:
    assert fold(text).folded == expected


def test_a_name_folds_as_a_text_does() -> None:
    assert fold_name("Кот-д’Ивуар") == fold("Кот-д'Ивуар").folded
