-- Question: How much is written about each country month by month, and how does it change?
-- Grain: one row per month and country, and one row without a month per country of an undated article.
-- Scope: every month from the first to the last day of publication, and every country that a dated article mentions,
--        with 0 in the months without it. Articles that mention no country are under country_code 'none'. The undated
--        articles are the rows whose month is NULL.
-- Limits: an article counts under each of its countries, so article_count does not add up over countries: take
--         month_article_count. The first and the last month may be incomplete.
CREATE VIEW mart.monthly_country_mentions AS
WITH counted AS (
    SELECT
        calendar.month_start AS month,
        of_day.country_code,
        sum(of_day.article_count)::bigint AS article_count,
        sum(of_day.title_article_count)::bigint AS title_article_count,
        sum(of_day.mention_count)::bigint AS mention_count
    FROM core.country_day_count AS of_day
    LEFT JOIN core.calendar AS calendar ON calendar.day = of_day.published_on
    GROUP BY calendar.month_start, of_day.country_code
),
span AS (
    SELECT
        min(published_on) AS first_day,
        max(published_on) AS last_day
    FROM core.article_day_count
    WHERE published_on < 'infinity'
),
every_month AS (
    SELECT
        calendar.month_start AS month,
        coalesce(sum(of_day.article_count), 0)::bigint AS article_count
    FROM span
    JOIN core.calendar AS calendar ON calendar.day BETWEEN span.first_day AND span.last_day
    LEFT JOIN core.article_day_count AS of_day ON of_day.published_on = calendar.day
    GROUP BY calendar.month_start
),
mentioned_country AS (
    SELECT DISTINCT country_code
    FROM counted
    WHERE month IS NOT NULL
),
monthly AS (
    SELECT
        every_month.month,
        mentioned_country.country_code,
        coalesce(counted.article_count, 0) AS article_count,
        coalesce(counted.title_article_count, 0) AS title_article_count,
        coalesce(counted.mention_count, 0) AS mention_count,
        every_month.article_count AS month_article_count,
        lag(coalesce(counted.article_count, 0))
            OVER (PARTITION BY mentioned_country.country_code ORDER BY every_month.month)
            AS previous_article_count
    FROM every_month
    CROSS JOIN mentioned_country
    LEFT JOIN counted
        ON counted.month = every_month.month
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
    WHERE counted.month IS NULL
)
SELECT
    monthly.month,
    monthly.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    monthly.article_count,
    monthly.title_article_count,
    monthly.mention_count,
    monthly.month_article_count,
    (monthly.article_count::numeric / nullif(monthly.month_article_count, 0))::numeric(5, 4) AS article_share,
    monthly.previous_article_count,
    monthly.article_count - monthly.previous_article_count AS article_change,
    ((monthly.article_count - monthly.previous_article_count)::numeric / nullif(monthly.previous_article_count, 0))
        ::numeric(12, 4) AS article_change_share
FROM monthly
JOIN mart.countries AS country ON country.country_code = monthly.country_code
ORDER BY monthly.month NULLS LAST, monthly.article_count DESC, monthly.country_code;

COMMENT ON COLUMN mart.monthly_country_mentions.month IS 'First day of the month; NULL for the undated articles';
COMMENT ON COLUMN mart.monthly_country_mentions.country_code IS 'ISO 3166-1 alpha-2 code of the country; none for the articles that mention none';
COMMENT ON COLUMN mart.monthly_country_mentions.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.monthly_country_mentions.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.monthly_country_mentions.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.monthly_country_mentions.article_count IS 'Articles of the month that mention the country';
COMMENT ON COLUMN mart.monthly_country_mentions.title_article_count IS 'Those of them that mention it in the title';
COMMENT ON COLUMN mart.monthly_country_mentions.mention_count IS 'Counted mentions of the country in the articles of the month';
COMMENT ON COLUMN mart.monthly_country_mentions.month_article_count IS 'All articles of the month, whatever they mention';
COMMENT ON COLUMN mart.monthly_country_mentions.article_share IS 'article_count / month_article_count, 0 to 1; NULL for a month without articles';
COMMENT ON COLUMN mart.monthly_country_mentions.previous_article_count IS 'article_count of the month before; NULL in the first month and for the undated articles';
COMMENT ON COLUMN mart.monthly_country_mentions.article_change IS 'article_count - previous_article_count; NULL with previous_article_count';
COMMENT ON COLUMN mart.monthly_country_mentions.article_change_share IS 'article_change / previous_article_count: 0.5 is half as many again; NULL where the month before has none';
