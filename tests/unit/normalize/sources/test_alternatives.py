"""Searching by stems finds what the pattern alone would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.sources import agency, cited
from etl.normalize.sources.alternatives import has_one, matches, one_of, stems_of

_PATTERNS = {
    "offices": (cited._OFFICES, cited._SAYING_STEMS),
    "outlets": (cited._OUTLETS, cited._REFERENCES),
    "before a name": (agency._BEFORE_NAME, agency._BEFORE_STEMS),
}
_WORDS = (
    *("сообщил", "Сообщила", "сообщает", "передаёт", "ПЕРЕДАЛ", "рассказали", "по данным", "По информации", "заявил"),
    *("со ссылкой на", "пишет", "корреспонденту", "хабар медиҳад", "reported by", "reports", "пересообщил", "ё"),
    *("в", "во", "МВД", "Кабмине", "министерстве", "ТАСС", "«Кабар»", "агентства", "издание", "İ", ",", "\n", "_", ""),
)


@pytest.mark.parametrize("name", _PATTERNS)
@given(text=st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join) | st.text())
def test_finds_what_the_pattern_alone_finds(name: str, text: str) -> None:
    pattern, stems = _PATTERNS[name]
    found = [match.span() for match in matches(pattern, stems, text)]
    assert found == [match.span() for match in pattern.finditer(text)]


@given(text=st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join) | st.text())
def test_a_pattern_that_matches_has_one_of_its_stems(text: str) -> None:
    assert has_one(agency._AFTER_STEMS, text) or not agency._AFTER_NAME.search(text)


def test_a_match_within_another_is_none() -> None:
    pattern = re.compile(one_of("да да", "да"))
    assert [match[0] for match in matches(pattern, stems_of("да да", "да"), "да да да")] == ["да да", "да"]


def test_a_stem_ends_before_what_is_a_pattern() -> None:
    assert stems_of(r"сообщ(?:ил|ает)", r"переда[её]т", r"вестник\w*", "со ссылкой на", "дата?") == {
        *("сообщ", "переда", "вестник", "со ссылкой на", "дат")
    }
