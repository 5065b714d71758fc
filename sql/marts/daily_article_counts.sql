-- Question: How many articles were published on each day?
-- Grain: one row per day from the first to the last day of publication, and one row without a day.
-- Scope: every article. Days without articles are there with 0. The undated articles are the row whose day is NULL,
--        there only where any exist: leave it out of a time line, keep it in a total.
-- Limits: a day is the one in the zone that the date was given in, else the publisher's.
CREATE VIEW mart.daily_article_counts AS
WITH publisher_day AS (  -- by publisher first: counting distinct publishers per day would sort every article
    SELECT
        article.published_on,
        article.publisher_id,
        count(*) AS article_count
    FROM core.article AS article
    GROUP BY article.published_on, article.publisher_id
),
counted_day AS (
    SELECT
        published_on,
        sum(article_count)::bigint AS article_count,
        count(*) FILTER (WHERE publisher_id <> 'unknown') AS publisher_count
    FROM publisher_day
    GROUP BY published_on
),
span AS (
    SELECT
        min(published_on) AS first_day,
        max(published_on) AS last_day
    FROM counted_day
)
SELECT
    calendar.day,
    calendar.week_start AS week,
    calendar.month_start AS month,
    calendar.quarter_start AS quarter,
    coalesce(counted_day.article_count, 0) AS article_count,
    coalesce(counted_day.publisher_count, 0) AS publisher_count
FROM span
JOIN core.calendar AS calendar ON calendar.day BETWEEN span.first_day AND span.last_day
LEFT JOIN counted_day ON counted_day.published_on = calendar.day
UNION ALL
SELECT
    NULL,
    NULL,
    NULL,
    NULL,
    undated.article_count,
    undated.publisher_count
FROM counted_day AS undated
WHERE undated.published_on IS NULL
ORDER BY day NULLS LAST;

COMMENT ON COLUMN mart.daily_article_counts.day IS 'The day; NULL for the row of the undated articles';
COMMENT ON COLUMN mart.daily_article_counts.week IS 'Monday of the day''s ISO 8601 week; NULL with day';
COMMENT ON COLUMN mart.daily_article_counts.month IS 'First day of the day''s month; NULL with day';
COMMENT ON COLUMN mart.daily_article_counts.quarter IS 'First day of the day''s quarter; NULL with day';
COMMENT ON COLUMN mart.daily_article_counts.article_count IS 'Articles published on the day; 0 where none was';
COMMENT ON COLUMN mart.daily_article_counts.publisher_count IS 'Different known publishers of these articles';
