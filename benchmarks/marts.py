"""How fast the views answer, beside the plain query that each would be without the kept counts.

    python -m benchmarks.marts --sizes 10k,100k          # on the server of DATABASE_URL, else on an embedded one
    python -m benchmarks.marts --database-url postgresql://…/filled    # a warehouse that is there

Every query is warm: run once, then the fastest of seven, which other work on the machine disturbed least. Rows are
fetched, as a client would; where a view has a row an article, or more, the question is a count by group.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import LiteralString

from psycopg import Connection, sql

from benchmarks.corpus import parse_size
from benchmarks.mart_rows import fill
from benchmarks.server import server
from etl.database import search
from etl.database.connect import connect

_REPEATS = 7
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

SEARCHES: dict[str, LiteralString] = {
    "a frequent word": "SELECT * FROM mart.search_articles('абай')",
    "a rare word": "SELECT * FROM mart.search_articles('ванкувер')",
    "two words, a quarter, a country": """
        SELECT * FROM mart.search_articles('абай астана', '2021-01-01', '2021-03-31', 'KG')""",
}


def measure(connection: Connection) -> list[tuple[str, ...]]:
    """One line a view: milliseconds for all history, plain, a month, a country."""
    lines = []
    for view, (whole, month, country) in QUESTIONS.items():
        questions = (whole, PLAIN.get(view), month, country)
        lines.append((f"`{view}`", *(_milliseconds(connection, view, question) for question in questions)))
    return lines


def measure_search(connection: Connection) -> list[tuple[str, str]]:
    """One line a search, with the index made first."""
    search.create_index(connection)
    return [(name, _milliseconds(connection, "", question)) for name, question in SEARCHES.items()]


def _milliseconds(connection: Connection, view: str, question: LiteralString | None) -> str:
    if question is None:
        return ""
    statement = sql.SQL(question).format(view=sql.Identifier("mart", view), month=sql.SQL(_MONTH))
    times = []
    for _ in range(_REPEATS + 1):
        started = time.perf_counter()
        connection.execute(statement).fetchall()
        times.append(time.perf_counter() - started)
    return f"{min(times[1:]) * 1000:,.0f}"


def report(connection: Connection, title: str, with_search: bool) -> None:
    """Print the tables of one warehouse as Markdown."""
    print(f"\n{title}\n\n| view | all history | plain query | a month | a country |\n|---|--:|--:|--:|--:|")
    for line in measure(connection):
        print(f"| {' | '.join(line)} |", flush=True)
    if with_search:
        print("\n| search | ms |\n|---|--:|")
        for name, milliseconds in measure_search(connection):
            print(f"| {name} | {milliseconds} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", help="fill a warehouse of each of these sizes, such as 10k,100k")
    parser.add_argument("--database-url", help="the server, or without --sizes the filled warehouse")
    parser.add_argument("--search", action="store_true", help="make the search index and measure searches, too")
    given = parser.parse_args()
    if not given.sizes:
        with connect(given.database_url, autocommit=True) as connection:
            report(connection, "milliseconds", given.search)
        return
    with tempfile.TemporaryDirectory() as folder, server(given.database_url, Path(folder)) as place:
        for size in given.sizes.split(","):
            with connect(place.warehouse(), autocommit=True) as connection:
                fill(connection, parse_size(size))
                report(connection, f"{size} articles, milliseconds", given.search)


if __name__ == "__main__":
    main()
