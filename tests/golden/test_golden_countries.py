"""The extractor against sentences written for this project, every trap among them (docs/accuracy.md)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from etl.normalize.countries.evaluate import Found, GoldText, predict, read_gold
from etl.normalize.countries.gazetteer import Gazetteer

GOLD = read_gold(Path(__file__).with_name("countries.jsonl"))
FLOORS = {"ru": 0.98, "ky": 0.98, "kk": 0.98, "uz": 0.98, "tg": 0.98, "en": 0.98}
TRAPS = {
    *("inflection", "adjective", "demonym", "city", "region", "blocker", "word", "water", "compound", "abbreviation"),
    *("language", "currency", "person", "club", "namesake", "historical", "disputed", "korea", "congo"),
    *("homoglyph", "yo", "hyphen", "caps", "linebreak"),
}


def failures(gold: list[GoldText], predicted: list[tuple[Found, ...]]) -> list[str]:
    return [
        f"{text.text_id} ({text.trap}): {text.text!r} expected {text.mentions} found {found}"
        for text, found in zip(gold, predicted, strict=True)
        if text.mentions != found
    ]


@pytest.mark.parametrize("language", FLOORS)
def test_f1_of_exact_mentions_does_not_fall(language: str) -> None:
    gold = [text for text in GOLD if text.language == language]
    predicted = predict(Gazetteer.load(), gold)
    right = sum(len(set(text.mentions) & set(found)) for text, found in zip(gold, predicted, strict=True))
    total = sum(len(text.mentions) + len(found) for text, found in zip(gold, predicted, strict=True))
    assert 2 * right / total >= FLOORS[language], "\n".join(failures(gold, predicted))


def test_russian_has_two_hundred_sentences_and_each_other_language_forty() -> None:
    count = Counter(text.language for text in GOLD)
    assert count["ru"] >= 200
    assert all(count[language] >= 40 for language in FLOORS)


def test_every_trap_is_covered() -> None:
    assert {text.trap for text in GOLD} >= TRAPS


def test_gold_offsets_lie_in_their_text() -> None:
    assert all(0 <= m.start < m.end <= len(text.text) for text in GOLD for m in text.mentions)
