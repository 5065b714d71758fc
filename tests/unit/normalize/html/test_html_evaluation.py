"""How pages are judged against gold: what counts as the same day, minute, title and authors."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.normalize.article import Precision, Publication
from etl.normalize.html.evaluate import PagesScore, is_same_day, is_same_minute, score_pages
from tests.unit.normalize.html.pages import BODY, URL, linked, page

REAL = Path(__file__).resolve().parents[5] / "shared" / "real" / "web"
NOTHING = Publication()
DAY = Publication(Precision.DAY, day=date(2025, 8, 22))
EVENING = datetime(2025, 8, 22, 22, 30, tzinfo=UTC)
MINUTE = Publication(Precision.MINUTE, day=date(2025, 8, 22), at=EVENING)


@pytest.mark.parametrize(
    ("found", "right", "is_right"),
    [
        (NOTHING, None, True),
        (DAY, None, False),
        (NOTHING, "2025-08-22", False),
        (DAY, "2025-08-22", True),
        (DAY, "2025-08-23", False),
        (MINUTE, "2025-08-22 10:00", True),
        (MINUTE, "2025-08-23 04:30+06:00", True),
        (MINUTE, "2025-08-22 22:30+06:00", False),
    ],
)
def test_same_day(found: Publication, right: str | None, is_right: bool) -> None:
    assert is_same_day(found, datetime.fromisoformat(right) if right else None) is is_right


@pytest.mark.parametrize(
    ("found", "right", "is_right"),
    [
        (MINUTE, "2025-08-22 22:30:59+00:00", True),
        (MINUTE, "2025-08-23 04:30+06:00", True),
        (MINUTE, "2025-08-22 22:30", True),
        (MINUTE, "2025-08-22 22:31", False),
        (DAY, "2025-08-22 22:30", False),
        (DAY, "2025-08-22", True),
        (MINUTE, "2025-08-22", True),
        (NOTHING, None, True),
    ],
)
def test_same_minute(found: Publication, right: str | None, is_right: bool) -> None:
    assert is_same_minute(found, datetime.fromisoformat(right) if right else None) is is_right


def score(tmp_path: Path, html: str, **gold: object) -> PagesScore:
    """The score of one archived page."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(URL, "response", BytesIO(html.encode()), http_headers=http))
    (tmp_path / "pages.warc.gz").write_bytes(out.getvalue())
    row = {"url": URL, "title": "Мост", "date": "2025-08-22", "authors": ["А Б"], "body": BODY, **gold}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return score_pages(tmp_path / "pages.warc.gz", tmp_path / "gold.jsonl")


HEAD = linked(headline="Мост", author="Асан Бакиров", datePublished="2025-08-22")


def test_page_that_agrees_in_everything(tmp_path: Path) -> None:
    found = score(tmp_path, page(HEAD, above=""), authors=["Асан Бакиров"])
    assert (found.pages, found.day, found.minute, found.title, found.authors, found.credits) == (1, 1, 1, 1, 1, 1)
    assert found.body.f1 == 1


def test_title_is_compared_without_white_space_around_it(tmp_path: Path) -> None:
    assert score(tmp_path, page(HEAD, above=""), title=" Мост\u00a0").title == 1


def test_title_is_compared_with_its_punctuation(tmp_path: Path) -> None:
    assert score(tmp_path, page(HEAD, above=""), title="Мост!").title == 0


def test_authors_are_compared_in_any_order(tmp_path: Path) -> None:
    html = page(linked(author=["Асан Бакиров", "Айгүл Осмонова"]))
    assert score(tmp_path, html, authors=["Айгүл Осмонова", "Асан Бакиров"]).authors == 1


def test_agency_counts_among_credits_alone(tmp_path: Path) -> None:
    found = score(tmp_path, page(linked(author="Кабар")), authors=["Кабар"])
    assert (found.authors, found.credits) == (0, 1)


def test_page_that_the_archive_lacks_has_nothing_right(tmp_path: Path) -> None:
    found = score(tmp_path, page(HEAD), url="https://example.kg/other", date=None)
    assert (found.day, found.title, found.body.f1) == (0, 0, 0)


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real pages is not here")
def test_real_pages_are_read_as_well_as_they_were() -> None:
    found = score_pages(REAL / "pages_dev.warc.gz", REAL / "pages_dev_gold.jsonl")
    reached = {
        "day": found.day >= 0.98,
        "minute": found.minute >= 0.95,
        "title": found.title >= 0.86,
        "credits": found.credits >= 0.86,
        "body": found.body.f1 >= 0.96,
    }
    assert all(reached.values()), (reached, found)
