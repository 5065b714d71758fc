"""Openings of pages in six languages, each with the publication date that a careful person would give it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from etl.extract.item import Carrier
from etl.normalize.dates import find_publication
from etl.normalize.dates.evaluate import Opening, Outcome, Prediction, judge, predict, read_gold, score
from etl.normalize.layout import read_opening
from etl.normalize.text import clean

BISHKEK = ZoneInfo("Asia/Bishkek")
AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
REPOSITORY = Path(__file__).parents[4]
OWN = REPOSITORY / "tests" / "golden" / "openings.jsonl"
REAL = REPOSITORY.parent / "shared" / "real" / "text" / "page_openings_dev.jsonl"


def predicted(opening: Opening) -> Prediction:
    page = read_opening(clean(opening.text))
    return predict(find_publication(page, Carrier(url=opening.url), opening.url, BISHKEK, AS_OF))


def failures(openings: list[Opening]) -> list[str]:
    judged = [(opening, said, judge(opening.gold, said)) for opening in openings for said in (predicted(opening),)]
    return [
        f"{opening.url}: {opening.gold} expected, {said.published} ({said.precision}, {said.method}) found"
        for opening, said, outcome in judged
        if outcome is not Outcome.RIGHT
    ]


def test_own_openings_are_all_right() -> None:
    assert failures(read_gold(OWN)) == []


def test_own_openings_cover_six_languages_and_every_kind_of_gold() -> None:
    openings = read_gold(OWN)
    counts = score(openings, {})
    assert len({it.url for it in openings}) == len(openings) >= 100
    assert min(counts.dated.total(), counts.partial.total(), counts.undated.total()) >= 15


@pytest.mark.skipif(not REAL.exists(), reason="the real openings are not part of the repository")
def test_real_openings_are_all_right() -> None:
    assert failures(read_gold(REAL)) == []
