"""The five documents that this project began with, where they lie beside the checkout."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.extract.files import read_files
from etl.extract.item import Carrier
from etl.load.prepare import Prepared, prepare
from etl.normalize.article import Zone
from etl.normalize.normalizer import Normalizer

FOLDER = Path(__file__).parents[3] / "shared" / "real" / "articles"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real articles do not lie beside this checkout")

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
EXPECTED = {
    "000": ("2025-12-20", None, "prefix", True, "unknown", None, "JP KG"),
    "001": ("2025-11-16", None, "prefix", True, "unknown", None, "AZ CN KG KZ TJ TM UZ"),
    "002": ("2025-01-29", None, "dateline", True, "kabar", "kabar", "JP KG"),
    "003": ("2025-08-22", "2025-08-22T16:21+06:00", "prefix", False, "unknown", None, "KG KZ"),
    "004": ("2025-07-02", "2025-07-02T05:30+06:00", "today_clock", False, "newsasia", None, "KG RU"),
}


@pytest.fixture
def articles(normalizer: Normalizer) -> dict[str, Prepared]:
    return {Path(item.origin).name[:3]: prepare(item, normalizer, AS_OF) for item in read_files([FOLDER], Carrier())}


@pytest.mark.parametrize("name", EXPECTED)
def test_real_article_is_read_right(name: str, articles: dict[str, Prepared]) -> None:
    row, mentions = articles[name].row, articles[name].mentions
    assert row is not None
    day, at, method, is_derived, publisher, agency, countries = EXPECTED[name]
    assert str(row.published_on) == day
    assert row.published_at == (at and datetime.fromisoformat(at))
    assert (row.published_method, row.title_is_derived) == (method, is_derived)
    assert (row.publisher_id, row.agency_id) == (publisher, agency)
    assert " ".join(sorted({mention.country_code for mention in mentions if mention.is_counted})) == countries


def test_photo_credit_is_no_body(articles: dict[str, Prepared]) -> None:
    row = articles["001"].row
    assert row is not None
    assert "Фото" not in row.body


def test_dateline_city_is_a_mention_that_is_not_counted(articles: dict[str, Prepared]) -> None:
    first = articles["002"].mentions[0]
    assert (first.surface, first.zone, first.is_counted) == ("Бишкек", Zone.DATELINE, False)


def test_dollars_are_a_mention_that_is_not_counted(articles: dict[str, Prepared]) -> None:
    dollars = [mention for mention in articles["004"].mentions if mention.country_code == "US"]
    assert [(mention.kind, mention.is_counted) for mention in dollars] == [("currency", False)]


def test_headline_of_the_portal_page_is_without_its_label(articles: dict[str, Prepared]) -> None:
    row = articles["004"].row
    assert row is not None
    assert row.title.startswith("Президент Кыргызстана в Москве")
    assert row.title.endswith("вперёд")


def test_portal_page_keeps_its_article_and_nothing_else(articles: dict[str, Prepared]) -> None:
    row = articles["004"].row
    assert row is not None
    assert row.body.startswith("2 июля 2025 года")
    assert row.body.endswith("миграции и культуры.")
    assert "Экономическое сотрудничество: курс на рост" in row.body
