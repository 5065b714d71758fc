-- Question: Which source writes how much about which country in each month, and which leads?
-- Grain: one row per month, country and publisher with an article, and one row without a month per country and publisher
--        of an undated article.
-- Scope: every article; the publisher 'unknown' where nothing names one, country_code 'none' for the articles that
--        mention no country. The undated articles are the rows whose month is NULL.
-- Limits: rows come in no order. An article counts under each of its countries, so article_count does not add up over
--         countries. Publishers with equally many articles share a position; 'unknown' takes part, though it may stand
--         for several.
CREATE VIEW mart.monthly_source_countries AS
SELECT
    calendar.day AS month,
    calendar.quarter_start AS quarter,
    of_month.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    of_month.publisher_id,
    publisher.name AS publisher_name,
    of_month.article_count,
    of_month.titled_article_count,
    of_month.title_article_count,
    of_month.lead_article_count,
    of_month.mention_count,
    (of_month.article_count / sum(of_month.article_count) OVER same_country)::numeric(5, 4) AS country_share,
    rank() OVER (same_country ORDER BY of_month.article_count DESC) AS position
FROM core.country_month_count AS of_month
JOIN mart.countries AS country ON country.country_code = of_month.country_code
JOIN core.source AS publisher ON publisher.source_id = of_month.publisher_id
LEFT JOIN core.calendar AS calendar ON calendar.day = of_month.published_month
WINDOW same_country AS (PARTITION BY calendar.day, of_month.country_code);

COMMENT ON COLUMN mart.monthly_source_countries.month IS 'First day of the month; NULL for the undated articles';
COMMENT ON COLUMN mart.monthly_source_countries.quarter IS 'First day of the month''s quarter; NULL with month';
COMMENT ON COLUMN mart.monthly_source_countries.country_code IS 'ISO 3166-1 alpha-2 code of the country; none for the articles that mention none';
COMMENT ON COLUMN mart.monthly_source_countries.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.monthly_source_countries.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.monthly_source_countries.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.monthly_source_countries.publisher_id IS 'Key of who published the articles; unknown where nothing says';
COMMENT ON COLUMN mart.monthly_source_countries.publisher_name IS 'Name of the publisher';
COMMENT ON COLUMN mart.monthly_source_countries.article_count IS 'Articles of the publisher in the month that mention the country';
COMMENT ON COLUMN mart.monthly_source_countries.titled_article_count IS 'Those of them that have a printed headline';
COMMENT ON COLUMN mart.monthly_source_countries.title_article_count IS 'Those of them that mention the country in the headline';
COMMENT ON COLUMN mart.monthly_source_countries.lead_article_count IS 'Those of them that mention the country in the first paragraph';
COMMENT ON COLUMN mart.monthly_source_countries.mention_count IS 'Counted mentions of the country in these articles';
COMMENT ON COLUMN mart.monthly_source_countries.country_share IS 'article_count / the articles of all publishers in the month that mention the country, 0 to 1';
COMMENT ON COLUMN mart.monthly_source_countries.position IS '1 for the publisher with the most articles on the country in the month, and so on';
