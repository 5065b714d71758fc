from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.normalize.article import Kind
from etl.normalize.countries.gazetteer import Gazetteer, find_mentions
from etl.normalize.countries.reference import NAME_FILES, name_id

REFERENCE = Path(__file__).parents[4] / "seeds" / "reference"
GAZETTEER = Gazetteer.load()
_PIECES = st.sampled_from(
    [
        "Кыргызстан",
        "России",
        "кыргызско",
        "казахской",
        "США",
        "КР",
        "Чад",
        "Того",
        "Москва",
        "-",
        " ",
        "\n",
        ", ",
        "«",
        "»",
        "ё",
        "x",
        "\u00ad",
    ]
)


def found(text: str, language: str = "ru") -> list[tuple[str, str]]:
    return [(hit.country_code, hit.surface) for hit in find_mentions(GAZETTEER, text, language)]


@settings(max_examples=300)
@given(st.lists(_PIECES).map("".join), st.sampled_from(["ru", "ky", "kk", "uz", "tg", "en", "und"]))
def test_hits_are_ordered_and_do_not_overlap(text: str, language: str) -> None:
    hits = find_mentions(GAZETTEER, text, language)
    assert all(one.end <= other.start for one, other in pairwise(hits))


@given(st.lists(_PIECES).map("".join))
def test_the_surface_is_the_text_between_the_offsets(text: str) -> None:
    assert all(text[hit.start : hit.end] == hit.surface for hit in find_mentions(GAZETTEER, text, "ru"))


def test_a_hit_names_its_reference_row() -> None:
    (hit,) = find_mentions(GAZETTEER, "Посол вернулся из Венгрии.", "ru")
    assert hit.name_id == name_id("HU", "ru", Kind.NAME, "Венгрия")


def test_every_key_a_hit_can_carry_is_a_row_of_the_reference_data() -> None:
    keys = set()
    for name in NAME_FILES:
        with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
            keys |= {name_id(r["country"], r["language"], Kind(r["kind"]), r["lemma"]) for r in csv.DictReader(file)}
    carried = {
        reading.name_id
        for lexicon in GAZETTEER.lexicons.values()
        for readings in lexicon.readings
        for reading in readings
        if reading.country_code
    }
    assert carried <= keys


def test_each_part_of_a_compound_has_its_own_place() -> None:
    hits = find_mentions(GAZETTEER, "кыргызско-казахской", "ru")
    assert [(hit.country_code, hit.start, hit.end) for hit in hits] == [("KG", 0, 9), ("KZ", 10, 19)]


def test_a_longer_name_that_does_not_end_with_its_word_leaves_the_shorter_one() -> None:
    assert found("Выборы в Федеративную Республику Германию перенесли.") == [("DE", "Германию")]


def test_the_longest_name_wins() -> None:
    assert found("Выборы в Гвинее-Бисау и Экваториальной Гвинее") == [
        ("GW", "Гвинее-Бисау"),
        ("GQ", "Экваториальной Гвинее"),
    ]


def test_a_name_inside_a_word_is_none() -> None:
    assert found("Обманом и тиранией, начадив, он пошёл.") == []


def test_an_abbreviation_is_a_country_only_in_a_document_that_names_it() -> None:
    assert found("Президент РК выступил.") == []


def test_an_abbreviation_is_none_where_the_document_names_its_rival() -> None:
    assert found("Глава РК посетил Ялту. В Крыму и Казахстане жарко.") == [("KZ", "Казахстане")]


def test_the_language_of_a_text_speaks_for_its_country() -> None:
    assert found("КР Президенти", "ky") == [("KG", "КР")]


def test_a_person_found_once_is_that_person_in_the_whole_document() -> None:
    assert found("Пела Уитни Хьюстон. Поклонники Хьюстон плакали.") == []


def test_a_soft_hyphen_inside_a_name_is_kept_in_its_surface() -> None:
    assert found("Кыр\u00adгызстан открыл пост") == [("KG", "Кыр\u00adгызстан")]


@pytest.mark.parametrize("language", ["ky", "kk", "uz", "tg", "en", "und"])
def test_a_mixed_text_is_read_in_russian_too(language: str) -> None:
    assert ("HU", "Венгрии") in found("Посол прилетел из Венгрии.", language)
