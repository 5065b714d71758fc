-- Question: How much is written about each country quarter by quarter, and how does it change?
-- Grain: one row per quarter and country, and one row without a quarter per country of an undated article.
-- Scope: every quarter from the first to the last day of publication, and every country that a dated article mentions,
--        with 0 in the quarters without it. Articles that mention no country are under country_code 'none'. The undated
--        articles are the rows whose quarter is NULL.
-- Limits: an article counts under each of its countries, so article_count does not add up over countries: take
--         quarter_article_count. The first and the last quarter may be incomplete.
CREATE VIEW mart.quarterly_country_mentions AS
WITH counted AS (
    SELECT
        calendar.quarter_start AS quarter,
        of_day.country_code,
        sum(of_day.article_count)::bigint AS article_count,
        sum(of_day.title_article_count)::bigint AS title_article_count,
        sum(of_day.mention_count)::bigint AS mention_count
    FROM core.country_day_count AS of_day
    LEFT JOIN core.calendar AS calendar ON calendar.day = of_day.published_on
    GROUP BY calendar.quarter_start, of_day.country_code
),
span AS (
    SELECT
        min(published_on) AS first_day,
        max(published_on) AS last_day
    FROM core.article_day_count
    WHERE published_on < 'infinity'
),
every_quarter AS (
    SELECT
        calendar.quarter_start AS quarter,
        coalesce(sum(of_day.article_count), 0)::bigint AS article_count
    FROM span
    JOIN core.calendar AS calendar ON calendar.day BETWEEN span.first_day AND span.last_day
    LEFT JOIN core.article_day_count AS of_day ON of_day.published_on = calendar.day
    GROUP BY calendar.quarter_start
),
mentioned_country AS (
    SELECT DISTINCT country_code
    FROM counted
    WHERE quarter IS NOT NULL
),
quarterly AS (
    SELECT
        every_quarter.quarter,
        mentioned_country.country_code,
        coalesce(counted.article_count, 0) AS article_count,
        coalesce(counted.title_article_count, 0) AS title_article_count,
        coalesce(counted.mention_count, 0) AS mention_count,
        every_quarter.article_count AS quarter_article_count,
        lag(coalesce(counted.article_count, 0))
            OVER (PARTITION BY mentioned_country.country_code ORDER BY every_quarter.quarter)
            AS previous_article_count
    FROM every_quarter
    CROSS JOIN mentioned_country
    LEFT JOIN counted
        ON counted.quarter = every_quarter.quarter
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
    WHERE counted.quarter IS NULL
)
SELECT
    quarterly.quarter,
    quarterly.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    quarterly.article_count,
    quarterly.title_article_count,
    quarterly.mention_count,
    quarterly.quarter_article_count,
    (quarterly.article_count::numeric / nullif(quarterly.quarter_article_count, 0))::numeric(5, 4) AS article_share,
    quarterly.previous_article_count,
    quarterly.article_count - quarterly.previous_article_count AS article_change,
    ((quarterly.article_count - quarterly.previous_article_count)::numeric / nullif(quarterly.previous_article_count, 0))
        ::numeric(12, 4) AS article_change_share
FROM quarterly
JOIN mart.countries AS country ON country.country_code = quarterly.country_code
ORDER BY quarterly.quarter NULLS LAST, quarterly.article_count DESC, quarterly.country_code;

COMMENT ON COLUMN mart.quarterly_country_mentions.quarter IS 'First day of the quarter; NULL for the undated articles';
COMMENT ON COLUMN mart.quarterly_country_mentions.country_code IS 'ISO 3166-1 alpha-2 code of the country; none for the articles that mention none';
COMMENT ON COLUMN mart.quarterly_country_mentions.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.quarterly_country_mentions.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.quarterly_country_mentions.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.quarterly_country_mentions.article_count IS 'Articles of the quarter that mention the country';
COMMENT ON COLUMN mart.quarterly_country_mentions.title_article_count IS 'Those of them that mention it in the title';
COMMENT ON COLUMN mart.quarterly_country_mentions.mention_count IS 'Counted mentions of the country in the articles of the quarter';
COMMENT ON COLUMN mart.quarterly_country_mentions.quarter_article_count IS 'All articles of the quarter, whatever they mention';
COMMENT ON COLUMN mart.quarterly_country_mentions.article_share IS 'article_count / quarter_article_count, 0 to 1; NULL for a quarter without articles';
COMMENT ON COLUMN mart.quarterly_country_mentions.previous_article_count IS 'article_count of the quarter before; NULL in the first quarter and for the undated articles';
COMMENT ON COLUMN mart.quarterly_country_mentions.article_change IS 'article_count - previous_article_count; NULL with previous_article_count';
COMMENT ON COLUMN mart.quarterly_country_mentions.article_change_share IS 'article_change / previous_article_count: 0.5 is half as many again; NULL where the quarter before has none';
