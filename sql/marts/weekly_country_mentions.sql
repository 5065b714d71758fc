-- Question: How much is written about each country week by week, and how does it change?
-- Grain: one row per week and country, and one row without a week per country of an undated article.
-- Scope: every week from the first to the last day of publication, and every country that a dated article mentions,
--        with 0 in the weeks without it. Articles that mention no country are under country_code 'none'. The undated
--        articles are the rows whose week is NULL.
-- Limits: an article counts under each of its countries, so article_count does not add up over countries: take
--         week_article_count. The first and the last week may be incomplete. Weeks are those of ISO 8601,
--         from Monday: the first days of January may belong to the last week of the year before.
CREATE VIEW mart.weekly_country_mentions AS
WITH counted AS (
    SELECT
        calendar.week_start AS week,
        of_day.country_code,
        sum(of_day.article_count)::bigint AS article_count,
        sum(of_day.title_article_count)::bigint AS title_article_count,
        sum(of_day.mention_count)::bigint AS mention_count
    FROM core.country_day_count AS of_day
    LEFT JOIN core.calendar AS calendar ON calendar.day = of_day.published_on
    GROUP BY calendar.week_start, of_day.country_code
),
span AS (
    SELECT
        min(published_on) AS first_day,
        max(published_on) AS last_day
    FROM core.article_day_count
    WHERE published_on < 'infinity'
),
every_week AS (
    SELECT
        calendar.week_start AS week,
        coalesce(sum(of_day.article_count), 0)::bigint AS article_count
    FROM span
    JOIN core.calendar AS calendar ON calendar.day BETWEEN span.first_day AND span.last_day
    LEFT JOIN core.article_day_count AS of_day ON of_day.published_on = calendar.day
    GROUP BY calendar.week_start
),
mentioned_country AS (
    SELECT DISTINCT country_code
    FROM counted
    WHERE week IS NOT NULL
),
weekly AS (
    SELECT
        every_week.week,
        mentioned_country.country_code,
        coalesce(counted.article_count, 0) AS article_count,
        coalesce(counted.title_article_count, 0) AS title_article_count,
        coalesce(counted.mention_count, 0) AS mention_count,
        every_week.article_count AS week_article_count,
        lag(coalesce(counted.article_count, 0))
            OVER (PARTITION BY mentioned_country.country_code ORDER BY every_week.week)
            AS previous_article_count
    FROM every_week
    CROSS JOIN mentioned_country
    LEFT JOIN counted
        ON counted.week = every_week.week
        AND counted.country_code = mentioned_country.country_code
    UNION ALL
    SELECT
        NULL,
        counted.country_code,
        counted.article_count,
        counted.title_article_count,
        counted.mention_count,
        undated.article_count,
        NULL
    FROM counted
    JOIN core.article_day_count AS undated ON undated.published_on = 'infinity'
    WHERE counted.week IS NULL
)
SELECT
    weekly.week,
    extract(isoyear FROM weekly.week)::bigint AS iso_year,
    extract(week FROM weekly.week)::bigint AS iso_week,
    weekly.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    weekly.article_count,
    weekly.title_article_count,
    weekly.mention_count,
    weekly.week_article_count,
    (weekly.article_count::numeric / nullif(weekly.week_article_count, 0))::numeric(5, 4) AS article_share,
    weekly.previous_article_count,
    weekly.article_count - weekly.previous_article_count AS article_change,
    ((weekly.article_count - weekly.previous_article_count)::numeric / nullif(weekly.previous_article_count, 0))
        ::numeric(12, 4) AS article_change_share
FROM weekly
JOIN mart.countries AS country ON country.country_code = weekly.country_code
ORDER BY weekly.week NULLS LAST, weekly.article_count DESC, weekly.country_code;

COMMENT ON COLUMN mart.weekly_country_mentions.week IS 'Monday of the ISO 8601 week; NULL for the undated articles';
COMMENT ON COLUMN mart.weekly_country_mentions.iso_year IS 'Year of the ISO 8601 week: that of its Thursday; NULL with week';
COMMENT ON COLUMN mart.weekly_country_mentions.iso_week IS 'Number of the ISO 8601 week, 1 to 53; NULL with week';
COMMENT ON COLUMN mart.weekly_country_mentions.country_code IS 'ISO 3166-1 alpha-2 code of the country; none for the articles that mention none';
COMMENT ON COLUMN mart.weekly_country_mentions.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.weekly_country_mentions.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.weekly_country_mentions.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.weekly_country_mentions.article_count IS 'Articles of the week that mention the country';
COMMENT ON COLUMN mart.weekly_country_mentions.title_article_count IS 'Those of them that mention it in the title';
COMMENT ON COLUMN mart.weekly_country_mentions.mention_count IS 'Counted mentions of the country in the articles of the week';
COMMENT ON COLUMN mart.weekly_country_mentions.week_article_count IS 'All articles of the week, whatever they mention';
COMMENT ON COLUMN mart.weekly_country_mentions.article_share IS 'article_count / week_article_count, 0 to 1; NULL for a week without articles';
COMMENT ON COLUMN mart.weekly_country_mentions.previous_article_count IS 'article_count of the week before; NULL in the first week and for the undated articles';
COMMENT ON COLUMN mart.weekly_country_mentions.article_change IS 'article_count - previous_article_count; NULL with previous_article_count';
COMMENT ON COLUMN mart.weekly_country_mentions.article_change_share IS 'article_change / previous_article_count: 0.5 is half as many again; NULL where the week before has none';
