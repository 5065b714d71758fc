"""Totals agree, whichever view they are taken from and whatever the articles are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import Connection

from tests.marts.rows import Row, insert

_TOTALS = {
    "articles": (
        "SELECT sum(article_count) FROM mart.daily_source_counts",
        "SELECT count(*) FROM mart.articles",
        "SELECT count(*) FROM mart.article_texts",
        "SELECT count(DISTINCT article_id) FROM mart.article_countries",
        "SELECT sum(article_count) FROM mart.daily_article_counts",
        "SELECT sum(article_count) FROM mart.language_by_month",
        "SELECT sum(article_count) FROM mart.publication_date_methods",
        "SELECT sum(article_count) FROM mart.source_summary",
        "SELECT max(all_article_count) FROM mart.data_quality",
    ),
    "articles without a day": (
        "SELECT sum(article_count) FROM mart.daily_source_counts WHERE day IS NULL",
        "SELECT count(*) FROM mart.review_queue WHERE doubt IN ('undated', 'partial date')",
        "SELECT count(*) FROM mart.articles WHERE published_on IS NULL",
        "SELECT sum(article_count) FROM mart.daily_article_counts WHERE day IS NULL",
        "SELECT sum(article_count) FROM mart.language_by_month WHERE month IS NULL",
        "SELECT sum(undated_article_count) FROM mart.source_summary",
        "SELECT article_count FROM mart.data_quality WHERE check_name = 'undated'",
    ),
    "articles without a country": (
        "SELECT sum(article_count) FROM mart.daily_country_mentions WHERE country_code = 'none'",
        "SELECT sum(article_count) FROM mart.quarterly_country_mentions WHERE country_code = 'none'",
        "SELECT sum(article_count) FROM mart.monthly_source_countries WHERE country_code = 'none'",
        "SELECT article_count FROM mart.country_summary WHERE country_code = 'none'",
        "SELECT count(*) FROM mart.articles WHERE country_count = 0",
        "SELECT count(*) FROM mart.article_countries WHERE country_code = 'none'",
        "SELECT sum(article_count) FROM mart.monthly_country_mentions WHERE country_code = 'none'",
        "SELECT sum(article_count) FROM mart.source_country_matrix WHERE country_code = 'none'",
        "SELECT article_count FROM mart.data_quality WHERE check_name = 'no country'",
    ),
    "articles without a publisher": (
        "SELECT sum(article_count) FROM mart.daily_source_counts WHERE publisher_id = 'unknown'",
        "SELECT count(*) FROM mart.review_queue WHERE doubt = 'unknown publisher'",
        "SELECT count(*) FROM mart.articles WHERE publisher_id = 'unknown'",
        "SELECT sum(article_count) FROM mart.source_summary WHERE source_id = 'unknown'",
        "SELECT article_count FROM mart.data_quality WHERE check_name = 'unknown publisher'",
    ),
    "articles by country": (
        "SELECT sum(article_count) FROM mart.daily_country_mentions",
        "SELECT sum(article_count) FROM mart.quarterly_country_mentions",
        "SELECT sum(article_count) FROM mart.monthly_source_countries",
        "SELECT sum(article_count) FROM mart.country_summary",
        "SELECT sum(greatest(country_count, 1)) FROM mart.articles",
        "SELECT count(*) FROM mart.article_countries",
        "SELECT sum(article_count) FROM mart.monthly_country_mentions",
        "SELECT sum(article_count) FROM mart.source_country_matrix",
    ),
    "mentions": (
        "SELECT sum(mention_count) FROM mart.daily_country_mentions",
        "SELECT sum(mention_count) FROM mart.quarterly_country_mentions",
        "SELECT sum(mention_count) FROM mart.monthly_source_countries",
        "SELECT sum(mention_count) FROM mart.country_summary",
        "SELECT sum(mention_count) FROM mart.articles",
        "SELECT sum(mention_count) FROM mart.article_countries",
        "SELECT sum(mention_count) FROM mart.monthly_country_mentions",
        "SELECT sum(mention_count) FROM mart.source_country_matrix",
    ),
    "pairs": (
        "SELECT sum(country_count * (country_count - 1) / 2) FROM mart.articles",
        "SELECT sum(article_count) FROM mart.country_pairs_by_month",
    ),
    "articles of a month": (
        "SELECT sum(article_count) FROM mart.daily_source_counts WHERE month = '2025-01-01'",
        "SELECT max(quarter_article_count) FROM mart.quarterly_country_mentions WHERE quarter = '2025-01-01'",
        "SELECT count(*) FROM mart.articles WHERE published_month = '2025-01-01'",
        "SELECT sum(article_count) FROM mart.daily_article_counts WHERE month = '2025-01-01'",
        "SELECT sum(article_count) FROM mart.language_by_month WHERE month = '2025-01-01'",
        "SELECT max(month_article_count) FROM mart.monthly_country_mentions WHERE month = '2025-01-01'",
    ),
}

_ARTICLES = st.lists(
    st.fixed_dictionaries(
        {
            "published_on": st.sampled_from(
                [None, date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 31)]
            ),
            "publisher_id": st.sampled_from(["unknown", "alpha", "beta"]),
            "language": st.sampled_from(["ru", "ky", "und"]),
            "countries": st.dictionaries(st.sampled_from(["KG", "KZ", "UZ", "JP"]), st.integers(1, 3)),
        }
    ),
    max_size=12,
)


@pytest.mark.parametrize("total", _TOTALS)
@settings(max_examples=15)
@given(articles=_ARTICLES)
def test_total_agrees(published: Connection, total: str, articles: list[Row]) -> None:
    with published.transaction(force_rollback=True):
        insert(published, {"article": [{"article_id": key} | row for key, row in enumerate(articles, start=1)]})
        answers = {query: published.execute(query).fetchone() for query in _TOTALS[total]}
    assert len({row[0] or 0 for row in answers.values() if row}) == 1, answers
