"""Raw item to article: the order of the rules. Pure: the same item and the same day give the same article.

A bare `yield` ends a step (etl.normalize.steps).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from etl.extract.item import Carrier, Rejection
from etl.normalize import text
from etl.normalize.article import Article, Publication, ShortLine, SourceMatch, Vetoes
from etl.normalize.authors import carrier_authors, find_authors
from etl.normalize.countries.gazetteer import Gazetteer, article_mentions
from etl.normalize.dateline import Dateline, find_dateline
from etl.normalize.dates import find_publication
from etl.normalize.language import detect
from etl.normalize.layout import (
    body_text,
    derive_title,
    read_lines,
    read_page,
    with_short_lines,
    without,
)
from etl.normalize.limits import refuse_text
from etl.normalize.page import Page, Span
from etl.normalize.sources import Sources, find_agency, find_cited, find_publisher
from etl.normalize.steps import Steps
from etl.normalize.story import story_print
from etl.normalize.version import rule_version

if TYPE_CHECKING:
    from etl.normalize.html import SiteName

DEFAULT_TIMEZONE = "Asia/Bishkek"


_NO_PAGE = Page("", None, None, (), 0.0)


@dataclass(frozen=True, slots=True)
class _Body:
    """The body of a page, and the dateline it begins with."""

    page: Page
    text: str
    dateline: Dateline | None


@dataclass(frozen=True, slots=True)
class _Read:
    """What the reader of one shape (text, HTML) found; the rest is found in title and body alike.

    whole: the body as read; body: without the lines that the publisher repeats.
    """

    whole: _Body
    body: _Body
    short_lines: tuple[ShortLine, ...]
    title: str | None
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
    vetoes: Vetoes = frozenset()
    """The lines that sources repeat, as the warehouse has counted them (etl.load.source_lines)."""

    @classmethod
    def load(cls, reference: Path) -> Normalizer:
        """Reads the reference data under `reference`. Raises ReferenceDataError for a wrong row."""
        return cls(Sources.load(reference), Gazetteer.load(), rule_version(reference))

    def normalize(self, raw_text: str, carrier: Carrier, origin: str, as_of: datetime) -> Steps[Article | Rejection]:
        """The article in `raw_text`, or why there is none. `as_of`: nothing was published after it."""
        if refused := refuse_text(raw_text):
            return refused
        page = read_page(text.clean(raw_text))
        if isinstance(page, Rejection):
            return page
        yield
        whole = _body(page)
        publisher = find_publisher(page, carrier, whole.dateline, self.sources) or self._default_publisher(carrier)
        short_lines = self._short_lines(page, publisher)
        body = _without(whole, short_lines)
        read = _Read(
            whole=whole,
            body=body,
            short_lines=short_lines,
            title=page.cut(page.title) if page.title else None,
            publisher=publisher,
            publication=find_publication(body.page, carrier, origin, self._zone(publisher, carrier), as_of),
            authors=find_authors(body.page),
            url=carrier.url,
        )
        return (yield from self._article(read, carrier))

    def normalize_html(self, html: str, carrier: Carrier, origin: str, as_of: datetime) -> Steps[Article | Rejection]:
        """The article of an HTML page, by what the page declares and what stands in its body."""
        from etl.normalize.dates.html import find_html_publication  # heavy parsers: text never pays for them
        from etl.normalize.html import read_html

        found = read_html(html, carrier.url)
        if isinstance(found, Rejection):
            return found
        if refused := refuse_text(found.body):
            return refused
        said = text.clean(found.body).strip()
        page = with_short_lines(Page(said, None, None, (Span(0, len(said)),), found.body_confidence))
        whole = _Body(page, said, find_dateline(said))
        url = carrier.url or found.canonical_url
        publisher = (
            find_publisher(page, replace(carrier, url=url), None, self.sources)
            or self._site(found.site_name)
            or find_publisher(page, carrier, whole.dateline, self.sources)
            or self._default_publisher(carrier)
        )
        short_lines = self._short_lines(page, publisher)
        read = _Read(
            whole=whole,
            body=_without(whole, short_lines),
            short_lines=short_lines,
            title=found.title,
            publisher=publisher,
            publication=find_html_publication(found, carrier, origin, self._zone(publisher, carrier), as_of),
            authors=found.credits,
            url=carrier.url or found.own_url,
        )
        return (yield from self._article(read, carrier))

    def _article(self, read: _Read, carrier: Carrier) -> Steps[Article]:
        """What is found in title and body alike, whatever they were read from."""
        printed = (text.clean(carrier.title).strip() if carrier.title else read.title) or None
        page, body, dateline = read.body.page, read.body.text, read.body.dateline
        yield
        agency = find_agency(page, body, dateline, self.sources)
        cited = find_cited(body, self.sources)
        yield
        language, language_confidence = detect(printed or "", body, carrier.language)
        yield
        span = dateline.span if dateline else None
        mentions = article_mentions(self.gazetteer, printed or "", body, span, language)
        yield
        return Article(
            title=printed or derive_title(body),
            title_is_derived=printed is None,
            body=body,
            whole=(printed or derive_title(read.whole.text), read.whole.text),
            body_confidence=page.confidence,
            short_lines=read.short_lines,
            language=language,
            language_confidence=language_confidence,
            publisher=read.publisher,
            agency=agency,
            cited=cited,
            url=read.url,
            authors=carrier_authors(carrier.authors) or read.authors,
            publication=read.publication,
            mentions=mentions,
            story=story_print(body),
        )

    def _short_lines(self, page: Page, publisher: SourceMatch | None) -> tuple[ShortLine, ...]:
        """Without a publisher nobody can be said to repeat himself."""
        return read_lines(page, publisher.source_id, self.vetoes) if publisher else ()

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


def _body(page: Page) -> _Body:
    said = body_text(page)
    return _Body(page, said, find_dateline(said))


def _without(whole: _Body, lines: Sequence[ShortLine]) -> _Body:
    page = without(whole.page, lines)
    return whole if page is whole.page else _body(page)
