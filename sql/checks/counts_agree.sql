-- Promise: The kept counts agree on the number of articles, the undated ones, and the mentions.
-- Severity: fail
-- Action: Run newshouse db recount, then newshouse check counts_match_articles.
-- Reads: summary
WITH total AS (
    SELECT
        (SELECT coalesce(sum(article_count), 0) FROM core.article_day_count) AS articles_by_day,
        (SELECT coalesce(sum(article_count), 0) FROM core.publisher_day_count) AS articles_by_publisher,
        (SELECT coalesce(sum(article_count), 0) FROM core.provenance_count) AS articles_by_provenance,
        (SELECT coalesce(sum(article_count), 0) FROM core.country_day_count) AS countries_by_day,
        (SELECT coalesce(sum(article_count), 0) FROM core.country_month_count) AS countries_by_month,
        (SELECT coalesce(sum(mention_count), 0) FROM core.country_day_count) AS mentions_by_day,
        (SELECT coalesce(sum(mention_count), 0) FROM core.country_month_count) AS mentions_by_month
)
SELECT
    articles_by_day,
    articles_by_publisher,
    articles_by_provenance,
    countries_by_day,
    countries_by_month,
    mentions_by_day,
    mentions_by_month
FROM total
WHERE articles_by_day <> articles_by_publisher
    OR articles_by_day <> articles_by_provenance
    OR countries_by_day <> countries_by_month
    OR mentions_by_day <> mentions_by_month;
