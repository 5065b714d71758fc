"""newshouse evaluate: what it prints and writes for annotated texts, and what it says of a wrong file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.cli import main

GOLDEN = Path(__file__).parent


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["newshouse", "evaluate", *map(str, arguments)])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return answer


def test_countries_are_scored_by_tier(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "countries", GOLDEN / "countries.jsonl", "--json") == 0
    assert {row["tier"] for row in rows(capsys)} >= {"names", "names and demonyms", "all but languages", "city"}


def test_country_predictions_have_offsets_into_the_given_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "found.json"
    text = "\ufeff\u00a0Посол  Японии прибыл в\r\nБишкек."
    gold.write_text(json.dumps({"id": "a", "text": text, "mentions": []}) + "\n", encoding="utf-8")
    run(monkeypatch, "countries", gold, "--predictions", predictions)
    found = json.loads(predictions.read_text(encoding="utf-8"))["a"]
    assert [(hit["iso2"], hit["kind"], text[hit["start"] : hit["end"]]) for hit in found] == [
        ("JP", "name", "Японии"),
        ("KG", "city", "Бишкек"),
    ]


def test_dates_are_judged_and_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    predictions = tmp_path / "found.json"
    assert run(monkeypatch, "dates", GOLDEN / "openings.jsonl", "--predictions", predictions, "--json") == 0
    assert [row["gold has"] for row in rows(capsys)] == ["a date", "a day without a year", "no date"]
    found = json.loads(predictions.read_text(encoding="utf-8"))
    assert {frozenset(prediction) for prediction in found.values()} == {frozenset({"published", "precision", "method"})}


def test_sources_score_only_the_roles_that_gold_has(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = [
        {"url": "https://24.kg/1", "text": "Бишкек, 29.01.25. /Кабар/. Мэр открыл парк.", "agency": "Кабар"},
        {"url": "https://kaktus.media/2", "text": "Мэр открыл парк.", "publisher": "Kaktus.media", "agency": None},
        {"url": "https://24.kg/3", "text": "Парк открыт, сообщили в МВД.", "cited": ["МВД"]},
    ]
    gold.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert run(monkeypatch, "sources", gold, "--json") == 0
    assert [(row["role"], row["texts"], row["right"]) for row in rows(capsys)] == [
        ("publisher", 1, 1),
        ("agency", 2, 2),
        ("cited", 1, 1),
    ]


@pytest.mark.parametrize("kind", ["countries", "dates", "sources"])
def test_file_in_another_format_is_a_usage_error(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"words": 1}\n', encoding="utf-8")
    assert run(monkeypatch, kind, gold) == 2
    assert "not in the gold format" in capsys.readouterr().err
