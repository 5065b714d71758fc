-- Question: What do the articles say?
-- Grain: one row per article.
-- Scope: every article, in its present version.
-- Limits: rows come in no order. Bodies are long: filter before you fetch, or join mart.articles on article_id.
CREATE VIEW mart.article_texts AS
SELECT
    article.article_id,
    article.published_on,
    article.language,
    article.title,
    article.body
FROM core.article AS article;

COMMENT ON COLUMN mart.article_texts.article_id IS 'Key of the article, as in mart.articles';
COMMENT ON COLUMN mart.article_texts.published_on IS 'Day of publication in the zone it was given in, else the publisher''s; NULL where not known';
COMMENT ON COLUMN mart.article_texts.language IS 'ISO 639-1 code of the text''s language; und where it is not sure';
COMMENT ON COLUMN mart.article_texts.title IS 'The printed headline, or the first sentence where none is printed';
COMMENT ON COLUMN mart.article_texts.body IS 'The text of the article without menus, credits and teasers';
