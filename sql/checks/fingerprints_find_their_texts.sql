-- Promise: The fingerprint of a text leads to an article that says it, and every article has one.
-- Severity: fail
-- Action: Duplicates may be missed, or found of a text that nobody says: compare with a backup.
-- Reads: history
SELECT
    encode(coalesce(fingerprint.text_sha256, article.text_sha256), 'hex') AS text_sha256,
    coalesce(fingerprint.article_id, article.article_id) AS article_id,
    CASE WHEN article.article_id IS NULL THEN 'no such article' ELSE 'no fingerprint' END AS fault
FROM core.text_fingerprint AS fingerprint
FULL JOIN core.article AS article
    ON article.article_id = fingerprint.article_id
    AND article.text_sha256 = fingerprint.text_sha256
WHERE article.article_id IS NULL
    OR fingerprint.article_id IS NULL
ORDER BY 1, 2;
