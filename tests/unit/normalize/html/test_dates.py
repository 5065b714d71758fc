"""Which dates a page gives, in which order, and which it must not give."""

from __future__ import annotations

import pytest

from etl.normalize.html.page import RawDate
from tests.unit.normalize.html.pages import linked, meta, page, read

STAMP = "2025-08-22T16:21:00+06:00"
H1 = "<h1>В Баткене открыли мост</h1>"


def test_dates_come_in_the_order_of_their_strength() -> None:
    head = linked(datePublished="2025-08-22T16:21+06:00") + meta("article:published_time", "2025-08-22T10:21Z")
    above = f'{H1}<span itemprop="datePublished" content="2025-08-22">вчера</span><time datetime="{STAMP}">16:21</time>'
    assert read(page(head, above)).dates == (
        RawDate("json_ld", "2025-08-22T16:21+06:00"),
        RawDate("meta", "2025-08-22T10:21Z"),
        RawDate("time_element", "2025-08-22"),
        RawDate("time_element", STAMP),
    )


def test_date_of_the_web_page_stands_in_for_the_articles() -> None:
    head = f'<script type="application/ld+json">{{"@type": "WebPage", "datePublished": "{STAMP}"}}</script>'
    assert read(page(head)).dates == (RawDate("json_ld", STAMP),)


@pytest.mark.parametrize("name", ["datePublished", "DC.date.issued", "pubdate", "mediator_published_time", "date"])
def test_date_in_a_meta(name: str) -> None:
    assert read(page(meta(name, STAMP))).dates == (RawDate("meta", STAMP),)


@pytest.mark.parametrize(
    ("head", "above"),
    [
        pytest.param(linked(dateModified=STAMP), H1, id="JSON-LD"),
        pytest.param(meta("article:modified_time", STAMP), H1, id="meta"),
        pytest.param(meta("og:updated_time", STAMP), H1, id="og meta"),
        pytest.param("", f'{H1}<time itemprop="dateModified" datetime="{STAMP}">сегодня</time>', id="itemprop"),
        pytest.param("", f'{H1}<time class="updated" datetime="{STAMP}">сегодня</time>', id="class"),
        pytest.param("", f'{H1}<time datetime="{STAMP}">Обновлено 22.08.2025</time>', id="words"),
        pytest.param("", f'{H1}<div class="date">Обновлено: 22.08.2025, 16:21</div>', id="printed"),
    ],
)
def test_date_of_change_is_none(head: str, above: str) -> None:
    assert all(raw.method == "htmldate" for raw in read(page(head, above)).dates)


@pytest.mark.parametrize("head", [linked(dateModified=STAMP), meta("article:modified_time", STAMP)])
def test_htmldate_does_not_see_declared_changes(head: str) -> None:
    assert read(page(head)).dates == ()


def test_times_of_many_days_are_a_list_of_other_articles() -> None:
    times = "".join(f'<time datetime="2025-08-{day}T10:00">{day}</time>' for day in (20, 21, 22))
    assert not any(raw.method == "time_element" for raw in read(page(above=H1 + times)).dates)


def test_time_of_reading_is_no_date() -> None:
    assert read(page(above=f'{H1}<time datetime="PT5M">5 минут</time>')).dates == ()


def test_stamp_printed_below_the_headline() -> None:
    above = f'{H1}<div class="article-date">22 августа 2025, 16:21</div>'
    assert read(page(above=above)).dates == (RawDate("stamp", "22 августа 2025, 16:21"),)


def test_stamp_is_not_looked_for_where_a_date_is_declared() -> None:
    above = f'{H1}<div class="date">21 августа 2025, 10:00</div>'
    assert read(page(meta("article:published_time", STAMP), above)).dates == (RawDate("meta", STAMP),)


def test_stamp_is_looked_for_where_the_declared_date_cannot_be_read() -> None:
    above = f'{H1}<div class="date">22 августа 2025, 16:21</div>'
    found = read(page(meta("article:published_time", "{{date}}"), above)).dates
    assert found == (RawDate("meta", "{{date}}"), RawDate("stamp", "22 августа 2025, 16:21"))


@pytest.mark.parametrize("teaser", ["<a href='/b'>{}</a>", "<h3>Другая новость {}</h3>"])
def test_stamp_of_a_teaser_is_none(teaser: str) -> None:
    stamp = '<span class="date">20 августа 2025</span>'
    assert not any(raw.method == "stamp" for raw in read(page(above=H1 + teaser.format(stamp))).dates)


def test_date_in_the_body_alone_is_none() -> None:
    assert (
        read(page(below="<p>Строительство моста началось 5 мая 2023 года и шло всё лето без перерыва.</p>")).dates == ()
    )
