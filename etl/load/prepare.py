"""Raw item to the rows it becomes. Runs in any process: needs no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.extract.item import RawItem, Rejection
from etl.extract.text import Decoded, decode
from etl.identity import derived_key
from etl.normalize.article import Article, Cited, DateCandidate, Mention, ShortLine, StoryPrint
from etl.normalize.steps import TOGETHER, Steps, finish, in_step
from etl.normalize.url import canonical_url

if TYPE_CHECKING:
    from etl.normalize.normalizer import Normalizer

UNKNOWN_SOURCE = "unknown"
_TOGETHER_BYTES = 1024 * 1024  # 64 texts are a third of it, three pages all


@dataclass(frozen=True, slots=True)
class StagedItem:
    """What an accepted input says; the field names are the column names of the tables it goes to (etl.load.rows)."""

    input_id: int
    origin: str
    fingerprint: bytes
    document_id: int
    content_sha256: bytes
    byte_length: int
    encoding: str
    media_type: str
    content: str
    carrier: dict[str, str]
    article_id: int
    identity: str
    title: str
    title_is_derived: bool
    body: str
    body_confidence: Decimal
    language: str
    language_confidence: Decimal
    publisher_id: str
    publisher_method: str
    publisher_evidence: str | None
    agency_id: str | None
    agency_method: str | None
    agency_evidence: str | None
    url: str | None
    authors: list[str]
    published_on: date | None
    published_at: datetime | None
    published_precision: str
    published_method: str
    published_evidence: str | None
    published_candidates: list[dict[str, str | None]]
    text_sha256: bytes
    rule_version: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """An input on its way into the database: either `row` with its children, or `rejection`."""

    item: RawItem
    row: StagedItem | None
    mentions: tuple[Mention, ...]
    cited: tuple[Cited, ...]
    short_lines: tuple[ShortLine, ...]
    story: StoryPrint | None
    rejection: Rejection | None


def prepare(item: RawItem, normalizer: Normalizer, as_of: datetime) -> Prepared:
    """Decode and normalise one input. Never raises: a fault of a rule is a rejection like any other."""
    return finish(prepare_steps(item, normalizer, as_of))


def prepare_all(items: Sequence[RawItem], normalizer: Normalizer, as_of: datetime) -> list[Prepared]:
    """`prepare` for many, which takes a fifth less time. Pages leave trees of many times their size between steps: of
    64 large ones at a time a process would need 80 MB more."""
    prepared: list[Prepared] = []
    for some in _small_enough(items):
        prepared += in_step([prepare_steps(item, normalizer, as_of) for item in some])
    return prepared


def _small_enough(items: Sequence[RawItem]) -> Iterator[list[RawItem]]:
    some: list[RawItem] = []
    size = 0
    for item in items:
        some.append(item)
        size += len(item.content)
        if size > _TOGETHER_BYTES or len(some) == TOGETHER:
            yield some
            some, size = [], 0
    yield some


def prepare_steps(item: RawItem, normalizer: Normalizer, as_of: datetime) -> Steps[Prepared]:
    """The steps of `prepare`, to be taken with those of others."""
    if item.problem:
        return rejected_item(item, item.problem)
    try:
        is_html = item.media_type == "text/html"
        decoded = _decode_html(item) if is_html else decode(item.content)
        if isinstance(decoded, Rejection):
            return rejected_item(item, decoded)
        normalize = normalizer.normalize_html if is_html else normalizer.normalize
        article = yield from normalize(decoded.text, item.carrier, item.origin, as_of)
        if isinstance(article, Rejection):
            return rejected_item(item, article)
        row = staged(item, decoded, article, normalizer.rule_version)
        return Prepared(item, row, article.mentions, article.cited, article.short_lines, article.story, None)
    except Exception as error:  # one input must not stop a run; it is kept and can be replayed
        return rejected_item(item, Rejection("rule_failure", f"{type(error).__name__}: {error}"))


def _decode_html(item: RawItem) -> Decoded | Rejection:
    from etl.normalize.html import decode_html  # heavy parsers: text never pays for them

    return decode_html(item.content, item.carrier.charset)


def rejected_item(item: RawItem, rejection: Rejection) -> Prepared:
    """The item as one that gives no article."""
    return Prepared(item, None, (), (), (), None, rejection)


def staged(item: RawItem, decoded: Decoded, article: Article, rule_version: str) -> StagedItem:
    identity = identity_of(article.url, item.origin)
    publisher, agency, publication = article.publisher, article.agency, article.publication
    return StagedItem(
        input_id=item.input_id,
        origin=item.origin,
        fingerprint=item.fingerprint,
        document_id=derived_key(item.origin, item.fingerprint),
        content_sha256=hashlib.sha256(item.content).digest(),
        byte_length=len(item.content),
        encoding=decoded.encoding,
        media_type=item.media_type,
        content=decoded.text,
        carrier=item.carrier.said(),
        article_id=derived_key(identity),
        identity=identity,
        title=article.title,
        title_is_derived=article.title_is_derived,
        body=article.body,
        body_confidence=Decimal(f"{article.body_confidence:.3f}"),
        language=article.language,
        language_confidence=Decimal(f"{article.language_confidence:.3f}"),
        publisher_id=publisher.source_id if publisher else UNKNOWN_SOURCE,
        publisher_method=publisher.method if publisher else "none",
        publisher_evidence=publisher.evidence if publisher else None,
        agency_id=agency.source_id if agency else None,
        agency_method=agency.method if agency else None,
        agency_evidence=agency.evidence if agency else None,
        url=article.url,
        authors=list(article.authors),
        published_on=publication.day,
        published_at=publication.at,
        published_precision=publication.precision,
        published_method=publication.method,
        published_evidence=publication.evidence,
        published_candidates=[_candidate(candidate) for candidate in publication.candidates],
        text_sha256=_text_sha256(*article.whole),
        rule_version=rule_version,
    )


def identity_of(url: str | None, origin: str) -> str:
    """What makes an input the same article: its canonical URL, else its origin."""
    return (url and canonical_url(url)) or origin


def _candidate(candidate: DateCandidate) -> dict[str, str | None]:
    return {
        "method": candidate.method,
        "precision": candidate.precision,
        "day": candidate.day.isoformat() if candidate.day else None,
        "at": candidate.at.isoformat() if candidate.at else None,
        "evidence": candidate.evidence,
        "verdict": candidate.verdict,
    }


def _text_sha256(title: str, body: str) -> bytes:
    return hashlib.sha256(json.dumps([title, body], ensure_ascii=False).encode("utf-8")).digest()
