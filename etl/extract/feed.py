"""Feeds: RSS 0.9 to 2.0, RDF and Atom, by feedparser, which also reads the ill-formed ones that newsrooms publish."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urljoin, urlsplit

from etl.extract.carrier import checked_carrier, combine
from etl.extract.fragment import fragment_text
from etl.extract.item import Carrier, RawItem, Rejection

_LONG = 1000  # characters: from here on a description is taken for the article, below for a teaser of it
_CUT_OFF = ("…", "...", "[…]", "[...]")

FEED_BYTES = 16 * 1024 * 1024  # some 2,500 whole articles; read whole, in 80 MB of memory and 3.5 seconds
_ROOT = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<(?:\?|!--|!DOCTYPE)[^>]*>\s*)*<(?:\w+:)?(\w+)", re.IGNORECASE)
_FEEDS = frozenset({"rss", "feed", "rdf"})
_MAILBOX = re.compile(r"\S+@\S+\s*\((.+)\)")  # RSS 2.0 names an author 'address (name)'

_Entry = Mapping[str, object]  # feedparser's dictionary, which has no types


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    origin: its link, else its guid: the same whether the text comes from the entry or from its page.
    text: the whole article, tags removed; '' where the entry holds only a teaser of it.
    stamp: the entry's own words on when it changed last; '' where it has none.
    """

    origin: str
    carrier: Carrier
    text: str
    stamp: str
    problem: Rejection | None = None

    def item(self) -> RawItem:
        """The article in the entry itself, or the reason that there is none."""
        content = self.text.encode("utf-8")
        teaser = Rejection(
            "no_text", "the entry has no text of its own, or only a teaser, and its page was not fetched"
        )
        return RawItem(self.origin, content, "text/plain", self.carrier, self.problem or (None if content else teaser))


def root_name(head: bytes) -> str:
    """The name of the root element, without namespace, in lower case; '' for what is no XML. `head` may be cut off."""
    match = _ROOT.match(head[:4096])
    return match[1].decode("ascii", "replace").lower() if match else ""


def is_feed(head: bytes) -> bool:
    return root_name(head) in _FEEDS


def read_feed(
    content: bytes, address: str, default: Carrier, charset: str | None = None
) -> Iterator[Entry | Rejection]:
    """The entries of a feed in its order; a Rejection for what is no feed. A damaged one gives what could be read.

    address: where it came from, for relative links and entries without a name. charset: of the Content-Type header.
    """
    if len(content) > FEED_BYTES:
        yield Rejection("too_large", f"{len(content):,} bytes; a feed has at most {FEED_BYTES:,}")
        return
    try:
        site, entries = _parse(content, address, charset)
    except Exception as error:  # feedparser lets through what its parsers raise at bytes that are no XML
        yield Rejection("unreadable", f"no feed, or damaged beyond reading: {type(error).__name__}")
        return
    if entries is None:
        yield Rejection("unreadable", "no RSS and no Atom, or damaged before its first entry")
    for entry in entries or ():
        yield _entry(entry, address, site, default)


def _parse(content: bytes, address: str, charset: str | None) -> tuple[str | None, list[_Entry] | None]:
    """The feed's site and its entries; None for them where it is no feed."""
    import feedparser

    # A stream: feedparser would take bytes that look like a path or a URL for one, and open it.
    feed = feedparser.parse(
        io.BytesIO(content),
        response_headers={"content-type": _content_type(content, charset), "content-location": address},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    site = feed.feed.get("link")
    # Plain dictionaries: feedparser's own gives the value of another name where one is missing.
    entries: list[_Entry] | None = [dict(entry) for entry in feed.entries] if feed.version or feed.entries else None
    return site if isinstance(site, str) else None, entries


def feed_file_items(file: RawItem) -> Iterator[RawItem]:
    """The items of a feed that lies in a file: pages are not fetched for it. What the file's carrier says of one
    article (title, date) is said of none; its URL is where the feed came from."""
    address, default = file.carrier.url or file.origin, replace(file.carrier, url=None, title=None, published=None)
    for entry in read_feed(file.content, address, default):
        yield replace(file, problem=entry) if isinstance(entry, Rejection) else entry.item()


def _content_type(content: bytes, charset: str | None) -> str:
    """Bytes that are UTF-8 are nothing else, whatever the header or the XML declaration says."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return f"application/xml; charset={charset}" if charset else "application/xml"
    return "application/xml; charset=utf-8"


def _entry(entry: _Entry, address: str, site: str | None, default: Carrier) -> Entry:
    link, text = _link(entry, address), _full_text(entry)
    stamp = _words(entry, "updated") or _words(entry, "published")
    said = {
        "url": link,
        "source": _source(entry) or (None if link else site),
        "title": " ".join(fragment_text(_words(entry, "title")).split()),
        "authors": _authors(entry),
        "published": _words(entry, "published") or _words(entry, "updated"),
    }
    origin = link or f"{address}#{_words(entry, 'id') or _digest(entry)}"
    try:
        return Entry(origin, combine(checked_carrier(said), default), text, stamp)
    except ValueError as error:
        return Entry(origin, default, text, stamp, Rejection("bad_carrier", str(error)))


def _link(entry: _Entry, address: str) -> str | None:
    """Where the article is; a proxy of feeds keeps the site's own link beside its own."""
    named = _words(entry, "feedburner_origlink") or _words(entry, "link") or _words(entry, "id")
    try:
        link = urljoin(address, named) if "/" in named else named
        return link if urlsplit(link).scheme in ("http", "https") else None
    except ValueError:
        return None


def _source(entry: _Entry) -> str | None:
    """The outlet that an aggregator took the entry from."""
    source = entry.get("source")
    if not isinstance(source, Mapping):
        return None
    address = _words(source, "href") or _words(source, "link")
    return address if address.startswith(("http://", "https://")) else _words(source, "title") or None


def _authors(entry: _Entry) -> str:
    authors = cast("list[_Entry]", entry.get("authors") or [])
    return ", ".join(filter(None, (_MAILBOX.sub(r"\1", _words(author, "name")) for author in authors)))


def _full_text(entry: _Entry) -> str:
    """Yandex's full text, the content, or a description too long for a teaser, the first that is not cut off."""
    contents = cast("list[_Entry]", entry.get("content") or [])
    full = [_words(entry, "yandex_full-text"), *(_words(content, "value") for content in contents)]
    texts = [*map(fragment_text, full)]
    if len(description := fragment_text(_words(entry, "summary"))) >= _LONG:
        texts.append(description)
    return next((text for text in texts if text and not text.endswith(_CUT_OFF)), "")


def _words(entry: _Entry, name: str) -> str:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def _digest(entry: _Entry) -> str:
    """A name for an entry that has none: made of its title and date, so that it outlives its place in the feed."""
    said = "\x1f".join(_words(entry, name) for name in ("title", "published", "updated"))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:16]
