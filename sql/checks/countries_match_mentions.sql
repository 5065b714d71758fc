-- Promise: The countries of an article are its counted mentions, summed, with its day; without any it is listed so.
-- Severity: fail
-- Action: Run newshouse db recount.
-- Reads: history
SELECT
    coalesce(kept.article_id, summed.article_id) AS article_id,
    coalesce(kept.country_code, summed.country_code) AS country_code,
    kept.mention_count,
    summed.mention_count AS summed_mention_count,
    kept.published_on,
    summed.published_on AS article_published_on
FROM (
    SELECT article_id, country_code, published_on, mention_count, is_in_title, is_in_lead
    FROM core.article_country
    UNION ALL
    SELECT article_id, 'none', published_on, 0, false, false
    FROM core.article_without_country
) AS kept
FULL JOIN (
    SELECT
        article.article_id,
        coalesce(mention.country_code, 'none') AS country_code,
        article.published_on,
        count(mention.country_code) AS mention_count,
        coalesce(bool_or(mention.zone = 'title'), false) AS is_in_title,
        coalesce(bool_or(mention.zone = 'lead'), false) AS is_in_lead
    FROM core.article AS article
    LEFT JOIN core.country_mention AS mention ON mention.article_id = article.article_id AND mention.is_counted
    GROUP BY article.article_id, mention.country_code
) AS summed ON summed.article_id = kept.article_id AND summed.country_code = kept.country_code
WHERE (kept.published_on, kept.mention_count, kept.is_in_title, kept.is_in_lead)
    IS DISTINCT FROM (summed.published_on, summed.mention_count, summed.is_in_title, summed.is_in_lead)
ORDER BY 1, 2;
