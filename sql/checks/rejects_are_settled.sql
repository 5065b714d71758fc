-- Promise: No input waits rejected.
-- Severity: warn
-- Action: newshouse rejects list shows them; mend the input and load it again, or newshouse rejects dismiss.
-- Reads: summary
SELECT
    reason_code,
    count(*) AS open_count,
    min(rejected_at) AS oldest_rejected_at
FROM ops.rejected_item
WHERE state = 'open'
GROUP BY reason_code
ORDER BY open_count DESC, reason_code;
