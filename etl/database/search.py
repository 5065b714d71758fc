"""The index of the words of all articles, which mart.search_articles needs on a large warehouse. Made on demand: from
then on it costs every load half a millisecond an article."""

from __future__ import annotations

from psycopg import Connection

_IS_VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('core.ix_article_words')"
# Concurrently: loads and readers go on meanwhile.
_CREATE = (
    "CREATE INDEX CONCURRENTLY ix_article_words ON core.article USING gin (core.article_words(title, body))",
    "ANALYZE core.article",
)
_DROP = "DROP INDEX CONCURRENTLY IF EXISTS core.ix_article_words"


def create_index(connection: Connection) -> bool:
    """Make the index over an autocommit connection; False when it is there. What an interrupted making left goes."""
    row = connection.execute(_IS_VALID).fetchone()
    if row == (True,):
        return False
    if row is not None:
        drop_index(connection)
    for statement in _CREATE:
        connection.execute(statement)
    return True


def drop_index(connection: Connection) -> None:
    """Drop the index over an autocommit connection; nothing happens when there is none."""
    connection.execute(_DROP)
