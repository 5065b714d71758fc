"""The questions of a report, asked of the views of schema mart.

OF_ALL or OF_ONE_COUNTRY begins a statement and makes its rows: articles by day (NULL for the undated) and publisher in
`of_source`, by day and country in `of_country`. The named parameters are days of the windows of etl/report/period.py.
"""

from __future__ import annotations

from typing import LiteralString

OF_ALL: LiteralString = """
WITH of_source AS (
    SELECT day, publisher_id, publisher_name, article_count
    FROM mart.daily_source_counts
),
of_country AS (
    SELECT day, country_code, article_count, title_article_count, mention_count
    FROM mart.daily_country_mentions
    WHERE country_code <> 'none'
)
"""

OF_ONE_COUNTRY: LiteralString = """
WITH of_source AS (
    SELECT published_on AS day, publisher_id, publisher_name, count(*) AS article_count
    FROM mart.article_countries
    WHERE country_code = %(country_code)s
    GROUP BY published_on, publisher_id, publisher_name
),
of_country AS (
    -- The day from the chosen rows, so that of the others the articles are not read a second time.
    SELECT
        chosen.published_on AS day,
        every_country.country_code,
        count(*) AS article_count,
        count(*) FILTER (WHERE every_country.is_in_title) AS title_article_count,
        sum(every_country.mention_count) AS mention_count
    FROM mart.article_countries AS chosen
    JOIN mart.article_countries AS every_country USING (article_id)
    WHERE chosen.country_code = %(country_code)s
        AND every_country.country_code <> 'none'
        AND (%(is_whole)s OR chosen.published_on BETWEEN %(seen_first)s AND %(seen_last)s)
    GROUP BY chosen.published_on, every_country.country_code
)
"""

COUNTRY_NAMES: LiteralString = """
SELECT country_code, country_name_en AS name_en, country_name_ru AS name_ru
FROM mart.countries
WHERE country_code <> 'none'
ORDER BY country_code
"""

HELD: LiteralString = """
SELECT min(day) AS first, max(day) AS last
FROM mart.daily_source_counts
HAVING min(day) IS NOT NULL
"""

TOTALS: LiteralString = """
SELECT
    coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(first)s AND %(last)s OR %(is_whole)s), 0)::bigint
        AS article_count,
    coalesce(sum(article_count) FILTER (WHERE day IS NULL), 0)::bigint AS undated_count,
    count(DISTINCT publisher_id) FILTER (
        WHERE (day BETWEEN %(first)s AND %(last)s OR %(is_whole)s) AND publisher_id <> 'unknown'
    ) AS source_count,
    coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(recent_first)s AND %(recent_last)s), 0)::bigint
        AS recent_count,
    coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(previous_first)s AND %(previous_last)s), 0)::bigint
        AS previous_count
FROM of_source
"""

TIME_LINE: LiteralString = """
, of_step AS (
    SELECT date_trunc(%(step)s, day::timestamp)::date AS start, sum(article_count)::bigint AS article_count
    FROM of_source
    WHERE day BETWEEN %(first)s AND %(last)s
    GROUP BY start
)
SELECT step.start::date AS start, coalesce(of_step.article_count, 0) AS article_count
FROM generate_series(
    (SELECT min(start)::timestamp FROM of_step),
    (SELECT max(start)::timestamp FROM of_step),
    ('1 ' || %(step)s)::interval
) AS step (start)
LEFT JOIN of_step ON of_step.start = step.start
ORDER BY start
"""

COUNTRIES: LiteralString = """
, counted AS (
    SELECT
        country_code,
        coalesce(sum(article_count) FILTER (WHERE is_in_period), 0)::bigint AS article_count,
        coalesce(sum(title_article_count) FILTER (WHERE is_in_period), 0)::bigint AS title_article_count,
        coalesce(sum(mention_count) FILTER (WHERE is_in_period), 0)::bigint AS mention_count,
        coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(recent_first)s AND %(recent_last)s), 0)::bigint
            AS recent_count,
        coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(previous_first)s AND %(previous_last)s), 0)::bigint
            AS previous_count,
        coalesce(sum(article_count) FILTER (WHERE day > %(last)s::date - 7 AND day <= %(last)s), 0)::bigint
            AS burst_recent_count,
        coalesce(sum(article_count) FILTER (WHERE day > %(last)s::date - 35 AND day <= %(last)s::date - 7), 0)::bigint
            AS burst_baseline_count
    FROM (SELECT *, day BETWEEN %(first)s AND %(last)s OR %(is_whole)s AS is_in_period FROM of_country) AS of_country
    GROUP BY country_code
)
SELECT
    country_code, country_name_en AS name_en, country_name_ru AS name_ru, article_count, title_article_count,
    mention_count, recent_count, previous_count, burst_recent_count, burst_baseline_count
FROM counted
JOIN mart.countries USING (country_code)
WHERE article_count > 0 OR previous_count > 0
ORDER BY article_count DESC, mention_count DESC, country_code
"""

SOURCES: LiteralString = """
SELECT
    publisher_id, publisher_name,
    sum(article_count) FILTER (WHERE day BETWEEN %(first)s AND %(last)s OR %(is_whole)s)::bigint AS article_count,
    coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(recent_first)s AND %(recent_last)s), 0)::bigint
        AS recent_count,
    coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(previous_first)s AND %(previous_last)s), 0)::bigint
        AS previous_count
FROM of_source
GROUP BY publisher_id, publisher_name
HAVING sum(article_count) FILTER (WHERE day BETWEEN %(first)s AND %(last)s OR %(is_whole)s) > 0
ORDER BY article_count DESC, publisher_id
"""

PAIRS_OF_ALL: LiteralString = """
SELECT country_code_a, country_code_b, sum(article_count)::bigint AS article_count
FROM mart.country_pairs_by_month
WHERE country_code_a = ANY(%(codes)s) AND country_code_b = ANY(%(codes)s)
GROUP BY country_code_a, country_code_b
ORDER BY country_code_a, country_code_b
"""

# Of articles, not of monthly counts: those know neither the days of a period nor a third country.
PAIRS: LiteralString = """
WITH chosen AS (
    SELECT article_id, country_code
    FROM mart.article_countries
    WHERE country_code = ANY(%(codes)s) AND (published_on BETWEEN %(first)s AND %(last)s OR %(is_whole)s)
),
about AS (
    SELECT article_id
    FROM mart.article_countries
    WHERE country_code = %(country_code)s
)
SELECT a.country_code AS country_code_a, b.country_code AS country_code_b, count(*) AS article_count
FROM chosen AS a
JOIN chosen AS b ON b.article_id = a.article_id AND b.country_code > a.country_code
WHERE %(country_code)s::text IS NULL OR a.article_id IN (SELECT article_id FROM about)
GROUP BY a.country_code, b.country_code
ORDER BY country_code_a, country_code_b
"""

CHECKS: LiteralString = "SELECT check_name, meaning, article_count, all_article_count FROM mart.data_quality"

FRESHNESS: LiteralString = "SELECT last_success_at, open_reject_count FROM mart.freshness"

LATEST: LiteralString = """
SELECT published_on, title, publisher_id, publisher_name, url
FROM mart.articles
WHERE published_on BETWEEN %(first)s AND %(last)s AND (
    %(country_code)s::text IS NULL
    OR article_id IN (SELECT article_id FROM mart.article_countries WHERE country_code = %(country_code)s)
)
ORDER BY published_on DESC, published_at DESC NULLS LAST, article_id
LIMIT %(latest)s
"""
