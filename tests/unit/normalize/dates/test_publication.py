"""The ladder of evidence on hand-made pages: which reading wins, and why the others do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from etl.extract.item import Carrier
from etl.normalize.article import Precision, Publication
from etl.normalize.dates import find_publication
from etl.normalize.page import Page, Span

BISHKEK = ZoneInfo("Asia/Bishkek")
AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
BODY = "Министры обсудили поставки электроэнергии в осенне-зимний период и договорились о графике ремонтов на линиях."


def page(body: str = BODY, *, prefix: str = "", above: str = "", below: str = "", after: str = "") -> Page:
    """A page with the headline 'Заголовок', its parts on lines of their own."""
    text = "".join((prefix, above, "Заголовок\n", below))
    title = len(prefix) + len(above)
    return Page(
        text + body + after,
        Span(0, len(prefix)) if prefix else None,
        Span(title, title + len("Заголовок")),
        (Span(len(text), len(text) + len(body)),),
        1.0,
    )


def publication(of: Page, *, origin: str = "a.txt", **carrier: str) -> Publication:
    return find_publication(of, Carrier(**carrier), origin, BISHKEK, AS_OF)


def verdict(found: Publication, method: str) -> str:
    return next(it.verdict for it in found.candidates if it.method == method)


STRONGEST = "2023-11-14 10:15"
LADDER = [
    ("carrier", page(below="13.11.2023 10:15\n"), {"published": STRONGEST}),
    ("stamp", page("ОШ, 13.11.2023 /Кабар/. " + BODY, below="14.11.2023 10:15\n"), {}),
    ("dateline", page("ОШ, 14.11.2023 /Кабар/. " + BODY, below="13.11.2023\n"), {}),
    ("stamp", page(prefix=" date 2023-11-13 \n", below="14.11.2023\n"), {}),
    (
        "today_clock",
        page(prefix=" date 2023-11-13 \n", above="вторник, 14 ноября 2023\nМеню\n", after="\nСегодня 10:15\n"),
        {},
    ),
    ("prefix", page(prefix=" date 2023-11-14 \n"), {"url": "https://x.kg/2023/11/13/a"}),
    ("url", page("ОШ, 13 ноября. /Кабар/. " + BODY), {"url": "https://x.kg/2023/11/14/a"}),
    ("dateline_completed", page("ОШ, 14 ноября. /Кабар/. " + BODY), {"url": "https://x.kg/2023/11/a"}),
]


@pytest.mark.parametrize(("method", "of", "carrier"), LADDER, ids=[f"{i}-{row[0]}" for i, row in enumerate(LADDER)])
def test_stronger_evidence_wins(method: str, of: Page, carrier: dict[str, str]) -> None:
    found = publication(of, **carrier)
    assert (found.method, found.day) == (method, date(2023, 11, 14))


def test_loser_is_kept_with_its_verdict() -> None:
    found = publication(page(prefix=" date 2023-11-13 \n", below="14.11.2023 10:15\n"))
    assert verdict(found, "prefix") == "weaker evidence"


def test_winner_has_no_verdict() -> None:
    found = publication(page(below="14.11.2023 10:15\n"))
    assert [it.verdict for it in found.candidates] == [""]


def test_nothing_said_gives_none() -> None:
    assert publication(page()) == Publication()


@pytest.mark.parametrize(
    ("published", "at"),
    [
        ("2023-11-14T10:15:00+06:00", "2023-11-14T10:15:00+06:00"),
        ("2023-11-14T10:15:00Z", "2023-11-14T10:15:00+00:00"),
        ("Tue, 14 Nov 2023 10:15:00 +0300", "2023-11-14T10:15:00+03:00"),
        ("14 ноября 2023, 10:15", "2023-11-14T10:15:00+06:00"),
        ("2023-11-14 10:15", "2023-11-14T10:15:00+06:00"),
    ],
)
def test_carrier_words_are_read(published: str, at: str) -> None:
    found = publication(page(), published=published)
    assert found.at == datetime.fromisoformat(at)


def test_midnight_of_a_carrier_is_a_day() -> None:
    assert publication(page(), published="2023-11-14T00:00:00").precision is Precision.DAY


def test_unreadable_carrier_is_kept_as_evidence() -> None:
    found = publication(page(), published="на прошлой неделе")
    assert (found.precision, found.candidates[0].evidence) == (Precision.NONE, "на прошлой неделе")


def test_carrier_without_year_is_partial() -> None:
    assert publication(page(), published="14 ноября").precision is Precision.PARTIAL


def test_printed_zone_is_the_zone_of_the_hour() -> None:
    found = publication(page(below="23:30 (МСК) 14.11.2023\n"))
    assert found.at is not None
    assert (found.at.utcoffset(), found.day) == (timedelta(hours=3), date(2023, 11, 14))


def test_hour_without_zone_is_in_the_given_one() -> None:
    found = publication(page(below="14.11.2023 10:15\n"))
    assert found.at == datetime(2023, 11, 14, 10, 15, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("stamp", "why"), [("24.11.2026 09:00", "in the future of the run"), ("31.12.1989 09:00", "before 1990")]
)
def test_impossible_stamp_is_evidence_only(stamp: str, why: str) -> None:
    found = publication(page(below=stamp + "\n"))
    assert (found.day, found.candidates[0].verdict) == (None, why)


def test_tomorrow_is_allowed_for_zones() -> None:
    assert publication(page(below="23.11.2026 00:10\n")).day == date(2026, 11, 23)


def test_wrong_weekday_loses_to_a_weaker_reading() -> None:
    found = publication(page(prefix=" date 2023-11-15 \n", below="Пятница, 14 ноября 2023 10:15\n"))
    assert (found.method, verdict(found, "stamp")) == ("prefix", "its weekday is another day's")


def test_page_clock_alone_dates_nothing() -> None:
    found = publication(page(above="вторник, 14 ноября 2023\nМеню\n"))
    assert (found.day, found.candidates[0].verdict) == (None, "the page's clock")


def test_first_line_far_from_the_address_is_a_clock() -> None:
    found = publication(page(above="14.11.2023 10:15\n"), url="https://x.kg/2014/03/02/a")
    assert (found.method, found.day) == ("url", date(2014, 3, 2))


def test_update_is_not_the_publication() -> None:
    found = publication(page(below="Обновлено 14.11.2023 10:15\n"))
    assert (found.day, found.candidates[0].verdict) == (None, "an update, not the publication")


def test_teaser_dates_behind_the_body_are_not_taken() -> None:
    first = "14.11.2023 10:15\nВ городе открыли новый мост через реку"
    second = "14.11.2023 09:15\nНа рынке подешевели овощи и зелень"
    found = publication(page(after=f"\n{first}\n{second}"))
    assert {it.verdict for it in found.candidates} == {"dates another article of a list"}


def test_stamp_behind_the_body_is_taken_before_a_list() -> None:
    found = publication(
        page(after="\n\n14.11.2023 10:15\n\n12.11.2023 09:15\n\nВ городе открыли новый мост через реку")
    )
    assert found.day == date(2023, 11, 14)


def test_yesterday_is_counted_from_the_clock() -> None:
    found = publication(page(above="вторник, 14 ноября 2023\nМеню\n", below="Вчера в 22:10\n"))
    assert found.at == datetime(2023, 11, 13, 22, 10, tzinfo=BISHKEK)


def test_today_without_a_clock_says_nothing() -> None:
    found = publication(page(below="Сегодня, 22:10\n"))
    assert (found.precision, verdict(found, "today_clock")) == (Precision.NONE, "no page clock says which day it was")


@pytest.mark.parametrize("opening", ["ОШ, 14 ноября. /Кабар/. ", "Бүгүн, 14-ноябрда, ", "Сегодня, 14 ноября, "])
def test_day_without_year_is_partial(opening: str) -> None:
    found = publication(page(opening + BODY))
    assert (found.precision, found.method, found.day) == (Precision.PARTIAL, "dateline", None)


def test_day_of_the_body_alone_is_no_date() -> None:
    found = publication(page("Сегодня, 14 ноября 2023 года, " + BODY))
    assert (found.precision, found.candidates[0].verdict) == (Precision.NONE, "a day in the body alone")


@pytest.mark.parametrize(
    ("of", "origin"),
    [
        (page("ОШ, 14 ноября. /Кабар/. " + BODY, above="среда, 15 ноября 2023\nМеню\n"), "a.txt"),
        (page("ОШ, 14 ноября. /Кабар/. " + BODY), "dumps/2023-11-15/a.txt"),
    ],
    ids=["clock", "file"],
)
def test_dateline_is_completed_by_a_close_reference(of: Page, origin: str) -> None:
    found = publication(of, origin=origin)
    assert (found.method, found.day) == ("dateline_completed", date(2023, 11, 14))


def test_dateline_is_not_completed_from_far_away() -> None:
    found = publication(page("ОШ, 14 марта. /Кабар/. " + BODY, above="среда, 15 ноября 2023\nМеню\n"))
    assert found.precision is Precision.PARTIAL


def test_dateline_of_december_is_completed_over_new_year() -> None:
    found = publication(page("ОШ, 31 декабря. /Кабар/. " + BODY), origin="dumps/2024-01-02/a.txt")
    assert found.day == date(2023, 12, 31)


def test_stamp_without_year_is_completed_to_the_minute() -> None:
    found = publication(page(below="14 ноября, 10:15\n"), url="https://x.kg/2023/11/14/a")
    assert (found.method, found.at) == ("stamp", datetime(2023, 11, 14, 10, 15, tzinfo=BISHKEK))


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.kg/2023/11/14/a", date(2023, 11, 14)),
        ("https://x.kg/20231114/77.html", date(2023, 11, 14)),
        ("https://x.kg/kk/2023-11-14/a/amp", date(2023, 11, 14)),
        ("https://x.kg/2023/1/4/a?b=2", date(2023, 1, 4)),
        ("https://x.kg/news/617020", None),
        ("https://x.kg/20231331/", None),
        ("https://x.kg/archive?date=2023-11-14", None),
        ("https://x.kg/kurs-na-14-11-2023", None),
    ],
)
def test_day_of_the_address(url: str, day: date | None) -> None:
    assert publication(page(), url=url).day == day


def test_address_in_the_prefix_is_read() -> None:
    found = publication(page(prefix=" date 2023-11-14 https://x.kg/20231114/a \n"))
    assert [it.method for it in found.candidates] == ["prefix", "url"]


def test_agency_credit_is_a_stamp_without_time() -> None:
    found = publication(page(below="Министры договорились - РИА Новости, 14.11.2023\n"))
    assert (found.method, found.evidence, found.precision) == ("stamp", "РИА Новости, 14.11.2023", Precision.DAY)
