-- Question: With which words, and where in the article, is each country mentioned?
-- Grain: one row per occurrence of a country in an article.
-- Scope: every occurrence, also those that do not count as mentions (is_counted is false).
-- Limits: rows come in no order. Articles that mention no country have no row here. Offsets count in the title for
--         zone title, in the body for all others.
CREATE VIEW mart.country_mentions AS
SELECT
    mention.article_id,
    mention.mention_no::bigint AS mention_no,
    article.published_on,
    article.publisher_id,
    mention.country_code,
    country.name_en AS country_name_en,
    country.name_ru AS country_name_ru,
    mention.surface,
    name.lemma,
    name.language AS lemma_language,
    mention.kind,
    mention.zone,
    mention.is_counted,
    mention.start_offset::bigint AS start_offset,
    mention.end_offset::bigint AS end_offset
FROM core.country_mention AS mention
-- LEFT JOIN although each has its row: a join that a question does not use is then left out of its plan.
LEFT JOIN core.article AS article ON article.article_id = mention.article_id
LEFT JOIN core.country AS country ON country.country_code = mention.country_code
LEFT JOIN core.country_name AS name ON name.name_id = mention.name_id;

COMMENT ON COLUMN mart.country_mentions.article_id IS 'Key of the article, as in mart.articles';
COMMENT ON COLUMN mart.country_mentions.mention_no IS 'Number of the mention in the article, from 1, in reading order';
COMMENT ON COLUMN mart.country_mentions.published_on IS 'Day of publication in the zone it was given in, else the publisher''s; NULL where not known';
COMMENT ON COLUMN mart.country_mentions.publisher_id IS 'Key of who published the article; unknown where nothing says';
COMMENT ON COLUMN mart.country_mentions.country_code IS 'ISO 3166-1 alpha-2 code of the country mentioned';
COMMENT ON COLUMN mart.country_mentions.country_name_en IS 'English name of the country';
COMMENT ON COLUMN mart.country_mentions.country_name_ru IS 'Russian name of the country';
COMMENT ON COLUMN mart.country_mentions.surface IS 'The words as they stand in the text';
COMMENT ON COLUMN mart.country_mentions.lemma IS 'Dictionary form of the name that matched';
COMMENT ON COLUMN mart.country_mentions.lemma_language IS 'ISO 639 code of the language that the name belongs to';
COMMENT ON COLUMN mart.country_mentions.kind IS 'name, abbreviation, adjective, demonym, city, currency or language';
COMMENT ON COLUMN mart.country_mentions.zone IS 'title, dateline, lead or body';
COMMENT ON COLUMN mart.country_mentions.is_counted IS 'Whether it counts: currencies, languages and the dateline''s city do not';
COMMENT ON COLUMN mart.country_mentions.start_offset IS 'Characters (Unicode code points) before the mention';
COMMENT ON COLUMN mart.country_mentions.end_offset IS 'Characters (Unicode code points) before its end';
