"""A fingerprint for every article, also where two came to say the same.

Why: the fingerprint of a text belonged to the one article that had it first. When a second one changed to the same text
and the first then to another, the text that the second still said was in no fingerprint, and a new copy of it became an
article. Now each article has its own, under a key of text and article. The missing ones are added.
"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COMMENT = "COMMENT ON {} IS '{}'"
_TABLE, _COLUMN = "TABLE core.text_fingerprint", "COLUMN core.text_fingerprint.article_id"


def upgrade() -> None:
    op.drop_constraint("pk_text_fingerprint", "text_fingerprint", schema="core")
    op.create_primary_key("pk_text_fingerprint", "text_fingerprint", ["text_sha256", "article_id"], schema="core")
    op.execute(
        "INSERT INTO core.text_fingerprint (text_sha256, article_id)"
        " SELECT text_sha256, article_id FROM core.article ON CONFLICT DO NOTHING"
    )
    op.execute(_COMMENT.format(_TABLE, "The text that each article has: finds the duplicates among new inputs."))
    op.execute(_COMMENT.format(_COLUMN, "An article that has this text"))


def downgrade() -> None:
    op.execute(
        "DELETE FROM core.text_fingerprint AS further USING core.text_fingerprint AS first"
        " WHERE further.text_sha256 = first.text_sha256 AND further.article_id > first.article_id"
    )
    op.drop_constraint("pk_text_fingerprint", "text_fingerprint", schema="core")
    op.create_primary_key("pk_text_fingerprint", "text_fingerprint", ["text_sha256"], schema="core")
    op.execute(_COMMENT.format(_TABLE, "Every text an article ever had: finds the duplicates among new inputs."))
    op.execute(_COMMENT.format(_COLUMN, "The article that had this text first"))
