-- Question: Which countries are suddenly written about more than usual?
-- Grain: one row per country that an article of the last 35 days mentions.
-- Scope: the 7 days up to the newest day in the warehouse against the 28 days before them. is_burst is true for 3 or
--        more articles in the 7 days, at more than twice the daily rate of the 28.
-- Limits: the newest day is the warehouse's, not today. With fewer than 35 days in the warehouse the days before its
--         first count as empty; undated articles cannot count. More articles of all kinds raise every country: compare
--         share_ratio, which does not grow with the number of articles loaded.
CREATE VIEW mart.country_bursts AS
WITH newest AS (
    SELECT max(published_on) AS day
    FROM core.article_day_count
    WHERE published_on < 'infinity'
),
every_country AS (
    SELECT
        coalesce(sum(article_count) FILTER (WHERE published_on > newest.day - 7), 0) AS recent_count,
        coalesce(sum(article_count) FILTER (WHERE published_on <= newest.day - 7), 0) AS baseline_count
    FROM newest
    JOIN core.article_day_count ON published_on > newest.day - 35 AND published_on < 'infinity'
),
by_country AS (
    SELECT
        of_day.country_code,
        coalesce(sum(of_day.article_count) FILTER (WHERE of_day.published_on > newest.day - 7), 0)::bigint
            AS recent_count,
        coalesce(sum(of_day.article_count) FILTER (WHERE of_day.published_on <= newest.day - 7), 0)::bigint
            AS baseline_count
    FROM newest
    JOIN core.country_day_count AS of_day
        ON of_day.published_on > newest.day - 35
        AND of_day.published_on < 'infinity'
    WHERE of_day.country_code <> 'none'
    GROUP BY of_day.country_code
)
SELECT
    by_country.country_code,
    country.alpha3,
    country.name_en AS country_name_en,
    country.name_ru AS country_name_ru,
    newest.day - 6 AS recent_from,
    newest.day AS recent_to,
    by_country.recent_count,
    by_country.baseline_count,
    (by_country.recent_count / 7.0)::numeric(12, 4) AS recent_per_day,
    (by_country.baseline_count / 28.0)::numeric(12, 4) AS baseline_per_day,
    (by_country.recent_count * 4.0 / nullif(by_country.baseline_count, 0))::numeric(12, 4) AS ratio,
    (
        (by_country.recent_count / nullif(every_country.recent_count, 0))
        / nullif(by_country.baseline_count / nullif(every_country.baseline_count, 0), 0)
    )::numeric(12, 4) AS share_ratio,
    by_country.recent_count >= 3 AND by_country.recent_count * 4 > by_country.baseline_count * 2 AS is_burst
FROM by_country
CROSS JOIN newest
CROSS JOIN every_country
JOIN core.country AS country ON country.country_code = by_country.country_code
ORDER BY is_burst DESC, ratio DESC NULLS FIRST, by_country.recent_count DESC, by_country.country_code;

COMMENT ON COLUMN mart.country_bursts.country_code IS 'ISO 3166-1 alpha-2 code of the country';
COMMENT ON COLUMN mart.country_bursts.alpha3 IS 'ISO 3166-1 alpha-3 code';
COMMENT ON COLUMN mart.country_bursts.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.country_bursts.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.country_bursts.recent_from IS 'First of the 7 days';
COMMENT ON COLUMN mart.country_bursts.recent_to IS 'Last of the 7 days: the newest day of publication in the warehouse';
COMMENT ON COLUMN mart.country_bursts.recent_count IS 'Articles of the 7 days that mention the country';
COMMENT ON COLUMN mart.country_bursts.baseline_count IS 'Articles of the 28 days before them that mention it';
COMMENT ON COLUMN mart.country_bursts.recent_per_day IS 'recent_count / 7';
COMMENT ON COLUMN mart.country_bursts.baseline_per_day IS 'baseline_count / 28';
COMMENT ON COLUMN mart.country_bursts.ratio IS 'recent_per_day / baseline_per_day; NULL where the 28 days have none';
COMMENT ON COLUMN mart.country_bursts.share_ratio IS 'The country''s share of all articles of the 7 days / its share of those of the 28; NULL where either is 0';
COMMENT ON COLUMN mart.country_bursts.is_burst IS 'recent_count >= 3 and recent_per_day > 2 * baseline_per_day';
