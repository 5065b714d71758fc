"""What stands beside an article and follows from it, for a warehouse in which it went wrong: the countries that its
mentions add up to, and its day. A load writes all of it with the article (etl.load.rows).
"""

from __future__ import annotations

from psycopg import Connection

from etl.load import stories

_SUM = """
CREATE TEMPORARY TABLE summed ON COMMIT DROP AS
SELECT mention.article_id, mention.country_code, count(*) AS mention_count,
    bool_or(mention.zone = 'title') AS is_in_title, bool_or(mention.zone = 'lead') AS is_in_lead, article.published_on
FROM core.country_mention AS mention
JOIN core.article AS article ON article.article_id = mention.article_id
WHERE mention.is_counted
GROUP BY mention.article_id, mention.country_code, article.published_on
"""

_STEPS = (
    """
DELETE FROM core.article_country AS kept
WHERE NOT EXISTS (
    SELECT FROM summed
    WHERE (summed.article_id, summed.country_code) = (kept.article_id, kept.country_code)
        AND (summed.mention_count, summed.is_in_title, summed.is_in_lead, summed.published_on)
            IS NOT DISTINCT FROM (kept.mention_count, kept.is_in_title, kept.is_in_lead, kept.published_on)
)
""",
    """
INSERT INTO core.article_country (article_id, country_code, mention_count, is_in_title, is_in_lead, published_on)
SELECT article_id, country_code, mention_count, is_in_title, is_in_lead, published_on
FROM summed
WHERE NOT EXISTS (
    SELECT FROM core.article_country AS kept
    WHERE (kept.article_id, kept.country_code) = (summed.article_id, summed.country_code)
)
""",
    """
DELETE FROM core.article_without_country AS kept
USING core.article AS article
WHERE article.article_id = kept.article_id
    AND (
        article.published_on IS DISTINCT FROM kept.published_on
        OR EXISTS (SELECT FROM summed WHERE summed.article_id = kept.article_id)
    )
""",
    """
INSERT INTO core.article_without_country (article_id, published_on)
SELECT article_id, published_on
FROM core.article AS article
WHERE NOT EXISTS (SELECT FROM summed WHERE summed.article_id = article.article_id)
    AND NOT EXISTS (SELECT FROM core.article_without_country AS kept WHERE kept.article_id = article.article_id)
""",
)

_DAYS_OF_KEYS = """
UPDATE core.story_key AS kept
SET published_on = article.published_on
FROM core.article AS article
WHERE article.article_id = kept.article_id AND article.published_on IS DISTINCT FROM kept.published_on
RETURNING kept.article_id
"""


def restore(connection: Connection) -> int:
    """Write it anew where it differs, in the transaction of the caller, who holds the merge lock; the number of rows
    written. What is counted from it (etl.load.summary, etl.load.story_totals) is to be counted afterwards, and stories
    are to be grouped."""
    connection.execute(_SUM)
    connection.execute("ANALYZE summed")
    rows = sum(connection.execute(step).rowcount for step in _STEPS)
    compared_wrongly = [article_id for (article_id,) in connection.execute(_DAYS_OF_KEYS).fetchall()]
    stories.mark(connection, compared_wrongly)
    return rows + len(compared_wrongly)
