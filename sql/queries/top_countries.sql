-- Question: Which countries are written about most, and since when?
-- Grain: one row per country, the 20 with the most articles.
-- Scope: every article, undated ones too.
-- Limits: an article counts under each of its countries, so the shares add up to more than 1.
WITH every_article AS (
    SELECT count(*) AS article_count
    FROM mart.articles
),
by_country AS (
    SELECT
        country_code,
        country_name_en,
        country_name_ru,
        count(*) AS article_count,
        sum(mention_count)::bigint AS mention_count,
        min(published_on) AS first_day,
        max(published_on) AS last_day
    FROM mart.article_countries
    WHERE country_code <> 'none'
    GROUP BY country_code, country_name_en, country_name_ru
)
SELECT
    by_country.country_code,
    by_country.country_name_en,
    by_country.country_name_ru,
    by_country.article_count,
    round(by_country.article_count::numeric / every_article.article_count, 4) AS article_share,
    by_country.mention_count,
    by_country.first_day,
    by_country.last_day
FROM by_country
CROSS JOIN every_article
ORDER BY by_country.article_count DESC, by_country.mention_count DESC, by_country.country_code
LIMIT 20;
