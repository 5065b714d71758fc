"""Counts by day, month, country, pair, publisher and provenance; an index of doubtful articles; the words of a search.

Why: views that count the history at every question took seconds at a million articles. The load keeps these counts up
in the transaction of each batch; here they are counted once for the articles that are there (half a minute for a
million). The index holds only articles that a person should look at. The function gives the words that the index of
`newshouse db index search` is made of: it belongs to the schema because that index stands on it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FILL = """
INSERT INTO core.article_day_count (published_on, article_count)
SELECT coalesce(published_on, 'infinity'), count(*)
FROM core.article
GROUP BY 1;

INSERT INTO core.publisher_day_count (published_on, publisher_id, language, article_count)
SELECT coalesce(published_on, 'infinity'), publisher_id, language, count(*)
FROM core.article
GROUP BY 1, 2, 3;

INSERT INTO core.country_day_count
    (published_on, country_code, article_count, title_article_count, mention_count)
SELECT
    coalesce(article.published_on, 'infinity'),
    coalesce(counted.country_code, 'none'),
    count(*),
    count(*) FILTER (WHERE counted.is_in_title),
    coalesce(sum(counted.mention_count), 0)
FROM core.article AS article
LEFT JOIN core.article_country AS counted ON counted.article_id = article.article_id
GROUP BY 1, 2;

INSERT INTO core.country_month_count
    (published_month, country_code, publisher_id, article_count, titled_article_count, title_article_count,
     lead_article_count, mention_count)
SELECT
    date_trunc('month', coalesce(article.published_on, 'infinity')::timestamp)::date,
    coalesce(counted.country_code, 'none'),
    article.publisher_id,
    count(*),
    count(*) FILTER (WHERE NOT article.title_is_derived),
    count(*) FILTER (WHERE counted.is_in_title),
    count(*) FILTER (WHERE counted.is_in_lead),
    coalesce(sum(counted.mention_count), 0)
FROM core.article AS article
LEFT JOIN core.article_country AS counted ON counted.article_id = article.article_id
GROUP BY 1, 2, 3;

INSERT INTO core.pair_month_count
    (published_month, country_code_a, country_code_b, article_count, title_article_count)
SELECT
    date_trunc('month', coalesce(article.published_on, 'infinity')::timestamp)::date,
    one.country_code,
    other.country_code,
    count(*),
    count(*) FILTER (WHERE one.is_in_title AND other.is_in_title)
FROM core.article AS article
JOIN core.article_country AS one ON one.article_id = article.article_id
JOIN core.article_country AS other
    ON other.article_id = article.article_id
    AND other.country_code > one.country_code
GROUP BY 1, 2, 3;

INSERT INTO core.provenance_count
    (publisher_id, agency_id, published_method, published_precision, article_count, doubtful_body_count,
     unsure_language_count)
SELECT
    publisher_id,
    coalesce(agency_id, 'none'),
    published_method,
    published_precision,
    count(*),
    count(*) FILTER (WHERE body_confidence < 0.5),
    count(*) FILTER (WHERE language = 'und')
