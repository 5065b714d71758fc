-- Promise: An article of version N has its N - 1 former versions.
-- Severity: fail
-- Action: Rows were removed outside of newshouse, or a restore is incomplete: compare with a backup.
-- Reads: history
SELECT
    article.article_id,
    article.version,
    coalesce(former.version_count, 0) AS former_version_count
FROM core.article AS article
LEFT JOIN (
    SELECT
        article_id,
        count(*) AS version_count
    FROM core.article_version
    GROUP BY article_id
) AS former ON former.article_id = article.article_id
WHERE article.version - 1 <> coalesce(former.version_count, 0)
ORDER BY article.article_id;
