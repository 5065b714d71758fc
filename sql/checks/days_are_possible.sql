-- Promise: No day of publication is before 1990 or in the future of the load, and the minute is of that day, give or
--          take the zones of the earth.
-- Severity: fail
-- Action: newshouse explain ARTICLE shows what was read; newshouse correct ARTICLE --published sets it right.
-- Reads: history
SELECT
    article_id,
    published_on,
    published_at,
    published_method,
    changed_at
FROM core.article
WHERE published_on < DATE '1990-01-01'
    OR published_on > (changed_at AT TIME ZONE 'Etc/GMT-14')::date + 1
    OR published_on NOT BETWEEN (published_at AT TIME ZONE 'Etc/GMT+12')::date
        AND (published_at AT TIME ZONE 'Etc/GMT-14')::date
ORDER BY article_id;
