"""What was fetched from the web: validators of feeds, and what their entries said when their pages were fetched.

Why: an unchanged feed must cost one 304, from whichever machine loads into this warehouse, and a warehouse that is
made anew must fetch again: so this is kept where the articles are. A new table; nothing stored is touched. The comment
of what a carrier says names the authors too, whom a feed's entry gives.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CARRIERS = (("raw", "document"), ("ops", "rejected_item"))


def comment_on_carriers(fields: str) -> None:
    for schema, table in CARRIERS:
        op.execute(f"COMMENT ON COLUMN {schema}.{table}.carrier IS 'What the carrier said: {fields}'")


def upgrade() -> None:
    comment_on_carriers("url, source, title, published, authors, timezone")
    op.create_table(
        "fetched_url",
        sa.Column(
            "fetched_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Derived from listing and address",
        ),
        sa.Column("listing", sa.Text(), nullable=False, comment="The feed, sitemap or page that was to be loaded"),
        sa.Column(
            "url",
            sa.Text(),
            nullable=False,
            comment="The address that was fetched for it; the listing itself has a row too",
        ),
        sa.Column(
            "etag",
            sa.Text(),
            nullable=True,
            comment="The server's ETag, sent back at the next visit; NULL where it gave none",
        ),
        sa.Column(
            "last_modified",
            sa.Text(),
            nullable=True,
            comment="The server's Last-Modified, sent back likewise; NULL where it gave none",
        ),
        sa.Column(
            "said_sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 over all that was said of it: the feed's entry, the sitemap's line, the options",
        ),
        sa.Column(
            "fetched_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When it was fetched last with something new",
        ),
        sa.PrimaryKeyConstraint("fetched_id", name=op.f("pk_fetched_url")),
        schema="ops",
        comment="What was fetched from the web and is loaded: what did not change since is not fetched again.",
    )


def downgrade() -> None:
    op.drop_table("fetched_url", schema="ops")
    comment_on_carriers("url, source, title, published, timezone")
