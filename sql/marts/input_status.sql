-- Question: How is each input of newshouse.toml: when was it last seen, changed and loaded, and does it fail or lag?
-- Grain: one row per input.
-- Scope: every input that a newshouse.toml names, also one that vanished: its articles stay.
-- Limits: an input is stale once two of its intervals passed without a reload that went through. Rejects are those of
--     the last hour that are still open.
CREATE VIEW mart.input_status AS
SELECT
    named.input_name,
    named.kind,
    named.location,
    CASE
        WHEN named.last_failure_at >= coalesce(named.last_success_at, named.added_at) THEN 'failing'
        WHEN coalesce(named.last_success_at, named.added_at) < now() - 2 * named.every_seconds * interval '1 second'
            THEN 'stale'
        WHEN named.last_success_at IS NULL THEN 'waiting'
        ELSE 'ok'
    END AS state,
    named.every_seconds::numeric AS every_seconds,
    named.last_seen_at,
    named.last_changed_at,
    named.last_success_at,
    named.last_failure_at,
    named.last_failure,
    coalesce(named.last_success_at, named.added_at) < now() - 2 * named.every_seconds * interval '1 second' AS is_stale,
    coalesce(named.last_failure_at >= coalesce(named.last_success_at, named.added_at), FALSE) AS is_failing,
    coalesce(recent.reject_count, 0) AS recent_reject_count,
    named.last_run_id,
    named.config_path
FROM ops.named_input AS named
LEFT JOIN (
    SELECT run.arguments AS input_name, count(*) AS reject_count
    FROM ops.rejected_item AS rejected
    JOIN ops.load_run AS run USING (run_id)
    WHERE rejected.rejected_at > now() - interval '1 hour' AND rejected.state = 'open' AND run.command = 'reload'
    GROUP BY run.arguments
) AS recent USING (input_name)
ORDER BY named.input_name;

COMMENT ON COLUMN mart.input_status.input_name IS 'Its name in newshouse.toml';
COMMENT ON COLUMN mart.input_status.kind IS 'path (a file or folder), glob or url';
COMMENT ON COLUMN mart.input_status.location IS 'The path, pattern or address';
COMMENT ON COLUMN mart.input_status.state IS 'failing, stale, waiting (for its first reload) or ok; the worst that holds';
COMMENT ON COLUMN mart.input_status.every_seconds IS 'Its schedule: seconds between two reloads';
COMMENT ON COLUMN mart.input_status.last_seen_at IS 'When it was last there: the path existed, the address answered; NULL where never';
COMMENT ON COLUMN mart.input_status.last_changed_at IS 'When a reload last found something new or changed in it; NULL where none did';
COMMENT ON COLUMN mart.input_status.last_success_at IS 'When a reload of it last went through; NULL where none did';
COMMENT ON COLUMN mart.input_status.last_failure_at IS 'When a reload of it last failed; NULL where none did';
COMMENT ON COLUMN mart.input_status.last_failure IS 'Why it failed then; NULL where no reload failed';
COMMENT ON COLUMN mart.input_status.is_stale IS 'Whether two of its intervals passed without a reload that went through';
COMMENT ON COLUMN mart.input_status.is_failing IS 'Whether its latest reload failed';
COMMENT ON COLUMN mart.input_status.recent_reject_count IS 'Inputs of it that were rejected in the last hour and are still open';
COMMENT ON COLUMN mart.input_status.last_run_id IS 'The run of its latest reload (mart.load_history); NULL where none began a run';
COMMENT ON COLUMN mart.input_status.config_path IS 'The newshouse.toml that names it';
