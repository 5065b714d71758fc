-- Question: How fresh is the warehouse: what was loaded last, and up to which day does it reach?
-- Grain: one row.
-- Scope: the newest day of publication, the runs, the open rejects.
-- Limits: gives instants, no ages, so that an answer does not depend on when it is asked; take now() - last_success_at.
--         By source: days_behind_newest in mart.source_summary.
CREATE VIEW mart.freshness AS
SELECT
    published.newest_day,
    published.oldest_day,
    run.last_started_at,
    run.last_success_at,
    run.last_article_change_at,
    run.failed_since_success_count,
    rejected.open_reject_count
FROM (
    SELECT
        max(published_on) AS newest_day,
        min(published_on) AS oldest_day
    FROM core.article_day_count
    WHERE published_on < 'infinity'
) AS published
CROSS JOIN (
    SELECT
        max(started_at) AS last_started_at,
        max(finished_at) FILTER (WHERE state = 'succeeded') AS last_success_at,
        max(finished_at) FILTER (WHERE inserted_count + updated_count > 0) AS last_article_change_at,
        count(*) FILTER (WHERE state IN ('failed', 'interrupted') AND started_at > succeeded.last_started_at)
            AS failed_since_success_count
    FROM ops.load_run
    CROSS JOIN (
        SELECT coalesce(max(started_at), '-infinity') AS last_started_at
        FROM ops.load_run
        WHERE state = 'succeeded'
    ) AS succeeded
) AS run
CROSS JOIN (
    SELECT count(*) AS open_reject_count
    FROM ops.rejected_item
    WHERE state = 'open'
) AS rejected;

COMMENT ON COLUMN mart.freshness.newest_day IS 'Newest day of publication; NULL without a dated article';
COMMENT ON COLUMN mart.freshness.oldest_day IS 'Oldest day of publication; NULL with newest_day';
COMMENT ON COLUMN mart.freshness.last_started_at IS 'When the last run began, whatever became of it; NULL before the first';
COMMENT ON COLUMN mart.freshness.last_success_at IS 'When the last run ended that succeeded; NULL where none did';
COMMENT ON COLUMN mart.freshness.last_article_change_at IS 'When the last run ended that inserted or updated an article; NULL where none did';
COMMENT ON COLUMN mart.freshness.failed_since_success_count IS 'Runs that began after the last success and failed or were interrupted';
COMMENT ON COLUMN mart.freshness.open_reject_count IS 'Rejected inputs that nothing has resolved yet';
