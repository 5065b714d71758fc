-- Question: How many stories mention each country month by month, where reprints of a text count once?
-- Grain: one row per month and country that an article mentions.
-- Scope: every article that mentions a country, under each of its countries; undated articles under a NULL month.
-- Limits: a story counts once in a month and country, however many of its articles do; one that two months carry counts
--         in both. Reprints are what mart.reprints says, and a publisher's own repeats.
CREATE VIEW mart.monthly_country_stories AS
WITH counted AS (
    SELECT
        published_month,
        country_code,
        sum(article_count)::bigint AS article_count
    FROM core.country_month_count
    WHERE country_code <> 'none'
    GROUP BY published_month, country_code
),
repeated AS (
    SELECT
        published_month,
        country_code,
        sum(repeat_count)::bigint AS repeat_count
    FROM core.story_repeat
    GROUP BY published_month, country_code
)
SELECT
    calendar.day AS month,
    calendar.quarter_start AS quarter,
    counted.country_code,
    country.name_en AS country_name_en,
    country.name_ru AS country_name_ru,
    counted.article_count,
    counted.article_count - coalesce(repeated.repeat_count, 0) AS story_count
FROM counted
JOIN core.country AS country ON country.country_code = counted.country_code
LEFT JOIN core.calendar AS calendar ON calendar.day = counted.published_month
LEFT JOIN repeated
    ON repeated.published_month = counted.published_month
    AND repeated.country_code = counted.country_code
ORDER BY calendar.day, story_count DESC, counted.country_code;

COMMENT ON COLUMN mart.monthly_country_stories.month IS 'First day of the month; NULL for the undated articles';
COMMENT ON COLUMN mart.monthly_country_stories.quarter IS 'First day of the month''s quarter; NULL with month';
COMMENT ON COLUMN mart.monthly_country_stories.country_code IS 'ISO 3166-1 alpha-2 code of the country';
COMMENT ON COLUMN mart.monthly_country_stories.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.monthly_country_stories.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.monthly_country_stories.article_count IS 'Articles that mention it';
COMMENT ON COLUMN mart.monthly_country_stories.story_count IS 'Stories that mention it: reprints of a text count once';
