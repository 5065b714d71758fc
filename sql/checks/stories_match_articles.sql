-- Promise: What is kept of each story of several articles is what its articles give, counted anew.
-- Severity: fail
-- Action: Run newshouse db recount.
-- Reads: history
WITH member AS (
    SELECT
        member.story_id,
        member.article_id,
        article.publisher_id,
        article.published_on,
        CASE
            WHEN article.published_on IS NULL THEN 'infinity'
            ELSE article.published_on - extract(day FROM article.published_on)::integer + 1
        END AS published_month
    FROM core.story_group AS member
    JOIN core.article AS article ON article.article_id = member.article_id
),
counted (what, key, said) AS (
    SELECT 'publisher', article_id::text, publisher_id
    FROM member
    UNION ALL
    SELECT
        'story',
        story_id::text,
        concat_ws(
            ' ',
            max(published_on),
            count(*),
            count(DISTINCT publisher_id),
            string_agg(DISTINCT publisher_id, ',' ORDER BY publisher_id)
        )
    FROM member
    GROUP BY story_id
    UNION ALL
    SELECT 'repeats', concat_ws(' ', member.story_id, member.published_month, mentioned.country_code), (count(*) - 1)::text
    FROM member
    JOIN core.article_country AS mentioned ON mentioned.article_id = member.article_id
    GROUP BY member.story_id, member.published_month, mentioned.country_code
    HAVING count(*) > 1
),
kept (what, key, said) AS (
    SELECT 'publisher', article_id::text, publisher_id
    FROM core.story_group
    UNION ALL
    SELECT 'story', story_id::text, concat_ws(' ', last_published_on, article_count, publisher_count, publisher_ids)
    FROM core.story
    UNION ALL
    SELECT 'repeats', concat_ws(' ', story_id, published_month, country_code), repeat_count::text
    FROM core.story_repeat
)
SELECT
    coalesce(kept.what, counted.what) AS what,
    coalesce(kept.key, counted.key) AS key,
    kept.said AS kept,
    counted.said AS counted
FROM kept
FULL JOIN counted ON counted.what = kept.what AND counted.key = kept.key
WHERE kept.said IS DISTINCT FROM counted.said
ORDER BY 1, 2;
