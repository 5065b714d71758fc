"""What the planner cannot see: the cost of taking an article's words, and how many articles the mentions are of.

Why: it took core.article_words for a comparison of two numbers, and read the words of every article of a month, 3
seconds, where its index or the newest hundred articles had the answer. Half a millisecond is 20,000 times
cpu_operator_cost. And a sample of ten million mentions, ten in a row of each article, showed it a fifth of the
articles: for those of one month it read all mentions. One in ten is a new article's.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER FUNCTION core.article_words(text, text) COST 20000")
    op.execute("ALTER TABLE core.country_mention ALTER COLUMN article_id SET (n_distinct = -0.1)")
    op.execute("ANALYZE core.country_mention (article_id)")  # from then on it counts


def downgrade() -> None:
    op.execute("ALTER TABLE core.country_mention ALTER COLUMN article_id RESET (n_distinct)")
    op.execute("ANALYZE core.country_mention (article_id)")
    op.execute("ALTER FUNCTION core.article_words(text, text) COST 100")
