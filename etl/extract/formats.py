"""What an input is, by its content and its name, and which reader reads it. A new format is a row in each table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BufferedReader
from typing import BinaryIO, cast

from etl.errors import UsageError
from etl.extract import archives, delimited, json_document, json_lines, mhtml, tables, telegram, warc
from etl.extract.feed import feed_file_items, is_feed
from etl.extract.fields import FieldMap, plain
from etl.extract.item import LISTING, Carrier, RawItem, Rejection
from etl.extract.opened import HEAD_BYTES, LimitExceeded, Opened
from etl.extract.rows import printable_error

MAX_ARTICLE_BYTES = 8 * 1024 * 1024  # a thousand times an article; also keeps a batch small in memory
MAX_KEPT_BYTES = 64 * 1024 * 1024  # a rejected input up to this size is kept whole

TEXT, HTML = "text/plain", "text/html"
JSON, XLSX = "application/json", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, TAR, PARQUET = "application/zip", "application/x-tar", "application/vnd.apache.parquet"
GZIP, BZIP2, XZ, ZSTD = "application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd"

BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".log": TEXT,
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".mhtml": mhtml.MEDIA_TYPE,
    ".mht": mhtml.MEDIA_TYPE,
    ".json": JSON,
    ".jsonl": json_lines.MEDIA_TYPE,
    ".ndjson": json_lines.MEDIA_TYPE,
    ".csv": delimited.MEDIA_TYPE,
    ".tsv": delimited.MEDIA_TYPE,
    ".xlsx": XLSX,
    ".parquet": PARQUET,
    ".warc": warc.MEDIA_TYPE,
    ".zip": ZIP,
    ".tar": TAR,
    ".gz": GZIP,
    ".tgz": GZIP,
    ".bz2": BZIP2,
    ".tbz2": BZIP2,
    ".xz": XZ,
    ".txz": XZ,
    ".zst": ZSTD,
    ".xml": LISTING,
    ".rss": LISTING,
    ".atom": LISTING,
    ".pdf": "application/pdf",
}
"""Media type by the name's suffix, where the content does not say. What is not listed is taken for text."""

_MAGIC = {
    b"\x1f\x8b": GZIP,
    b"BZh": BZIP2,
    b"\xfd7zXZ\0": XZ,
    b"\x28\xb5\x2f\xfd": ZSTD,
    b"PK\3\4": ZIP,
    b"PK\5\6": ZIP,
    b"PAR1": PARQUET,
    b"WARC/": warc.MEDIA_TYPE,
    b"%PDF-": "application/pdf",
}
_MAGICS = tuple(_MAGIC)
_PAGE = re.compile(rb"\s*(?:<!--.{0,1000}?-->\s*)?(?:<!doctype\s+html|<html\b)", re.IGNORECASE | re.DOTALL)
_MIME = re.compile(rb"(?:From|MIME-Version|Content-Type|Snapshot-Content-Location): .*multipart/related", re.S | re.I)

Reader = Callable[[Opened], Iterator[RawItem]]


