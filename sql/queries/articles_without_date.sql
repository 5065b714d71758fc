-- Question: Which articles have no date of publication, and what was there to read?
-- Grain: one row per undated article.
-- Scope: articles whose date could not be read, or is a day without a year.
-- Limits: none.
SELECT
    article_id,
    title,
    publisher_name,
    published_precision,
    published_method,
    published_evidence,
    url,
    loaded_at
FROM mart.articles
WHERE published_on IS NULL
ORDER BY loaded_at DESC, article_id;
