-- Question: With which countries is Kyrgyzstan mentioned in one article, month by month?
-- Grain: one row per month and country, the five most frequent of each month.
-- Scope: articles that mention Kyrgyzstan and another country; the undated ones are the rows whose month is NULL.
-- Limits: for another country put its code in place of 'KG'.
WITH partner AS (
    SELECT
        month,
        CASE country_code_a WHEN 'KG' THEN country_code_b ELSE country_code_a END AS country_code,
        CASE country_code_a WHEN 'KG' THEN country_name_en_b ELSE country_name_en_a END AS country_name_en,
        CASE country_code_a WHEN 'KG' THEN country_name_ru_b ELSE country_name_ru_a END AS country_name_ru,
        article_count,
        article_share
    FROM mart.country_pairs_by_month
    WHERE 'KG' IN (country_code_a, country_code_b)
),
ranked AS (
    SELECT
        month,
        row_number() OVER (PARTITION BY month ORDER BY article_count DESC, country_code) AS position,
        country_code,
        country_name_en,
        country_name_ru,
        article_count,
        article_share
    FROM partner
)
SELECT
    month,
    position,
    country_code,
    country_name_en,
    country_name_ru,
    article_count,
    article_share
FROM ranked
WHERE position <= 5
ORDER BY month NULLS LAST, position;
