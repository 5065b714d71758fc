-- Question: Which countries are suddenly written about more than usual?
-- Grain: one row per country that more articles a day mentioned in the last 7 days than in the 28 days before.
-- Scope: the 35 days up to the newest day in the warehouse; countries with 3 or more articles in the last 7.
-- Limits: with fewer than 35 days in the warehouse the days before its first count as empty; undated articles cannot
--         count.
WITH newest AS (
    SELECT max(published_on) AS day
    FROM mart.articles
),
by_country AS (
    SELECT
        mentioned.country_code,
        mentioned.country_name_en,
        mentioned.country_name_ru,
        count(*) FILTER (WHERE mentioned.published_on > newest.day - 7) AS recent_count,
        count(*) FILTER (WHERE mentioned.published_on <= newest.day - 7) AS baseline_count
    FROM newest
    JOIN mart.article_countries AS mentioned ON mentioned.published_on > newest.day - 35
    WHERE mentioned.country_code <> 'none'
    GROUP BY mentioned.country_code, mentioned.country_name_en, mentioned.country_name_ru
)
SELECT
    country_code,
    country_name_en,
    country_name_ru,
    recent_count,
    baseline_count,
    round(recent_count / 7.0, 4) AS recent_per_day,
    round(baseline_count / 28.0, 4) AS baseline_per_day,
    round((recent_count / 7.0) / nullif(baseline_count / 28.0, 0), 4) AS ratio
FROM by_country
WHERE recent_count >= 3 AND recent_count / 7.0 > baseline_count / 28.0
ORDER BY ratio DESC NULLS FIRST, recent_count DESC, country_code;
