"""The day of an article beside each of its story keys.

Why: articles are reprints within a week, and share keys with articles of all years. Which of them are of the same days
was looked up in core.article, by reading it whole: six seconds for 10,000 articles beside 400,000. The rows are written
anew, under a lock: half a minute for ten million keys.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEYS = (
    ("pk_story_key", "PRIMARY KEY (article_id, story_key)"),
    ("fk_story_key_article_id", "FOREIGN KEY (article_id) REFERENCES core.article (article_id)"),
)
_COMMENTS = {
    "TABLE core.story_key": "What reprints are found by: articles of the same days that share a key are compared.",
    "COLUMN core.story_key.published_on": "Day of publication of the article; NULL where not known",
}
_FORMER_COMMENT = "What reprints are found by: articles that share a key are compared."


def upgrade() -> None:
    """Not by UPDATE: it would leave twice the pages."""
    op.execute("DROP INDEX core.ix_story_key_story_key")
    op.execute("ALTER TABLE core.story_key ADD COLUMN published_on date")
    op.execute("CREATE TEMPORARY TABLE former ON COMMIT DROP AS SELECT article_id, story_key FROM core.story_key")
    op.execute("TRUNCATE core.story_key")
    for name, _ in _KEYS:
        op.execute(f"ALTER TABLE core.story_key DROP CONSTRAINT {name}")
    op.execute(
        "INSERT INTO core.story_key (article_id, story_key, published_on)"
        " SELECT former.article_id, former.story_key, article.published_on"
        " FROM former JOIN core.article AS article ON article.article_id = former.article_id"
    )
    op.execute("DROP TABLE former")
    for name, definition in _KEYS:
        op.execute(f"ALTER TABLE core.story_key ADD CONSTRAINT {name} {definition}")
    op.execute("CREATE INDEX ix_story_key_story_key ON core.story_key (story_key, article_id) INCLUDE (published_on)")
    for what, comment in _COMMENTS.items():
        op.execute(f"COMMENT ON {what} IS '{comment}'")
    op.execute("ANALYZE core.story_key")


def downgrade() -> None:
    op.execute("ALTER TABLE core.story_key DROP COLUMN published_on")  # and the index that includes it
    op.execute("CREATE INDEX ix_story_key_story_key ON core.story_key (story_key, article_id)")
    op.execute(f"COMMENT ON TABLE core.story_key IS '{_FORMER_COMMENT}'")
