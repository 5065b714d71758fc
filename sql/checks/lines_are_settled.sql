-- Promise: Articles are read without the lines that their publisher repeats.
-- Severity: warn
-- Action: A load was cut off before it read them again: run any newshouse load to its end.
-- Reads: summary
SELECT source_id, article_count
FROM core.source_total
WHERE NOT is_settled
ORDER BY source_id
