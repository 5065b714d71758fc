"""What stands beside a file: `NAME.meta.json`, or its row in the folder's `manifest.csv`.

Both may give url, source, title and published. A sidecar is about one file and wins over the manifest.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

from etl.extract.item import Carrier, Rejection

MANIFEST = "manifest.csv"
SIDECAR_SUFFIX = ".meta.json"
FIELDS = ("url", "source", "title", "published")
_LONGEST_VALUE = 1000  # characters; an index key of PostgreSQL holds no more than 2,700 bytes
_UNSTORABLE = re.compile("[\\0\ud800-\udfff]")  # no PostgreSQL text holds them


class CarrierError(ValueError):
    """A sidecar or manifest that cannot be trusted. The message names the file and what is wrong in it."""

    def rejection(self) -> Rejection:
        return Rejection("bad_carrier", printable(str(self)))


def printable(words: str) -> str:
    """`words` with what UTF-8 or PostgreSQL cannot hold written as escapes: file names may be any bytes."""
    return os.fsencode(words.replace("\0", "\\0")).decode("utf-8", "backslashreplace")


def _checked_value(value: str | None) -> str | None:
    """A stripped value, None for an empty one. Raises ValueError for one that no database column could hold."""
    value = value.strip() if value else ""
    if len(value) > _LONGEST_VALUE or _UNSTORABLE.search(value):
        raise ValueError(f"a value is no plain text of at most {_LONGEST_VALUE} characters: {value[:40]!r}")
    return value or None


def checked_carrier(said: Mapping[str, str | None]) -> Carrier:
    """What was said, stripped, empty values as None. Raises ValueError for what no column holds or is no address."""
    values = {field: _checked_value(value) for field, value in said.items()}
    url = values.get("url")
    if url and not url.lower().startswith(("http://", "https://")):
        raise ValueError(f"url is {url[:40]!r}; it must begin with http:// or https://")
    return Carrier(**values)


def is_carrier(name: str) -> bool:
    return name == MANIFEST or name.endswith(SIDECAR_SUFFIX)


def read_manifest(folder: Path) -> dict[str, Carrier]:
    """Carriers by file name; empty without a manifest. A row about a file of another folder is an error."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            carriers: dict[str, Carrier] = {}
            for row in _checked(path, reader):
                name, carrier = _manifest_row(path, reader.line_num, row)
                if name in carriers:
                    raise CarrierError(f"{path} line {reader.line_num}: {name} stands there twice; delete one")
                carriers[name] = carrier
            return carriers
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CarrierError(f"{path}: {error}") from error


def _checked(path: Path, reader: csv.DictReader[str]) -> csv.DictReader[str]:
    columns = reader.fieldnames or []
    if "file" not in columns or not set(columns) <= {"file", *FIELDS}:
        raise CarrierError(f"{path}: the columns must be file and any of {', '.join(FIELDS)}; found {columns}")
    return reader


def _manifest_row(path: Path, line: int, row: dict[str, str]) -> tuple[str, Carrier]:
    name = row.pop("file")
    if not name or Path(name).name != name or None in row.values() or None in row:
        raise CarrierError(f"{path} line {line}: one file name of this folder and one value a column are expected")
    try:
        return name, checked_carrier(row)
    except ValueError as error:
        raise CarrierError(f"{path} line {line}: {error}") from error


def sidecar_names(name: str) -> tuple[str, str]:
    """The names that a file's sidecar may have, the first one winning."""
    return os.path.splitext(name)[0] + SIDECAR_SUFFIX, name + SIDECAR_SUFFIX  # noqa: PTH122 - paths cost ten times more


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str | None) for value in values)


def read_sidecar(path: Path) -> Carrier:
    """What the sidecar at `path` says. Raises CarrierError."""
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise CarrierError(f"{path}: {error}") from error
    if not isinstance(said, dict) or not set(said) <= set(FIELDS) or not _are_texts(said.values()):
        raise CarrierError(f"{path}: expected an object with texts for any of {', '.join(FIELDS)}, and nothing else")
    try:
        return checked_carrier(said)
    except ValueError as error:
        raise CarrierError(f"{path}: {error}") from error


def combine(stronger: Carrier | None, weaker: Carrier) -> Carrier:
    """`weaker`, with everything that `stronger` says put over it."""
    if stronger is None:
        return weaker
    said = {field.name: value for field in fields(Carrier) if (value := getattr(stronger, field.name)) is not None}
    return replace(weaker, **said)
