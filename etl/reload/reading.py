"""The items of one input as a reload reads them: files that are still written later, what vanished meanwhile not."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from etl.errors import UsageError
from etl.extract import remote
from etl.extract.carrier import MANIFEST, SIDECAR_SUFFIX, is_carrier
from etl.extract.files import read_files
from etl.extract.item import RawItem, Rejection
from etl.reload.inputs import NamedInput
from etl.reload.settling import Settling

_PATIENCE = 30.0  # seconds that a reload waits for files that are being written
_LOOK = 0.1  # seconds between two looks at them


class Stopped(Exception):
    """The process is to end: what was read is loaded, nothing more is read."""


class Reading:
    """Iterates over the items until they end or `is_stopping` says so.

    seconds: spent on reading and fetching. problem: why the input itself, and not one of its articles, could not be
    read. is_cut: it was stopped before its end.
    """

    def __init__(self, location: str, items: Iterable[RawItem], is_stopping: Callable[[], bool] = lambda: False):
        self._location, self._items, self._is_stopping = location, items, is_stopping
        self.seconds = 0.0
        self.problem: Rejection | None = None
        self.is_cut = False

    def __iter__(self) -> Iterator[RawItem]:
        items = iter(self._items)
        while item := self._next(items):
            if item.problem and item.origin == self._location:
                self.problem = item.problem
            if not _has_vanished(item):
                yield item

    def _next(self, items: Iterator[RawItem]) -> RawItem | None:
        """Stopped before an item is taken, never after: what was taken may be remembered as fetched."""
        started = time.monotonic()
        try:
            if self._is_stopping():
                raise Stopped
            return next(items, None)
        except Stopped:
            self.is_cut = True
            return None
        finally:
            self.seconds += time.monotonic() - started


def file_items(named: NamedInput, settling: Settling, patience: float | None = None) -> Iterator[RawItem]:
    """All files of the input. Those that may still be written come last, once they stopped changing.

    patience: seconds to wait for them. What was not waited for stays in `settling`.
    """
    roots = named.roots()
    if roots:
        yield from read_files(roots, named.carrier, named.fields, settling.accepts)
    deadline = time.monotonic() + (_PATIENCE if patience is None else patience)
    while len(settling) and time.monotonic() < deadline:
        time.sleep(_LOOK)
        yield from changed_items(named, [due.path for due in settling.due()], settling)


def store_items(named: NamedInput) -> Iterator[RawItem]:
    """All files of a store. Raises UsageError where it cannot be reached."""
    remote.check(named.location)
    yield from remote.read_remote(named.location, named.carrier, named.fields)


def changed_items(named: NamedInput, paths: Iterable[Path], settling: Settling) -> Iterator[RawItem]:
    """The files at these paths. One that vanishes at this moment is no mistake: the rest is due again."""
    some = _with_articles(paths)
    try:
        if some:
            yield from read_files(some, named.carrier, named.fields, settling.accepts)
    except UsageError:
        settling.touch(some)


def _with_articles(paths: Iterable[Path]) -> list[Path]:
    """The paths, with each sidecar and manifest replaced by the files that it speaks of."""
    paths = sorted(paths)
    found = {path for path in paths if not is_carrier(path.name)}
    for folder, carriers in groupby((path for path in paths if is_carrier(path.name)), key=lambda path: path.parent):
        names = {path.name for path in carriers}
        found |= {folder / name for name in _files(folder) if _is_spoken_of(name, names)}
    return sorted(found)


def _is_spoken_of(name: str, carriers: set[str]) -> bool:
    beside = {name + SIDECAR_SUFFIX, Path(name).stem + SIDECAR_SUFFIX, MANIFEST}
    return not beside.isdisjoint(carriers)


def _files(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [
            one.name for one in entries if one.is_file() and not one.name.startswith(".") and not is_carrier(one.name)
        ]


def _has_vanished(item: RawItem) -> bool:
    """Whether its file went away between the look into the folder and the reading; its manifest does not name it."""
    problem = item.problem
    return problem is not None and (problem.reason_code, problem.detail) == ("unreadable", os.strerror(errno.ENOENT))
