-- Promise: A text stands under one article.
-- Severity: warn
-- Action: Articles that came to say the same, by a change or by new rules, stay both. Nothing is to be done where the
--         two are two publications; else correct the input and load it again.
-- Reads: history
SELECT
    encode(text_sha256, 'hex') AS text_sha256,
    count(*) AS article_count,
    min(article_id) AS one_article_id,
    max(article_id) AS other_article_id
FROM core.article
GROUP BY text_sha256
HAVING count(*) > 1
ORDER BY 1;
