-- Promise: The last run that ended has succeeded.
-- Severity: warn
-- Action: Run the same command again; what was finished stays.
-- Reads: summary
SELECT
    run_id,
    command,
    state,
    started_at,
    message
FROM ops.load_run
WHERE run_id = (SELECT max(run_id) FROM ops.load_run WHERE state <> 'running')
    AND state <> 'succeeded';
