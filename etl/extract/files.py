"""Files and folders to raw items, streaming and in a stable order. What is in a file, etl.extract.formats says.

Paths are strings and a folder is listed once, sidecars included: with pathlib and a stat for each possible sidecar,
looking for a file cost six times as much as reading it.
"""

# ruff: noqa: PTH112, PTH118, PTH119 - os.path, for the reason above
from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import FileIO
from itertools import groupby
from os.path import basename, isdir, join
from pathlib import Path

from etl.errors import UsageError
from etl.extract.carrier import (
    SIDECAR_SUFFIX,
    CarrierError,
    combine,
    is_carrier,
    printable,
    read_manifest,
    read_sidecar,
    sidecar_names,
)
from etl.extract.fields import FieldMap
from etl.extract.formats import MAX_KEPT_BYTES, is_single, media_type_of, read_opened, single
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.opened import HEAD_BYTES, Opened, buffered

Accept = Callable[[Path], bool]
"""Whether a file is to be read now."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file on the way, with what its folder's manifest and sidecar say and what is already wrong with it."""

    path: str
    carrier: Carrier | None = None
    sidecar: str | None = None
    problem: Rejection | None = None


def check_paths(paths: list[Path]) -> list[Path]:
    """The absolute paths, without those that lie in another one. Raises UsageError for one that is no input."""
    for path in paths:
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            raise UsageError(f"no such file or folder: {printable(str(path))}") from None
        except OSError as error:
            raise UsageError(f"{printable(str(path))} cannot be reached: {error.strerror}") from None
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise UsageError(f"{printable(str(path))} is neither a file nor a folder")
    beside = [str(path) for path in paths if is_carrier(path.name) and path.is_file()]
    if beside:
        raise UsageError(f"{', '.join(beside)}: that speaks of inputs and is none; name the folder")
    absolute = {Path(os.path.abspath(path)) for path in paths}  # noqa: PTH100 - resolve() would follow links
    return sorted(path for path in absolute if absolute.isdisjoint(path.parents))


def count_files(paths: list[Path]) -> int | None:
    """The number of files; None where one of them holds any number of articles."""
    count = 0
    for found in _walk(check_paths(paths)):
        if not is_single(media_type_of(found.path, b"")):
            return None
        count += 1
    return count


def read_files(
    paths: list[Path], default: Carrier, fields: FieldMap = FieldMap(), accept: Accept = lambda _: True
) -> Iterator[RawItem]:
    """The articles in every file under `paths` that `accept` takes; `default` fills what a sidecar, a manifest or a
    row does not say."""
    for found in _walk(check_paths(paths)):
        if accept(Path(found.path)):
            yield from _read(found, default, fields)


def _walk(paths: list[Path]) -> Iterator[_Found]:
    """Folders as they come; files named one by one grouped by their folder, whose manifest is read once."""
    for parent, group in groupby(paths, key=lambda path: None if path.is_dir() else path.parent):
        if parent is None:
            yield from (found for root in group for found in _tree(str(root)))
        else:
            yield from _named(str(parent), sorted(path.name for path in group))


def _tree(root: str) -> Iterator[_Found]:
    """A folder's files by name, then its subfolders; at last the folders that could not be entered."""
    waiting, closed = [root], list[_Found]()
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            closed.append(_Found(folder, problem=_unreadable(error)))
            continue
        subfolders = [one for one in listed if one.is_dir(follow_symlinks=False) and not one.name.startswith(".")]
        waiting += [one.path for one in reversed(subfolders)]
        yield from _folder(folder, listed)
    yield from closed


def _folder(folder: str, listed: list[os.DirEntry[str]]) -> Iterator[_Found]:
    """The files of one folder by name, and those that its manifest names and that are not there.

    A link that leads to no file is said to be there: a folder behind a link is not walked.
    """
    files = [
        entry
        for entry in listed
        if not entry.name.startswith(".") and not is_carrier(entry.name) and (entry.is_symlink() or entry.is_file())
    ]
    sidecars = {entry.name for entry in listed if entry.name.endswith(SIDECAR_SUFFIX)}
    try:
        manifest = read_manifest(Path(folder))
    except CarrierError as error:
        yield from (_Found(entry.path, problem=error.rejection()) for entry in files)
        return
    for entry in files:
        sidecar = _sidecar(folder, entry.name, sidecars) if sidecars else None
        yield _Found(entry.path, manifest.pop(entry.name, None), sidecar, _link_problem(entry))
    gone = Rejection("unreadable", "named in manifest.csv, but not there")
    yield from (_Found(join(folder, name), carrier, None, gone) for name, carrier in manifest.items())


def _named(folder: str, names: list[str]) -> Iterator[_Found]:
    """Files that were named one by one, also hidden ones."""
    try:
        manifest = read_manifest(Path(folder))
    except CarrierError as error:
        yield from (_Found(join(folder, name), problem=error.rejection()) for name in names)
        return
    for name in names:
        beside = {one for one in sidecar_names(name) if os.path.lexists(join(folder, one))}
        yield _Found(join(folder, name), manifest.get(name), _sidecar(folder, name, beside))


def _sidecar(folder: str, name: str, there: set[str]) -> str | None:
    return next((join(folder, one) for one in sidecar_names(name) if one in there), None)


def _link_problem(entry: os.DirEntry[str]) -> Rejection | None:
    if not entry.is_symlink() or _is_file(entry):
        return None
    is_folder = isdir(entry.path)
    return Rejection("unreadable", "a link to a folder, which is not followed" if is_folder else "a dead link")


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _unreadable(error: OSError) -> Rejection:
    return Rejection("unreadable", error.strerror or str(error))


def _read(found: _Found, default: Carrier, fields: FieldMap) -> Iterator[RawItem]:
    origin, problem = printable(found.path), found.problem
    said = combine(found.carrier, default)
    try:
        said = combine(read_sidecar(Path(found.sidecar)), said) if found.sidecar else said
    except CarrierError as error:
        problem = error.rejection()
    try:
        stream = open(found.path, "rb", buffering=0)  # noqa: PTH123, SIM115 - str paths; closed below
    except OSError as error:
        yield RawItem(origin, b"", media_type_of(found.path, b""), said, problem or _unreadable(error))
        return
    with stream:
        try:
            head = stream.read(HEAD_BYTES)
            media_type = media_type_of(found.path, head)
            if problem or is_single(media_type):
                content, size = _whole(stream, head)
                yield _with_problem(single(origin, content, size, media_type, said), problem)
                return
            stream.seek(0)
        except OSError as error:
            yield RawItem(origin, b"", media_type_of(found.path, b""), said, problem or _unreadable(error))
            return
        yield from read_opened(Opened(origin, basename(found.path), buffered(stream), said, fields))


def _whole(stream: FileIO, head: bytes) -> tuple[bytes, int]:
    """The file that begins with `head`, and its size; b"" for the bytes of one that is too large to keep."""
    if len(head) < HEAD_BYTES:
        return head, len(head)
    size = os.fstat(stream.fileno()).st_size
    if size > MAX_KEPT_BYTES:
        return b"", size
    content = head + stream.readall()  # not what the folder said: the file may grow while it is read
    return content, len(content)


def _with_problem(item: RawItem, problem: Rejection | None) -> RawItem:
    return replace(item, problem=problem) if problem else item
