-- Question: How much of what is known about the articles is missing or doubtful?
-- Grain: one row per check.
-- Scope: every article is looked at by every check; a check that finds nothing is there with 0.
-- Limits: an article may be found by several checks, so the counts do not add up.
CREATE VIEW mart.data_quality AS
WITH counted AS (
    SELECT
        coalesce(sum(kept.article_count), 0)::bigint AS all_count,
        coalesce(sum(kept.article_count) FILTER (WHERE kept.published_precision IN ('partial', 'none')), 0)::bigint
            AS undated_count,
        coalesce(sum(kept.article_count) FILTER (WHERE kept.published_precision = 'partial'), 0)::bigint
            AS partial_date_count,
        coalesce(sum(kept.article_count) FILTER (WHERE kept.publisher_id = 'unknown'), 0)::bigint
            AS unknown_publisher_count,
        coalesce(sum(kept.article_count) FILTER (WHERE publisher.needs_review), 0)::bigint
            AS unreviewed_publisher_count,
        coalesce(sum(kept.doubtful_body_count), 0)::bigint AS doubtful_body_count,
        coalesce(sum(kept.unsure_language_count), 0)::bigint AS unknown_language_count
    FROM core.provenance_count AS kept
    JOIN core.source AS publisher ON publisher.source_id = kept.publisher_id
),
countryless AS (
    SELECT coalesce(sum(article_count), 0)::bigint AS article_count
    FROM core.country_day_count
    WHERE country_code = 'none'
)
SELECT
    quality.check_name,
    quality.meaning,
    quality.article_count,
    counted.all_count AS all_article_count,
    (quality.article_count::numeric / nullif(counted.all_count, 0))::numeric(5, 4) AS article_share
FROM counted
CROSS JOIN countryless
CROSS JOIN LATERAL (
    VALUES
        ('undated', 'the day of publication is not known', counted.undated_count),
        ('partial date', 'undated, although a day without a year is printed', counted.partial_date_count),
        ('unknown publisher', 'nothing names who published it', counted.unknown_publisher_count),
        ('unreviewed publisher', 'nobody has looked at its publisher yet', counted.unreviewed_publisher_count),
        ('no country', 'no country is mentioned', countryless.article_count),
        ('doubtful body', 'body_confidence is below 0.5', counted.doubtful_body_count),
        ('unknown language', 'the language is not sure', counted.unknown_language_count)
) AS quality (check_name, meaning, article_count)
ORDER BY quality.article_count DESC, quality.check_name;

COMMENT ON COLUMN mart.data_quality.check_name IS 'Name of the check';
COMMENT ON COLUMN mart.data_quality.meaning IS 'What is true of an article that the check finds';
COMMENT ON COLUMN mart.data_quality.article_count IS 'Articles that the check finds; 0 where it finds none';
COMMENT ON COLUMN mart.data_quality.all_article_count IS 'All articles of the warehouse';
COMMENT ON COLUMN mart.data_quality.article_share IS 'article_count / all_article_count, 0 to 1; NULL in an empty warehouse';
