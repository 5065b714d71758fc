-- Question: What is there about each country: how much, since when, how prominently, and who leads?
-- Grain: one row per country that an article mentions, and one for the articles that mention none.
-- Scope: every article, undated ones too; country_code 'none' stands for the articles that mention no country.
-- Limits: an article counts under each of its countries, so article_count does not add up. headline_share is taken over
--         articles with a printed headline. The leading publisher is a known one; of equals, the first by alphabet.
CREATE VIEW mart.country_summary AS
WITH by_day AS (
    SELECT
        country_code,
        min(published_on) FILTER (WHERE published_on < 'infinity') AS first_day,
        max(published_on) FILTER (WHERE published_on < 'infinity') AS last_day
    FROM core.country_day_count
    GROUP BY country_code
),
by_publisher AS (
    SELECT
        country_code,
        publisher_id,
        sum(article_count)::bigint AS article_count,
        sum(titled_article_count)::bigint AS titled_article_count,
        sum(title_article_count)::bigint AS title_article_count,
        sum(lead_article_count)::bigint AS lead_article_count,
        sum(mention_count)::bigint AS mention_count
    FROM core.country_month_count
    GROUP BY country_code, publisher_id
),
by_country AS (
    SELECT
        country_code,
        sum(article_count)::bigint AS article_count,
        sum(titled_article_count)::bigint AS titled_article_count,
        sum(title_article_count)::bigint AS title_article_count,
        sum(lead_article_count)::bigint AS lead_article_count,
        sum(mention_count)::bigint AS mention_count,
        count(*) FILTER (WHERE publisher_id <> 'unknown') AS publisher_count,
        -- Here, not in a query of its own: a question about one country then counts that country alone.
        (array_agg(publisher_id ORDER BY article_count DESC, publisher_id) FILTER (WHERE publisher_id <> 'unknown'))[1]
            AS leading_publisher_id,
        max(article_count) FILTER (WHERE publisher_id <> 'unknown') AS leading_article_count
    FROM by_publisher
    GROUP BY country_code
)
SELECT
    by_country.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    by_country.article_count,
    (by_country.article_count / (SELECT sum(article_count) FROM core.article_day_count))::numeric(5, 4) AS article_share,
    by_country.mention_count,
    by_country.title_article_count,
    (by_country.title_article_count::numeric / nullif(by_country.titled_article_count, 0))::numeric(5, 4)
        AS headline_share,
    by_country.lead_article_count,
    by_day.first_day,
    by_day.last_day,
    by_country.publisher_count,
    by_country.leading_publisher_id,
    publisher.name AS leading_publisher_name,
    (by_country.leading_article_count::numeric / by_country.article_count)::numeric(5, 4) AS leading_publisher_share
FROM by_country
JOIN by_day ON by_day.country_code = by_country.country_code
JOIN mart.countries AS country ON country.country_code = by_country.country_code
LEFT JOIN core.source AS publisher ON publisher.source_id = by_country.leading_publisher_id
ORDER BY by_country.article_count DESC, by_country.mention_count DESC, by_country.country_code;

COMMENT ON COLUMN mart.country_summary.country_code IS 'ISO 3166-1 alpha-2 code of the country; none for the articles that mention none';
COMMENT ON COLUMN mart.country_summary.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.country_summary.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.country_summary.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.country_summary.article_count IS 'Articles that mention the country';
COMMENT ON COLUMN mart.country_summary.article_share IS 'article_count / all articles of the warehouse, 0 to 1';
COMMENT ON COLUMN mart.country_summary.mention_count IS 'Counted mentions of the country';
COMMENT ON COLUMN mart.country_summary.title_article_count IS 'Articles that mention it in the printed headline';
COMMENT ON COLUMN mart.country_summary.headline_share IS 'title_article_count / the articles on the country that have a printed headline, 0 to 1; NULL where none has one';
COMMENT ON COLUMN mart.country_summary.lead_article_count IS 'Articles that mention it in the first paragraph';
COMMENT ON COLUMN mart.country_summary.first_day IS 'First day on which a dated article mentions it; NULL where only undated ones do';
COMMENT ON COLUMN mart.country_summary.last_day IS 'Last such day; NULL with first_day';
COMMENT ON COLUMN mart.country_summary.publisher_count IS 'Different known publishers that mention it';
COMMENT ON COLUMN mart.country_summary.leading_publisher_id IS 'The known publisher with the most articles on it; NULL where none is known';
COMMENT ON COLUMN mart.country_summary.leading_publisher_name IS 'Name of that publisher; NULL with it';
COMMENT ON COLUMN mart.country_summary.leading_publisher_share IS 'Articles of that publisher on the country / article_count, 0 to 1; NULL with it';
