-- Question: Which two countries are mentioned in the same article, month by month?
-- Grain: one row per month and pair of countries, and one row without a month per pair of an undated article.
-- Scope: every pair that an article mentions, once, the code that comes first in the alphabet as country A. The
--        undated articles are the rows whose month is NULL.
-- Limits: months in which no article mentions the pair have no row. Being in one article says nothing about why.
CREATE VIEW mart.country_pairs_by_month AS
WITH pair AS (
    SELECT
        calendar.month_start AS month,
        one.country_code AS country_code_a,
        other.country_code AS country_code_b,
        count(*) AS article_count,
        count(*) FILTER (WHERE one.is_in_title AND other.is_in_title) AS title_article_count
    FROM core.article_country AS one
    JOIN core.article_country AS other
        ON other.article_id = one.article_id
        AND other.country_code > one.country_code
    JOIN core.article AS article ON article.article_id = one.article_id
    LEFT JOIN core.calendar AS calendar ON calendar.day = article.published_on
    GROUP BY calendar.month_start, one.country_code, other.country_code
),
every_month AS (
    SELECT
        month,
        sum(article_count)::bigint AS article_count
    FROM mart.daily_article_counts
    GROUP BY month
),
shared AS (
    SELECT
        pair.month,
        pair.country_code_a,
        pair.country_code_b,
        pair.article_count,
        pair.title_article_count,
        coalesce(dated.article_count, undated.article_count) AS month_article_count
    FROM pair
    LEFT JOIN every_month AS dated ON dated.month = pair.month
    LEFT JOIN every_month AS undated ON undated.month IS NULL AND pair.month IS NULL
)
SELECT
    shared.month,
    shared.country_code_a,
    country_a.name_en AS country_name_en_a,
    country_a.name_ru AS country_name_ru_a,
    shared.country_code_b,
    country_b.name_en AS country_name_en_b,
    country_b.name_ru AS country_name_ru_b,
    shared.article_count,
    shared.title_article_count,
    shared.month_article_count,
    (shared.article_count::numeric / shared.month_article_count)::numeric(5, 4) AS article_share
FROM shared
JOIN core.country AS country_a ON country_a.country_code = shared.country_code_a
JOIN core.country AS country_b ON country_b.country_code = shared.country_code_b
ORDER BY shared.month NULLS LAST, shared.article_count DESC, shared.country_code_a, shared.country_code_b;

COMMENT ON COLUMN mart.country_pairs_by_month.month IS 'First day of the month; NULL for the undated articles';
COMMENT ON COLUMN mart.country_pairs_by_month.country_code_a IS 'ISO 3166-1 alpha-2 code that comes first in the alphabet';
COMMENT ON COLUMN mart.country_pairs_by_month.country_name_en_a IS 'English name of country A';
COMMENT ON COLUMN mart.country_pairs_by_month.country_name_ru_a IS 'Russian name of country A';
COMMENT ON COLUMN mart.country_pairs_by_month.country_code_b IS 'ISO 3166-1 alpha-2 code that comes second';
COMMENT ON COLUMN mart.country_pairs_by_month.country_name_en_b IS 'English name of country B';
COMMENT ON COLUMN mart.country_pairs_by_month.country_name_ru_b IS 'Russian name of country B';
COMMENT ON COLUMN mart.country_pairs_by_month.article_count IS 'Articles of the month that mention both';
COMMENT ON COLUMN mart.country_pairs_by_month.title_article_count IS 'Those of them that mention both in the title';
COMMENT ON COLUMN mart.country_pairs_by_month.month_article_count IS 'All articles of the month, whatever they mention';
COMMENT ON COLUMN mart.country_pairs_by_month.article_share IS 'article_count / month_article_count, 0 to 1';
