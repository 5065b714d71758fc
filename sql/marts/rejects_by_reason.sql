-- Question: Why were inputs rejected, and how many rejections are still open?
-- Grain: one row per reason.
-- Scope: every rejected version of an input, open or resolved.
-- Limits: a reason that never occurred has no row. `newshouse rejects show` gives the input itself.
CREATE VIEW mart.rejects_by_reason AS
SELECT
    rejected.reason_code,
    count(*) AS reject_count,
    count(*) FILTER (WHERE rejected.state = 'open') AS open_count,
    count(*) FILTER (WHERE rejected.state = 'resolved') AS resolved_count,
    min(rejected.rejected_at) AS first_rejected_at,
    max(rejected.rejected_at) AS last_rejected_at
FROM ops.rejected_item AS rejected
GROUP BY rejected.reason_code
ORDER BY open_count DESC, reject_count DESC, rejected.reason_code;

COMMENT ON COLUMN mart.rejects_by_reason.reason_code IS 'Why the inputs were rejected';
COMMENT ON COLUMN mart.rejects_by_reason.reject_count IS 'Rejected versions of inputs: open_count + resolved_count';
COMMENT ON COLUMN mart.rejects_by_reason.open_count IS 'Those that nothing has resolved yet';
COMMENT ON COLUMN mart.rejects_by_reason.resolved_count IS 'Those whose input was loaded later or went away';
COMMENT ON COLUMN mart.rejects_by_reason.first_rejected_at IS 'When the first of them was rejected';
COMMENT ON COLUMN mart.rejects_by_reason.last_rejected_at IS 'When the last of them was rejected';
