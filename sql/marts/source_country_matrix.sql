-- Question: Which publisher writes about which country, and how much of its work is that?
-- Grain: one row per publisher and country that its articles mention.
-- Scope: every article, undated ones too; the publisher 'unknown' where nothing names one, country_code 'none' for the
--        articles that mention no country.
-- Limits: pairs without an article have no row. An article counts under each of its countries, so article_count does
--         not add up over countries: take publisher_article_count.
CREATE VIEW mart.source_country_matrix AS
WITH counted AS (
    SELECT
        publisher_id,
        country_code,
        sum(article_count)::bigint AS article_count,
        sum(title_article_count)::bigint AS title_article_count,
        sum(mention_count)::bigint AS mention_count
    FROM core.country_month_count
    GROUP BY publisher_id, country_code
),
publisher_total AS (
    SELECT
        publisher_id,
        sum(article_count)::bigint AS article_count
    FROM core.provenance_count
    GROUP BY publisher_id
)
SELECT
    counted.publisher_id,
    publisher.name AS publisher_name,
    counted.country_code,
    country.alpha3,
    country.country_name_en,
    country.country_name_ru,
    counted.article_count,
    counted.title_article_count,
    counted.mention_count,
    publisher_total.article_count AS publisher_article_count,
    (counted.article_count::numeric / publisher_total.article_count)::numeric(5, 4) AS article_share
FROM counted
JOIN publisher_total ON publisher_total.publisher_id = counted.publisher_id
JOIN core.source AS publisher ON publisher.source_id = counted.publisher_id
JOIN mart.countries AS country ON country.country_code = counted.country_code
ORDER BY counted.publisher_id, counted.article_count DESC, counted.country_code;

COMMENT ON COLUMN mart.source_country_matrix.publisher_id IS 'Key of the publisher; unknown where nothing names one';
COMMENT ON COLUMN mart.source_country_matrix.publisher_name IS 'Name of the publisher';
COMMENT ON COLUMN mart.source_country_matrix.country_code IS 'ISO 3166-1 alpha-2 code of the country; none for the articles that mention none';
COMMENT ON COLUMN mart.source_country_matrix.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.source_country_matrix.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.source_country_matrix.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.source_country_matrix.article_count IS 'Articles of the publisher that mention the country';
COMMENT ON COLUMN mart.source_country_matrix.title_article_count IS 'Those of them that mention it in the title';
COMMENT ON COLUMN mart.source_country_matrix.mention_count IS 'Counted mentions of the country in the publisher''s articles';
COMMENT ON COLUMN mart.source_country_matrix.publisher_article_count IS 'All articles of the publisher, whatever they mention';
COMMENT ON COLUMN mart.source_country_matrix.article_share IS 'article_count / publisher_article_count, 0 to 1';
