"""Story keys are looked up in fewer pages.

Why: the keys that a changed article has already were looked up by the index for those of others, where each stands on
a page of its own: only the primary key serves that now, where they stand together. And rows that vacuum has not seen
are read in the table, not in the index alone: of a million articles that were a fifth, all of them new.
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX core.ix_story_key_story_key")
    op.execute("CREATE INDEX ix_story_key_story_key ON core.story_key (story_key) INCLUDE (article_id, published_on)")
    op.execute("ALTER TABLE core.story_key SET (autovacuum_vacuum_insert_scale_factor = 0.02)")


def downgrade() -> None:
    op.execute("ALTER TABLE core.story_key RESET (autovacuum_vacuum_insert_scale_factor)")
    op.execute("DROP INDEX core.ix_story_key_story_key")
    op.execute("CREATE INDEX ix_story_key_story_key ON core.story_key (story_key, article_id) INCLUDE (published_on)")
