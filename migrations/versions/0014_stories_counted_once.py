"""What views read of stories of several articles, kept with their groups.

Why: at a million articles the views of stories and reprints counted 150,000 members of stories at every question, for a
second or more. The tables are filled from the groups that are there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_FILL = (
    "UPDATE core.story_group AS g SET publisher_id = a.publisher_id FROM core.article AS a"
    " WHERE a.article_id = g.article_id",
    "INSERT INTO core.story (story_id, last_published_on, article_count, publisher_count, publisher_ids)"
    " SELECT g.story_id, max(a.published_on), count(*), count(DISTINCT a.publisher_id),"
    " string_agg(DISTINCT a.publisher_id, ',' ORDER BY a.publisher_id)"
    " FROM core.story_group AS g JOIN core.article AS a ON a.article_id = g.article_id"
    " GROUP BY g.story_id",
    "INSERT INTO core.story_repeat (story_id, published_month, country_code, repeat_count)"
    " SELECT g.story_id, date_trunc('month', coalesce(a.published_on, 'infinity')::timestamp)::date, c.country_code,"
    " count(*) - 1"
    " FROM core.story_group AS g JOIN core.article AS a ON a.article_id = g.article_id"
    " JOIN core.article_country AS c ON c.article_id = g.article_id"
    " GROUP BY 1, 2, 3 HAVING count(*) > 1",
)


def upgrade() -> None:
    op.add_column(
        "story_group", sa.Column("publisher_id", sa.Text(), comment="Who published the article"), schema="core"
    )
    _create(
        "story",
        "Stories of several articles, summed from core.story_group and core.article.",
        sa.Column("last_published_on", sa.Date(), comment="Day of the last dated article; NULL where none is dated"),
        _column("article_count", sa.BigInteger(), "Articles of the story, the first included"),
        _column("publisher_count", sa.BigInteger(), "Publishers of the story; unknown counts as one"),
        _column("publisher_ids", sa.Text(), "Those publishers, joined by a comma"),
        sa.CheckConstraint("article_count > 1", name=op.f("ck_story_has_several_articles")),
        story="The article that was published first",
        keys=("story_id",),
    )
    _create(
        "story_repeat",
        "How often a story repeats itself in a month and country: what articles have more than stories.",
        _column("published_month", sa.Date(), "First day of the month of publication; infinity where it is not known"),
        _column("country_code", sa.Text(), "A country"),
        _column(
            "repeat_count", sa.BigInteger(), "Articles of the story and the month that mention the country, but for one"
        ),
        sa.CheckConstraint("repeat_count > 0", name=op.f("ck_story_repeat_repeat_count_is_positive")),
        sa.ForeignKeyConstraint(
            ["country_code"], ["core.country.country_code"], name=op.f("fk_story_repeat_country_code")
        ),
        story="The story",
        keys=("story_id", "published_month", "country_code"),
    )
    for statement in _FILL:
        op.execute(statement)
    op.alter_column("story_group", "publisher_id", nullable=False, schema="core")
    op.create_foreign_key(
        op.f("fk_story_group_publisher_id"),
        "story_group",
        "source",
        ["publisher_id"],
        ["source_id"],
        source_schema="core",
        referent_schema="core",
    )


def downgrade() -> None:
    op.drop_table("story_repeat", schema="core")
    op.drop_table("story", schema="core")
    op.drop_column("story_group", "publisher_id", schema="core")


def _column(name: str, kind: sa.types.TypeEngine[object], comment: str) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _create(table: str, comment: str, *parts: sa.schema.SchemaItem, story: str, keys: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("story_id", sa.BigInteger(), autoincrement=False, nullable=False, comment=story),
        *parts,
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["story_id"], ["core.article.article_id"], name=op.f(f"fk_{table}_story_id")),
        schema="core",
        comment=comment,
    )
