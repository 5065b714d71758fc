"""How a predicted publication date is judged, and the files that gold and predictions come in."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from etl.normalize.article import Precision, Publication
from etl.normalize.dates.evaluate import (
    Opening,
    Outcome,
    Prediction,
    judge,
    predict,
    read_gold,
    read_predictions,
    score,
    write_predictions,
)

DAY, MINUTE, PARTIAL = "2025-08-22", "2025-08-22T16:21", "????-08-22"


@pytest.mark.parametrize(
    ("gold", "published", "precision", "outcome"),
    [
        (MINUTE, MINUTE, "minute", Outcome.RIGHT),
        (MINUTE, DAY, "day", Outcome.COARSE),
        (MINUTE, "2025-08-22T16:22", "minute", Outcome.WRONG),
        (MINUTE, None, "none", Outcome.MISSED),
        (DAY, DAY, "day", Outcome.RIGHT),
        (DAY, MINUTE, "minute", Outcome.RIGHT),
        (DAY, "2025-08-23", "day", Outcome.WRONG),
        (PARTIAL, None, "partial", Outcome.RIGHT),
        (PARTIAL, None, "none", Outcome.MISSED),
        (PARTIAL, DAY, "day", Outcome.ANSWERED),
        (None, None, "none", Outcome.RIGHT),
        (None, None, "partial", Outcome.RIGHT),
        (None, DAY, "day", Outcome.ANSWERED),
    ],
)
def test_outcome(gold: str | None, published: str | None, precision: str, outcome: Outcome) -> None:
    assert judge(gold, Prediction(published, precision)) is outcome


def test_score_counts_by_kind_of_gold() -> None:
    gold = [Opening("a", "", DAY), Opening("b", "", MINUTE), Opening("c", "", PARTIAL), Opening("d", "", None)]
    counts = score(gold, {"a": Prediction(DAY, "day"), "b": Prediction(DAY, "day")})
    assert (dict(counts.dated), dict(counts.partial), dict(counts.undated)) == (
        {Outcome.RIGHT: 1, Outcome.COARSE: 1},
        {Outcome.MISSED: 1},
        {Outcome.RIGHT: 1},
    )


def test_share_of_right_dates() -> None:
    gold = [Opening("a", "", DAY), Opening("b", "", DAY)]
    assert score(gold, {"a": Prediction(DAY, "day")}).right_share == 0.5


def test_share_of_no_dates_is_zero() -> None:
    assert score([], {}).right_share == 0.0


def test_prediction_to_the_minute_is_in_the_zone_of_the_value() -> None:
    at = datetime(2025, 8, 22, 16, 21, tzinfo=ZoneInfo("Asia/Bishkek"))
    publication = Publication(Precision.MINUTE, "stamp", "16:21 22.08.2025", date(2025, 8, 22), at)
    assert predict(publication) == Prediction(MINUTE, "minute", "stamp")


def test_gold_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"url": "a", "text": "т", "gold": None, "kind": "none"}) + "\n\n", encoding="utf-8")
    assert read_gold(path) == [Opening("a", "т", None)]


def test_predictions_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "predictions.json"
    predictions = {"a": Prediction(MINUTE, "minute", "stamp"), "б": Prediction()}
    write_predictions(path, predictions)
    assert read_predictions(path) == predictions


def test_prediction_of_another_program_may_lack_method(tmp_path: Path) -> None:
    path = tmp_path / "predictions.json"
    path.write_text(json.dumps({"a": {"published": DAY}}), encoding="utf-8")
    assert read_predictions(path) == {"a": Prediction(DAY)}
