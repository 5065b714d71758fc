"""Reading seeds/reference: CSV files in which one row is one fact, with errors that name file and line."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from etl.errors import ReferenceDataError


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line by column, and where they stand: 'sources.csv:12'."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, message: str) -> ReferenceDataError:
        return ReferenceDataError(f"{self.where}: {message}")


def read_rows(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """All rows of the file. Raises ReferenceDataError for other columns than `columns`, a line that has more or fewer
    cells, or a file that cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            if tuple(next(reader, ())) != columns:
                raise ReferenceDataError(f"{path.name}:1: the header must be {','.join(columns)}")
            return [_row(f"{path.name}:{reader.line_num}", columns, cells) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReferenceDataError(f"{path}: {error}") from error


def _row(where: str, columns: tuple[str, ...], cells: list[str]) -> Row:
    if len(cells) != len(columns):
        raise ReferenceDataError(f"{where}: {len(cells)} cells instead of {len(columns)}")
    return Row(where, dict(zip(columns, cells, strict=True)))
