"""Addresses to raw items: a feed, a sitemap, a page or a file of articles, whichever answers there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO, RawIOBase
from itertools import islice
from typing import cast
from urllib.parse import unquote, urlsplit

from etl.extract.archives import inner_name
from etl.extract.carrier import checked_carrier, combine
from etl.extract.feed import Entry, is_feed, read_feed, root_name
from etl.extract.fields import BY_NAME, FieldMap
from etl.extract.formats import MAX_ARTICLE_BYTES, is_single, media_type_of, read_opened
from etl.extract.item import LISTING, Carrier, RawItem, Rejection, is_url
from etl.extract.opened import HEAD_BYTES, Opened
from etl.extract.sitemap import SITEMAP_BYTES, SitemapLink, read_sitemap
from etl.fetch.body import GZIP_MAGIC, unpack
from etl.fetch.client import Client, Response, Validators
from etl.fetch.errors import FetchError, TryAgain
from etl.fetch.memory import Memory, Seen

MAX_DEPTH = 3  # sitemaps within sitemaps; the protocol knows one level
MAX_SITEMAPS = 1_000  # at one address
MAX_PAGES = 50_000  # of one address in one run; the protocol's limit of one sitemap
_RECALLED_AT_ONCE = 1_000
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_PAGES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A page that a listing names. said: everything that, when it differs, is a reason to fetch the page again."""

    url: str
    carrier: Carrier
    said: bytes


def url_items(
    url: str, default: Carrier, client: Client, memory: Memory, fields: FieldMap = BY_NAME
) -> Iterator[RawItem]:
    """The articles at an address: those of a feed's entries, of the pages that a sitemap names, of the page there, or
    in the file there (an archive, a table, JSON lines).

    A listing that did not change since `memory` saw it costs one request; a page of which a listing says the same as
    before is not fetched again. What cannot be fetched is an item with a problem.
    """
    return _Visit(url, default, client, memory, fields).items()


