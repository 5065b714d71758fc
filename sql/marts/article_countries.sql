-- Question: Which countries does each article mention, how often, and how prominently?
-- Grain: one row per article and country it mentions; one with country_code 'none' for an article that mentions none.
-- Scope: every article, undated ones too, so that count(DISTINCT article_id) is the number of articles.
-- Limits: rows come in no order. Counted mentions only: currencies, languages and the dateline's city are in
--         mart.country_mentions and not here. An article stands in as many rows as it mentions countries.
CREATE VIEW mart.article_countries AS
SELECT
    counted.article_id,
    counted.published_on,
    calendar.month_start AS published_month,
    article.publisher_id,
    publisher.name AS publisher_name,
    article.language,
    counted.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    counted.mention_count,
    counted.is_in_title,
    counted.is_in_lead
FROM (  -- two tables without a join, of the same types: the planner looks through to their indexes
    SELECT
        article_id,
        published_on,
        country_code,
        mention_count::bigint AS mention_count,
        is_in_title,
        is_in_lead
    FROM core.article_country
    UNION ALL
    SELECT
        article_id,
        published_on,
        'none',
        0::bigint,
        false,
        false
    FROM core.article_without_country
) AS counted
JOIN mart.countries AS country ON country.country_code = counted.country_code
-- LEFT JOIN although each has its row: a join that a question does not use is then left out of its plan.
LEFT JOIN core.article AS article ON article.article_id = counted.article_id
LEFT JOIN core.source AS publisher ON publisher.source_id = article.publisher_id
LEFT JOIN core.calendar AS calendar ON calendar.day = counted.published_on;

COMMENT ON COLUMN mart.article_countries.article_id IS 'Key of the article, as in mart.articles';
COMMENT ON COLUMN mart.article_countries.published_on IS 'Day of publication in the zone it was given in, else the publisher''s; NULL where not known';
COMMENT ON COLUMN mart.article_countries.published_month IS 'First day of the month of published_on; NULL with it';
COMMENT ON COLUMN mart.article_countries.publisher_id IS 'Key of who published the article; unknown where nothing says';
COMMENT ON COLUMN mart.article_countries.publisher_name IS 'Name of the publisher';
COMMENT ON COLUMN mart.article_countries.language IS 'ISO 639-1 code of the text''s language; und where it is not sure';
COMMENT ON COLUMN mart.article_countries.country_code IS 'ISO 3166-1 alpha-2 code of the country; none where the article mentions none';
COMMENT ON COLUMN mart.article_countries.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.article_countries.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.article_countries.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.article_countries.mention_count IS 'Counted mentions of the country in the article; 0 for none';
COMMENT ON COLUMN mart.article_countries.is_in_title IS 'Whether one of them stands in the title';
COMMENT ON COLUMN mart.article_countries.is_in_lead IS 'Whether one of them stands in the first paragraph';
