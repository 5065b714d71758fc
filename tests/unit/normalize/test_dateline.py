"""Datelines: which opening words are one, and what its parts are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.dateline import find_dateline

DATELINES = [
    ("Ош, 29.01.25. /Кабар/. Мэрия сообщила", "Ош, 29.01.25. /Кабар/.", "Ош", "29.01.25", "Кабар"),
    ("ТАШКЕНТ, 6 ноября. /УЗИНФОРМ/. Власти", "ТАШКЕНТ, 6 ноября. /УЗИНФОРМ/.", "ТАШКЕНТ", "6 ноября.", "УЗИНФОРМ"),
    ("ДУШАНБЕ, 23.05.2023 /НИАТ «Ховар»/. Дар шаҳр", None, "ДУШАНБЕ", "23.05.2023", "НИАТ «Ховар»"),
    ("БИШКЕК, 13-дек. — Sputnik. Мэрия", "БИШКЕК, 13-дек. — Sputnik.", "БИШКЕК", "13-дек.", "Sputnik"),
    ("Астана. 6 марта. KAZAKHSTAN TODAY - В столице", None, "Астана", "6 марта.", "KAZAKHSTAN TODAY"),
    ("Бишкек. 8 апреля. INTERFAX.RU - Дорога", "Бишкек. 8 апреля. INTERFAX.RU -", "Бишкек", "8 апреля.", "INTERFAX.RU"),
    ("14:09, 01 марта 2021, Бишкек - 24.kg\nМэрия", None, "Бишкек", "01 марта 2021", "24.kg"),
    ("АСТАНА. КАЗИНФОРМ – Глава ведомства", "АСТАНА. КАЗИНФОРМ –", "АСТАНА", None, "КАЗИНФОРМ"),
    ("КАЗИНФОРМ – Глава ведомства", "КАЗИНФОРМ –", None, None, "КАЗИНФОРМ"),
    ("БИШКЕК, 10 авг - РИА Новости, Иван Петров. Снег", None, "БИШКЕК", "10 авг", "РИА Новости"),
    ("МОСКВА, 10 августа. /ТАСС/. Глава", "МОСКВА, 10 августа. /ТАСС/.", "МОСКВА", "10 августа.", "ТАСС"),
    ("BISHKEK, Kyrgyzstan, May 3. The mayor", None, "BISHKEK, Kyrgyzstan", "May 3", None),
    ("TOKYO - Trading houses will", "TOKYO -", "TOKYO", None, None),
    ("BISHKEK (AP) — Officials", "BISHKEK (AP) —", "BISHKEK", None, "AP"),
    ("БИШКЕК /Кабар/. В столице", "БИШКЕК /Кабар/.", "БИШКЕК", None, "Кабар"),
    ("TOSHKENT, 16-noyabr. /UzA/. Bugun", "TOSHKENT, 16-noyabr. /UzA/.", "TOSHKENT", "16-noyabr.", "UzA"),
    ("Пекин, 3 февраля /Синьхуа/ -- Мэрия", "Пекин, 3 февраля /Синьхуа/ --", "Пекин", "3 февраля", "Синьхуа"),
    ("НУР-СУЛТАН. 5 мамыр. ҚазАқпарат – Бүгін", None, "НУР-СУЛТАН", "5 мамыр.", "ҚазАқпарат"),
    ("АЛМАТЫ, 5 мая – Погода ухудшится", "АЛМАТЫ, 5 мая –", "АЛМАТЫ", "5 мая", None),
    ("ТАСС, 10 августа. Глава", "ТАСС, 10 августа.", None, "10 августа", "ТАСС"),
    ("БИШКЕК\nМэрия столицы", "БИШКЕК", "БИШКЕК", None, None),
]

NO_DATELINES = [
    "Москва, 1941 год. Немецкие войска подошли к городу.",
    "Москва, 5 мая 1941 года. Немецкие войска ещё далеко.",
    "ТАСС — крупнейшее агентство страны.",
    "США – крупнейший торговый партнёр.",
    "ШОС (Шанхайская организация) — это союз государств.",
    "Бишкек (бывший Фрунзе) — столица страны.",
    "Среда, 5 мая. Погода без изменений.",
    "Сегодня, 5 мая – праздник во всех школах.",
    "С 5 мая – Новые правила для водителей.",
    "В Бишкеке, 5 мая. Дождь.",
    "Садыр Асанов подписал договор 5 мая.",
    "СПРАВКА\nДоговор подписан в прошлом году.",
    "",
]


@pytest.mark.parametrize(("text", "span", "place", "day", "agency"), DATELINES, ids=[row[0][:24] for row in DATELINES])
def test_dateline_has_its_parts(
    text: str, span: str | None, place: str | None, day: str | None, agency: str | None
) -> None:
    dateline = find_dateline(text)
    assert dateline is not None
    words = text[dateline.date_words.start : dateline.date_words.end] if dateline.date_words else None
    assert (dateline.place, words, dateline.agency) == (place, day, agency)
    assert span is None or text[dateline.span.start : dateline.span.end] == span


@pytest.mark.parametrize("text", NO_DATELINES)
def test_ordinary_opening_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_span_begins_behind_indentation() -> None:
    dateline = find_dateline("\n  БИШКЕК /Кабар/. В столице")
    assert dateline is not None
    assert dateline.span.start == 3


@given(st.text(max_size=300))
def test_any_text_gives_a_dateline_inside_it_or_none(text: str) -> None:
    dateline = find_dateline(text)
    assert dateline is None or 0 <= dateline.span.start < dateline.span.end <= len(text)
