"""The extractor against news that other people annotated: NEREL, where the optional material has it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from etl.normalize.countries.evaluate import Found, GoldText, exchange_format, predict
from etl.normalize.countries.gazetteer import Gazetteer

SHARED = Path(__file__).parents[3] / "shared"
NEREL, SCORER, MAP = (
    SHARED / "real" / "nerel",
    SHARED / "eval" / "country_mentions.py",
    SHARED / "eval" / "qid_map.json",
)
FLOORS = {"G1": 0.985, "G2": 0.985, "G3": 0.98, "G4": 0.975, "C": 0.85}

pytestmark = pytest.mark.skipif(
    not (NEREL.exists() and SCORER.exists()), reason="the annotated news is not part of the repository and is not here"
)


@pytest.fixture(scope="module")
def f1() -> dict[str, float]:
    scorer = load_scorer()
    texts = [GoldText(doc, text, "ru", "", ()) for doc, text, _, _ in scorer.read_docs(str(NEREL), "train")]
    found: list[tuple[Found, ...]] = predict(Gazetteer.load(), texts)
    results, _, _ = scorer.score(str(NEREL), str(MAP), exchange_format(texts, found), "train")
    return {tier: result["F1"] for tier, result in results.items()}


def load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("country_mentions", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("tier", FLOORS)
def test_f1_on_annotated_news_does_not_fall(f1: dict[str, float], tier: str) -> None:
    assert f1[tier] >= FLOORS[tier]
