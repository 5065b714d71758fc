-- Question: How much was written about each country in each of the last 13 weeks, and how did it change?
-- Grain: one row per week and country that the 14 weeks up to the newest day mention.
-- Scope: the last 13 weeks of ISO 8601 (Monday to Sunday; the first days of January may belong to the last week of the
--        year before), weeks without the country with 0. Articles that mention no country are under 'none'.
-- Limits: undated articles have no week. The newest week may be incomplete. For all of history add up
--         mart.daily_country_mentions by its column week.
WITH newest AS (
    SELECT max(week) AS week
    FROM mart.daily_country_mentions
),
counted AS (
    SELECT
        mentioned.week,
        mentioned.country_code,
        mentioned.country_name_en,
        mentioned.country_name_ru,
        sum(mentioned.article_count)::bigint AS article_count
    FROM newest
    JOIN mart.daily_country_mentions AS mentioned ON mentioned.day >= newest.week - 7 * 13
    GROUP BY mentioned.week, mentioned.country_code, mentioned.country_name_en, mentioned.country_name_ru
),
weekly AS (
    SELECT
        newest.week - 7 * weeks_ago AS week,
        country.country_code,
        country.country_name_en,
        country.country_name_ru
    FROM newest
    CROSS JOIN generate_series(0, 12) AS weeks_ago
    CROSS JOIN (SELECT DISTINCT country_code, country_name_en, country_name_ru FROM counted) AS country
)
SELECT
    weekly.week,
    extract(isoyear FROM weekly.week)::bigint AS iso_year,
    extract(week FROM weekly.week)::bigint AS iso_week,
    weekly.country_code,
    weekly.country_name_en,
    weekly.country_name_ru,
    coalesce(counted.article_count, 0) AS article_count,
    coalesce(previous.article_count, 0) AS previous_article_count,
    coalesce(counted.article_count, 0) - coalesce(previous.article_count, 0) AS article_change,
    ((coalesce(counted.article_count, 0) - previous.article_count)::numeric / previous.article_count)::numeric(12, 4)
        AS article_change_share
FROM weekly
LEFT JOIN counted ON counted.week = weekly.week AND counted.country_code = weekly.country_code
LEFT JOIN counted AS previous ON previous.week = weekly.week - 7 AND previous.country_code = weekly.country_code
ORDER BY weekly.week DESC, article_count DESC, weekly.country_code;
