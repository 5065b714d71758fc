"""The questions of a report, asked of the views of schema mart.

What a report counts is one statement, so that the articles of a country are read once. OF_ALL or OF_ONE_COUNTRY begins
it with the rows that are summed up, each with a day (NULL for the undated): of publishers in `of_source`, of countries
in `of_country`. COUNTRIES follows, then the pairs, by month or of articles, and COUNTED answers. The named parameters
are days of the windows of etl/report/period.py.
"""

from __future__ import annotations

from typing import LiteralString

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
WITH chosen AS MATERIALIZED (
    SELECT article_id, published_on AS day, publisher_id, publisher_name
    FROM mart.article_countries
    WHERE country_code = %(country_code)s
        AND (%(is_whole)s OR published_on IS NULL OR published_on BETWEEN %(seen_first)s AND %(seen_last)s)
),
mentioned AS MATERIALIZED (
    -- The day from the chosen rows, so that of the others the articles are not read a second time.
    SELECT
        chosen.article_id,
        chosen.day,
        every_country.country_code,
        every_country.is_in_title,
        every_country.mention_count
    FROM chosen
    JOIN mart.article_countries AS every_country USING (article_id)
    WHERE every_country.country_code <> 'none'
),
of_source AS (
    SELECT day, publisher_id, publisher_name, 1 AS article_count
    FROM chosen
),
of_country AS (
    SELECT day, country_code, 1 AS article_count, is_in_title::integer AS title_article_count, mention_count
    FROM mentioned
)
"""

COUNTRIES: LiteralString = """
, of_country_in_period AS (
    SELECT *, day BETWEEN %(first)s AND %(last)s OR %(is_whole)s AS is_in_period
    FROM of_country
),
country AS MATERIALIZED (
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
    FROM of_country_in_period
    GROUP BY country_code
),
in_matrix AS MATERIALIZED (
    SELECT country_code
    FROM country
    WHERE article_count > 0
    ORDER BY article_count DESC, mention_count DESC, country_code
    LIMIT %(matrix)s
)
"""

PAIRS_BY_MONTH: LiteralString = """
, pair AS (
    SELECT country_code_a, country_code_b, sum(article_count)::bigint AS article_count
    FROM mart.country_pairs_by_month
    WHERE country_code_a IN (SELECT country_code FROM in_matrix)
        AND country_code_b IN (SELECT country_code FROM in_matrix)
    GROUP BY country_code_a, country_code_b
)
"""

# Of articles, not of monthly counts: those know neither the days of a period nor a third country.
ARTICLES_OF_ALL: LiteralString = """
, in_pair AS MATERIALIZED (
    SELECT article_id, country_code
    FROM mart.article_countries
    WHERE published_on BETWEEN %(first)s AND %(last)s AND country_code IN (SELECT country_code FROM in_matrix)
)
"""

ARTICLES_OF_ONE_COUNTRY: LiteralString = """
, in_pair AS MATERIALIZED (
    SELECT article_id, country_code
    FROM mentioned
    WHERE (day BETWEEN %(first)s AND %(last)s OR %(is_whole)s)
        AND country_code IN (SELECT country_code FROM in_matrix)
)
"""

PAIRS: LiteralString = """
, pair AS (
    SELECT a.country_code AS country_code_a, b.country_code AS country_code_b, count(*) AS article_count
    FROM in_pair AS a
    JOIN in_pair AS b ON b.article_id = a.article_id AND b.country_code > a.country_code
    GROUP BY a.country_code, b.country_code
)
"""

COUNTED: LiteralString = """
, of_source_in_period AS (
    SELECT *, day BETWEEN %(first)s AND %(last)s OR %(is_whole)s AS is_in_period
    FROM of_source
),
totals AS (
    SELECT
        coalesce(sum(article_count) FILTER (WHERE is_in_period), 0)::bigint AS article_count,
        coalesce(sum(article_count) FILTER (WHERE day IS NULL), 0)::bigint AS undated_count,
        count(DISTINCT publisher_id) FILTER (WHERE is_in_period AND publisher_id <> 'unknown') AS source_count,
        coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(recent_first)s AND %(recent_last)s), 0)::bigint
            AS recent_count,
        coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(previous_first)s AND %(previous_last)s), 0)::bigint
            AS previous_count
    FROM of_source_in_period
),
of_step AS (
    SELECT date_trunc(%(step)s, day::timestamp)::date AS start, sum(article_count)::bigint AS article_count
    FROM of_source
    WHERE day BETWEEN %(first)s AND %(last)s
    GROUP BY start
),
bar AS (
    SELECT step.start::date AS start, coalesce(of_step.article_count, 0) AS article_count
    FROM generate_series(
        (SELECT min(start)::timestamp FROM of_step),
        (SELECT max(start)::timestamp FROM of_step),
        ('1 ' || %(step)s)::interval
    ) AS step (start)
    LEFT JOIN of_step ON of_step.start = step.start
),
named_country AS (
    SELECT
        country_code, country_name_en AS name_en, country_name_ru AS name_ru, article_count, title_article_count,
        mention_count, recent_count, previous_count, burst_recent_count, burst_baseline_count
    FROM country
    JOIN mart.countries USING (country_code)
    WHERE article_count > 0 OR previous_count > 0
),
source AS (
    SELECT
        publisher_id,
        publisher_name,
        sum(article_count) FILTER (WHERE is_in_period)::bigint AS article_count,
        coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(recent_first)s AND %(recent_last)s), 0)::bigint
            AS recent_count,
        coalesce(sum(article_count) FILTER (WHERE day BETWEEN %(previous_first)s AND %(previous_last)s), 0)::bigint
            AS previous_count
    FROM of_source_in_period
    GROUP BY publisher_id, publisher_name
    HAVING sum(article_count) FILTER (WHERE is_in_period) > 0
)
SELECT
    (SELECT to_json(totals) FROM totals) AS totals,
    (SELECT coalesce(json_agg(bar ORDER BY start), '[]') FROM bar) AS time_line,
    (
        SELECT coalesce(json_agg(named_country ORDER BY article_count DESC, mention_count DESC, country_code), '[]')
        FROM named_country
    ) AS countries,
    (SELECT coalesce(json_agg(pair ORDER BY country_code_a, country_code_b), '[]') FROM pair) AS pairs,
    (SELECT coalesce(json_agg(source ORDER BY article_count DESC, publisher_id), '[]') FROM source) AS sources
"""

CHECKS: LiteralString = "SELECT check_name, meaning, article_count, all_article_count FROM mart.data_quality"

FRESHNESS: LiteralString = "SELECT last_success_at, open_reject_count FROM mart.freshness"

LATEST: LiteralString = """
SELECT published_on, title, publisher_id, publisher_name, url
FROM mart.articles
WHERE published_on BETWEEN %(first)s AND %(last)s
ORDER BY published_on DESC, published_at DESC NULLS LAST, article_id
LIMIT %(latest)s
"""

# By their days first: only the newest are looked up, with all of the last one's day, whose times decide.
LATEST_OF_ONE_COUNTRY: LiteralString = """
WITH newest AS (
    SELECT article_id
    FROM mart.article_countries
    WHERE country_code = %(country_code)s AND published_on BETWEEN %(first)s AND %(last)s
    ORDER BY published_on DESC
    FETCH FIRST (%(latest)s) ROWS WITH TIES
)
SELECT published_on, title, publisher_id, publisher_name, url
FROM mart.articles
JOIN newest USING (article_id)
ORDER BY published_on DESC, published_at DESC NULLS LAST, article_id
LIMIT %(latest)s
"""
