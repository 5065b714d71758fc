"""Raw item to article: the order of the rules. Pure: the same item and the same day give the same article."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from etl.extract.item import Carrier, Rejection
from etl.normalize import text
from etl.normalize.article import Article, Publication, SourceMatch
from etl.normalize.authors import carrier_authors, find_authors
from etl.normalize.countries.gazetteer import Gazetteer, article_mentions
from etl.normalize.dateline import Dateline, find_dateline
from etl.normalize.dates import find_publication
from etl.normalize.language import detect
from etl.normalize.layout import body_text, derive_title, read_page
from etl.normalize.page import Page, Span
from etl.normalize.sources import Sources, find_agency, find_cited, find_publisher
from etl.normalize.version import rule_version

if TYPE_CHECKING:
    from etl.normalize.html import SiteName

DEFAULT_TIMEZONE = "Asia/Bishkek"


_NO_PAGE = Page("", None, None, (), 0.0)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the reader of one shape (text, HTML) found; the rest is found in title and body alike."""

    page: Page
    title: str | None
    body: str
    dateline: Dateline | None
    publisher: SourceMatch | None
    publication: Publication
    authors: tuple[str, ...]
    url: str | None


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
        body = body_text(page)
        dateline = find_dateline(body)
        publisher = find_publisher(page, carrier, dateline, self.sources) or self._default_publisher(carrier)
        read = _Read(
            page=page,
            title=page.cut(page.title) if page.title else None,
            body=body,
            dateline=dateline,
            publisher=publisher,
            publication=find_publication(page, carrier, origin, self._zone(publisher, carrier), as_of),
            authors=find_authors(page),
            url=carrier.url,
        )
        return self._article(read, carrier)

    def normalize_html(self, html: str, carrier: Carrier, origin: str, as_of: datetime) -> Article | Rejection:
        """The article of an HTML page, by what the page declares and what stands in its body."""
        from etl.normalize.dates.html import find_html_publication  # heavy parsers: text never pays for them
        from etl.normalize.html import read_html

        found = read_html(html, carrier.url)
        if isinstance(found, Rejection):
            return found
        body = text.clean(found.body).strip()
        page = Page(body, None, None, (Span(0, len(body)),), found.body_confidence)
        dateline = find_dateline(body)
        url = carrier.url or found.canonical_url
        publisher = (
            find_publisher(page, replace(carrier, url=url), None, self.sources)
            or self._site(found.site_name)
            or find_publisher(page, carrier, dateline, self.sources)
            or self._default_publisher(carrier)
        )
        read = _Read(
            page=page,
            title=found.title,
            body=body,
            dateline=dateline,
            publisher=publisher,
            publication=find_html_publication(found, carrier, origin, self._zone(publisher, carrier), as_of),
            authors=found.credits,
            url=url,
        )
        return self._article(read, carrier)

    def _article(self, read: _Read, carrier: Carrier) -> Article:
        """What is found in title and body alike, whatever they were read from."""
        printed = (text.clean(carrier.title).strip() if carrier.title else read.title) or None
        language, language_confidence = detect(printed or "", read.body)
        dateline = read.dateline.span if read.dateline else None
        return Article(
            title=printed or derive_title(read.body),
            title_is_derived=printed is None,
            body=read.body,
            body_confidence=read.page.confidence,
            language=language,
            language_confidence=language_confidence,
            publisher=read.publisher,
            agency=find_agency(read.page, read.body, read.dateline, self.sources),
            cited=find_cited(read.body, self.sources),
            url=read.url,
            authors=carrier_authors(carrier.authors) or read.authors,
            publication=read.publication,
            mentions=article_mentions(self.gazetteer, printed or "", read.body, dateline, language),
        )

    def _default_publisher(self, carrier: Carrier) -> SourceMatch | None:
        """What `--source` says of inputs that name no publisher themselves."""
        if not carrier.default_source:
            return None
        named = Carrier(source=carrier.default_source)
        return find_publisher(_NO_PAGE, named, None, self.sources)

    def _site(self, site_name: SiteName | None) -> SourceMatch | None:
        """A known source that the page calls itself."""
        source_id = self.sources.find(site_name.words) if site_name else None
        return SourceMatch(source_id, site_name.method, site_name.words) if site_name and source_id else None

    def _zone(self, publisher: SourceMatch | None, carrier: Carrier) -> ZoneInfo:
        newsroom = self.sources.zone(publisher.source_id) if publisher else None
        return newsroom or ZoneInfo(carrier.timezone or DEFAULT_TIMEZONE)
