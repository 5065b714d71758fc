-- Question: When did the warehouse receive nothing for days on end?
-- Grain: one row per gap: days in a row without an article.
-- Scope: from the first to the last day of publication.
-- Limits: says nothing about a source that fell silent while others went on; mart.source_summary does.
WITH empty_day AS (
    SELECT
        day,
        -- Within a gap day and number grow together, so their difference names the gap.
        day - (row_number() OVER (ORDER BY day))::integer AS gap
    FROM mart.daily_article_counts
    WHERE article_count = 0
)
SELECT
    min(day) AS first_day,
    max(day) AS last_day,
    count(*) AS day_count
FROM empty_day
GROUP BY gap
ORDER BY day_count DESC, first_day;
