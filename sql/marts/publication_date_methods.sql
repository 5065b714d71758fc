-- Question: How were the dates of publication read, and how exactly?
-- Grain: one row per method and precision.
-- Scope: every article; method 'none' where nothing could be read.
-- Limits: says which rule decided, not whether it was right; `newshouse explain` shows the evidence of one article.
CREATE VIEW mart.publication_date_methods AS
WITH counted AS (
    SELECT
        published_method,
        published_precision,
        sum(article_count)::bigint AS article_count
    FROM core.provenance_count
    GROUP BY published_method, published_precision
),
totalled AS (
    SELECT
        published_method,
        published_precision,
        article_count,
        (sum(article_count) OVER ())::bigint AS all_article_count
    FROM counted
)
SELECT
    published_method,
    published_precision,
    article_count,
    all_article_count,
    (article_count::numeric / all_article_count)::numeric(5, 4) AS article_share
FROM totalled
ORDER BY article_count DESC, published_method, published_precision;

COMMENT ON COLUMN mart.publication_date_methods.published_method IS 'The rule that read the date; none where nothing was read';
COMMENT ON COLUMN mart.publication_date_methods.published_precision IS 'minute, day, partial (a day without a year: no date) or none';
COMMENT ON COLUMN mart.publication_date_methods.article_count IS 'Articles whose date was read so';
COMMENT ON COLUMN mart.publication_date_methods.all_article_count IS 'All articles of the warehouse';
COMMENT ON COLUMN mart.publication_date_methods.article_share IS 'article_count / all_article_count, 0 to 1';
