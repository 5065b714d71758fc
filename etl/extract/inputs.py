"""What a user names as inputs: files and folders, `-` for standard input, and addresses of object stores."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from etl.errors import UsageError
from etl.extract import remote
from etl.extract.fields import BY_NAME, FieldMap
from etl.extract.files import check_paths, count_files, read_files
from etl.extract.formats import read_opened
from etl.extract.item import Carrier, RawItem
from etl.extract.opened import Metered, Opened, buffered

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of one load. Raises UsageError for one that is none."""

    names: tuple[str, ...]
    fields: FieldMap = BY_NAME

    def __post_init__(self) -> None:
        _ = self.fields.given
        check_paths(self.paths)
        for url in self._remote:
            remote.check(url)
        if self.names.count(STANDARD_INPUT) and sys.stdin.isatty():
            raise UsageError("- reads from standard input, and nothing is piped into it")

    @property
    def paths(self) -> list[Path]:
        return [Path(name) for name in self.names if name != STANDARD_INPUT and not remote.is_remote(name)]

    @property
    def _remote(self) -> list[str]:
        return [name for name in self.names if remote.is_remote(name)]

    def count(self) -> int | None:
        """How many articles there are; None where only reading tells."""
        return count_files(self.paths) if len(self.paths) == len(self.names) else None

    def items(self, default: Carrier) -> Iterator[RawItem]:
        yield from read_files(self.paths, default, self.fields)
        for url in self._remote:
            yield from remote.read_remote(url, default, self.fields)
        if STANDARD_INPUT in self.names:
            yield from read_stream(sys.stdin.buffer, default, self.fields)


def read_stream(stream: BinaryIO, default: Carrier, fields: FieldMap = FieldMap()) -> Iterator[RawItem]:
    """The articles in a pipe, its format told by its content.

    A pipe has no name: the origin of each is `-:` with the beginning of its fingerprint, so that the same text piped
    twice is one article, and another text never replaces it.
    """
    for item in read_opened(Opened(STANDARD_INPUT, "", buffered(Metered(stream)), default, fields)):
        yield replace(item, origin=f"-:{item.fingerprint.hex()[:20]}")
