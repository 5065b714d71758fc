"""Reading the numbers of a report from the views of schema mart alone, as any login with newshouse_reader may.

One REPEATABLE READ transaction, so that the parts of a page agree while a load goes on. A report about all countries
reads the daily counts; one about a country counts the articles that mention it.
"""

from __future__ import annotations

import difflib
from typing import LiteralString, TypeVar

from psycopg import Connection
from psycopg.rows import class_row

from etl.errors import UsageError
from etl.report import queries
from etl.report.figures import Bar, Check, Country, CountryName, Figures, Freshness, Headline, Pair, Source, Totals
from etl.report.period import Asked, Window

Row = TypeVar("Row")

_LATEST = 12  # headlines of the newest articles
_MATRIX = 12  # countries of the matrix: more do not fit a telephone


def read(connection: Connection, asked: Asked) -> Figures:
    """The figures of what was asked for. Raises UsageError for a country that does not exist."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL jit = off")  # compiling takes longer than these questions
        country = _country(connection, asked.country_code) if asked.country_code is not None else None
        return _Reader(connection, asked, country).figures()


def _country(connection: Connection, code: str) -> CountryName:
    names = _rows(connection, CountryName, queries.COUNTRY_NAMES, {})
    if found := next((name for name in names if name.country_code == code), None):
        return found
    known = {word.casefold(): name for name in names for word in (name.country_code, name.name_en, name.name_ru)}
    near = difflib.get_close_matches(code.casefold(), known, n=3, cutoff=0.75)
    meant = ", ".join(dict.fromkeys(f"{known[word].country_code} ({known[word].name_en})" for word in near))
    raise UsageError(
        f"there is no country {code!r}; give its ISO 3166-1 alpha-2 code, like KG."
        + (f" Did you mean: {meant}?" if meant else " All of them: newshouse query countries")
    )


def _rows(connection: Connection, kind: type[Row], statement: LiteralString, values: dict[str, object]) -> list[Row]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(statement, values).fetchall()


class _Reader:
    """Asks one question after the other of one snapshot, with one set of parameters."""

    def __init__(self, connection: Connection, asked: Asked, country: CountryName | None) -> None:
        self._connection = connection
        self._asked = asked
        self._country = country
        self._rows_of = queries.OF_ALL if asked.country_code is None else queries.OF_ONE_COUNTRY
        self._values: dict[str, object] = {"country_code": asked.country_code, "is_whole": asked.is_whole}

    def figures(self) -> Figures:
        held = self._ask(Window, queries.HELD)
        period = self._asked.period(held[0] if held else None)
        recent = period and self._asked.recent(period)
        previous = recent and recent.before()
        self._set("", period)
        self._set("recent_", recent)
        self._set("previous_", previous)
        self._set("seen_", period and period.with_before(previous))
        countries = self._ask(Country, self._rows_of + queries.COUNTRIES)
        return Figures(
            asked=self._asked,
            country=self._country,
            period=period,
            recent=recent,
            previous=previous,
            totals=self._ask(Totals, self._rows_of + queries.TOTALS)[0],
            time_line=self._time_line(period),
            countries=countries,
            pairs=self._pairs([country.country_code for country in countries[:_MATRIX]]),
            sources=self._ask(Source, self._rows_of + queries.SOURCES),
            checks=self._ask(Check, queries.CHECKS),
            latest=self._ask(Headline, queries.LATEST, latest=_LATEST),
            freshness=self._ask(Freshness, queries.FRESHNESS)[0],
        )

    def _set(self, prefix: str, window: Window | None) -> None:
        self._values[f"{prefix}first"] = window and window.first
        self._values[f"{prefix}last"] = window and window.last

    def _pairs(self, codes: list[str]) -> list[Pair]:
        is_of_all = self._asked.is_whole and self._asked.country_code is None
        return self._ask(Pair, queries.PAIRS_OF_ALL if is_of_all else queries.PAIRS, codes=codes)

    def _time_line(self, period: Window | None) -> list[Bar]:
        return self._ask(Bar, self._rows_of + queries.TIME_LINE, step=period.step) if period else []

    def _ask(self, kind: type[Row], statement: LiteralString, **more: object) -> list[Row]:
        return _rows(self._connection, kind, statement, self._values | more)
