from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.layout.lines import split_lines
from etl.normalize.layout.prefix import find_prefix


@given(st.text(st.sampled_from("аб. \n\t•")))
def test_offsets_point_at_the_text_of_each_line(text: str) -> None:
    assert all(text[line.start : line.end] == line.text for line in split_lines(text))


@given(st.text(st.sampled_from("аб. \n\t•")))
def test_every_printed_character_is_on_a_line(text: str) -> None:
    assert "".join("".join(line.text.split()) for line in split_lines(text)) == "".join(text.split())


@pytest.mark.parametrize("text", ["Он ушёл.", "«Он ушёл.»", "Да!", "Почему?", "Он ушёл… [1]", "終わった。"])
def test_a_sentence_ends(text: str) -> None:
    assert split_lines(text)[0].ends_sentence


def test_a_blank_line_is_seen_by_the_next_line() -> None:
    assert [line.after_blank for line in split_lines("раз\nдва\n\nтри")] == [False, False, True]


def test_a_wide_character_counts_as_three_letters() -> None:
    assert split_lines("橋")[0].length == 3


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        (" date 2025-12-20 Президент выступил.", " date 2025-12-20 "),
        (" date 2025-08-22 16:21\nЗаголовок", " date 2025-08-22 16:21"),
        (" date 2025-11-24 https://example.kg/a\nЗаголовок", " date 2025-11-24 https://example.kg/a"),
        (" date 2026-03-07 06.03.2026, 20:20 26391", " date 2026-03-07 "),
    ],
    ids=["glued", "with the hour", "with the address", "before a printed stamp"],
)
def test_the_prefix_is_what_the_crawler_wrote(text: str, prefix: str) -> None:
    span = find_prefix(text)
    assert span is not None
    assert text[span.start : span.end] == prefix


@pytest.mark.parametrize("text", ["date of birth", "2025-12-20 Текст", "Текст date 2025-12-20 ", " date 2025-12-201"])
def test_what_only_looks_like_a_prefix_is_none(text: str) -> None:
    assert find_prefix(text) is None
