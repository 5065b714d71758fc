from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from etl.errors import ReferenceDataError
from etl.normalize.sources import Sources

REFERENCE = Path(__file__).parents[4] / "seeds" / "reference"
SOURCES = "source_id,name,country_code,kind,languages,timezone,needs_review\n"
NAMES = "source_id,kind,value,flags\n"


def load(folder: Path, sources: str, names: str = "") -> Sources:
    (folder / "sources.csv").write_text(SOURCES + sources, encoding="utf-8")
    (folder / "source_names.csv").write_text(NAMES + names, encoding="utf-8")
    return Sources.load(folder)


def test_the_shipped_reference_data_can_be_read() -> None:
    assert Sources.load(REFERENCE).by_host("24.kg") == "24kg"


def test_sources_survive_a_process_boundary() -> None:
    sources = Sources.load(REFERENCE)
    assert pickle.loads(pickle.dumps(sources)) == sources  # noqa: S301 - our own bytes


@pytest.mark.parametrize("words", ["Вестник Долины", "вестник  долины", "«Вестник долины»"])
def test_a_name_is_known_in_any_dress(tmp_path: Path, words: str) -> None:
    name = load(tmp_path, "valley,Вестник долины,KG,portal,ru,Asia/Bishkek,false\n").by_name(words)
    assert name is not None
    assert name.source_id == "valley"


@pytest.mark.parametrize(
    ("sources", "names", "place"),
    [
        ("a,А,KG,portal,ru,Asia/Bishkek,false\na,Б,KG,portal,ru,,false\n", "", "sources.csv:3"),
        ("a,А,KG,portal,ru,Asia/Atlantis,false\n", "", "sources.csv:2"),
        ("a,А,KG,portal,ru\n", "", "sources.csv:2"),
        ("a,А,KG,portal,ru,,false\n", "b,name,Б,\n", "source_names.csv:2"),
        ("a,А,KG,portal,ru,,false\n", "a,nickname,Б,\n", "source_names.csv:2"),
        ("a,А,KG,portal,ru,,false\n", "a,name,Б,perhaps\n", "source_names.csv:2"),
        ("a,А,KG,portal,ru,,false\nb,Б,KG,portal,ru,,false\n", "a,name,Имя,\nb,name,ИМЯ,\n", "source_names.csv:3"),
        (
            "a,А,KG,portal,ru,,false\nb,Б,KG,portal,ru,,false\n",
            "a,domain,x.kg,\nb,domain,X.KG,\n",
            "source_names.csv:3",
        ),
    ],
    ids=["id twice", "zone", "fields", "dangling", "kind", "flag", "name of two", "domain of two"],
)
def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path, sources: str, names: str, place: str) -> None:
    with pytest.raises(ReferenceDataError, match=place):
        load(tmp_path, sources, names)


def test_wrong_columns_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"sources\.csv:1"):
        Sources.load(tmp_path)
