"""The rows that an accepted input becomes, by table: the one place that names tables, columns and values.

A new table whose rows belong to an article is one more row of CHILDREN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from etl.load.prepare import Prepared, StagedItem
from etl.normalize.article import Zone

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The run that writes, and its clock: what rows carry besides what was read."""

    run_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Table:
    """A table that a load fills; `name` is qualified, the columns are in the order of the rows' values."""

    name: str
    columns: tuple[str, ...]

    @property
    def stage(self) -> str:
        """The temporary table of the same columns."""
        return "stage_" + self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class ChildTable(Table):
    """A table whose rows are those of one article, and change with it. `article_id` is the first column."""

    rows: Callable[[int, Prepared], Iterable[Row]]
    key_length: int = 2

    @property
    def key(self) -> tuple[str, ...]:
        """The primary key: the first `key_length` columns."""
        return self.columns[: self.key_length]


SAID = (
    *("title", "title_is_derived", "body", "body_confidence", "language", "language_confidence"),
    *("publisher_id", "publisher_method", "publisher_evidence", "agency_id", "agency_method", "agency_evidence"),
    *("url", "authors", "published_on", "published_at", "published_precision", "published_method"),
    *("published_evidence", "published_candidates"),
)
"""What an article says: with its children the content of `row_sha256`."""

NORMALIZED = (*SAID, "text_sha256", "rule_version", "row_sha256")
"""The columns that core.article and core.article_version share."""

DOCUMENT = Table(
    "raw.document",
    (
        *("article_id", "document_id", "input_id", "content_sha256", "byte_length", "encoding", "media_type"),
        *("content", "carrier", "run_id", "loaded_at"),
    ),
)
ARTICLE = Table(
    "core.article",
    (
        *("article_id", "identity", *NORMALIZED),
        *("document_id", "version", "first_run_id", "changed_run_id", "loaded_at", "changed_at"),
    ),
)
TEXT = Table("core.text_fingerprint", ("text_sha256", "article_id"))
INPUT = Table(
    "raw.input",
    (
        *("input_id", "origin", "fingerprint", "outcome", "article_id", "document_id"),
        *("first_run_id", "changed_run_id"),
    ),
)

_document = attrgetter(*DOCUMENT.columns[:-2])
_article = attrgetter("article_id", "identity", *NORMALIZED[:-1])


def document_row(row: StagedItem, stamp: Stamp) -> Row:
    return (*_document(row), stamp.run_id, stamp.now)


def article_row(row: StagedItem, stamp: Stamp) -> Row:
    """`row_sha256` is left empty: it is taken over the encoded values (etl.load.encode)."""
    return (*_article(row), b"", row.document_id, 1, stamp.run_id, stamp.run_id, stamp.now, stamp.now)


def input_row(row: StagedItem, stamp: Stamp) -> Row:
    ids = (row.article_id, row.document_id, stamp.run_id, stamp.run_id)
    return (row.input_id, row.origin, row.fingerprint, "article", *ids)


def _mentions(article_id: int, prepared: Prepared) -> Iterable[Row]:
    return (
        (article_id, number, m.country_code, m.name_id, m.kind, m.zone, m.start, m.end, m.surface, m.is_counted)
        for number, m in enumerate(prepared.mentions, 1)
    )


def _countries(article_id: int, prepared: Prepared) -> Iterable[Row]:
    """Totals of the counted mentions: country, number, whether one is in the title, in the first paragraph; the day."""
    zones: dict[str, list[Zone]] = {}
    for mention in prepared.mentions:
        if mention.is_counted:
            zones.setdefault(mention.country_code, []).append(mention.zone)
    day = _day(prepared)
    return ((article_id, code, len(all_), Zone.TITLE in all_, Zone.LEAD in all_, day) for code, all_ in zones.items())


def _without_country(article_id: int, prepared: Prepared) -> Iterable[Row]:
    return () if any(mention.is_counted for mention in prepared.mentions) else ((article_id, _day(prepared)),)


def _day(prepared: Prepared) -> date | None:
    return prepared.row.published_on if prepared.row else None


def _citations(article_id: int, prepared: Prepared) -> Iterable[Row]:
    return (
        (article_id, number, cited.name, cited.source_id, cited.method, cited.evidence)
        for number, cited in enumerate(prepared.cited, 1)
    )


def _lines(article_id: int, prepared: Prepared) -> Iterable[Row]:
    return ((article_id, line.key, line.line, line.is_vetoed) for line in prepared.short_lines)


def _story_prints(article_id: int, prepared: Prepared) -> Iterable[Row]:
    story = prepared.story
    if story is None:
        return ()
    lines = [key for key, _ in story.lines], [words for _, words in story.lines]
    return ((article_id, story.word_count, story.text_key, story.sketch, list(story.numbers), *lines),)


def _story_keys(article_id: int, prepared: Prepared) -> Iterable[Row]:
    day = _day(prepared)
    return ((article_id, key, day) for key in prepared.story.keys) if prepared.story else ()


CHILDREN = (
    ChildTable(
        "core.country_mention",
        (
            *("article_id", "mention_no", "country_code", "name_id", "kind", "zone"),
            *("start_offset", "end_offset", "surface", "is_counted"),
        ),
        _mentions,
    ),
    ChildTable(
        "core.article_country",
        ("article_id", "country_code", "mention_count", "is_in_title", "is_in_lead", "published_on"),
        _countries,
    ),
    ChildTable("core.article_without_country", ("article_id", "published_on"), _without_country, key_length=1),
    ChildTable(
        "core.article_citation",
        ("article_id", "citation_no", "name", "source_id", "method", "evidence"),
        _citations,
    ),
    ChildTable("core.article_line", ("article_id", "line_key", "line", "is_vetoed"), _lines),
    ChildTable(
        "core.story_print",
        ("article_id", "word_count", "text_key", "sketch", "numbers", "lines", "line_words"),
        _story_prints,
        key_length=1,
    ),
    ChildTable("core.story_key", ("article_id", "story_key", "published_on"), _story_keys),
)

TABLES: tuple[Table, ...] = (DOCUMENT, ARTICLE, *CHILDREN, TEXT, INPUT)
"""Every table that gets rows with a new article, in the order of their foreign keys."""
