-- Question: Which two countries are mentioned in the same article, month by month?
-- Grain: one row per month and pair of countries, and one row without a month per pair of an undated article.
-- Scope: every pair that an article mentions, once, the code that comes first in the alphabet as country A. The
--        undated articles are the rows whose month is NULL.
-- Limits: months in which no article mentions the pair have no row. Being in one article says nothing about why.
CREATE VIEW mart.country_pairs_by_month AS
WITH every_month AS (
    SELECT
        coalesce(calendar.month_start, 'infinity') AS published_month,
        sum(of_day.article_count)::bigint AS article_count
    FROM core.article_day_count AS of_day
    LEFT JOIN core.calendar AS calendar ON calendar.day = of_day.published_on
    GROUP BY 1
)
SELECT
    month.day AS month,
    pair.country_code_a,
    country_a.name_en AS country_name_en_a,
    country_a.name_ru AS country_name_ru_a,
    pair.country_code_b,
    country_b.name_en AS country_name_en_b,
    country_b.name_ru AS country_name_ru_b,
    pair.article_count,
    pair.title_article_count,
    every_month.article_count AS month_article_count,
    (pair.article_count::numeric / every_month.article_count)::numeric(5, 4) AS article_share
FROM core.pair_month_count AS pair
LEFT JOIN core.calendar AS month ON month.day = pair.published_month
JOIN every_month ON every_month.published_month = pair.published_month
JOIN core.country AS country_a ON country_a.country_code = pair.country_code_a
JOIN core.country AS country_b ON country_b.country_code = pair.country_code_b
ORDER BY month NULLS LAST, pair.article_count DESC, pair.country_code_a, pair.country_code_b;

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
