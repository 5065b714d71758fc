-- Question: How long after its publication does an article reach the warehouse, by publisher?
-- Grain: one row per known publisher.
-- Scope: articles of the 92 days up to the newest day whose minute of publication is known.
-- Limits: measures the delivery, not the newsroom: how long after an event its article appears cannot be known, since no
--         text says reliably when its event was. Loading an archive counts as delay, too: look at publishers that are
--         loaded as they publish. Stamps a few minutes ahead of the load's clock count as 0.
WITH newest AS (
    SELECT newest_day AS day
    FROM mart.freshness
),
delay AS (
    SELECT
        article.publisher_id,
        article.publisher_name,
        greatest(extract(epoch FROM article.loaded_at - article.published_at) / 3600, 0) AS hours
    FROM newest
    JOIN mart.articles AS article ON article.published_on > newest.day - 92
    WHERE article.published_at IS NOT NULL AND article.publisher_id <> 'unknown'
)
SELECT
    publisher_id,
    publisher_name,
    count(*) AS article_count,
    (percentile_cont(0.5) WITHIN GROUP (ORDER BY hours))::numeric(12, 2) AS median_hours,
    (percentile_cont(0.9) WITHIN GROUP (ORDER BY hours))::numeric(12, 2) AS ninth_decile_hours,
    count(*) FILTER (WHERE hours <= 24) AS within_a_day_count
FROM delay
GROUP BY publisher_id, publisher_name
ORDER BY median_hours, article_count DESC, publisher_id;
