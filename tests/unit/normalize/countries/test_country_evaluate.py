from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.normalize.article import Kind
from etl.normalize.countries.evaluate import Found, GoldText, read_gold, score, write_predictions

TEXT = GoldText(
    "a", "США и Ош, доллар США", "ru", "", (Found(0, 3, "US", Kind.ABBREVIATION), Found(6, 8, "KG", Kind.CITY))
)


def scores(found: tuple[Found, ...], tier: str, level: str) -> tuple[int, int, int]:
    (row,) = [row for row in score([TEXT], [found]) if (row.tier, row.level) == (tier, level)]
    return row.true_positives, row.false_positives, row.false_negatives


def test_a_mention_is_right_where_it_overlaps_the_same_country() -> None:
    assert scores((Found(1, 3, "US", Kind.NAME),), "names", "mention") == (1, 0, 0)


def test_a_mention_matches_once() -> None:
    twice = (Found(0, 1, "US", Kind.NAME), Found(2, 3, "US", Kind.NAME))
    assert scores(twice, "names", "mention") == (1, 1, 0)


def test_a_document_counts_a_country_once() -> None:
    twice = (Found(0, 3, "US", Kind.NAME), Found(17, 20, "US", Kind.CURRENCY))
    assert scores(twice, "names", "document") == (1, 0, 0)


def test_cities_are_outside_the_tier_of_names() -> None:
    assert scores((Found(6, 8, "KG", Kind.CITY),), "names", "mention") == (0, 0, 1)


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    row = next(row for row in score([TEXT], [TEXT.mentions[:1]]) if row.tier == "all but languages")
    assert row.f1 == pytest.approx(2 * row.precision * row.recall / (row.precision + row.recall))


def test_predictions_are_written_in_the_exchange_format(tmp_path: Path) -> None:
    found = [Found(17, 20, "US", Kind.CURRENCY), Found(0, 3, "GB", Kind.LANGUAGE)]
    write_predictions(tmp_path / "p.json", [TEXT], [found])
    written = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert written == {"a": [{"start": 17, "end": 20, "iso2": "US", "kind": "name"}]}


def test_a_gold_text_without_id_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "Ош", "mentions": []}\n', encoding="utf-8")
    assert read_gold(path) == [GoldText("1", "Ош", "und", "", ())]


@pytest.mark.parametrize("line", ["no json", "{}", '{"text": "Ош", "mentions": [{"start": 0}]}', "[]"])
def test_a_line_that_is_no_gold_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"gold\.jsonl:1: not in the gold format"):
        read_gold(path)
