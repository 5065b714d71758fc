from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.normalize.countries.lexicon import COMPILED, compiled_digest, input_digest
from etl.normalize.countries.reference import BLOCKER_FILE, NAME_FILES, read_names

REFERENCE = Path(__file__).parents[4] / "seeds" / "reference"
REBUILD = "run python -m etl.normalize.countries.compile"


def test_the_shipped_gazetteer_was_compiled_from_the_reference_data_as_it_is() -> None:
    assert compiled_digest() == input_digest(REFERENCE), REBUILD


def test_compiling_again_gives_the_shipped_bytes() -> None:
    pytest.importorskip("pymorphy3", reason="pymorphy3, which inflects the names, is not installed")
    from etl.normalize.countries.compile import compiled_lines
    from etl.normalize.countries.lexicon import compiled_text

    assert compiled_lines(REFERENCE) == compiled_text().split("\n"), REBUILD


def test_the_shipped_gazetteer_is_small() -> None:
    assert COMPILED.stat().st_size < 3_000_000


@pytest.mark.parametrize("name", [*NAME_FILES, BLOCKER_FILE])
def test_reference_rows_are_sorted_so_that_a_line_has_one_place(name: str) -> None:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert rows == sorted(rows)


def test_every_country_of_the_world_has_a_russian_name() -> None:
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as file:
        countries = frozenset(row["country_code"] for row in csv.DictReader(file))
    named = {row.country for row in read_names(REFERENCE, countries) if row.language == "ru" and row.kind == "name"}
    assert named == countries
