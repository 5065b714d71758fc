-- Promise: What a person corrected last is what the article says.
-- Severity: fail
-- Action: Correct the article again: newshouse correct.
-- Reads: summary
SELECT
    article.article_id,
    dated.published_on AS corrected_day,
    article.published_on,
    named.publisher_id AS corrected_publisher,
    article.publisher_id
FROM core.article AS article
LEFT JOIN (
    SELECT DISTINCT ON (article_id) article_id, published_on, published_at
    FROM ops.correction
    WHERE published_on IS NOT NULL
    ORDER BY article_id, corrected_at DESC
) AS dated ON dated.article_id = article.article_id
LEFT JOIN (
    SELECT DISTINCT ON (article_id) article_id, publisher_id
    FROM ops.correction
    WHERE publisher_id IS NOT NULL
    ORDER BY article_id, corrected_at DESC
) AS named ON named.article_id = article.article_id
WHERE article.article_id IN (SELECT article_id FROM ops.correction)
    AND (
        (dated.article_id IS NOT NULL
            AND (dated.published_on, dated.published_at) IS DISTINCT FROM (article.published_on, article.published_at))
        OR named.publisher_id <> article.publisher_id
    )
ORDER BY article.article_id;