class _Visit:
    """One visit to one address."""

    def __init__(self, url: str, default: Carrier, client: Client, memory: Memory, fields: FieldMap) -> None:
        self._url, self._default, self._client, self._memory, self._fields = url, default, client, memory, fields
        self._said = _digest(default)
        self._pages, self._sitemaps = set[str](), set[str]()
        self._indexes = set[str]()  # read at every visit: unchanged, they name sitemaps that did change
        self._failures = 0
        self._is_over = False

    def items(self) -> Iterator[RawItem]:
        yield from self._listing(self._url, 0)

    def _listing(self, url: str, depth: int) -> Iterator[RawItem]:
        """Remembered only when all that it named was fetched: else its failures would wait for its next change."""
        failures = self._failures
        known = self._memory.recall(self._url, [url]).get(url)
        is_known = known is not None and known.said_sha256 == self._said
        try:
            response = self._client.get(url, SITEMAP_BYTES, known.validators if known and is_known else None)
            content = _unpacked(response.content) if response else b""
        except FetchError as error:
            yield self._broken(url, b"", Rejection(error.reason_code, str(error)))
            return
        if response:
            yield from self._read(url, response, content, depth)
            known = Seen(self._said, Validators() if url in self._indexes else response.validators)
        if known and self._failures == failures:
            self._memory.remember(self._url, url, known)

    def _read(self, url: str, response: Response, content: bytes, depth: int) -> Iterator[RawItem]:
        if root_name(content) in _SITEMAPS:
            yield from self._sitemap(url, content, depth)
        elif depth:
            yield self._broken(url, content, Rejection("unreadable", "a sitemap's index names it, and it is none"))
        elif is_feed(content):
            yield from self._feed(url, response, content)
        elif _is_file(url, response, content):
            stream = BufferedReader(cast("RawIOBase", BytesIO(content)), HEAD_BYTES)
            yield from read_opened(Opened(url, _file_name(url, response, content), stream, self._default, self._fields))
        else:
            yield _page(url, combine(Carrier(url=url), self._default), response)

    def _feed(self, url: str, response: Response, content: bytes) -> Iterator[RawItem]:
        pages: list[_Listed] = []
        for entry in read_feed(content, response.url, self._default, response.charset):
            if isinstance(entry, Rejection):
                yield self._broken(url, content, entry)
            elif _needs_page(entry):
                pages.append(_Listed(entry.origin, entry.carrier, _digest(entry.carrier, entry.stamp)))
            else:
                yield entry.item()
        yield from self._fetched(pages)

    def _sitemap(self, url: str, content: bytes, depth: int) -> Iterator[RawItem]:
        further: list[str] = []
        pages: list[_Listed] = []
        for link in read_sitemap(content):
            if isinstance(link, Rejection):
                yield self._broken(url, content, link)
            elif link.is_sitemap:
                further.append(link.url)
                self._indexes.add(url)
            else:
                try:
                    pages.append(self._listed(link))
                except ValueError as error:
                    problem = Rejection("bad_carrier", str(error))
                    yield RawItem(link.url, b"", "text/html", self._default, problem)
        yield from self._fetched(pages)
        for one in further:
            yield from self._further(one, depth + 1)

    def _further(self, url: str, depth: int) -> Iterator[RawItem]:
        if url in self._sitemaps:
            return
        if depth > MAX_DEPTH or len(self._sitemaps) >= MAX_SITEMAPS:
            yield from self._over(f"over {MAX_DEPTH} sitemaps within each other, or over {MAX_SITEMAPS:,} in all")
        else:
            self._sitemaps.add(url)
            yield from self._listing(url, depth)

    def _listed(self, link: SitemapLink) -> _Listed:
        said = {"url": link.url, "title": link.title, "published": link.published}
        carrier = combine(checked_carrier(said), self._default)
        return _Listed(link.url, carrier, _digest(carrier, link.changed))

    def _fetched(self, listed: Iterable[_Listed]) -> Iterator[RawItem]:
        """The pages of which something new is said, each once."""
        pages = iter(listed)
        while some := [*islice(pages, _RECALLED_AT_ONCE)]:
            known = self._memory.recall(self._url, [page.url for page in some])
            for page in some:
                seen = known.get(page.url)
                if page.url in self._pages or (seen and seen.said_sha256 == page.said):
                    continue
                if len(self._pages) >= MAX_PAGES:
                    yield from self._over(f"over {MAX_PAGES:,} new pages in one run; the next run goes on")
                    return
                self._pages.add(page.url)
                yield self._fetch(page)

    def _fetch(self, page: _Listed) -> RawItem:
        """What may work later is asked for again by the next run; what was refused, when something new is said."""
        validators = Validators()
        try:
            response = self._client.get(page.url, MAX_ARTICLE_BYTES)
            if response is None:
                raise FetchError("the server says 304 to a question without validators")
            validators = response.validators
            item = _page(page.url, page.carrier, response)
        except TryAgain as error:
            self._failures += 1
            return _unfetched(page, error)
        except FetchError as error:
            item = _unfetched(page, error)
        self._memory.remember(self._url, page.url, Seen(page.said, validators))
        return item

    def _broken(self, url: str, content: bytes, problem: Rejection) -> RawItem:
        """A listing that could not be read, or not to its end. The type tells it from a page (etl.load.fetched)."""
        self._failures += 1
        return RawItem(url, content, LISTING, self._default, problem, len(content) or None)

    def _over(self, limit: str) -> Iterator[RawItem]:
        """A limit is reached: said once."""
        if not self._is_over:
            self._is_over = True
            yield self._broken(self._url, b"", Rejection("too_large", limit))


def _unfetched(page: _Listed, error: FetchError) -> RawItem:
    return RawItem(page.url, b"", "text/html", page.carrier, Rejection(error.reason_code, str(error)))


def _needs_page(entry: Entry) -> bool:
    return not entry.text and not entry.problem and is_url(entry.origin) and entry.carrier.url == entry.origin


def _page(url: str, carrier: Carrier, response: Response) -> RawItem:
    media_type = _PAGES.get(response.media_type or "text/html")
    problem = None if media_type else Rejection("unsupported_format", f"{response.media_type} is no page")
    if len(response.content) > MAX_ARTICLE_BYTES:
        problem = Rejection("too_large", f"an article has at most {MAX_ARTICLE_BYTES:,} bytes")
    said = replace(carrier, charset=response.charset)
    return RawItem(url, response.content, media_type or "text/html", said, problem, len(response.content))


def _is_file(url: str, response: Response, content: bytes) -> bool:
    """Whether what answers holds articles, and is no page: what says that it is HTML is one."""
    kind = media_type_of(_file_name(url, response, content), content[:HEAD_BYTES])
    return _PAGES.get(response.media_type or "text/html") != "text/html" and kind != LISTING and not is_single(kind)


def _file_name(url: str, response: Response, content: bytes) -> str:
    """The last part of the path, without the suffix of what was unpacked."""
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return name if content is response.content else inner_name(name)


def _unpacked(content: bytes) -> bytes:
    """A file that is itself packed (sitemap.xml.gz), whatever its headers say."""
    return unpack([content], SITEMAP_BYTES) if content.startswith(GZIP_MAGIC) else content


def _digest(carrier: Carrier, stamp: str = "") -> bytes:
    return hashlib.sha256(json.dumps([carrier.said(), stamp]).encode("utf-8")).digest()
