-- Question: When did a source fall silent, and is it silent now?
-- Grain: one row per publisher and stretch of days in a row without an article, 3 days or longer.
-- Scope: dated articles of known publishers, from a publisher's first day to the newest day in the warehouse: a stretch
--        that reaches the newest day is open, the source is silent now.
-- Limits: rows come in no order. Silence means that nothing was loaded: the source may have published all the same. For
--         a source that writes twice a month every stretch is usual: compare day_count with usual_gap_days.
CREATE VIEW mart.source_silences AS
WITH newest AS (
    SELECT max(published_on) AS day
    FROM core.article_day_count
    WHERE published_on < 'infinity'
),
following AS (  -- a publisher that writes in two languages has a day twice: no gap
    SELECT
        publisher_id,
        published_on,
        lead(published_on) OVER (PARTITION BY publisher_id ORDER BY published_on) AS next_day
    FROM core.publisher_day_count
    WHERE published_on < 'infinity' AND publisher_id <> 'unknown'
),
usual AS (
    SELECT
        publisher_id,
        (max(published_on) - min(published_on))::numeric / nullif(count(DISTINCT published_on) - 1, 0) AS gap
    FROM core.publisher_day_count
    WHERE published_on < 'infinity' AND publisher_id <> 'unknown'
    GROUP BY publisher_id
)
SELECT
    following.publisher_id,
    publisher.name AS publisher_name,
    following.published_on + 1 AS first_day,
    coalesce(following.next_day - 1, newest.day) AS last_day,
    (coalesce(following.next_day - 1, newest.day) - following.published_on)::bigint AS day_count,
    following.next_day IS NULL AS is_open,
    usual.gap::numeric(12, 4) AS usual_gap_days
FROM following
CROSS JOIN newest
JOIN usual ON usual.publisher_id = following.publisher_id
LEFT JOIN core.source AS publisher ON publisher.source_id = following.publisher_id
WHERE coalesce(following.next_day - 1, newest.day) - following.published_on >= 3;

COMMENT ON COLUMN mart.source_silences.publisher_id IS 'Key of the publisher';
COMMENT ON COLUMN mart.source_silences.publisher_name IS 'Name of the publisher';
COMMENT ON COLUMN mart.source_silences.first_day IS 'First day without an article';
COMMENT ON COLUMN mart.source_silences.last_day IS 'Last day without an article; the newest day in the warehouse where is_open';
COMMENT ON COLUMN mart.source_silences.day_count IS 'Days without an article: last_day - first_day + 1, 3 or more';
COMMENT ON COLUMN mart.source_silences.is_open IS 'Whether the source has published nothing since';
COMMENT ON COLUMN mart.source_silences.usual_gap_days IS 'Days from one day with an article to the next, on average over the source''s history; NULL where it has one such day';
