"""Reading the numbers of a report from the views of schema mart alone, as any login with newshouse_reader may.

One REPEATABLE READ transaction, so that the parts of a page agree while a load goes on. A report about all countries
reads the daily counts; one about a country counts the articles that mention it.
"""

from __future__ import annotations

import difflib
from datetime import date
from typing import Any, LiteralString, TypeVar

from psycopg import Connection
from psycopg.rows import class_row, dict_row

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
        connection.execute("SET LOCAL work_mem = '32MB'")  # a country's articles are sorted and hashed in memory
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
        counted = self._counted(period)
        return Figures(
            asked=self._asked,
            country=self._country,
            period=period,
            recent=recent,
            previous=previous,
            totals=Totals(**counted["totals"]),
            time_line=[Bar(date.fromisoformat(bar["start"]), bar["article_count"]) for bar in counted["time_line"]],
            countries=[Country(**country) for country in counted["countries"]],
            pairs=[Pair(**pair) for pair in counted["pairs"]],
            sources=[Source(**source) for source in counted["sources"]],
            checks=self._ask(Check, queries.CHECKS),
            latest=self._latest(),
            freshness=self._ask(Freshness, queries.FRESHNESS)[0],
        )

    def _set(self, prefix: str, window: Window | None) -> None:
        self._values[f"{prefix}first"] = window and window.first
        self._values[f"{prefix}last"] = window and window.last

    def _counted(self, period: Window | None) -> dict[str, Any]:
        """The row of queries.COUNTED: JSON, one value for each part of the page."""
        if self._country is not None:
            rows, pairs = queries.OF_ONE_COUNTRY, queries.ARTICLES_OF_ONE_COUNTRY + queries.PAIRS
        elif self._asked.is_whole:
            rows, pairs = queries.OF_ALL, queries.PAIRS_BY_MONTH
        else:
            rows, pairs = queries.OF_ALL, queries.ARTICLES_OF_ALL + queries.PAIRS
        statement = rows + queries.COUNTRIES + pairs + queries.COUNTED
        values = self._values | {"step": period.step if period else None, "matrix": _MATRIX}
        with self._connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(statement, values).fetchall()[0]

    def _latest(self) -> list[Headline]:
        statement = queries.LATEST if self._country is None else queries.LATEST_OF_ONE_COUNTRY
        return self._ask(Headline, statement, latest=_LATEST)

    def _ask(self, kind: type[Row], statement: LiteralString, **more: object) -> list[Row]:
        return _rows(self._connection, kind, statement, self._values | more)
