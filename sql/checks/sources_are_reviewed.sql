-- Promise: Somebody has looked at every source that the warehouse met while loading.
-- Severity: warn
-- Action: Add it to seeds/reference/sources.csv and its names to source_names.csv, then newshouse db upgrade.
-- Reads: summary
SELECT
    source.source_id,
    source.name,
    coalesce(published.article_count, 0)::bigint AS article_count
FROM core.source AS source
LEFT JOIN (
    SELECT
        publisher_id,
        sum(article_count) AS article_count
    FROM core.provenance_count
    GROUP BY publisher_id
) AS published ON published.publisher_id = source.source_id
WHERE source.needs_review
ORDER BY article_count DESC, source.source_id;
