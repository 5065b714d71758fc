-- Promise: The fingerprint of a text leads to an article that says it.
-- Severity: fail
-- Action: New inputs may be taken for duplicates of a text that nobody says: compare with a backup.
-- Reads: history
SELECT
    encode(fingerprint.text_sha256, 'hex') AS text_sha256,
    fingerprint.article_id
FROM core.text_fingerprint AS fingerprint
LEFT JOIN core.article AS article
    ON article.article_id = fingerprint.article_id
    AND article.text_sha256 = fingerprint.text_sha256
WHERE article.article_id IS NULL
ORDER BY 1;
