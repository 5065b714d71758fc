"""Publishers, agencies and who is cited, against openings written for this project (docs/accuracy.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.normalize.normalizer import Normalizer
from etl.normalize.sources.evaluate import ROLES, AttributedOpening, Named, Outcome, predict, read_gold, score

GOLD = read_gold(Path(__file__).with_name("sources.jsonl"))


@pytest.fixture(scope="module")
def predicted(normalizer: Normalizer) -> dict[str, dict[str, Named]]:
    return {opening.url: predict(opening, normalizer.sources) for opening in GOLD}


def wrong(role: str, predicted: dict[str, dict[str, Named]]) -> list[str]:
    """The openings of a role that came out otherwise, for a failing test to show."""

    def differs(opening: AttributedOpening) -> bool:
        return role in opening.gold and predicted[opening.url][role] != opening.gold[role]

    return [f"{it.url}: {it.gold[role]} but {predicted[it.url][role]}" for it in GOLD if differs(it)]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_right_as_written(
    role: str, predicted: dict[str, dict[str, Named]], normalizer: Normalizer
) -> None:
    counts = score(GOLD, predicted, normalizer.sources)[role]
    assert counts[Outcome.RIGHT] == counts.total(), wrong(role, predicted)


def test_urls_are_unique() -> None:
    assert len({opening.url for opening in GOLD}) == len(GOLD) == 55
