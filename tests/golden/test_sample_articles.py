"""Every sample article becomes what a careful reader says it is (seeds/expected)."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.extract.files import read_files
from etl.extract.item import Carrier, RawItem
from etl.load.prepare import Prepared, prepare, prepare_all
from etl.normalize.article import Zone
from etl.normalize.normalizer import Normalizer

SEEDS = Path(__file__).parents[2] / "seeds"
ITEMS = {
    Path(item.origin).relative_to(SEEDS / "articles"): item for item in read_files([SEEDS / "articles"], Carrier())
}
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)


def expected(name: Path) -> dict[str, Any]:
    file = SEEDS / "expected" / f"{str(name.with_suffix('')).replace('/', '__')}.json"
    answer: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return answer


def found(prepared: Prepared) -> dict[str, Any]:
    assert prepared.row is not None, prepared.rejection
    row = prepared.row
    counted = Counter(mention.country_code for mention in prepared.mentions if mention.is_counted)
    return {
        "title": row.title,
        "title_is_derived": row.title_is_derived,
        "publisher": row.publisher_id,
        "agency": row.agency_id,
        "language": row.language,
        "published_on": row.published_on and str(row.published_on),
        "published_at": row.published_at,
        "precision": row.published_precision,
        "method": row.published_method,
        "url": row.url,
        "countries": dict(sorted(counted.items())),
    }


@pytest.mark.parametrize("name", ITEMS, ids=str)
def test_sample_article_is_read_as_a_careful_reader_would(name: Path, normalizer: Normalizer) -> None:
    answer = expected(name)
    if answer["published_at"]:
        answer["published_at"] = datetime.fromisoformat(answer["published_at"])
    result = found(prepare(ITEMS[name], normalizer, AS_OF))
    assert result == {key: answer[key] for key in result}


@pytest.mark.parametrize("name", ITEMS, ids=str)
def test_body_of_sample_article_is_whole_and_nothing_else(name: Path, normalizer: Normalizer) -> None:
    answer, row = expected(name), prepare(ITEMS[name], normalizer, AS_OF).row
    assert row is not None
    assert row.body.startswith(answer["body_starts"])
    assert row.body.endswith(answer["body_ends"])


@pytest.mark.parametrize("item", ITEMS.values(), ids=map(str, ITEMS))
def test_evidence_and_mentions_point_at_their_words(item: RawItem, normalizer: Normalizer) -> None:
    prepared = prepare(item, normalizer, AS_OF)
    assert prepared.row is not None
    for mention in prepared.mentions:
        text = prepared.row.title if mention.zone is Zone.TITLE else prepared.row.body
        assert text[mention.start : mention.end] == mention.surface


def test_samples_cover_what_they_are_for() -> None:
    answers = [expected(name) for name in ITEMS]
    assert len(answers) >= 24
    assert {"ru", "ky", "en"} <= {answer["language"] for answer in answers}
    assert len({answer["publisher"] for answer in answers}) > 8
    assert {answer["method"] for answer in answers} >= {"stamp", "dateline", "today_clock", "prefix", "carrier", "none"}


def test_articles_read_together_are_what_each_is_alone(normalizer: Normalizer) -> None:
    items = list(ITEMS.values())
    assert prepare_all(items, normalizer, AS_OF) == [prepare(item, normalizer, AS_OF) for item in items]
