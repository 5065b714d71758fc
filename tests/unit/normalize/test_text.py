from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.text import clean

# Letters with combining marks beside everything that `clean` treats, so that the pieces meet each other.
tricky = st.text(
    st.sampled_from(list("aеи \t\n\r\x0b\x85\u0306\u0308\u00a0\u00ad\u200b\u2028\ufeff\x00\u3000")) | st.characters()
)


@given(tricky)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(tricky)
def test_no_line_ends_in_a_space(text: str) -> None:
    assert all(line == line.rstrip(" \t") for line in clean(text).split("\n"))


@given(tricky)
def test_no_control_character_but_tab_and_line_feed_is_left(text: str) -> None:
    assert {c for c in clean(text) if unicodedata.category(c) == "Cc"} <= {"\t", "\n"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\ufeffБишкек", "Бишкек"),
        ("10\u00a0млн\u202fсомов", "10 млн сомов"),
        ("Кыр\u00adгыз\u200bстан", "Кыргызстан"),
        ("раз\r\nдва\rтри\u2028четыре", "раз\nдва\nтри\nчетыре"),
        ("строка  \t\nещё", "строка\nещё"),
        ("кра\u0438\u0306", "край"),
        ("a\x00b\x1fc", "abc"),
        (" date 2025-12-20 ", " date 2025-12-20"),
    ],
    ids=["bom", "spaces", "invisible", "line ends", "trailing", "nfc", "control", "leading space stays"],
)
def test_one_spelling(raw: str, expected: str) -> None:
    assert clean(raw) == expected
