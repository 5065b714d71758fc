"""core: the normalised warehouse. Every key of a large table begins with article_id (docs/architecture.md)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    Table,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import Text

from etl.schema.base import instant, key, metadata, sha256, text


def _col(name: str, kind: Any, comment: str, *args: Any, nullable: bool = False, **options: Any) -> Column[Any]:
    return Column(name, kind, *args, nullable=nullable, comment=comment, **options)


def _run(name: str, comment: str) -> Column[int]:
    return Column(name, BigInteger, ForeignKey("ops.load_run.run_id"), nullable=False, comment=comment)


calendar = Table(
    "calendar",
    metadata,
    _col("day", Date, "The day", primary_key=True),
    _col("year", SmallInteger, "Calendar year"),
    _col("quarter", SmallInteger, "Quarter of the year, 1 to 4"),
    _col("month", SmallInteger, "Month of the year, 1 to 12"),
    _col("month_start", Date, "First day of the month"),
    _col("quarter_start", Date, "First day of the quarter"),
    _col("week_start", Date, "Monday of the ISO week"),
    _col("iso_year", SmallInteger, "Year of the ISO 8601 week"),
    _col("iso_week", SmallInteger, "ISO 8601 week, 1 to 53"),
    _col("iso_weekday", SmallInteger, "1 Monday to 7 Sunday"),
    schema="core",
    comment="Every day from 1990 to 2049, and ten years ahead at least: what articles are counted on, gaps included.",
)

country = Table(
    "country",
    metadata,
    text("country_code", "ISO 3166-1 alpha-2 code", primary_key=True),
    text("alpha3", "ISO 3166-1 alpha-3 code", unique=True),
    text("numeric_code", "ISO 3166-1 numeric code; NULL for a user-assigned entry", nullable=True, unique=True),
    text("name_en", "English name"),
    text("name_ru", "Russian name"),
    text("name_local", "Name in the main local language"),
    text("region", "Region by UN M49; NULL where it has none", nullable=True),
    text("subregion", "Subregion by UN M49; NULL where it has none", nullable=True),
    text("status", "iso, or user-assigned (XK)"),
    CheckConstraint("country_code ~ '^[A-Z]{2}$'", name="code_is_alpha2"),
    CheckConstraint("status IN ('iso', 'user-assigned')", name="status_is_known"),
    schema="core",
    comment="Countries and territories of ISO 3166-1.",
)

country_name = Table(
    "country_name",
    metadata,
    key("name_id", "Derived from country, language, kind and lemma", primary_key=True),
    text("country_code", "The country it names", ForeignKey("core.country.country_code")),
    text("language", "ISO 639 code of the language it belongs to"),
    text("kind", "name, abbreviation, adjective, demonym, city, currency or language"),
    text("lemma", "Its dictionary form; every inflected form is matched"),
    text("flags", "When it counts: case-sensitive, needs context, blocked by others; empty where always"),
    _col("is_current", Boolean, "False once it left the reference data; kept for the mentions that carry it"),
    CheckConstraint(
        "kind IN ('name', 'abbreviation', 'adjective', 'demonym', 'city', 'currency', 'language')",
        name="kind_is_known",
    ),
    schema="core",
    comment="Every name, adjective, demonym, abbreviation and city that mentions a country: the rule behind a mention.",
)

source = Table(
    "source",
    metadata,
    text(
        "source_id",
        "Short name of the source, or its host name where it is not in the reference data",
        primary_key=True,
    ),
    text("name", "Name to show"),
    text(
        "country_code",
        "Home country; NULL for an international or unknown one",
        ForeignKey("core.country.country_code"),
        nullable=True,
    ),
    text("kind", "agency, state_agency, newspaper, portal, broadcaster, …; unknown where not looked into"),
    text("languages", "ISO 639 codes it publishes in, separated by commas; empty where not looked into"),
    text("timezone", "IANA time zone of its newsroom; NULL: the warehouse's zone is used", nullable=True),
    _col("needs_review", Boolean, "True for a source met while loading that nobody has looked at yet"),
    schema="core",
    comment="Publishers and agencies, with the member unknown.",
)

source_name = Table(
    "source_name",
    metadata,
    text("kind", "name or domain", primary_key=True),
    text("value", "The name as printed, or the domain without www.", primary_key=True),
    text("source_id", "The source it means", ForeignKey("core.source.source_id")),
    text("flags", "ambiguous where the name is also a plain word; empty otherwise"),
    CheckConstraint("kind IN ('name', 'domain')", name="kind_is_known"),
    schema="core",
    comment="The names and domains a source is recognised by; each means one source.",
)


def _normalized() -> list[Column[Any]]:
    """The columns of a normalised text that an article and its former versions share."""
    return [
        text("title", "The printed headline, or the first sentence where none is printed"),
        _col("title_is_derived", Boolean, "True where the title was made from the first sentence"),
        text("body", "The text of the article without menus, credits and teasers; mentions point into it"),
        _col(
            "body_confidence",
            Numeric(4, 3),
            "0 to 1: how sure it is that the body is the whole article and nothing else",
        ),
        text("language", "ISO 639-1 code of the text's language; und where it is not sure"),
        _col("language_confidence", Numeric(4, 3), "0 to 1: how probable that language is"),
        text(
            "publisher_id", "Who published this copy; unknown where nothing says", ForeignKey("core.source.source_id")
        ),
        text("publisher_method", "The rule that named the publisher; none where unknown"),
        text("publisher_evidence", "The words it was read from; NULL where unknown", nullable=True),
        text(
            "agency_id",
            "Whose wire it is; NULL where the text names no agency",
            ForeignKey("core.source.source_id"),
            nullable=True,
        ),
        text("agency_method", "The rule that named the agency; NULL with agency_id", nullable=True),
        text("agency_evidence", "The words it was read from; NULL with agency_id", nullable=True),
        text("url", "URL as it was given; NULL where none was", nullable=True),
        _col("authors", ARRAY(Text), "Names of the authors as printed; empty where none is"),
        _col(
            "published_on",
            Date,
            "Day of publication in the zone it was given in, else the publisher's; NULL where not known",
            ForeignKey("core.calendar.day"),
            nullable=True,
        ),
        instant("published_at", "Minute of publication; NULL where only the day is known, or nothing", nullable=True),
        text("published_precision", "minute, day, partial (a day without a year: no date) or none"),
        text("published_method", "The rule that read the date; none where nothing was read"),
        text(
            "published_evidence", "The exact words the date was read from; NULL where nothing was read", nullable=True
        ),
        _col(
            "published_candidates", JSONB, "Every reading considered, strongest first, with the reason the others lost"
        ),
        sha256("text_sha256", "SHA-256 of title and body"),
        sha256("row_sha256", "SHA-256 of every normalised value and mention: equal means nothing changed"),
        text("rule_version", "The version of the normalising rules"),
    ]


def _normalized_checks() -> list[CheckConstraint]:
    return [
        CheckConstraint("published_precision IN ('minute', 'day', 'partial', 'none')", name="precision_is_known"),
        CheckConstraint(
            "(published_on IS NOT NULL) = (published_precision IN ('minute', 'day'))", name="day_fits_precision"
        ),
        CheckConstraint("(published_at IS NOT NULL) = (published_precision = 'minute')", name="time_fits_precision"),
        CheckConstraint("(published_evidence IS NULL) = (published_precision = 'none')", name="date_has_evidence"),
        CheckConstraint("(agency_id IS NULL) = (agency_evidence IS NULL)", name="agency_has_evidence"),
        CheckConstraint("(agency_id IS NULL) = (agency_method IS NULL)", name="agency_has_method"),
        CheckConstraint("(publisher_method = 'none') = (publisher_evidence IS NULL)", name="publisher_has_evidence"),
        CheckConstraint("body_confidence BETWEEN 0 AND 1", name="confidence_is_a_share"),
        CheckConstraint("language_confidence BETWEEN 0 AND 1", name="language_confidence_is_a_share"),
    ]


NORMALIZED_COLUMNS = tuple(column.name for column in _normalized())
"""What an article says, by column: shared by core.article, its former versions and the staging table."""

article = Table(
    "article",
    metadata,
    key("article_id", "Derived from the identity", primary_key=True),
    text("identity", "What makes it the same article: the canonical URL, else the origin"),
    key("document_id", "The version in raw.document it was read from"),
    *_normalized(),
    _col("version", Integer, "1, and one more for every change"),
    _run("first_run_id", "The run that inserted it"),
    _run("changed_run_id", "The run that changed it last"),
    instant("loaded_at", "When it was inserted"),
    instant("changed_at", "When it was changed last"),
    _col(
        "body_character_count",
        Integer,
        "Characters of the body, counted where the row is written",
        Computed("char_length(body)", persisted=True),
    ),
    *_normalized_checks(),
    CheckConstraint("version >= 1", name="version_is_positive"),
    schema="core",
    comment="One row per article: what it says, when and by whom it was published, and the evidence for each.",
)
Index("ix_article_published_on", article.c.published_on)
Index(
    "ix_article_in_doubt",
    article.c.article_id,
    postgresql_where=sql(
        "published_precision IN ('partial', 'none') OR publisher_id = 'unknown' OR body_confidence < 0.5"
        " OR language = 'und'"
    ),
)
Index("ix_article_publisher_id_published_on", article.c.publisher_id, article.c.published_on)

article_version = Table(
    "article_version",
    metadata,
    key("article_id", "The article", primary_key=True),
    _col("version", Integer, "The version that this was", primary_key=True),
    key("document_id", "The version in raw.document it was read from"),
    *_normalized(),
    instant("valid_from", "When the warehouse began to hold this version"),
    instant("valid_to", "When the next version replaced it"),
    _run("replaced_run_id", "The run that replaced it"),
    *_normalized_checks(),
    CheckConstraint("valid_from <= valid_to", name="valid_in_order"),
    schema="core",
    comment="Former versions of changed articles: what the warehouse knew on an earlier day.",
)

article_citation = Table(
    "article_citation",
    metadata,
    key("article_id", "The article", ForeignKey("core.article.article_id"), primary_key=True),
    _col("citation_no", Integer, "Number in the article, from 1", primary_key=True, autoincrement=False),
    text("name", "Who is quoted, as printed"),
    text("source_id", "The outlet it is; NULL for others", ForeignKey("core.source.source_id"), nullable=True),
    text("method", "The rule: press_service, office or outlet"),
    text("evidence", "The words it was read from"),
    CheckConstraint("method IN ('press_service', 'office', 'outlet')", name="method_is_known"),
    schema="core",
    comment="Whom an article quotes: press services, offices of state, other outlets.",
)

country_mention = Table(
    "country_mention",
    metadata,
    key("article_id", "The article", ForeignKey("core.article.article_id"), primary_key=True),
    _col(
        "mention_no",
        Integer,
        "Number of the mention in the article, from 1, in reading order",
        primary_key=True,
        autoincrement=False,
    ),
    text("country_code", "The country mentioned"),
    key("name_id", "The reference row that matched", ForeignKey("core.country_name.name_id")),
    text("kind", "name, abbreviation, adjective, demonym, city, currency or language"),
    text("zone", "title, dateline, lead or body: title offsets count in the title, all others in the body"),
    _col("start_offset", Integer, "Code points before the mention"),
    _col("end_offset", Integer, "Code points before its end"),
    text("surface", "The words as they stand in the text"),
    _col("is_counted", Boolean, "Whether it counts: currencies, languages and the dateline's city do not"),
    CheckConstraint("zone IN ('title', 'dateline', 'lead', 'body')", name="zone_is_known"),
    CheckConstraint(
        "kind IN ('name', 'abbreviation', 'adjective', 'demonym', 'city', 'currency', 'language')",
        name="kind_is_known",
    ),
    CheckConstraint("start_offset >= 0 AND start_offset < end_offset", name="offsets_in_order"),
    schema="core",
    comment="One row per occurrence of a country in an article, with its place, its words and the rule that matched.",
)

article_country = Table(
    "article_country",
    metadata,
    key("article_id", "The article", ForeignKey("core.article.article_id"), primary_key=True),
    text("country_code", "The country", ForeignKey("core.country.country_code"), primary_key=True),
    _col("mention_count", Integer, "Counted mentions of the country in the article"),
    _col("is_in_title", Boolean, "Whether one of them stands in the title"),
    _col("is_in_lead", Boolean, "Whether one of them stands in the first paragraph"),
    _col("published_on", Date, "Day of publication of the article; NULL where not known", nullable=True),
    CheckConstraint("mention_count > 0", name="mention_count_is_positive"),
    schema="core",
    comment="Countries by article, summed from the counted rows of core.country_mention.",
)
Index("ix_article_country_country_code_published_on", article_country.c.country_code, article_country.c.published_on)
Index("ix_article_country_published_on", article_country.c.published_on)

article_without_country = Table(
    "article_without_country",
    metadata,
    key("article_id", "The article", ForeignKey("core.article.article_id"), primary_key=True),
    _col("published_on", Date, "Day of publication of the article; NULL where not known", nullable=True),
    schema="core",
    comment="The articles without a row in core.article_country.",
)
Index("ix_article_without_country_published_on", article_without_country.c.published_on)

article_line = Table(
    "article_line",
    metadata,
    key("article_id", "The article", ForeignKey("core.article.article_id"), primary_key=True),
    key("line_key", "Derived from the line's words in lower case", primary_key=True),
    text("line", "The line as it stands in the text"),
    _col("is_vetoed", Boolean, "Whether it was left out of the body, because its source repeats it"),
    schema="core",
    comment="Short lines of articles that may be the site's: no sentence, nothing of an enumeration.",
)
Index("ix_article_line_line_key", article_line.c.line_key)

source_line = Table(
    "source_line",
    metadata,
    text("source_id", "The publisher", ForeignKey("core.source.source_id"), primary_key=True),
    key("line_key", "Derived from the line's words in lower case", primary_key=True),
    _col("article_count", BigInteger, "Articles of the publisher that hold the line"),
    _col("vetoed_count", BigInteger, "Those of them that were read with the line vetoed"),
    _col("is_vetoed", Boolean, "Whether articles are to be read without it: enough of the publisher's hold it"),
    CheckConstraint("vetoed_count BETWEEN 0 AND article_count", name="vetoed_are_some_of_the_articles"),
    schema="core",
    comment="How many articles of a publisher hold a line, summed from core.article_line: finds the lines it repeats.",
)
Index(
    "ix_source_line_uncertain",
    source_line.c.source_id,
    postgresql_where=sql("article_count NOT IN (1, 2) OR vetoed_count > 0 OR is_vetoed"),
)

source_total = Table(
    "source_total",
    metadata,
    text("source_id", "The publisher", ForeignKey("core.source.source_id"), primary_key=True),
    _col("article_count", BigInteger, "Articles it published"),
    _col("is_settled", Boolean, "Whether its repeated lines are vetoed, and its articles read without them"),
    CheckConstraint("article_count >= 0", name="article_count_is_not_negative"),
    schema="core",
    comment="How many articles each publisher has: what the count of a line is a share of.",
)

text_fingerprint = Table(
    "text_fingerprint",
    metadata,
    sha256("text_sha256", "SHA-256 of title and body", primary_key=True),
    key("article_id", "An article that has this text", primary_key=True),
    schema="core",
    comment="The text that each article has: finds the duplicates among new inputs.",
)
