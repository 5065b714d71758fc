"""Raw item to article: the order of the rules. Pure: the same item and the same day give the same article."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from etl.extract.item import Carrier, Rejection
from etl.normalize import text
from etl.normalize.article import Article, SourceMatch
from etl.normalize.authors import find_authors
from etl.normalize.countries.gazetteer import Gazetteer, article_mentions
from etl.normalize.dateline import Dateline, find_dateline
from etl.normalize.dates import find_publication
from etl.normalize.language import detect
from etl.normalize.layout import body_text, derive_title, read_page
from etl.normalize.page import Page, Span
from etl.normalize.sources import Sources, find_agency, find_cited, find_publisher
from etl.normalize.version import rule_version

DEFAULT_TIMEZONE = "Asia/Bishkek"


@dataclass(frozen=True, slots=True)
class Normalizer:
    """The rules with their reference data. Built once per process: what it takes and gives pickles, it does not."""

    sources: Sources = field(repr=False)
    gazetteer: Gazetteer = field(repr=False)
    rule_version: str

    @classmethod
    def load(cls, reference: Path) -> Normalizer:
        """Reads the reference data under `reference`. Raises ReferenceDataError for a wrong row."""
        return cls(Sources.load(reference), Gazetteer.load(), rule_version(reference))

    def normalize(self, raw_text: str, carrier: Carrier, origin: str, as_of: datetime) -> Article | Rejection:
        """The article in `raw_text`, or why there is none. `as_of`: nothing was published after it."""
        page = read_page(text.clean(raw_text))
        if isinstance(page, Rejection):
            return page
        return self._article(page, carrier, origin, as_of)

    def _article(self, page: Page, carrier: Carrier, origin: str, as_of: datetime) -> Article:
        body = body_text(page)
        dateline = find_dateline(body)
        printed = text.clean(carrier.title).strip() if carrier.title else page.title and page.cut(page.title)
        language, language_confidence = detect(printed or "", body)
        publisher = self._publisher(page, carrier, dateline)
        return Article(
            title=printed or derive_title(body),
            title_is_derived=not printed,
            body=body,
            body_confidence=page.confidence,
            language=language,
            language_confidence=language_confidence,
            publisher=publisher,
            agency=find_agency(page, body, dateline, self.sources),
            cited=find_cited(body, self.sources),
            url=carrier.url,
            authors=find_authors(page),
            publication=find_publication(page, carrier, origin, self._zone(publisher, carrier), as_of),
            mentions=article_mentions(self.gazetteer, printed or "", body, _span(dateline), language),
        )

    def _publisher(self, page: Page, carrier: Carrier, dateline: Dateline | None) -> SourceMatch | None:
        """What the input itself says; `default_source` only where it says nothing."""
        named = find_publisher(page, carrier, dateline, self.sources)
        if named is None and carrier.default_source:
            named = find_publisher(page, replace(carrier, source=carrier.default_source), dateline, self.sources)
        return named

    def _zone(self, publisher: SourceMatch | None, carrier: Carrier) -> ZoneInfo:
        newsroom = self.sources.zone(publisher.source_id) if publisher else None
        return newsroom or ZoneInfo(carrier.timezone or DEFAULT_TIMEZONE)


def _span(dateline: Dateline | None) -> Span | None:
    return dateline.span if dateline else None
