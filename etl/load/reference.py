"""seeds/reference into core: countries, their names, sources, their names, the calendar. Touches only what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import LiteralString

from psycopg import Connection, sql

from etl.database import locks
from etl.load.reference_files import digests
from etl.normalize.countries.flags import NAMES
from etl.normalize.countries.reference import read_names
from etl.normalize.sources import Sources
from etl.normalize.sources.registry import NAME_COLUMNS, SOURCE_COLUMNS
from etl.reference import Row, read_rows

COUNTRY_COLUMNS = (
    "country_code",
    "alpha3",
    "numeric",
    "name_en",
    "name_ru",
    "name_local",
    "region",
    "subregion",
    "status",
)
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2049, 12, 31)
_YEARS_AHEAD = 10  # an upgrade extends the calendar before articles reach its end

_UPSERT = """
INSERT INTO {table} AS known ({columns})
SELECT {columns} FROM {stage}
ON CONFLICT ({key}) DO UPDATE
SET ({values}) = ROW ({new})
WHERE ({old}) IS DISTINCT FROM ({new})
"""

_CALENDAR = """
INSERT INTO core.calendar
    (day, year, quarter, month, month_start, quarter_start, week_start, iso_year, iso_week, iso_weekday)
SELECT
    day,
    EXTRACT(year FROM day),
    EXTRACT(quarter FROM day),
    EXTRACT(month FROM day),
    date_trunc('month', day),
    date_trunc('quarter', day),
    date_trunc('week', day),
    EXTRACT(isoyear FROM day),
    EXTRACT(week FROM day),
    EXTRACT(isodow FROM day)
FROM (
    SELECT series::date AS day
    FROM generate_series(%s::date::timestamp, %s::date::timestamp, interval '1 day') AS series
) AS days
ON CONFLICT (day) DO NOTHING
"""


def load_reference(connection: Connection, folder: Path) -> int:
    """Load the files of `folder` in one transaction; the number of rows that changed.

    Raises ReferenceDataError, naming file and line, before anything is written.
    """
    Sources.load(folder)  # checks the sources and their names as a load will
    countries = _countries(folder)
    codes = frozenset(str(row[0]) for row in countries)
    names = [
        (row.name_id, row.country, row.language, row.kind, row.lemma, _flag_names(row.flags), True)
        for row in read_names(folder, codes)
    ]
    sources = _sources(folder, codes)
    source_names = _source_names(folder)
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (locks.MERGE,))  # loads insert sources too
        changed = connection.execute(_CALENDAR, calendar_bounds(datetime.now(UTC).date())).rowcount
        changed += _put(connection, "core.country", 1, _COUNTRY_FIELDS, countries)
        changed += _put(connection, "core.country_name", 1, _NAME_FIELDS, names, gone=_RETIRE)
        changed += _put(connection, "core.source", 1, SOURCE_COLUMNS, sources)
        changed += _put(connection, "core.source_name", 2, _SOURCE_NAME_FIELDS, source_names, gone=_DELETE)
        changed += _put(connection, "ops.reference_file", 1, _FILE_FIELDS, digests(folder).items(), gone=_DELETE)
    return changed


def calendar_bounds(today: date) -> tuple[date, date]:
    """The first and the last day that the calendar must hold."""
    return _FIRST_DAY, max(_LAST_DAY, date(today.year + _YEARS_AHEAD, 12, 31))


# What becomes of rows that left the file: names stay for the mentions that carry them.
_RETIRE: LiteralString = (
    "UPDATE {table} SET is_current = false WHERE is_current AND ({key}) NOT IN (SELECT {key} FROM {stage})"
)
_DELETE: LiteralString = "DELETE FROM {table} WHERE ({key}) NOT IN (SELECT {key} FROM {stage})"

_COUNTRY_FIELDS = tuple("numeric_code" if column == "numeric" else column for column in COUNTRY_COLUMNS)
_NAME_FIELDS = ("name_id", "country_code", "language", "kind", "lemma", "flags", "is_current")
_FILE_FIELDS = ("file_name", "content_sha256")
_SOURCE_NAME_FIELDS = ("kind", "value", "source_id", "flags")


def _countries(folder: Path) -> list[tuple[object, ...]]:
    rows = read_rows(folder / "countries.csv", COUNTRY_COLUMNS)
    _unique(rows, "country_code")
    _unique(rows, "alpha3")
    nullable = ("numeric", "region", "subregion")
    return [tuple(row[name] or (None if name in nullable else "") for name in COUNTRY_COLUMNS) for row in rows]


def _sources(folder: Path, countries: frozenset[str]) -> list[tuple[object, ...]]:
    rows = read_rows(folder / "sources.csv", SOURCE_COLUMNS)
    for row in rows:
        if row["country_code"] and row["country_code"] not in countries:
            raise row.error(f"unknown country {row['country_code']!r}; countries.csv lists the codes")
        if row["needs_review"] not in ("true", "false"):
            raise row.error(f"needs_review is {row['needs_review']!r}; it must be true or false")
    return [
        (
            row["source_id"],
            row["name"],
            row["country_code"] or None,
            row["kind"],
            row["languages"],
            row["timezone"] or None,
            row["needs_review"] == "true",
        )
        for row in rows
    ]


def _source_names(folder: Path) -> list[tuple[object, ...]]:
    rows = read_rows(folder / "source_names.csv", NAME_COLUMNS)
    return [(row["kind"], row["value"], row["source_id"], row["flags"]) for row in rows]


def _flag_names(flags: int) -> str:
    return " ".join(name for name, bit in NAMES.items() if flags & bit)


def _unique(rows: Iterable[Row], *columns: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if key in seen:
            raise row.error(f"{' '.join(key)!r} stands in {seen[key]} already; delete one")
        seen[key] = row.where


def _put(
    connection: Connection,
    table: str,
    key_length: int,
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
    gone: LiteralString | None = None,
) -> int:
    """Upsert `rows` into `table`, whose key is the first `key_length` columns; the number of rows changed.

    `gone` is the statement for rows that are not in the file any more; without it they stay.
    """
    stage = sql.Identifier("stage_" + table.partition(".")[2])
    names = [sql.Identifier(column) for column in columns]
    parts = {
        "table": sql.Identifier(*table.split(".")),
        "stage": stage,
        "columns": sql.SQL(", ").join(names),
        "key": sql.SQL(", ").join(names[:key_length]),
        "values": sql.SQL(", ").join(names[key_length:]),
        "new": sql.SQL(", ").join(sql.Identifier("excluded", column) for column in columns[key_length:]),
        "old": sql.SQL(", ").join(sql.Identifier("known", column) for column in columns[key_length:]),
    }
    create = sql.SQL("CREATE TEMPORARY TABLE {stage} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")
    connection.execute(create.format(**parts))
    with connection.cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {stage} ({columns}) FROM STDIN").format(**parts)) as copy:
            for row in rows:
                copy.write_row(row)
        changed = cursor.execute(sql.SQL(_UPSERT).format(**parts)).rowcount
        if gone:
            changed += cursor.execute(sql.SQL(gone).format(**parts)).rowcount
    return changed
