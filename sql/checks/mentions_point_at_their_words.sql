-- Promise: A mention's offsets point at its words: in the title for zone title, in the body for all others.
-- Severity: fail
-- Action: Recompute the article: newshouse renormalize.
-- Reads: history
SELECT
    mention.article_id,
    mention.mention_no,
    mention.zone,
    mention.surface,
    pointed.words AS words_there
FROM core.country_mention AS mention
JOIN core.article AS article ON article.article_id = mention.article_id
CROSS JOIN LATERAL (
    SELECT substr(
        CASE mention.zone WHEN 'title' THEN article.title ELSE article.body END,
        mention.start_offset + 1,
        mention.end_offset - mention.start_offset
    ) AS words
) AS pointed
WHERE pointed.words <> mention.surface
ORDER BY mention.article_id, mention.mention_no;
