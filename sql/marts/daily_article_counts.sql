-- Question: How many articles were published on each day?
-- Grain: one row per day from the first to the last day of publication, and one row without a day.
-- Scope: every article. Days without articles are there with 0. The undated articles are the row whose day is NULL,
--        there only where any exist: leave it out of a time line, keep it in a total.
-- Limits: a day is the one in the zone that the date was given in, else the publisher's.
CREATE VIEW mart.daily_article_counts AS
SELECT
    calendar.day,
    calendar.week_start AS week,
    calendar.month_start AS month,
    calendar.quarter_start AS quarter,
    coalesce(sum(of_day.article_count), 0)::bigint AS article_count,
    count(DISTINCT of_day.publisher_id) FILTER (WHERE of_day.publisher_id <> 'unknown') AS publisher_count
FROM (
    SELECT
        min(published_on) AS first_day,
        max(published_on) AS last_day
    FROM core.article_day_count
    WHERE published_on < 'infinity'
) AS span
JOIN core.calendar AS calendar ON calendar.day BETWEEN span.first_day AND span.last_day
LEFT JOIN core.publisher_day_count AS of_day ON of_day.published_on = calendar.day
-- By each of them: a question about one month then counts the days of that month alone.
GROUP BY calendar.day, calendar.week_start, calendar.month_start, calendar.quarter_start
UNION ALL
SELECT
    NULL::date,
    NULL::date,
    NULL::date,
    NULL::date,
    sum(undated.article_count)::bigint,
    count(DISTINCT undated.publisher_id) FILTER (WHERE undated.publisher_id <> 'unknown')
FROM core.publisher_day_count AS undated
WHERE undated.published_on = 'infinity'
HAVING count(*) > 0
ORDER BY day NULLS LAST;

COMMENT ON COLUMN mart.daily_article_counts.day IS 'The day; NULL for the row of the undated articles';
COMMENT ON COLUMN mart.daily_article_counts.week IS 'Monday of the day''s ISO 8601 week; NULL with day';
COMMENT ON COLUMN mart.daily_article_counts.month IS 'First day of the day''s month; NULL with day';
COMMENT ON COLUMN mart.daily_article_counts.quarter IS 'First day of the day''s quarter; NULL with day';
COMMENT ON COLUMN mart.daily_article_counts.article_count IS 'Articles published on the day; 0 where none was';
COMMENT ON COLUMN mart.daily_article_counts.publisher_count IS 'Different known publishers of these articles';
