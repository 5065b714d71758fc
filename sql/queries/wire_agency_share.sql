-- Question: How much of what each publisher prints comes from a news agency?
-- Grain: one row per publisher.
-- Scope: every article, undated ones too; the publisher 'unknown' where nothing names one.
-- Limits: only agencies that the text names are seen. An agency's articles on its own site are its own work, no wire.
WITH by_publisher AS (
    SELECT
        publisher_id,
        publisher_name,
        count(*) AS article_count,
        count(*) FILTER (WHERE agency_id <> publisher_id) AS wire_article_count,
        count(DISTINCT agency_id) FILTER (WHERE agency_id <> publisher_id) AS agency_count
    FROM mart.articles
    GROUP BY publisher_id, publisher_name
)
SELECT
    publisher_id,
    publisher_name,
    article_count,
    wire_article_count,
    round(wire_article_count::numeric / article_count, 4) AS wire_share,
    agency_count
FROM by_publisher
ORDER BY wire_share DESC, article_count DESC, publisher_id;
