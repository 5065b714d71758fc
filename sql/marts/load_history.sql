-- Question: Which runs wrote to the warehouse, how did they end, and what became of their inputs?
-- Grain: one row per run.
-- Scope: every run, also those that run still, failed or were interrupted.
-- Limits: the counts are those of the finished batches.
CREATE VIEW mart.load_history AS
SELECT
    run.run_id,
    run.command,
    run.arguments,
    run.state,
    run.started_at,
    run.finished_at,
    extract(epoch FROM run.finished_at - run.started_at)::numeric(12, 3) AS duration_seconds,
    run.read_count,
    run.inserted_count,
    run.updated_count,
    run.unchanged_count,
    run.duplicate_count,
    run.rejected_count,
    (run.rejected_count::numeric / nullif(run.read_count, 0))::numeric(5, 4) AS rejected_share,
    run.read_again_count,
    run.rule_version,
    run.message
FROM ops.load_run AS run
ORDER BY run.started_at DESC, run.run_id DESC;

COMMENT ON COLUMN mart.load_history.run_id IS 'Number of the run';
COMMENT ON COLUMN mart.load_history.command IS 'What was run: load, reload, renormalize, rejects retry';
COMMENT ON COLUMN mart.load_history.arguments IS 'The paths and options it was given, without secrets';
COMMENT ON COLUMN mart.load_history.state IS 'running, succeeded, failed or interrupted';
COMMENT ON COLUMN mart.load_history.started_at IS 'When the run began';
COMMENT ON COLUMN mart.load_history.finished_at IS 'When the run ended; NULL while it runs';
COMMENT ON COLUMN mart.load_history.duration_seconds IS 'finished_at - started_at in seconds; NULL while it runs';
COMMENT ON COLUMN mart.load_history.read_count IS 'Inputs read: the sum of the five outcomes';
COMMENT ON COLUMN mart.load_history.inserted_count IS 'Inputs that gave a new article';
COMMENT ON COLUMN mart.load_history.updated_count IS 'Inputs that changed an article';
COMMENT ON COLUMN mart.load_history.unchanged_count IS 'Inputs that the warehouse already held as they are';
COMMENT ON COLUMN mart.load_history.duplicate_count IS 'Inputs whose text stands under another article';
COMMENT ON COLUMN mart.load_history.rejected_count IS 'Inputs that gave no article';
COMMENT ON COLUMN mart.load_history.rejected_share IS 'rejected_count / read_count, 0 to 1; NULL where nothing was read';
COMMENT ON COLUMN mart.load_history.read_again_count IS 'Articles changed at its end by lines that their source repeats';
COMMENT ON COLUMN mart.load_history.rule_version IS 'Version of the normalising rules that the run used';
COMMENT ON COLUMN mart.load_history.message IS 'Why a failed or interrupted run ended; NULL otherwise';
