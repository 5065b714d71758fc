-- Question: Which countries make the headlines, and which are mentioned in passing?
-- Grain: one row per country.
-- Scope: articles with a printed headline that mention a country, undated ones too.
-- Limits: articles whose title is only their first sentence are left out.
WITH by_country AS (
    SELECT
        country_code,
        country_name_en,
        country_name_ru,
        sum(titled_article_count)::bigint AS article_count,
        sum(title_article_count)::bigint AS headline_count
    FROM mart.monthly_source_countries
    WHERE country_code <> 'none'
    GROUP BY country_code, country_name_en, country_name_ru
)
SELECT
    country_code,
    country_name_en,
    country_name_ru,
    article_count,
    headline_count,
    article_count - headline_count AS in_passing_count,
    round(headline_count::numeric / article_count, 4) AS headline_share
FROM by_country
WHERE article_count > 0
ORDER BY headline_count DESC, article_count DESC, country_code;
