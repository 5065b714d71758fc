"""The publication date of an HTML page: the ladder over what it declares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from etl.extract.item import Carrier
from etl.normalize.article import Precision, Publication
from etl.normalize.dates.html import find_html_publication
from etl.normalize.html.page import HtmlPage, RawDate

AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
BISHKEK = ZoneInfo("Asia/Bishkek")
NOW, OTHER = "2025-08-22T16:21:00+06:00", "2025-08-20T09:00:00+06:00"


def publication(*dates: tuple[str, str], carrier: Carrier = Carrier(), origin: str = "a.html") -> Publication:
    page = HtmlPage("Мост", "Текст.", 1.0, (), (), None, None, None, None, tuple(RawDate(*raw) for raw in dates))
    return find_html_publication(page, carrier, origin, BISHKEK, AS_OF)


def test_nothing_declared_is_no_date() -> None:
    assert publication() == Publication()


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [("json_ld", "meta"), ("meta", "time_element"), ("time_element", "stamp"), ("stamp", "htmldate")],
)
def test_stronger_method_wins_in_whatever_order(stronger: str, weaker: str) -> None:
    assert publication((weaker, OTHER), (stronger, NOW)).evidence == NOW


def test_carrier_outranks_the_page() -> None:
    assert publication(("json_ld", OTHER), carrier=Carrier(published=NOW)).method == "carrier"


def test_address_outranks_htmldate() -> None:
    found = publication(("htmldate", "2025-08-20"), carrier=Carrier(url="https://example.kg/2025/08/22/most"))
    assert (found.method, found.day) == ("url", date(2025, 8, 22))


def test_hour_of_the_same_day_refines_a_stronger_day() -> None:
    found = publication(("json_ld", "2025-08-22"), ("time_element", NOW))
    assert (found.method, found.precision, found.at) == ("time_element", Precision.MINUTE, datetime.fromisoformat(NOW))


def test_hour_of_another_day_does_not_replace_a_stronger_day() -> None:
    found = publication(("json_ld", "2025-08-22"), ("time_element", OTHER))
    assert (found.method, found.day, found.at) == ("json_ld", date(2025, 8, 22), None)


@pytest.mark.parametrize("wrong", ["2027-05-05T10:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01", "{{date}}"])
def test_impossible_date_is_evidence_only(wrong: str) -> None:
    found = publication(("json_ld", wrong), ("meta", NOW))
    assert (found.evidence, {it.evidence for it in found.candidates}) == (NOW, {NOW, wrong})


def test_losing_candidates_are_kept_with_a_verdict() -> None:
    found = publication(("json_ld", NOW), ("meta", OTHER))
    assert [(it.method, bool(it.verdict)) for it in found.candidates] == [("json_ld", False), ("meta", True)]


def test_hour_without_zone_is_the_publishers() -> None:
    assert publication(("meta", "2025-08-22 16:21")).at == datetime(2025, 8, 22, 16, 21, tzinfo=BISHKEK)


def test_midnight_is_a_day_without_hour() -> None:
    assert publication(("json_ld", "2025-08-22T00:00:00+06:00")).precision is Precision.DAY


@pytest.mark.parametrize(
    "words",
    [
        "2025-08-22T16:21:30.123456789+0600",
        "2025-08-22 10:21:00Z",
        "20250822T102100Z",
        "Fri, 22 Aug 2025 10:21:00 GMT",
        "Fri Aug 22 12:21:00 CEST 2025",
        "Fri Aug 22 2025 16:21:00 GMT+0600 (Kyrgyzstan Time)",
        "22 августа 2025, 16:21",
    ],
)
def test_form_of_a_moment(words: str) -> None:
    assert publication(("json_ld", words)).at == datetime(2025, 8, 22, 10, 21, tzinfo=UTC)
