-- Question: Which countries are written about most, and since when?
-- Grain: one row per country, the 20 with the most articles.
-- Scope: every article, undated ones too.
-- Limits: an article counts under each of its countries, so the shares add up to more than 1.
SELECT
    country_code,
    country_name_en,
    country_name_ru,
    article_count,
    article_share,
    mention_count,
    first_day,
    last_day
FROM mart.country_summary
WHERE country_code <> 'none'
ORDER BY article_count DESC, mention_count DESC, country_code
LIMIT 20;
