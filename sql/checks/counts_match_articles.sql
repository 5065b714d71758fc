-- Promise: Every kept count is what the articles give, counted anew.
-- Severity: fail
-- Action: Run newshouse db recount.
-- Reads: history
WITH article AS (
    SELECT
        article_id,
        coalesce(published_on, 'infinity') AS published_on,
        CASE WHEN published_on IS NULL THEN 'infinity' ELSE published_on - extract(day FROM published_on)::integer + 1 END
            AS published_month,
        publisher_id,
        coalesce(agency_id, 'none') AS agency_id,
        language,
        published_method,
        published_precision,
        title_is_derived,
        body_confidence
    FROM core.article
),
mentioned AS (
    SELECT
        article.published_on,
        article.published_month,
        article.publisher_id,
        article.title_is_derived,
        coalesce(counted.country_code, 'none') AS country_code,
        coalesce(counted.mention_count, 0) AS mention_count,
        coalesce(counted.is_in_title, false) AS is_in_title,
        coalesce(counted.is_in_lead, false) AS is_in_lead
    FROM article
    LEFT JOIN core.article_country AS counted ON counted.article_id = article.article_id
),
counted (what, key, counts) AS (
    SELECT 'article_day_count', published_on::text, ARRAY[count(*)]
    FROM article
    GROUP BY published_on
    UNION ALL
    SELECT 'publisher_day_count', concat_ws(' ', published_on, publisher_id, language), ARRAY[count(*)]
    FROM article
    GROUP BY published_on, publisher_id, language
    UNION ALL
    SELECT
        'country_day_count',
        concat_ws(' ', published_on, country_code),
        ARRAY[count(*), sum(is_in_title::integer), sum(mention_count)]
    FROM mentioned
    GROUP BY published_on, country_code
    UNION ALL
    SELECT
        'country_month_count',
        concat_ws(' ', published_month, country_code, publisher_id),
        ARRAY[
            count(*),
            sum((NOT title_is_derived)::integer),
            sum(is_in_title::integer),
            sum(is_in_lead::integer),
            sum(mention_count)
        ]
    FROM mentioned
    GROUP BY published_month, country_code, publisher_id
    UNION ALL
    SELECT
        'pair_month_count',
        concat_ws(' ', article.published_month, one.country_code, other.country_code),
        ARRAY[count(*), sum((one.is_in_title AND other.is_in_title)::integer)]
    FROM article
    JOIN core.article_country AS one ON one.article_id = article.article_id
    JOIN core.article_country AS other
        ON other.article_id = article.article_id
        AND other.country_code > one.country_code
    GROUP BY article.published_month, one.country_code, other.country_code
    UNION ALL
    SELECT
        'provenance_count',
        concat_ws(' ', publisher_id, agency_id, published_method, published_precision),
        ARRAY[count(*), sum((body_confidence < 0.5)::integer), sum((language = 'und')::integer)]
    FROM article
    GROUP BY publisher_id, agency_id, published_method, published_precision
),
kept (what, key, counts) AS (
    SELECT 'article_day_count', published_on::text, ARRAY[article_count]
    FROM core.article_day_count
    UNION ALL
    SELECT 'publisher_day_count', concat_ws(' ', published_on, publisher_id, language), ARRAY[article_count]
    FROM core.publisher_day_count
    UNION ALL
    SELECT
        'country_day_count',
        concat_ws(' ', published_on, country_code),
        ARRAY[article_count, title_article_count, mention_count]
    FROM core.country_day_count
    UNION ALL
    SELECT
        'country_month_count',
        concat_ws(' ', published_month, country_code, publisher_id),
        ARRAY[article_count, titled_article_count, title_article_count, lead_article_count, mention_count]
    FROM core.country_month_count
    UNION ALL
    SELECT
        'pair_month_count',
        concat_ws(' ', published_month, country_code_a, country_code_b),
        ARRAY[article_count, title_article_count]
    FROM core.pair_month_count
    UNION ALL
    SELECT
        'provenance_count',
        concat_ws(' ', publisher_id, agency_id, published_method, published_precision),
        ARRAY[article_count, doubtful_body_count, unsure_language_count]
    FROM core.provenance_count
)
SELECT
    coalesce(kept.what, counted.what) AS what,
    coalesce(kept.key, counted.key) AS key,
    array_to_string(kept.counts, ', ') AS kept_counts,
    array_to_string(counted.counts, ', ') AS article_counts
FROM kept
FULL JOIN counted ON counted.what = kept.what AND counted.key = kept.key
WHERE kept.counts IS DISTINCT FROM counted.counts
ORDER BY 1, 2;
