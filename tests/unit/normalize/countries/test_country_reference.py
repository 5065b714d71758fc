from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import ReferenceDataError
from etl.normalize.article import Kind
from etl.normalize.countries.reference import name_id, read_blockers, read_names

COUNTRIES = frozenset({"KG", "KR", "KP"})
HEADER = "country,lemma,language,kind,flags\n"


def folder(path: Path, names: str, cities: str = "", blockers: str = "") -> Path:
    (path / "country_names.csv").write_text(HEADER + names, encoding="utf-8")
    (path / "cities.csv").write_text(HEADER + cities, encoding="utf-8")
    (path / "country_blockers.csv").write_text("lemma,language,rival_of\n" + blockers, encoding="utf-8")
    return path


def test_a_row_has_the_key_of_its_country_language_kind_and_lemma(tmp_path: Path) -> None:
    (row,) = read_names(folder(tmp_path, "KG,Кыргызстан,ru,name,\n"), COUNTRIES)
    assert row.name_id == name_id("KG", "ru", Kind.NAME, "Кыргызстан")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("XX,Кыргызстан,ru,name,\n", r"country_names\.csv:2: unknown country 'XX'"),
        ("KG,Кыргызстан,fr,name,\n", r"country_names\.csv:2: unknown language 'fr'"),
        ("KG,Кыргызстан,ru,river,\n", r"country_names\.csv:2: unknown kind 'river'"),
        ("KG,Кыргызстан,ru,name,nice\n", r"country_names\.csv:2: unknown flag 'nice'"),
        ("KG, Кыргызстан,ru,name,\n", r"country_names\.csv:2: the lemma ' Кыргызстан'"),
        ("KG,Кыргызстан,ru\n", r"country_names\.csv:2: 3 cells instead of 5"),
        ("KG,Кыргызстан,ru,name,\nKG,Кыргызстан,ru,name,\n", r"country_names\.csv:3: the same row stands in"),
        ("KP,Корея,ru,name,\nKR,Корея,ru,name,\n", r"country_names\.csv:3: 'Корея' is claimed by KR and by KP"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(ReferenceDataError, match=message):
        read_names(folder(tmp_path, rows), COUNTRIES)


def test_two_countries_may_share_a_lemma_that_the_document_decides(tmp_path: Path) -> None:
    rows = read_names(folder(tmp_path, "KP,Корея,ru,name,context\nKR,Корея,ru,name,\n"), COUNTRIES)
    assert [row.country for row in rows] == ["KP", "KR"]


def test_a_wrong_header_is_named_by_file(tmp_path: Path) -> None:
    (folder(tmp_path, "") / "cities.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"cities\.csv:1: the header must be"):
        read_names(tmp_path, COUNTRIES)


def test_a_blocker_in_an_unknown_language_is_named_by_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"country_blockers\.csv:2: unknown language 'fr'"):
        read_blockers(folder(tmp_path, "", blockers="Amérique latine,fr,\n"))
