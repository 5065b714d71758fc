"""The grammar of printed days and hours: every form of six languages, and what only looks like a day."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.calendar.days import printed_days
from etl.normalize.calendar.hours import read_hour
from etl.normalize.calendar.words import month_number, weekday_number

# January to December, in the form that follows a day.
MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru nominative": "Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь",
    "ru short": "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "ky locative": "январда февралда мартта апрелде майда июнда июлда августта сентябрда октябрда ноябрда декабрда",
    "ky possessive": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "kk locative": "қаңтарда ақпанда наурызда сәуірде мамырда маусымда"
    " шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда",
    "kk latin": "qańtar aqpan naýryz sáýir mamyr maýsym shilde tamyz qyrkúıek qazan qarasha jeltoqsan",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "uz cyrillic": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "en": "January February March April May June July August September October November December",
    "en short": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
}
FOLK = (
    "Үчтүн айы,Бирдин айы,Жалган Куран,Чын Куран,Бугу,Кулжа,Теке,Баш Оона,Аяк Оона,Тогуздун айы,Жетинин айы,Бештин айы"
)
TABLE = {name: words.split() for name, words in MONTHS.items()} | {"ky folk": FOLK.split(",")}

FORMATS = [
    "{day} {month} {year}",
    "{day} {month} {year} года",
    "{day}-{month} {year} йил",
    "{day}-{month}, {year}-жыл",
    "{year}-жылдын {day}-{month}",
    "{year} жылғы {day} {month}",
    "{month} {day}, {year}",
    "{day} {month} соли {year}",
    "{day} {month}, {year}-yil",
]
FIGURES = ["{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%d-%m-%Y}", "{:%Y-%m-%d}", "{:%Y.%m.%d}", "{:%d.%m.%y}"]


@given(
    day=st.dates(date(1990, 1, 1), date(2049, 12, 31)),
    table=st.sampled_from(sorted(TABLE)),
    form=st.sampled_from(FORMATS),
)
def test_day_in_words_round_trips(day: date, table: str, form: str) -> None:
    printed = form.format(day=day.day, month=TABLE[table][day.month - 1], year=day.year)
    assert [found.date for found in printed_days(printed)] == [day]


@given(day=st.dates(date(1990, 1, 1), date(2049, 12, 31)), form=st.sampled_from(FIGURES))
def test_day_in_figures_round_trips(day: date, form: str) -> None:
    assert [found.date for found in printed_days(form.format(day))] == [day]


@given(day=st.dates(date(1990, 1, 1), date(2049, 12, 31)), table=st.sampled_from(sorted(TABLE)))
def test_day_without_year_has_none(day: date, table: str) -> None:
    found = [*printed_days(f"{day.day} {TABLE[table][day.month - 1]}")]
    assert [(it.year, it.month, it.day) for it in found] == [(None, day.month, day.day)]


@pytest.mark.parametrize(
    "text",
    ["31.02.2025", "30 февраля 2025", "5 майоров", "май 2025", "192.168.10.11", "10-20-30", "1941 год", "№ 12/345"],
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert [*printed_days(text)] == []


@given(st.text(alphabet="0123456789./- мая,:йил", max_size=60))
def test_span_covers_printed_text(text: str) -> None:
    assert all(text[it.span.start : it.span.end].strip() for it in printed_days(text))


@pytest.mark.parametrize(("word", "number"), [("среда", 2), ("пт", 4), ("Ишемби", 5), ("сәрсенбі", 2), ("Sunday", 6)])
def test_weekday_is_named(word: str, number: int) -> None:
    assert weekday_number(word) == number


def test_tajik_capital_is_no_monday() -> None:
    assert weekday_number("Душанбе") is None


@pytest.mark.parametrize("word", ["Мартынов", "майор", "августовский", "декабрист"])
def test_word_that_begins_like_a_month_is_none(word: str) -> None:
    assert month_number(word) is None


@pytest.mark.parametrize(
    ("hour", "expected"),
    [("9:05", time(9, 5)), ("10:30 PM", time(22, 30)), ("12:15 am", time(0, 15)), ("23:59:58", time(23, 59))],
)
def test_hour_is_read_to_the_minute(hour: str, expected: time) -> None:
    printed = read_hour(hour)
    assert printed is not None
    assert printed.time == expected


def test_hour_of_no_clock_is_none() -> None:
    assert read_hour("13:30 pm") is None


@pytest.mark.parametrize(
    ("zone", "hours"), [("+06:00", 6), (" GMT+6", 6), ("Z", 0), (" (UTC+04:00)", 4), ("-0500", -5)]
)
def test_printed_zone_has_its_offset(zone: str, hours: int) -> None:
    printed = read_hour("10:00", zone)
    assert printed is not None
    assert printed.zone is not None
    assert printed.zone.utcoffset(None) == timedelta(hours=hours)
