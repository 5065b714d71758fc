"""Bodies: read up to a limit, on the wire and unpacked, and only whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from http.client import HTTPResponse

from etl.fetch.errors import FetchError, TryAgain

GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 64 * 1024
_ZLIB_OR_GZIP = zlib.MAX_WBITS | 32
_IDENTITY = ("", "identity")
_PACKED = ("gzip", "x-gzip", "deflate")


def read_body(response: HTTPResponse, limit: int) -> bytes:
    """The body, unpacked. Raises FetchError(too_large) over `limit` bytes, TryAgain for a body that is cut off."""
    encoding = (response.getheader("Content-Encoding") or "").strip().lower()
    pieces = _received(response, limit)
    if encoding in _IDENTITY:
        return b"".join(pieces)
    if encoding in _PACKED:
        return unpack(pieces, limit)
    raise FetchError(f"the body is packed with {encoding[:40]}, which was not asked for")


def unpack(pieces: Iterable[bytes], limit: int) -> bytes:
    """gzip or zlib data, of one member or several, unpacked. Raises like read_body; never holds more than `limit`."""
    unpacked = bytearray()
    member = zlib.decompressobj(_ZLIB_OR_GZIP)
    try:
        for packed in pieces:
            rest = packed
            while rest:
                if member.eof:
                    member = zlib.decompressobj(_ZLIB_OR_GZIP)
                unpacked += member.decompress(rest, limit + 1 - len(unpacked))
                _check_size(len(unpacked), limit)
                rest = member.unconsumed_tail or member.unused_data
    except zlib.error:
        raise FetchError("the body is no gzip, though it says so") from None
    if not member.eof:
        raise TryAgain("the packed body is cut off")
    return bytes(unpacked)


def _received(response: HTTPResponse, limit: int) -> Iterator[bytes]:
    """The body as it comes; http.client itself tells only of chunked ones whether they are whole."""
    announced = response.length
    if announced is not None:
        _check_size(announced, limit)
    size = 0
    while piece := response.read(_PIECE):
        size += len(piece)
        _check_size(size, limit)
        yield piece
    if announced is not None and size < announced:
        raise TryAgain(f"the body is cut off: {announced:,} bytes were announced")


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise FetchError(f"over the limit of {limit:,} bytes", "too_large")
