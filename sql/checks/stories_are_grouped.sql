-- Promise: Every article was compared with those that it may reprint.
-- Severity: warn
-- Action: A load was cut off before its end; the next one groups what is left: newshouse load, of anything.
-- Reads: summary
SELECT
    count(*) AS article_count,
    min(article_id) AS one_article_id
FROM core.story_pending
HAVING count(*) > 0;
