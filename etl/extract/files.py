"""Files and folders to raw items, streaming and in a stable order. A new format gets a module and a row in FORMATS."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from etl.errors import UsageError
from etl.extract.carrier import CarrierError, combine, is_carrier, printable, read_manifest, read_sidecar
from etl.extract.feed import feed_file_items, is_feed
from etl.extract.item import LISTING, Carrier, RawItem, Rejection

MAX_ARTICLE_BYTES = 8 * 1024 * 1024  # a thousand times an article; also keeps a batch small in memory
MAX_KEPT_BYTES = 64 * 1024 * 1024  # a rejected input up to this size is kept whole

FORMATS = {
    "": "text/plain",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".log": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
    ".xml": LISTING,
    ".rss": LISTING,
    ".atom": LISTING,
    ".warc": "application/warc",
    ".gz": "application/gzip",
    ".zip": "application/zip",
}
"""Media type by file suffix. What is not listed is taken for text: the bytes tell whether it is."""

READ = frozenset({"text/plain", "text/html"})
"""The media types that are read. Any other is rejected as unsupported_format, so that nothing is passed over."""

Accept = Callable[[Path], bool]
"""Whether a file is to be read now."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file on the way, with what its folder's manifest says about it and what is already wrong with it."""

    path: Path
    carrier: Carrier | None = None
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


def count_files(paths: list[Path]) -> int:
    return sum(1 for _ in _walk(check_paths(paths)))


def read_files(paths: list[Path], default: Carrier, accept: Accept = lambda _: True) -> Iterator[RawItem]:
    """Every file under `paths` that `accept` takes, one item each, a feed's entries one each; `default` fills what a
    sidecar or manifest does not say."""
    for found in _walk(check_paths(paths)):
        if not accept(found.path):
            continue
        item = _read(found, default)
        if item.media_type == LISTING and is_feed(item.content) and not _is_carrier_bad(item):
            yield from feed_file_items(item)
        else:
            yield item


def _is_carrier_bad(item: RawItem) -> bool:
    return item.problem is not None and item.problem.reason_code == "bad_carrier"


def _walk(paths: list[Path]) -> Iterator[_Found]:
    """Folders as they come; files named one by one grouped by their folder, whose manifest is read once."""
    for parent, group in groupby(paths, key=lambda path: None if path.is_dir() else path.parent):
        if parent is None:
            yield from (found for root in group for found in _tree(root))
        else:
            yield from _folder(parent, {path.name for path in group})


def _tree(root: Path) -> Iterator[_Found]:
    closed: list[OSError] = []
    for folder, subfolders, _ in os.walk(root, onerror=closed.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from _folder(Path(folder))
    yield from (_Found(Path(error.filename), problem=_unreadable(error)) for error in closed)


def _folder(folder: Path, named: set[str] | None = None) -> Iterator[_Found]:
    """The files of one folder by name, or those of them that were `named`, and the files that its manifest names and
    that are not there. Hidden files count only where they were named."""
    try:
        names = sorted(named) if named else _listed(folder)
        manifest = read_manifest(folder)
    except CarrierError as error:
        yield from (_Found(folder / name, problem=error.rejection()) for name in names)
    except OSError as error:
        yield _Found(folder, problem=_unreadable(error))
    else:
        yield from (_Found(folder / name, manifest.pop(name, None), _link_problem(folder / name)) for name in names)
        if not named:
            gone = Rejection("unreadable", "named in manifest.csv, but not there")
            yield from (_Found(folder / name, carrier, gone) for name, carrier in manifest.items())


def _listed(folder: Path) -> list[str]:
    """Files, and links that lead to no file: a folder behind a link is not walked, so it is said to be there."""
    with os.scandir(folder) as entries:
        return sorted(
            entry.name
            for entry in entries
            if (entry.is_symlink() or entry.is_file()) and not entry.name.startswith(".") and not is_carrier(entry.name)
        )


def _link_problem(path: Path) -> Rejection | None:
    if path.is_symlink() and not path.is_file():
        return Rejection("unreadable", "a link to a folder, which is not followed" if path.is_dir() else "a dead link")
    return None


def _unreadable(error: OSError) -> Rejection:
    return Rejection("unreadable", error.strerror or str(error))


def _read(found: _Found, default: Carrier) -> RawItem:
    path, problem, said = found.path, found.problem, combine(found.carrier, default)
    origin = printable(os.fsdecode(path))
    media_type = FORMATS.get(path.suffix.lower(), "text/plain")
    try:
        said = combine(read_sidecar(path), said)
    except CarrierError as error:
        problem = error.rejection()
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            content = stream.read(min(size, MAX_KEPT_BYTES) + 1)  # asking for more would allocate as much, every time
            if size < len(content) <= MAX_KEPT_BYTES:  # it grew meanwhile
                content += stream.read(MAX_KEPT_BYTES + 1 - len(content))
            size = max(len(content), size)
    except OSError as error:
        return RawItem(origin, b"", media_type, said, problem or _unreadable(error))
    if len(content) <= MAX_KEPT_BYTES:
        size = len(content)  # not what the folder said: the file may grow while it is read
    else:
        content = b""
    return RawItem(origin, content, media_type, said, problem or format_problem(size, media_type), size)


def format_problem(size: int, media_type: str) -> Rejection | None:
    """Why an input of `size` bytes in this format is not even looked into; None when it is."""
    if size > MAX_ARTICLE_BYTES:
        return Rejection("too_large", f"{size:,} bytes; an article has at most {MAX_ARTICLE_BYTES:,}")
    if media_type not in READ:
        return Rejection("unsupported_format", f"{media_type} is not read yet")
    return None
