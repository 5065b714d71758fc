"""core: the tables that group reprints of one text (etl.load.stories)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
)

from etl.schema.base import key, metadata, text


def _article(comment: str) -> Column[int]:
    return key("article_id", comment, ForeignKey("core.article.article_id"), primary_key=True)


def _col(name: str, kind: Any, comment: str) -> Column[Any]:
    return Column(name, kind, nullable=False, comment=comment)


story_print = Table(
    "story_print",
    metadata,
    _article("The article"),
    _col("word_count", Integer, "Words and numbers of the body"),
    Column("text_key", BigInteger, comment="Hash of all its words; NULL for fewer than 10 words"),
    _col("sketch", LargeBinary, "256 bits of MinHash over three words in a row; empty for fewer than 30 words"),
    _col("numbers", ARRAY(Text), "The distinct numbers of the body as printed, 64 at most"),
    _col("lines", ARRAY(BigInteger), "Hashes of the lines of 10 words or more, the longest first, 64 at most"),
    _col("line_words", ARRAY(Integer), "The words of each of those lines"),
    CheckConstraint("cardinality(lines) = cardinality(line_words)", name="lines_have_their_words"),
    schema="core",
    comment="What articles are compared by, to tell a reprint from another text.",
)

story_key = Table(
    "story_key",
    metadata,
    _article("The article"),
    key(
        "story_key",
        "Hash of all words, of a line, or of four words in a row: the smallest of the text",
        primary_key=True,
    ),
    Column("published_on", Date, comment="Day of publication of the article; NULL where not known"),
    schema="core",
    comment="What reprints are found by: articles of the same days that share a key are compared.",
)
Index(
    "ix_story_key_story_key",
    story_key.c.story_key,
    postgresql_include=["article_id", "published_on"],
)

story_common_key = Table(
    "story_common_key",
    metadata,
    key("story_key", "The key", primary_key=True),
    schema="core",
    comment="Keys that stand in too many articles to tell a story: templates, and lines that a publisher adds.",
)

story_pending = Table(
    "story_pending",
    metadata,
    _article("The article"),
    schema="core",
    comment="Articles that are new or changed since stories were grouped last.",
)

_METHODS = "'same text', 'shared lines', 'similar'"

story_link = Table(
    "story_link",
    metadata,
    _article("The one article"),
    key("other_id", "The other; each pair stands here twice", primary_key=True),
    text("method", "same text, shared lines or similar"),
    _col("similarity", Numeric(4, 3), "Share of the shorter text that the other has line by line, or of their words"),
    CheckConstraint(f"method IN ({_METHODS})", name="method_is_known"),
    CheckConstraint("similarity BETWEEN 0 AND 1", name="similarity_is_a_share"),
    schema="core",
    comment="Pairs of articles whose texts were compared and found to be one.",
)

story_group = Table(
    "story_group",
    metadata,
    _article("The article"),
    key("story_id", "The article of the story that was published first"),
    text("publisher_id", "Who published the article", ForeignKey("core.source.source_id")),
    text("method", "How it is like the first: same text, shared lines or similar; first for the first itself"),
    _col("similarity", Numeric(4, 3), "How like the first it is, 0 to 1"),
    CheckConstraint(f"method IN ('first', {_METHODS})", name="method_is_known"),
    CheckConstraint("similarity BETWEEN 0 AND 1", name="similarity_is_a_share"),
    CheckConstraint("(method = 'first') = (article_id = story_id)", name="first_is_the_story"),
    schema="core",
    comment="Articles that are one story with others: every one of them is a reprint of the first.",
)
Index("ix_story_group_story_id", story_group.c.story_id)

story = Table(
    "story",
    metadata,
    key("story_id", "The article that was published first", ForeignKey("core.article.article_id"), primary_key=True),
    Column("last_published_on", Date, comment="Day of the last dated article; NULL where none is dated"),
    _col("article_count", BigInteger, "Articles of the story, the first included"),
    _col("publisher_count", BigInteger, "Publishers of the story; unknown counts as one"),
    text("publisher_ids", "Those publishers, joined by a comma"),
    CheckConstraint("article_count > 1", name="has_several_articles"),
    schema="core",
    comment="Stories of several articles, summed from core.story_group and core.article.",
)

story_repeat = Table(
    "story_repeat",
    metadata,
    key("story_id", "The story", ForeignKey("core.article.article_id"), primary_key=True),
    Column(
        "published_month",
        Date,
        primary_key=True,
        comment="First day of the month of publication; infinity where it is not known",
    ),
    text("country_code", "A country", ForeignKey("core.country.country_code"), primary_key=True),
    _col("repeat_count", BigInteger, "Articles of the story and the month that mention the country, but for one"),
    CheckConstraint("repeat_count > 0", name="repeat_count_is_positive"),
    schema="core",
    comment="How often a story repeats itself in a month and country: what articles have more than stories.",
)
