"""Tables in text (.csv, .tsv): RFC 4180 with any of four delimiters, one row in memory at a time.

Not through pandas.read_csv(chunksize=…): its fast parser ends the file at a stray quote, neither parser hands over the
bytes of a bad row, and both glue rows together silently after one. The csv module parses here, a row at a time, and
every value stays the text that it was.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from etl.extract.fields import FieldMap
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.opened import HEAD_BYTES, Opened
from etl.extract.rows import MAX_ROW_BYTES, bad_row, printable_error, row_item
from etl.extract.text import decode

MEDIA_TYPE = "text/csv"
_DELIMITERS = ",;\t|"
_UNDECODED = re.compile("[\ud800-\udfff]")
_MAX_LINES = 5_000  # of one quoted row; a stray quote would else take the rest of the file for a value


@dataclass(slots=True)
class _Table:
    """The lines of a table as text that gives its bytes again, and its header."""

    lines: io.TextIOWrapper
    encoding: str
    delimiter: str = ","
    header: str = ""
    names: list[str] = field(default_factory=list)
    returned: deque[str] = field(default_factory=deque)

    def line(self) -> str:
        return self.returned.popleft() if self.returned else self.lines.readline(MAX_ROW_BYTES)

    def record(self) -> list[str]:
        """The lines of the next row: up to where its quotes are closed."""
        lines, is_open, size = [self.line()], False, 0
        while lines[-1]:
            is_open ^= lines[-1].count('"') % 2 == 1
            size += len(lines[-1])
            if not is_open or len(lines) > _MAX_LINES or size > MAX_ROW_BYTES:
                return lines
            lines.append(self.line())
        return lines[:-1]

    def raw(self, lines: list[str]) -> bytes:
        """The bytes of the header and of these lines: a table of one row, which can be read again."""
        return self.bytes_of("".join([self.header, *lines]))

    def bytes_of(self, text: str) -> bytes:
        errors = "surrogatepass" if self.encoding.startswith("utf-16") else "surrogateescape"
        return text.encode(self.encoding, errors)


def read_delimited(opened: Opened) -> Iterator[RawItem]:
    """The rows below the header, `#` with their number from 1 behind the origin."""
    csv.field_size_limit(MAX_ROW_BYTES)  # of the process; csv has no other, and stops at 131,072 without it
    table = _open(opened)
    opened.fields.check(opened.origin, table.names)
    number = 0
    while lines := table.record():
        if any(line.strip() for line in lines):
            number += 1
            yield _row(opened, f"{opened.origin}#{number}", table, lines)


def table_rows(origin: str, raw: bytes, fields: FieldMap, default: Carrier) -> RawItem | None:
    """The one row of a rejected table again, under its own origin."""
    opened = Opened(origin, origin, io.BufferedReader(io.BytesIO(raw), HEAD_BYTES), default, fields)
    table = _open(opened)
    lines = table.record()
    return _row(opened, origin, table, lines) if lines else None


def _open(opened: Opened) -> _Table:
    encoding = _encoding(opened)
    errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
    table = _Table(io.TextIOWrapper(opened.stream, encoding, errors, newline=""), encoding)
    table.header = "".join(table.record())
    table.delimiter = delimiter_of(table.header)
    table.names = [name.strip("\ufeff ") for name in next(iter(_parse(table.header, table.delimiter)), [])]
    return table


def delimiter_of(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _encoding(opened: Opened) -> str:
    head = cast("io.BufferedReader", opened.stream).peek(HEAD_BYTES)[:HEAD_BYTES]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    found = decode(head[: head.rfind(b"\n") + 1 or len(head)])
    return "utf-8" if isinstance(found, Rejection) else found.encoding.replace("utf-8-sig", "utf-8")


def _row(opened: Opened, origin: str, table: _Table, lines: list[str]) -> RawItem:
    """One that is wrong over several lines is given up for its first line: the others are rows, after a stray quote."""
    row = _checked(table, lines)
    if isinstance(row, Rejection) and len(lines) > 1:
        table.returned.extendleft(reversed(lines[1:]))
        lines = lines[:1]
    if isinstance(row, Rejection):
        return bad_row(origin, table.raw(lines), MEDIA_TYPE, opened.fields, opened.carrier, row)
    named = dict(zip(table.names, row, strict=True))
    return row_item(origin, named, table.raw(lines), MEDIA_TYPE, opened.fields, opened.carrier)


def _checked(table: _Table, lines: list[str]) -> list[str] | Rejection:
    text = "".join(lines)
    if _UNDECODED.search(text):
        return Rejection("bad_row", f"its bytes are not {table.encoding}")
    try:
        rows = list(_parse(text, table.delimiter))
    except csv.Error as error:
        return Rejection("bad_row", printable_error(error))
    if len(rows) != 1 or len(rows[0]) != len(table.names):
        return Rejection("bad_row", f"{len(rows[0]) if rows else 0} values; the header names {len(table.names)}")
    return rows[0]


def _parse(text: str, delimiter: str) -> Iterator[list[str]]:
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
