"""Tables in binary files: Parquet through pyarrow's batches, Excel (.xlsx) through openpyxl's read-only sheets.

pandas.read_excel and pandas.read_parquet hold the whole file, and turn ids with a gap into floats; these readers hold
a few hundred rows and keep every value as it is stored. A rejected row is kept as a JSON object of its values.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from etl.extract.fields import FieldMap
from etl.extract.item import RawItem
from etl.extract.json_lines import MEDIA_TYPE
from etl.extract.opened import MAX_RATIO, LimitExceeded, Opened
from etl.extract.rows import row_item

_BATCH_ROWS = 256
_SMALL = 64 * 1024 * 1024  # unpacked XML of a workbook that is no bomb whatever its ratio
_MAX_WORKBOOK = 4 * 1024 * 1024 * 1024
_FIRST_DAY, _LAST_DAY = 20_000, 80_000  # of Excel: from 1954 to 2119


def read_parquet(opened: Opened) -> Iterator[RawItem]:
    """The rows, `#` with their number from 1 behind the origin."""
    import pyarrow.parquet as pq  # a tenth of a second

    file = pq.ParquetFile(opened.stream, pre_buffer=False)
    opened.fields.check(opened.origin, file.schema_arrow.names)
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS):
        for row in batch.to_pylist():
            number += 1
            yield _item(opened, f"{opened.origin}#{number}", row)


def read_workbook(opened: Opened) -> Iterator[RawItem]:
    """The rows below each sheet's first, `#Sheet!2` with the row's number in the sheet behind the origin."""
    from openpyxl import load_workbook

    _check_size(opened)
    book = load_workbook(opened.stream, read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its size may be wrong
        names: list[str] = []
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            if names and any(value is not None for value in values):
                row = _dated(_named(names, values), opened.fields, book.epoch)
                yield _item(opened, f"{opened.origin}#{sheet.title}!{number}", row)
            elif not names and any(value is not None for value in values):
                names = ["" if value is None else str(value).strip() for value in values]
                opened.fields.check(opened.origin, names)


def _named(names: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    """Cells without a name above them are no fields."""
    return {name: value for name, value in zip(names, values, strict=False) if name}


def _dated(row: dict[str, object], fields: FieldMap, epoch: datetime) -> dict[str, object]:
    """A date in a cell that is not formatted as one is the number of days since the workbook's epoch."""
    from openpyxl.utils.datetime import from_excel

    name = fields.resolve(row).get("published", "")
    days = row.get(name)
    if isinstance(days, int | float) and _FIRST_DAY <= days < _LAST_DAY:
        return {**row, name: from_excel(days, epoch)}
    return row


def _item(opened: Opened, origin: str, row: Mapping[str, object]) -> RawItem:
    raw = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    return row_item(origin, row, raw, MEDIA_TYPE, opened.fields, opened.carrier)


def _check_size(opened: Opened) -> None:
    with zipfile.ZipFile(opened.stream) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
        packed = sum(member.compress_size for member in archive.infolist())
    if unpacked > _MAX_WORKBOOK or (unpacked > _SMALL and unpacked > MAX_RATIO * packed):
        raise LimitExceeded(f"the workbook unpacks to {unpacked:,} bytes, from {packed:,}")
    opened.stream.seek(0)
