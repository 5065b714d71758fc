-- Promise: Every key that reprints are found by has the day of its article.
-- Severity: fail
-- Action: Run newshouse db recount.
-- Reads: history
SELECT
    key.article_id,
    key.story_key,
    key.published_on,
    article.published_on AS article_published_on
FROM core.story_key AS key
JOIN core.article AS article ON article.article_id = key.article_id
WHERE key.published_on IS DISTINCT FROM article.published_on
ORDER BY 1, 2;