FROM core.article
GROUP BY 1, 2, 3, 4;
"""

# COST: three times what it takes, so that no plan prefers to compute the words of many articles over asking the index.
# The setting keeps the planner from replacing the function by its body, which would forget that cost.
WORDS = """
CREATE FUNCTION core.article_words(title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100000
SET search_path = pg_catalog
AS $$ SELECT setweight(to_tsvector('pg_catalog.russian', title), 'A') || to_tsvector('pg_catalog.russian', body) $$;

COMMENT ON FUNCTION core.article_words IS
    'The words of an article, stemmed, those of the title with weight A: what a search looks in.';

REVOKE ALL ON FUNCTION core.article_words FROM PUBLIC;
"""


def _key(name: str, comment: str, kind: sa.types.TypeEngine[object] | None = None) -> sa.Column[object]:
    return sa.Column(name, kind or sa.Text(), nullable=False, comment=comment)


def _count(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, comment=comment)


def _create(name: str, comment: str, *columns: sa.Column[object], keys: int) -> None:
    op.create_table(
        name,
        *columns,
        sa.PrimaryKeyConstraint(*(column.name for column in columns[:keys]), name=op.f(f"pk_{name}")),
        schema="core",
        comment=comment,
        postgresql_with={"fillfactor": 70},
    )


def upgrade() -> None:
    _create(
        "article_day_count",
        "Articles by day.",
        _key("published_on", "Day of publication; infinity for the articles whose day is not known", sa.Date()),
        _count("article_count", "Articles"),
        keys=1,
    )
    _create(
        "publisher_day_count",
        "Articles by day, publisher and language.",
        _key("published_on", "Day of publication; infinity for the articles whose day is not known", sa.Date()),
        _key("publisher_id", "Who published them; unknown where nothing says"),
        _key("language", "ISO 639-1 code of the text's language; und where it is not sure"),
        _count("article_count", "Articles"),
        keys=3,
    )
    _create(
        "country_day_count",
        "Articles and mentions by day and country. An article counts under each of its countries.",
        _key("published_on", "Day of publication; infinity for the articles whose day is not known", sa.Date()),
        _key("country_code", "The country mentioned; none for the articles that mention none"),
        _count("article_count", "Articles that mention it"),
        _count("title_article_count", "Those of them that mention it in the title"),
        _count("mention_count", "Counted mentions"),
        keys=2,
    )
    _create(
        "country_month_count",
        "Articles and mentions by month, country and publisher. An article counts under each of its countries.",
        _key("published_month", "First day of the month of publication; infinity where it is not known", sa.Date()),
        _key("country_code", "The country mentioned; none for the articles that mention none"),
        _key("publisher_id", "Who published them; unknown where nothing says"),
        _count("article_count", "Articles that mention it"),
        _count("titled_article_count", "Those of them that have a printed headline"),
        _count("title_article_count", "Those of them that mention it in the headline"),
        _count("lead_article_count", "Those of them that mention it in the first paragraph"),
        _count("mention_count", "Counted mentions"),
        keys=3,
    )
    _create(
        "pair_month_count",
        "Articles by month and pair of countries that they mention.",
        _key("published_month", "First day of the month of publication; infinity where it is not known", sa.Date()),
        _key("country_code_a", "The country whose code comes first in the alphabet"),
        _key("country_code_b", "The other"),
        _count("article_count", "Articles that mention both"),
        _count("title_article_count", "Those of them that mention both in the title"),
        keys=3,
    )
    _create(
        "provenance_count",
        "Articles by publisher, agency and the way their date was read, with what is doubtful about them.",
        _key("publisher_id", "Who published them; unknown where nothing says"),
        _key("agency_id", "Whose wire they are; none where the text names no agency"),
        _key("published_method", "The rule that read the date; none where nothing was read"),
        _key("published_precision", "minute, day, partial (a day without a year: no date) or none"),
        _count("article_count", "Articles"),
        _count("doubtful_body_count", "Those of them whose body_confidence is below 0.5"),
        _count("unsure_language_count", "Those of them whose language is not sure"),
        keys=4,
    )
    op.execute(FILL)
    op.create_index(
        "ix_article_in_doubt",
        "article",
        ["article_id"],
        schema="core",
        postgresql_where=sa.text(
            "published_precision IN ('partial', 'none') OR publisher_id = 'unknown' OR body_confidence < 0.5"
            " OR language = 'und'"
        ),
    )
    op.execute(WORDS)


def downgrade() -> None:
    op.execute("DROP INDEX IF EXISTS core.ix_article_words")  # made on demand
    op.execute("DROP FUNCTION core.article_words(text, text)")
    op.drop_index("ix_article_in_doubt", "article", schema="core")
    for name in (
        "provenance_count",
        "pair_month_count",
        "country_month_count",
        "country_day_count",
        "publisher_day_count",
        "article_day_count",
    ):
        op.drop_table(name, schema="core")
