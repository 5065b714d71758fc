"""Web archives (WARC, ISO 28500), plain or gzipped: the responses in them, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from typing import TYPE_CHECKING, BinaryIO

from etl.extract.carrier import checked_carrier, combine, printable
from etl.extract.item import RawItem, Rejection
from etl.extract.opened import Opened

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord


@dataclass(frozen=True, slots=True)
class WebResponse:
    """A response as it was archived.

    content: the payload without transfer and content encoding.
    media_type, charset: of the Content-Type header; None where it does not say.
    fetched_at: aware, when the archive received it (WARC-Date); None where the record's date is none.
    """

    url: str
    status: int | None
    media_type: str | None
    charset: str | None
    content: bytes
    fetched_at: datetime | None


MEDIA_TYPE = "application/warc"
_PAGES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}


def read_archive(opened: Opened) -> Iterator[RawItem]:
    """The archived captures, `#` with their number from 1 behind the origin. One that is no page is a reject without
    its bytes, which stay in the archive; so is the place where the archive is cut off."""
    for number, found in enumerate(read_warc(opened.stream), 1):
        origin = f"{opened.origin}#{number}"
        if isinstance(found, Rejection):
            yield opened.broken(MEDIA_TYPE, found, origin)
        else:
            yield _page(opened, origin, found)


def _page(opened: Opened, origin: str, response: WebResponse) -> RawItem:
    kind = _PAGES.get(response.media_type or "text/html")
    carrier = replace(opened.carrier, charset=response.charset)
    problem = None
    try:
        carrier = combine(carrier, checked_carrier({"url": response.url}))
    except ValueError as error:
        problem = Rejection("not_a_page", f"its address is none of a page: {error}"[:300])
    if response.status is not None and response.status != 200:
        problem = Rejection("not_a_page", f"the server answered {response.status}")
    elif kind is None:
        problem = Rejection("not_a_page", f"{response.media_type}"[:100])
    content = b"" if problem else response.content
    return RawItem(origin, content, kind or MEDIA_TYPE, carrier, problem, len(response.content) or None)


_ABOUT_OTHERS = frozenset({"warcinfo", "request", "metadata"})  # records that belong to a response or the archive


def read_warc(archive: BinaryIO) -> Iterator[WebResponse | Rejection]:
    """The captures of an archive in its order, streaming: responses, resources, and a Rejection for a capture that
    holds no content of its own (revisit) or not that of the page (conversion, continuation).

    An archive that is cut off or damaged gives what comes before the damage, and at last a Rejection that says so.
    """
    from warcio.archiveiterator import ArchiveIterator  # a third of a second, which only archives should pay

    count = 0
    try:
        for record in ArchiveIterator(archive):
            if record.rec_type in _ABOUT_OTHERS:
                continue
            capture = _capture(record)
            if _is_cut_off(record):
                raise EOFError("the last record is cut off")
            count += 1
            yield capture
    except GeneratorExit:
        raise
    except Exception as error:  # warcio lets whatever its decoders raise through: zlib, struct, codecs, its own
        yield Rejection("unreadable", f"the archive is damaged after {count} captures: {error}")


def _capture(record: ArcWarcRecord) -> WebResponse | Rejection:
    if record.rec_type in ("response", "resource"):
        return _response(record)
    address = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
    return Rejection("not_a_page", f"a {record.rec_type} of {printable(address)}"[:300])


def _response(record: ArcWarcRecord) -> WebResponse:
    http = record.http_headers
    headers = record.rec_headers if record.rec_type == "resource" else http  # a resource came without HTTP
    content_type = Message()
    content_type["Content-Type"] = (headers.get_header("Content-Type") if headers else None) or ""
    has_type = bool(content_type["Content-Type"])
    status = http.get_statuscode() if http else ""
    return WebResponse(
        url=record.rec_headers.get_header("WARC-Target-URI", "").strip("<>"),
        status=int(status) if status.isdecimal() else None,
        media_type=content_type.get_content_type() if has_type else None,
        charset=content_type.get_content_charset(),
        content=record.content_stream().read(),
        fetched_at=_moment(record.rec_headers.get_header("WARC-Date", "")),
    )


def _is_cut_off(record: ArcWarcRecord) -> bool:
    """The record is shorter than its Content-Length says: `limit` counts the bytes that are still to come."""
    record.raw_stream.read()
    return bool(record.raw_stream.limit)


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
