"""Laws that hold for every page: nothing invented, nothing from the future, every evidence in print."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from etl.extract.item import Carrier
from etl.normalize.article import Precision
from etl.normalize.dates import find_publication
from etl.normalize.page import Page, Span

BISHKEK = ZoneInfo("Asia/Bishkek")
AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
FRAGMENTS = [
    "14 ноября 2023",
    "14.11.2023 10:15",
    "вторник, 14 ноября 2023",
    "Сегодня 05:30",
    "БИШКЕК, 13-дек. — Sputnik. Мост открыт.",
    "Обновлено 05.05.2031, 12:30",
    "Бүгүн, 26-февралда көпүрө ачылды.",
    " date 2023-11-14 ",
    "Кыргызстан строит дороги и школы во всех областях страны.",
    "В городе открыли новый мост через реку",
    "2031-жылдын 5-майы",
    "12:30",
]
LETTERS = st.text(alphabet="абвгдеж abc.,!?«»—\n", max_size=300)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Any order of dated and undated lines, with any layout over them."""
    text = "\n".join(draw(st.lists(st.sampled_from(FRAGMENTS) | LETTERS, max_size=8)))
    offsets = sorted(draw(st.lists(st.integers(0, len(text)), min_size=5, max_size=5)))
    prefix, title, start, middle, end = offsets
    body = tuple(Span(*ends) for ends in ((start, middle), (middle, end)) if ends[0] < ends[1])
    return Page(text, Span(0, prefix) if prefix else None, Span(title, start) if title < start else None, body, 1.0)


@given(page=pages(), url=st.sampled_from([None, "https://x.kg/2023/11/14/a", "https://x.kg/2031/11/14/a"]))
def test_evidence_is_printed_somewhere(page: Page, url: str | None) -> None:
    found = find_publication(page, Carrier(url=url), "a.txt", BISHKEK, AS_OF)
    assert all(it.evidence in page.text or it.evidence in (url or "") for it in found.candidates)


@given(page=pages(), as_of=st.datetimes(datetime(1991, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_day_is_never_in_the_future(page: Page, as_of: datetime) -> None:
    found = find_publication(page, Carrier(), "a.txt", BISHKEK, as_of)
    assert found.day is None or found.day <= as_of.astimezone(BISHKEK).date() + timedelta(days=1)


@given(page=pages())
def test_precision_says_what_is_known(page: Page) -> None:
    found = find_publication(page, Carrier(), "a.txt", BISHKEK, AS_OF)
    known = {Precision.MINUTE: (True, True), Precision.DAY: (True, False)}.get(found.precision, (False, False))
    assert (found.day is not None, found.at is not None) == known


@given(page=pages())
def test_exactly_the_winner_has_no_verdict(page: Page) -> None:
    found = find_publication(page, Carrier(), "a.txt", BISHKEK, AS_OF)
    assert sum(not it.verdict for it in found.candidates) == (found.day is not None)


@given(text=LETTERS)
def test_text_without_figures_has_no_date(text: str) -> None:
    page = Page(text, None, None, (Span(0, len(text)),), 1.0)
    assert find_publication(page, Carrier(), "a.txt", BISHKEK, AS_OF).precision is Precision.NONE


STAMPS = [
    "{:%d.%m.%Y, %H:%M}",
    "{:%H:%M %d.%m.%Y}",
    "{:%H:%M / %d.%m.%Y}",
    "{:%Y-%m-%d %H:%M}",
    "Опубликовано: {:%d/%m/%Y - %H:%M}",
]
PLACES = ["{stamp}\nМост открыт\n{body}", "Мост открыт\n{stamp}\n{body}", "Мост открыт\n{body}\n\n{stamp}"]


@given(
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 1)),  # noqa: DTZ001
    form=st.sampled_from([*product(STAMPS, PLACES)]),
)
def test_stamp_round_trips_wherever_it_stands(moment: datetime, form: tuple[str, str]) -> None:
    body = "Новый мост через реку открыт после ремонта, который занял два года и потребовал объезда."
    text = form[1].format(stamp=form[0].format(moment), body=body)
    title, start = text.index("Мост открыт"), text.index(body)
    page = Page(text, None, Span(title, title + 11), (Span(start, start + len(body)),), 1.0)
    found = find_publication(page, Carrier(), "a.txt", BISHKEK, AS_OF)
    assert found.at == moment.replace(second=0, microsecond=0, tzinfo=BISHKEK)


def test_pages_of_any_length_are_read_at_their_edges_only() -> None:
    middle = "14.11.2023 10:15\nСтрока меню без даты\n" * 2000
    text = f"{middle}Мост открыт\nНовый мост через реку открыт после ремонта, который занял два года.\n{middle}"
    title = text.index("Мост открыт")
    page = Page(text, None, Span(title, title + 11), (Span(title + 12, text.index("\n", title + 12)),), 1.0)
    found = find_publication(page, Carrier(), "a.txt", BISHKEK, AS_OF)
    assert len(found.candidates) < 20


def test_dates_of_one_day_are_python_dates() -> None:
    page = Page("14.11.2023", None, None, (), 0.0)
    assert find_publication(page, Carrier(published="14.11.2023"), "a.txt", BISHKEK, AS_OF).day == date(2023, 11, 14)
