-- Promise: Articles and their short lines are counted by publisher as they are, counted anew.
-- Severity: fail
-- Action: Run newshouse db recount.
-- Reads: history
WITH counted (what, key, counts) AS (
    SELECT 'source_total', publisher_id, ARRAY[count(*)]
    FROM core.article
    GROUP BY publisher_id
    UNION ALL
    SELECT
        'source_line',
        concat_ws(' ', article.publisher_id, held.line_key),
        ARRAY[count(*), count(*) FILTER (WHERE held.is_vetoed)]
    FROM core.article_line AS held
    JOIN core.article AS article ON article.article_id = held.article_id
    WHERE article.publisher_method <> 'correction'
    GROUP BY article.publisher_id, held.line_key
),
kept (what, key, counts) AS (
    SELECT 'source_total', source_id, ARRAY[article_count]
    FROM core.source_total
    WHERE article_count > 0
    UNION ALL
    SELECT 'source_line', concat_ws(' ', source_id, line_key), ARRAY[article_count, vetoed_count]
    FROM core.source_line
    WHERE article_count > 0
)
SELECT
    what,
    key,
    array_to_string(kept.counts, ' ') AS kept,
    array_to_string(counted.counts, ' ') AS counted
FROM kept
FULL JOIN counted USING (what, key)
WHERE kept.counts IS DISTINCT FROM counted.counts
ORDER BY what, key
