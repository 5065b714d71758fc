-- Promise: Every run counts just the articles that it inserted, and the former versions that it replaced.
-- Severity: fail
-- Action: Rows were written or removed outside of newshouse, or a restore is incomplete: compare with a backup.
-- Reads: history
SELECT
    run.run_id,
    run.inserted_count,
    coalesce(inserted.article_count, 0) AS stored_article_count,
    run.updated_count,
    run.read_again_count,
    coalesce(replaced.version_count, 0) AS stored_version_count
FROM ops.load_run AS run
LEFT JOIN (
    SELECT
        first_run_id,
        count(*) AS article_count
    FROM core.article
    GROUP BY first_run_id
) AS inserted ON inserted.first_run_id = run.run_id
LEFT JOIN (
    SELECT
        replaced_run_id,
        count(*) AS version_count
    FROM core.article_version
    GROUP BY replaced_run_id
) AS replaced ON replaced.replaced_run_id = run.run_id
WHERE run.inserted_count <> coalesce(inserted.article_count, 0)
    OR run.updated_count + run.read_again_count <> coalesce(replaced.version_count, 0)
ORDER BY run.run_id;
