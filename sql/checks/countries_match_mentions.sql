-- Promise: The countries of an article are its counted mentions, summed.
-- Severity: fail
-- Action: Recompute the article: newshouse correct, or newshouse renormalize after changing its rule_version.
-- Reads: history
SELECT
    coalesce(kept.article_id, summed.article_id) AS article_id,
    coalesce(kept.country_code, summed.country_code) AS country_code,
    kept.mention_count,
    summed.mention_count AS summed_mention_count
FROM core.article_country AS kept
FULL JOIN (
    SELECT
        article_id,
        country_code,
        count(*) AS mention_count,
        bool_or(zone = 'title') AS is_in_title,
        bool_or(zone = 'lead') AS is_in_lead
    FROM core.country_mention
    WHERE is_counted
    GROUP BY article_id, country_code
) AS summed ON summed.article_id = kept.article_id AND summed.country_code = kept.country_code
WHERE (kept.mention_count, kept.is_in_title, kept.is_in_lead)
    IS DISTINCT FROM (summed.mention_count, summed.is_in_title, summed.is_in_lead)
ORDER BY 1, 2;
