-- Question: How much is written about each country month by month, and how does it change?
-- Grain: one row per month and country, and one row without a month per country of an undated article.
-- Scope: every month from the first to the last day of publication, and every country that a dated article mentions,
--        with 0 in the months without it. Articles that mention no country are under country_code 'none'. The undated
--        articles are the rows whose month is NULL.
-- Limits: an article counts under each of its countries, so article_count does not add up over countries: take
--         month_article_count. The first and the last month may be incomplete.
CREATE VIEW mart.monthly_country_mentions AS
WITH counted AS NOT MATERIALIZED (  -- so that a question about one month or country counts that alone
    SELECT
        calendar.month_start AS month,
        of_day.country_code,
        sum(of_day.article_count)::bigint AS article_count,
        sum(of_day.title_article_count)::bigint AS title_article_count,
        sum(of_day.mention_count)::bigint AS mention_count
    FROM core.country_day_count AS of_day
    JOIN core.calendar AS calendar ON calendar.day = of_day.published_on
    GROUP BY calendar.month_start, of_day.country_code
),
with_previous AS (
    SELECT
        month,
        country_code,
        sum(article_count)::bigint AS article_count,
        sum(title_article_count)::bigint AS title_article_count,
        sum(mention_count)::bigint AS mention_count,
        sum(previous_article_count)::bigint AS previous_article_count
    FROM (
        SELECT
            month,
            country_code,
            article_count,
            title_article_count,
            mention_count,
            0::bigint AS previous_article_count
        FROM counted
        UNION ALL
        SELECT
            (month + interval '1 month')::date,
            country_code,
            0::bigint,
            0::bigint,
            0::bigint,
            article_count
        FROM counted
    ) AS of_month_and_next
    GROUP BY month, country_code
),
every_month AS (
    SELECT
        calendar.month_start AS month,
        coalesce(sum(of_day.article_count), 0)::bigint AS article_count,
        bool_or(calendar.day = span.first_day) AS is_first
    FROM (
        SELECT
            min(published_on) AS first_day,
            max(published_on) AS last_day
        FROM core.article_day_count
        WHERE published_on < 'infinity'
    ) AS span
    JOIN core.calendar AS calendar ON calendar.day BETWEEN span.first_day AND span.last_day
    LEFT JOIN core.article_day_count AS of_day ON of_day.published_on = calendar.day
    GROUP BY calendar.month_start
),
monthly AS (
    SELECT
        every_month.month,
        country.country_code,
        coalesce(counted.article_count, 0) AS article_count,
        coalesce(counted.title_article_count, 0) AS title_article_count,
        coalesce(counted.mention_count, 0) AS mention_count,
        every_month.article_count AS month_article_count,
        CASE WHEN NOT every_month.is_first THEN coalesce(counted.previous_article_count, 0) END
            AS previous_article_count
    FROM every_month
    CROSS JOIN mart.countries AS country
    LEFT JOIN with_previous AS counted
        ON counted.month = every_month.month
        AND counted.country_code = country.country_code
    WHERE EXISTS (
        SELECT
        FROM core.country_day_count AS dated
        WHERE dated.country_code = country.country_code AND dated.published_on < 'infinity'
    )
    UNION ALL
    SELECT
        NULL::date,
        of_day.country_code,
        of_day.article_count,
        of_day.title_article_count,
        of_day.mention_count,
        undated.article_count,
        NULL::bigint
    FROM core.country_day_count AS of_day
    JOIN core.article_day_count AS undated ON undated.published_on = of_day.published_on
    WHERE of_day.published_on = 'infinity'
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
