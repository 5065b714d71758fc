-- Question: What was published last?
-- Grain: one row per article, 100 at most.
-- Scope: the newest dated articles: by day, within a day by the minute where it is known, then by article_id.
-- Limits: undated articles cannot be newest and are never here; nor is anything older than the hundredth.
CREATE VIEW mart.latest_articles AS
WITH newest AS (
    SELECT
        article_id,
        published_on,
        published_at,
        title,
        publisher_name,
        language,
        country_codes,
        url
    FROM mart.articles
    WHERE published_on IS NOT NULL
    ORDER BY published_on DESC, published_at DESC NULLS LAST, article_id
    LIMIT 100
)
SELECT
    row_number() OVER (ORDER BY published_on DESC, published_at DESC NULLS LAST, article_id) AS position,
    published_on,
    published_at,
    publisher_name,
    title,
    country_codes,
    language,
    url,
    article_id
FROM newest
ORDER BY position;

COMMENT ON COLUMN mart.latest_articles.position IS '1 for the newest article, and so on';
COMMENT ON COLUMN mart.latest_articles.published_on IS 'Day of publication in the zone it was given in, else the publisher''s';
COMMENT ON COLUMN mart.latest_articles.published_at IS 'Minute of publication; NULL where only the day is known';
COMMENT ON COLUMN mart.latest_articles.publisher_name IS 'Name of the publisher';
COMMENT ON COLUMN mart.latest_articles.title IS 'The printed headline, or the first sentence where none is printed';
COMMENT ON COLUMN mart.latest_articles.country_codes IS 'ISO 3166-1 alpha-2 codes of the countries mentioned, the most mentioned first, joined by a comma; NULL where none is';
COMMENT ON COLUMN mart.latest_articles.language IS 'ISO 639-1 code of the text''s language; und where it is not sure';
COMMENT ON COLUMN mart.latest_articles.url IS 'URL as it was given; NULL where none was';
COMMENT ON COLUMN mart.latest_articles.article_id IS 'Key of the article, as in mart.articles';
