-- Question: Which countries make the headlines, and which are mentioned in passing?
-- Grain: one row per country.
-- Scope: articles with a printed headline that mention a country, undated ones too.
-- Limits: articles whose title is only their first sentence are left out.
WITH by_country AS (
    SELECT
        mentioned.country_code,
        mentioned.country_name_en,
        mentioned.country_name_ru,
        count(*) AS article_count,
        count(*) FILTER (WHERE mentioned.is_in_title) AS headline_count
    FROM mart.article_countries AS mentioned
    JOIN mart.articles AS article ON article.article_id = mentioned.article_id
    WHERE article.title_is_printed AND mentioned.country_code <> 'none'
    GROUP BY mentioned.country_code, mentioned.country_name_en, mentioned.country_name_ru
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
ORDER BY headline_count DESC, article_count DESC, country_code;
