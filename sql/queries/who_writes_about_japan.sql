-- Question: Which publishers write about Japan, and how much of their work is it?
-- Grain: one row per publisher that mentions Japan.
-- Scope: every article, undated ones too; the publisher 'unknown' where nothing names one.
-- Limits: for another country put its code in place of 'JP'.
SELECT
    publisher_id,
    publisher_name,
    article_count,
    title_article_count,
    mention_count,
    publisher_article_count,
    article_share
FROM mart.source_country_matrix
WHERE country_code = 'JP'
ORDER BY article_count DESC, mention_count DESC, publisher_id;