def suffix_of(name: str) -> str:
    """The last suffix in lower case, with its dot; '' without one."""
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def media_type_of(name: str, head: bytes) -> str:
    """Binary formats by their first bytes; then the name; a nameless text by how it begins."""
    named = BY_SUFFIX.get(suffix_of(name))
    if head.startswith(_MAGICS):
        found = next(kind for magic, kind in _MAGIC.items() if head.startswith(magic))
        return XLSX if found == ZIP and named == XLSX else found
    if head[257:262] == b"ustar":
        return TAR
    if named == JSON or (named is None and head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")):
        return _json_kind(head, JSON if named else TEXT)
    if named == json_lines.MEDIA_TYPE and head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        return JSON
    return named or _by_opening(head)


def _json_kind(head: bytes, otherwise: str) -> str:
    """Lines where the first one is an object of its own and more follow; a text may begin with a bracket too."""
    first, newline, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if newline and rest.strip() and isinstance(json_lines.parse(first), dict):
        return json_lines.MEDIA_TYPE
    is_document = otherwise == JSON or re.match(rb'\s*(?:\{\s*"|\[\s*\{)', first + newline + rest[:200])
    return JSON if is_document else otherwise


def _by_opening(head: bytes) -> str:
    if _PAGE.match(head):
        return HTML
    if is_feed(head):
        return LISTING
    if _MIME.match(head[:2000]):
        return mhtml.MEDIA_TYPE
    line = head.partition(b"\n")[0].decode("utf-8", "replace").strip("\ufeff\r")
    names = line.split(delimited.delimiter_of(line))
    found = FieldMap().resolve([name.strip('" ') for name in names])
    are_names = all(re.fullmatch(r"\w{1,40}", plain(name.strip('" '))) for name in names)
    return delimited.MEDIA_TYPE if are_names and len(found) > 1 and "text" in found else TEXT


def read_opened(opened: Opened) -> Iterator[RawItem]:
    """The items in an input. What is damaged gives those before the damage, and a reject in the place of the next."""
    media_type, last, problem = "application/octet-stream", None, None
    try:
        head = head_of(opened.stream)
        media_type = media_type_of(opened.name, head)
        reader = _READERS.get(media_type, _read_single)
        if not head and not is_single(media_type) and not opened.damage:  # a delivery without a row is no delivery
            yield opened.broken(media_type, Rejection("empty", "0 bytes"))
            return
        for item in reader(opened):
            last, problem = item.origin, item.problem
            yield item
        if opened.damage and not (problem and problem.reason_code == "unreadable"):
            yield opened.broken(media_type, opened.damage, _next_origin(opened.origin, last))
    except (GeneratorExit, UsageError):
        raise
    except LimitExceeded as error:
        if opened.depth and media_type not in _CONTAINERS:
            raise  # the container says so for its member
        yield opened.broken(media_type, Rejection("archive_limit", str(error)))
    except Exception as error:  # each parser lets through what its libraries raise at bytes that are wrong
        problem = Rejection("unreadable", f"damaged: {type(error).__name__}: {printable_error(error)}")
        yield opened.broken(media_type, problem, _next_origin(opened.origin, last))


def _next_origin(origin: str, last: str | None) -> str:
    """Of what would have come after the item `last`, so that the mended input resolves the reject."""
    number = (last or "").removeprefix(f"{origin}#")
    return f"{origin}#{int(number) + 1}" if number.isascii() and number.isdecimal() else origin


def _read_single(opened: Opened) -> Iterator[RawItem]:
    """One input that is one article, or in a format without a reader."""
    media_type = media_type_of(opened.name, head_of(opened.stream))
    content = opened.stream.read(MAX_KEPT_BYTES + 1)
    if opened.damage:
        yield opened.broken(media_type, opened.damage)
        return
    yield single(opened.origin, content, len(content), media_type, opened.carrier)


def _read_listing(opened: Opened) -> Iterator[RawItem]:
    """A feed's entries. A sitemap that lies in a file names pages and holds none."""
    (file,) = _read_single(opened)
    if is_feed(file.content):
        yield from feed_file_items(file)
    else:
        yield file


def single(origin: str, content: bytes, size: int, media_type: str, carrier: Carrier) -> RawItem:
    """One article of `size` bytes; too large to be kept, it is counted without them."""
    kept = content if len(content) <= MAX_KEPT_BYTES else b""
    return RawItem(origin, kept, media_type, carrier, format_problem(size, media_type), size)


def head_of(stream: BinaryIO) -> bytes:
    """How a buffered stream begins, without moving it."""
    return cast("BufferedReader", stream).peek(HEAD_BYTES)[:HEAD_BYTES]


def is_single(media_type: str) -> bool:
    """Whether an input of this type is one article, or none that is read."""
    return media_type not in _READERS


def format_problem(size: int, media_type: str) -> Rejection | None:
    """Why one article of `size` bytes in this format is not even looked into; None when it is."""
    if size > MAX_ARTICLE_BYTES:
        return Rejection("too_large", f"{size:,} bytes; an article has at most {MAX_ARTICLE_BYTES:,}")
    if media_type not in (TEXT, HTML):
        return Rejection("unsupported_format", f"{media_type} is not read yet")
    return None


def replayed(origin: str, content: bytes, media_type: str, carrier: Carrier) -> RawItem | None:
    """A rejected row from its bytes, under its own origin; None for what is no row."""
    fields, carrier = FieldMap(carrier.fields or ""), replace(carrier, fields=None)
    if media_type == telegram.MEDIA_TYPE:
        return telegram.replayed(origin, content, carrier)
    if media_type == json_lines.MEDIA_TYPE:
        return json_lines.json_row(origin, content, fields, carrier)
    if media_type == delimited.MEDIA_TYPE:
        return delimited.table_rows(origin, content, fields, carrier)
    return None


def _compressed(media_type: str) -> Reader:
    return lambda opened: archives.read_compressed(opened, media_type, read_opened)


_READERS: dict[str, Reader] = {
    **{kind: _compressed(kind) for kind in (GZIP, BZIP2, XZ, ZSTD)},
    ZIP: lambda opened: archives.read_zip(opened, read_opened),
    TAR: lambda opened: archives.read_tar(opened, read_opened),
    JSON: json_document.read_json_document,
    json_lines.MEDIA_TYPE: json_lines.read_json_lines,
    delimited.MEDIA_TYPE: delimited.read_delimited,
    PARQUET: lambda opened: tables.read_parquet(archives.held(opened)),
    XLSX: lambda opened: tables.read_workbook(archives.held(opened)),
    warc.MEDIA_TYPE: warc.read_archive,
    mhtml.MEDIA_TYPE: mhtml.read_mhtml,
    LISTING: _read_listing,
}
_CONTAINERS = frozenset({GZIP, BZIP2, XZ, ZSTD, ZIP, TAR})
