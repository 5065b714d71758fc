-- Question: How much is written about each country on each day?
-- Grain: one row per day and country that an article of the day mentions, and one row without a day per country of an
--        undated article.
-- Scope: every article. Articles that mention no country are under country_code 'none'. The undated articles are the
--        rows whose day is NULL. Every article belongs to one day, so the rows of a country add up to weeks, months,
--        quarters and years.
-- Limits: rows come in no order. A day on which nobody mentions the country has no row; the weekly, monthly and
--         quarterly views have rows of 0. An article counts under each of its countries, so article_count does not add
--         up over countries.
CREATE VIEW mart.daily_country_mentions AS
SELECT
    calendar.day,
    calendar.week_start AS week,
    calendar.month_start AS month,
    calendar.quarter_start AS quarter,
    of_day.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    of_day.article_count,
    of_day.title_article_count,
    of_day.mention_count,
    every_country.article_count AS day_article_count,
    (of_day.article_count::numeric / every_country.article_count)::numeric(5, 4) AS article_share
FROM core.country_day_count AS of_day
JOIN core.article_day_count AS every_country ON every_country.published_on = of_day.published_on
JOIN mart.countries AS country ON country.country_code = of_day.country_code
LEFT JOIN core.calendar AS calendar ON calendar.day = of_day.published_on;

COMMENT ON COLUMN mart.daily_country_mentions.day IS 'The day; NULL for the undated articles';
COMMENT ON COLUMN mart.daily_country_mentions.week IS 'Monday of the day''s ISO 8601 week; NULL with day';
COMMENT ON COLUMN mart.daily_country_mentions.month IS 'First day of the day''s month; NULL with day';
COMMENT ON COLUMN mart.daily_country_mentions.quarter IS 'First day of the day''s quarter; NULL with day';
COMMENT ON COLUMN mart.daily_country_mentions.country_code IS 'ISO 3166-1 alpha-2 code of the country; none for the articles that mention none';
COMMENT ON COLUMN mart.daily_country_mentions.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.daily_country_mentions.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.daily_country_mentions.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.daily_country_mentions.article_count IS 'Articles of the day that mention the country';
COMMENT ON COLUMN mart.daily_country_mentions.title_article_count IS 'Those of them that mention it in the title';
COMMENT ON COLUMN mart.daily_country_mentions.mention_count IS 'Counted mentions of the country in the articles of the day';
COMMENT ON COLUMN mart.daily_country_mentions.day_article_count IS 'All articles of the day, whatever they mention';
COMMENT ON COLUMN mart.daily_country_mentions.article_share IS 'article_count / day_article_count, 0 to 1';
