"""The numbers of a report are those of the views."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import LiteralString

import pytest
from psycopg import Connection

from etl.errors import UsageError
from etl.report.figures import Figures
from etl.report.period import Asked
from etl.report.read import read

AUGUST = Asked(date(2025, 8, 1), date(2025, 8, 31))
JAPAN = Asked(country_code="JP")


def ask(connection: Connection, statement: LiteralString) -> list[tuple[object, ...]]:
    return connection.execute(statement).fetchall()


def one(connection: Connection, statement: LiteralString) -> object:
    return ask(connection, statement)[0][0]


def counts(figures: Figures) -> list[tuple[object, ...]]:
    rows = figures.countries
    return sorted((row.country_code, row.article_count, row.title_article_count, row.mention_count) for row in rows)


def test_totals_are_those_of_the_articles(warehouse: Connection) -> None:
    totals = read(warehouse, Asked()).totals
    assert totals.article_count == one(warehouse, "SELECT count(*) FROM mart.articles")
    assert totals.undated_count == one(warehouse, "SELECT count(*) FROM mart.articles WHERE published_on IS NULL")
    assert totals.source_count == one(
        warehouse, "SELECT count(DISTINCT publisher_id) FROM mart.articles WHERE publisher_id <> 'unknown'"
    )


def test_time_line_has_every_dated_article(warehouse: Connection) -> None:
    figures = read(warehouse, Asked())
    dated = one(warehouse, "SELECT count(*) FROM mart.articles WHERE published_on IS NOT NULL")
    assert sum(bar.article_count for bar in figures.time_line) == dated


def test_time_line_has_its_gaps(warehouse: Connection) -> None:
    bars = read(warehouse, Asked()).time_line
    assert {(after.start - before.start).days for before, after in pairwise(bars)} == {7}
    assert 0 in {bar.article_count for bar in bars}


def test_countries_are_those_of_the_articles(warehouse: Connection) -> None:
    assert counts(read(warehouse, Asked())) == ask(
        warehouse,
        """
        SELECT country_code, count(*), count(*) FILTER (WHERE is_in_title), sum(mention_count)::bigint
        FROM mart.article_countries WHERE country_code <> 'none'
        GROUP BY country_code ORDER BY country_code COLLATE "C"
        """,
    )


def test_countries_of_a_period_are_those_of_its_articles(warehouse: Connection) -> None:
    figures = read(warehouse, AUGUST)
    expected = ask(
        warehouse,
        """
        SELECT country_code, count(*), count(*) FILTER (WHERE is_in_title), sum(mention_count)::bigint
        FROM mart.article_countries
        WHERE country_code <> 'none' AND published_on BETWEEN '2025-08-01' AND '2025-08-31'
        GROUP BY country_code ORDER BY country_code COLLATE "C"
        """,
    )
    assert [row for row in counts(figures) if row[1]] == expected


def test_change_compares_with_the_days_before(warehouse: Connection) -> None:
    figures = read(warehouse, AUGUST)
    july = "SELECT count(*) FROM mart.articles WHERE published_on BETWEEN '2025-07-01' AND '2025-07-31'"
    assert figures.totals.recent_count == figures.totals.article_count
    assert figures.totals.previous_count == one(warehouse, july)


def test_countries_of_a_country_are_those_beside_it(warehouse: Connection) -> None:
    assert counts(read(warehouse, JAPAN)) == ask(
        warehouse,
        """
        SELECT country_code, count(*), count(*) FILTER (WHERE is_in_title), sum(mention_count)::bigint
        FROM mart.article_countries
        WHERE country_code <> 'none'
            AND article_id IN (SELECT article_id FROM mart.article_countries WHERE country_code = 'JP')
        GROUP BY country_code ORDER BY country_code COLLATE "C"
        """,
    )


def test_pairs_are_those_of_the_view(warehouse: Connection) -> None:
    figures = read(warehouse, Asked())
    shown = {country.country_code for country in figures.countries[:12]}
    expected = ask(
        warehouse,
        """
        SELECT country_code_a, country_code_b, sum(article_count)::bigint FROM mart.country_pairs_by_month
        GROUP BY country_code_a, country_code_b ORDER BY 1, 2
        """,
    )
    assert [(pair.country_code_a, pair.country_code_b, pair.article_count) for pair in figures.pairs] == [
        row for row in expected if shown.issuperset(row[:2])
    ]


def test_sources_are_those_of_the_view(warehouse: Connection) -> None:
    sources = read(warehouse, Asked()).sources
    assert [(source.publisher_id, source.article_count) for source in sources] == ask(
        warehouse,
        """
        SELECT source_id, article_count FROM mart.source_summary WHERE article_count > 0
        ORDER BY article_count DESC, source_id
        """,
    )


def test_bursts_are_those_of_the_view(warehouse: Connection) -> None:
    countries = read(warehouse, Asked()).countries
    ours = sorted(
        (row.country_code, row.burst_recent_count, row.burst_baseline_count, row.is_burst)
        for row in countries
        if row.burst_recent_count or row.burst_baseline_count
    )
    assert ours == ask(
        warehouse,
        "SELECT country_code, recent_count, baseline_count, is_burst FROM mart.country_bursts ORDER BY 1",
    )


def test_latest_are_those_of_the_view(warehouse: Connection) -> None:
    latest = read(warehouse, Asked()).latest
    assert [headline.title for headline in latest] == [
        title for (title,) in ask(warehouse, "SELECT title FROM mart.latest_articles ORDER BY position LIMIT 12")
    ]


def test_quality_is_that_of_the_whole_warehouse(warehouse: Connection) -> None:
    assert read(warehouse, AUGUST).checks == read(warehouse, Asked()).checks


@pytest.mark.parametrize("code", ["XX", "Kyrgyzstan", "none", "KGZ", "' OR 1=1"])
def test_unknown_country_is_refused(warehouse: Connection, code: str) -> None:
    with pytest.raises(UsageError, match="ISO 3166-1 alpha-2 code, like KG"):
        read(warehouse, Asked(country_code=code))


def test_refusal_names_the_country_that_was_meant(warehouse: Connection) -> None:
    with pytest.raises(UsageError, match=r"Did you mean: KG \(Kyrgyzstan\)"):
        read(warehouse, Asked(country_code="КЫРГЫЗСТАН"))
