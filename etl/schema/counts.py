"""core: counts that each batch keeps up (etl.load.summary), so that a view needs not count the history.

None of them is evidence: each equals a query over core.article and core.article_country, which `newshouse check` proves
and `newshouse db recount` restores. Keys cannot be NULL: 'infinity' stands for the day that is not known, 'none' for
no country and for no agency. Joined to core.calendar, 'infinity' gives the NULL that the views show.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Table, Text

from etl.schema.base import metadata

NO_DAY = "infinity"
NO_MEMBER = "none"

# Rows are updated in place (HOT) while their page has room; measured in docs/performance.md.
_ROOM_FOR_UPDATES = {"fillfactor": 70}


def _key(name: str, comment: str, kind: type[Date] | type[Text] = Text) -> Column[object]:
    return Column(name, kind, primary_key=True, nullable=False, comment=comment)


def _count(name: str, comment: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, comment=comment)


def _day() -> Column[object]:
    return _key("published_on", "Day of publication; infinity for the articles whose day is not known", Date)


def _month() -> Column[object]:
    return _key("published_month", "First day of the month of publication; infinity where it is not known", Date)


def _publisher() -> Column[object]:
    return _key("publisher_id", "Who published them; unknown where nothing says")


article_day_count = Table(
    "article_day_count",
    metadata,
    _day(),
    _count("article_count", "Articles"),
    schema="core",
    postgresql_with=_ROOM_FOR_UPDATES,
    comment="Articles by day.",
)

publisher_day_count = Table(
    "publisher_day_count",
    metadata,
    _day(),
    _publisher(),
    _key("language", "ISO 639-1 code of the text's language; und where it is not sure"),
    _count("article_count", "Articles"),
    schema="core",
    postgresql_with=_ROOM_FOR_UPDATES,
    comment="Articles by day, publisher and language.",
)
Index(
    "ix_publisher_day_count_publisher_id_published_on",
    publisher_day_count.c.publisher_id,
    publisher_day_count.c.published_on,
)

country_day_count = Table(
    "country_day_count",
    metadata,
    _day(),
    _key("country_code", "The country mentioned; none for the articles that mention none"),
    _count("article_count", "Articles that mention it"),
    _count("title_article_count", "Those of them that mention it in the title"),
    _count("mention_count", "Counted mentions"),
    schema="core",
    postgresql_with=_ROOM_FOR_UPDATES,
    comment="Articles and mentions by day and country. An article counts under each of its countries.",
)
Index(
    "ix_country_day_count_country_code_published_on",
    country_day_count.c.country_code,
    country_day_count.c.published_on,
)

country_month_count = Table(
    "country_month_count",
    metadata,
    _month(),
    _key("country_code", "The country mentioned; none for the articles that mention none"),
    _publisher(),
    _count("article_count", "Articles that mention it"),
    _count("titled_article_count", "Those of them that have a printed headline"),
    _count("title_article_count", "Those of them that mention it in the headline"),
    _count("lead_article_count", "Those of them that mention it in the first paragraph"),
    _count("mention_count", "Counted mentions"),
    schema="core",
    postgresql_with=_ROOM_FOR_UPDATES,
    comment="Articles and mentions by month, country and publisher. An article counts under each of its countries.",
)
Index("ix_country_month_count_country_code", country_month_count.c.country_code)

pair_month_count = Table(
    "pair_month_count",
    metadata,
    _month(),
    _key("country_code_a", "The country whose code comes first in the alphabet"),
    _key("country_code_b", "The other"),
    _count("article_count", "Articles that mention both"),
    _count("title_article_count", "Those of them that mention both in the title"),
    schema="core",
    postgresql_with=_ROOM_FOR_UPDATES,
    comment="Articles by month and pair of countries that they mention.",
)

provenance_count = Table(
    "provenance_count",
    metadata,
    _publisher(),
    _key("agency_id", "Whose wire they are; none where the text names no agency"),
    _key("published_method", "The rule that read the date; none where nothing was read"),
    _key("published_precision", "minute, day, partial (a day without a year: no date) or none"),
    _count("article_count", "Articles"),
    _count("doubtful_body_count", "Those of them whose body_confidence is below 0.5"),
    _count("unsure_language_count", "Those of them whose language is not sure"),
    schema="core",
    postgresql_with=_ROOM_FOR_UPDATES,
    comment="Articles by publisher, agency and the way their date was read, with what is doubtful about them.",
)

TABLES = (
    article_day_count,
    publisher_day_count,
    country_day_count,
    country_month_count,
    pair_month_count,
    provenance_count,
)
