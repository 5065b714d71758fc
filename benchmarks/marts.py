"""How fast the views answer, beside the plain query that each would be without the kept counts.

    python -m benchmarks.marts --sizes 10k,100k          # on the server of DATABASE_URL, else on an embedded one
    python -m benchmarks.marts --database-url postgresql://…/filled    # a warehouse that is there
    python -m benchmarks.marts --sizes 1m --search --json

Every query is warm: run once, then the fastest of up to seven within five seconds, which other work on the machine
disturbed least. One that takes over ten seconds is given up. Rows are fetched, as a client would; where a view has a
row an article, or more, the questions are a count by group and the page that a BI tool shows first: 1,000 rows.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import LiteralString

from psycopg import Connection, errors, sql

from benchmarks.corpus import parse_size
from benchmarks.mart_rows import fill
from benchmarks.server import server
from etl.database import search
from etl.database.connect import connect

Line = tuple[str, ...]

_REPEATS = 7
_ENOUGH = 5.0  # seconds of repeats of one query
_LIMIT = 10  # seconds after which a query is given up; more for the first time, which brings the pages into memory
_WARMING = 60
_MONTH: LiteralString = "'2021-03-01'"

# By view: what is asked of all history, of a month, of a country; None where it has no such column.
QUESTIONS: dict[str, tuple[LiteralString | None, LiteralString | None, LiteralString | None]] = {
    "country_bursts": ("SELECT * FROM {view}", None, "SELECT * FROM {view} WHERE country_code = 'JP'"),
    "country_pairs_by_month": (
        "SELECT country_code_a, country_code_b, sum(article_count) FROM {view} GROUP BY 1, 2",
        "SELECT * FROM {view} WHERE month = {month}",
        "SELECT * FROM {view} WHERE 'JP' IN (country_code_a, country_code_b)",
    ),
    "country_summary": ("SELECT * FROM {view}", None, "SELECT * FROM {view} WHERE country_code = 'JP'"),
    "daily_article_counts": ("SELECT * FROM {view}", "SELECT * FROM {view} WHERE month = {month}", None),
    "daily_country_mentions": (
        "SELECT country_code, quarter, sum(article_count) FROM {view} GROUP BY 1, 2",
        "SELECT * FROM {view} WHERE month = {month}",
        "SELECT * FROM {view} WHERE country_code = 'JP'",
    ),
    "daily_source_counts": (
        "SELECT publisher_name, quarter, sum(article_count) FROM {view} GROUP BY 1, 2",
        "SELECT * FROM {view} WHERE month = {month}",
        None,
    ),
    "data_quality": ("SELECT * FROM {view}", None, None),
    "freshness": ("SELECT * FROM {view}", None, None),
    "language_by_month": ("SELECT * FROM {view}", "SELECT * FROM {view} WHERE month = {month}", None),
    "latest_articles": ("SELECT * FROM {view}", None, None),
    "monthly_country_mentions": (
        "SELECT * FROM {view}",
        "SELECT * FROM {view} WHERE month = {month}",
        "SELECT * FROM {view} WHERE country_code = 'JP'",
    ),
    "monthly_source_countries": (
        "SELECT publisher_name, country_code, sum(article_count) FROM {view} GROUP BY 1, 2",
        "SELECT * FROM {view} WHERE month = {month}",
        "SELECT * FROM {view} WHERE country_code = 'JP'",
    ),
    "publication_date_methods": ("SELECT * FROM {view}", None, None),
    "quarterly_country_mentions": (
        "SELECT * FROM {view}",
        "SELECT * FROM {view} WHERE quarter = '2021-01-01'",
        "SELECT * FROM {view} WHERE country_code = 'JP'",
    ),
    "source_country_matrix": ("SELECT * FROM {view}", None, "SELECT * FROM {view} WHERE country_code = 'JP'"),
    "source_silences": ("SELECT * FROM {view}", None, None),
    "source_summary": ("SELECT * FROM {view}", None, None),
    "articles": (
        None,
        "SELECT publisher_name, language, count(*) FROM {view} WHERE published_month = {month} GROUP BY 1, 2",
        None,
    ),
    "article_countries": (
        None,
        "SELECT country_code, count(*), sum(mention_count) FROM {view} WHERE published_month = {month} GROUP BY 1",
        "SELECT count(*), sum(mention_count) FROM {view} WHERE country_code = 'JP'",
    ),
    "country_mentions": (
        None,
        "SELECT kind, zone, count(*) FROM {view} WHERE published_on BETWEEN {month} AND '2021-03-31' GROUP BY 1, 2",
        "SELECT * FROM {view} WHERE country_code = 'JP' LIMIT 1000",
    ),
    "input_status": ("SELECT * FROM {view}", None, None),
    "monthly_country_stories": (
        "SELECT * FROM {view}",
        "SELECT * FROM {view} WHERE month = {month}",
        "SELECT * FROM {view} WHERE country_code = 'JP'",
    ),
    "reprints": (
        "SELECT publisher_id, count(*) FROM {view} GROUP BY 1",
        "SELECT * FROM {view} WHERE published_on BETWEEN {month} AND '2021-03-31'",
        None,
    ),
    "stories": (
        "SELECT article_count, count(*) FROM {view} GROUP BY 1",
        "SELECT * FROM {view} WHERE first_published_on BETWEEN {month} AND '2021-03-31'",
        None,
    ),
    "review_queue": (
        "SELECT doubt, count(*) FROM {view} GROUP BY 1",
        "SELECT * FROM {view} WHERE published_on BETWEEN {month} AND '2021-03-31'",
        None,
    ),
}

# What the view would be over the articles alone: all history.
PLAIN: dict[str, LiteralString] = {
    "country_pairs_by_month": """
        SELECT c.month_start, o.country_code, t.country_code, count(*)
        FROM core.article_country AS o
        JOIN core.article_country AS t ON t.article_id = o.article_id AND t.country_code > o.country_code
        JOIN core.article AS a ON a.article_id = o.article_id
        LEFT JOIN core.calendar AS c ON c.day = a.published_on
        GROUP BY 1, 2, 3""",
    "daily_article_counts": """
        SELECT published_on, count(*), count(DISTINCT publisher_id) FROM core.article GROUP BY 1""",
    "daily_country_mentions": """
        SELECT a.published_on, m.country_code, count(*), sum(m.mention_count)
        FROM core.article AS a LEFT JOIN core.article_country AS m ON m.article_id = a.article_id GROUP BY 1, 2""",
    "language_by_month": """
        SELECT c.month_start, a.language, count(*)
        FROM core.article AS a LEFT JOIN core.calendar AS c ON c.day = a.published_on GROUP BY 1, 2""",
    "monthly_country_mentions": """
        SELECT c.month_start, m.country_code, count(*), sum(m.mention_count)
        FROM core.article AS a
        LEFT JOIN core.article_country AS m ON m.article_id = a.article_id
        LEFT JOIN core.calendar AS c ON c.day = a.published_on
        GROUP BY 1, 2""",
    "source_country_matrix": """
        SELECT a.publisher_id, m.country_code, count(*), sum(m.mention_count)
        FROM core.article AS a LEFT JOIN core.article_country AS m ON m.article_id = a.article_id GROUP BY 1, 2""",
    "source_summary": """
        SELECT publisher_id, count(*), min(published_on), max(published_on) FROM core.article GROUP BY 1""",
    "publication_date_methods": """
        SELECT published_method, published_precision, count(*) FROM core.article GROUP BY 1, 2""",
}

# The same views by the page: conditions of a month and of a country.
_PAGE: LiteralString = "SELECT * FROM {view} WHERE "
_BY_DAY: LiteralString = " ORDER BY published_on DESC LIMIT 1000"
_OF_MONTH: LiteralString = "published_on BETWEEN {month} AND '2021-03-31' LIMIT 1000"
PAGES: dict[str, tuple[LiteralString, LiteralString | None]] = {
    "articles": ("published_month = {month}" + _BY_DAY, None),
    "article_countries": ("published_month = {month}" + _BY_DAY, "country_code = 'JP'" + _BY_DAY),
    "country_mentions": (_OF_MONTH, "country_code = 'JP' LIMIT 1000"),
    "review_queue": (_OF_MONTH, None),
    "stories": ("first_published_on BETWEEN {month} AND '2021-03-31' LIMIT 1000", None),
}

SEARCHES: dict[str, LiteralString] = {
    "a frequent word": "SELECT * FROM mart.search_articles('абай')",
    "a rare word": "SELECT * FROM mart.search_articles('ванкувер')",
    "two words, a quarter, a country": """
        SELECT * FROM mart.search_articles('абай астана', '2021-01-01', '2021-03-31', 'KG')""",
}


def measure(connection: Connection) -> list[Line]:
    """One line a view: all history, the plain query, a month, a country."""
    lines = []
    for view, (whole, month, country) in QUESTIONS.items():
        questions = (whole, PLAIN.get(view), month, country)
        lines.append((view, *(_milliseconds(connection, view, question) for question in questions)))
    return lines


def measure_pages(connection: Connection) -> list[Line]:
    """One line a view with a row an article or more: the first 1,000 rows of a month, of a country."""
    return [
        (view, *(_milliseconds(connection, view, where and _PAGE + where) for where in filters))
        for view, filters in PAGES.items()
    ]


def measure_search(connection: Connection) -> list[Line]:
    """One line a search, with the index made first."""
    search.create_index(connection)
    return [(name, _milliseconds(connection, "", question)) for name, question in SEARCHES.items()]


def _milliseconds(connection: Connection, view: str, question: LiteralString | None) -> str:
    if question is None:
        return ""
    statement = sql.SQL(question).format(view=sql.Identifier("mart", view), month=sql.SQL(_MONTH))
    times: list[float] = []
    try:
        _fetch(connection, statement, _WARMING)
        while len(times) < _REPEATS and sum(times) < _ENOUGH:
            times.append(_fetch(connection, statement, _LIMIT))
    except errors.QueryCanceled:
        return f"over {_LIMIT} s"
    finally:
        connection.execute("RESET statement_timeout")
    return f"{min(times) * 1000:,.0f}"


def _fetch(connection: Connection, statement: sql.Composed, limit: int) -> float:
    """Seconds until all rows are here."""
    connection.execute(sql.SQL("SET statement_timeout = {}").format(limit * 1000))
    started = time.perf_counter()
    connection.execute(statement).fetchall()
    return time.perf_counter() - started


def report(connection: Connection, title: str, with_search: bool, as_json: bool) -> None:
    """Print the tables of one warehouse as Markdown, or all of them as one line of JSON."""
    tables = {
        ("view", "all history", "plain query", "a month", "a country"): measure(connection),
        ("first 1,000 rows of", "a month", "a country"): measure_pages(connection),
        ("search", "ms"): measure_search(connection) if with_search else [],
    }
    if as_json:
        named = [dict(zip(head, line, strict=True)) for head, lines in tables.items() for line in lines]
        print(json.dumps({"title": title, "milliseconds": named}, ensure_ascii=False), flush=True)
        return
    print(f"\n{title}")
    for head, lines in tables.items():
        print(f"\n| {' | '.join(head)} |\n|---|{'--:|' * (len(head) - 1)}")
        print("\n".join(f"| {' | '.join(line)} |" for line in lines), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", help="fill a warehouse of each of these sizes, such as 10k,100k")
    parser.add_argument("--database-url", help="the server, or without --sizes the filled warehouse")
    parser.add_argument("--search", action="store_true", help="make the search index and measure searches, too")
    parser.add_argument("--json", action="store_true", help="print one line of JSON a warehouse")
    given = parser.parse_args()
    if not given.sizes:
        with connect(given.database_url, autocommit=True) as connection:
            report(connection, "milliseconds", given.search, given.json)
        return
    with tempfile.TemporaryDirectory() as folder, server(given.database_url, Path(folder)) as place:
        for size in given.sizes.split(","):
            with connect(place.warehouse(), autocommit=True) as connection:
                fill(connection, parse_size(size))
                report(connection, f"{size} articles, milliseconds", given.search, given.json)


if __name__ == "__main__":
    main()
