"""JSON lines (.jsonl, .ndjson): an object a line, one line in memory at a time.

Not through pandas.read_json(lines=True, chunksize=…): one bad line ends its file, ids lose digits as floats, values
that look like dates are rewritten, and the bytes of a line are gone when it has to be rejected.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice

from etl.extract.fields import FieldMap
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.opened import Opened
from etl.extract.rows import MAX_ROW_BYTES, bad_row, printable_error, row_item

MEDIA_TYPE = "application/jsonl"
_SAMPLE = 10  # rows in which a mapped field must stand
_CHUNK = 1024 * 1024


def read_json_lines(opened: Opened) -> Iterator[RawItem]:
    """The rows of a file, `#` with the number of the line behind its origin. Empty lines are no rows."""
    lines = _lines(opened)
    first = list(islice(lines, _SAMPLE))
    if opened.fields.given:
        rows = [row for _, raw, _ in first if isinstance(row := parse(raw), dict)]
        opened.fields.check(opened.origin, (), rows)
    for number, raw, size in chain(first, lines):
        yield json_row(f"{opened.origin}#{number}", raw, opened.fields, opened.carrier, size)


def json_row(origin: str, raw: bytes, fields: FieldMap, default: Carrier, size: int | None = None) -> RawItem:
    """The article in one JSON object. `size`: of the whole row, where `raw` is not all of it."""
    if size is not None and size > len(raw):
        problem = Rejection("too_large", f"{size:,} bytes; a row has at most {MAX_ROW_BYTES:,}")
        return RawItem(origin, b"", MEDIA_TYPE, default, problem, size)
    row = parse(raw)
    if isinstance(row, dict):
        return row_item(origin, row, raw, MEDIA_TYPE, fields, default)
    return bad_row(origin, raw, MEDIA_TYPE, fields, default, row)


def parse(raw: bytes) -> dict[str, object] | Rejection:
    """The object, or why it is none."""
    try:
        value = json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return Rejection("bad_row", f"no JSON: {printable_error(error)}")
    return value if isinstance(value, dict) else Rejection("bad_row", f"no object, but {type(value).__name__}")


def _lines(opened: Opened) -> Iterator[tuple[int, bytes, int]]:
    """Number, bytes without the line's end, and size. Of a line that is too long the bytes are passed over."""
    number = 0
    while line := opened.stream.readline(MAX_ROW_BYTES + 2):
        number += 1
        if len(line) > MAX_ROW_BYTES + 1 and not line.endswith(b"\n"):
            size = len(line)
            while not line.endswith(b"\n") and (line := opened.stream.readline(_CHUNK)):
                size += len(line)
            yield number, b"", size
        elif line.strip():
            row = line.rstrip(b"\r\n")
            yield number, row, len(row)
