"""How the sources of the corpus print their articles: one row a source, in the shapes of the sample articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from etl.extract.item import Carrier

_MONTHS_RU = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_MONTHS_KY = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A source: its share of the corpus, and the page and URL of an article as format strings.

    The formats know title, body, at (a datetime), ru, ky, en (the month's name) and number. `url` is None where the
    page says who published it, or nothing does; `published` adds the date to the manifest.
    """

    folder: str
    language: str
    weight: int
    page: str
    url: str | None = None
    published: str | None = None

    def print(self, title: str, body: str, at: datetime, number: int) -> tuple[str, Carrier]:
        month = at.month - 1
        values = {"title": title, "body": body, "at": at, "number": number}
        values |= {"ru": _MONTHS_RU[month], "ky": _MONTHS_KY[month], "en": _MONTHS_EN[month]}
        carrier = Carrier(
            url=self.url and self.url.format_map(values),
            published=self.published and self.published.format_map(values),
        )
        return self.page.format_map(values), carrier


_PORTAL = """Вечерний Бишкек

Политика | Экономика | Общество | Мир | Спорт

{title}

Опубликовано {at:%d.%m.%Y}

{body}

Поделиться

Комментарии: 12

© Вечерний Бишкек. Все права защищены
"""

SHAPES = (
    Shape("24kg", "ru", 24, " date {at:%Y-%m-%d %H:%M}\n{title}\n\n{body}\n", "https://24.kg/bench/{number}_statya/"),
    Shape("kabar", "ru", 12, "{title}\n\nБИШКЕК, {at:%d.%m.%y}. /Кабар/. {body}\n"),
    Shape("vb", "ru", 8, _PORTAL),
    Shape("tass", "ru", 8, " date {at:%Y-%m-%d %H:%M}\n{title}\n\nМОСКВА, {at.day} {ru}. /ТАСС/. {body}\n"),
    Shape("interfax", "ru", 6, "{title}\n\nБишкек. {at.day} {ru}. INTERFAX.RU - {body}\n"),
    Shape("khovar", "ru", 4, "{title}\nДУШАНБЕ, {at:%d.%m.%Y} /НИАТ «Ховар»/. {body}\n"),
    Shape("kazinform", "ru", 6, "{title}\n\n{at:%H:%M %d.%m.%Y}\n\nАСТАНА. КАЗИНФОРМ — {body}\n"),
    Shape(
        "uzinform",
        "ru",
        4,
        "{title}\n\nТАШКЕНТ, {at.day} {ru}. /УЗИНФОРМ/. {body}\n",
        "https://uzinform.com/ru/news/{at:%Y%m%d}/{number}.html",
    ),
    Shape("crawl", "ru", 6, " date {at:%Y-%m-%d} {body}\n"),
    Shape(
        "24kg_ky", "ky", 9, " date {at:%Y-%m-%d %H:%M}\n{title}\n\n{body}\n", "https://24.kg/kyrgyzcha/bench/{number}/"
    ),
    Shape(
        "sputnik_kg",
        "ky",
        4,
        "{title}\n\nБИШКЕК, {at.day}-{ky} — Sputnik. {body}\n",
        "https://sputnik.kg/{at:%Y%m%d}/bench-{number}.html",
    ),
    Shape("timesca", "en", 6, "{title}\n\n{body}\n", "https://timesca.com/bench-{number}/", "{at:%Y-%m-%d}"),
    Shape("trend", "en", 3, " date {at:%Y-%m-%d} BAKU, Azerbaijan, {en} {at.day}. {body}\n"),
)
