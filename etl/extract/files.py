"""Files and folders to raw items, streaming and in a stable order. A new format gets a module and a row in FORMATS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.errors import UsageError
from etl.extract.carrier import CarrierError, combine, is_carrier, read_manifest, read_sidecar
from etl.extract.item import Carrier, RawItem, Rejection

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
    ".xml": "application/xml",
    ".warc": "application/warc",
    ".gz": "application/gzip",
    ".zip": "application/zip",
}
"""Media type by file suffix. What is not listed is taken for text: the bytes tell whether it is."""

READ = frozenset({"text/plain"})
"""The media types that are read. Any other is rejected as unsupported_format, so that nothing is passed over."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file on the way, with what its folder's manifest says about it and what is already wrong with it."""

    path: Path
    carrier: Carrier | None = None
    problem: Rejection | None = None


def check_paths(paths: list[Path]) -> list[Path]:
    """The absolute paths, without those that lie in another one. Raises UsageError for one that does not exist."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    absolute = sorted({Path(os.path.abspath(path)) for path in paths})  # noqa: PTH100 - resolve() would follow links
    return [path for path in absolute if not any(parent in absolute for parent in path.parents)]


def count_files(paths: list[Path]) -> int:
    return sum(1 for _ in _walk(check_paths(paths)))


def read_files(paths: list[Path], default: Carrier) -> Iterator[RawItem]:
    """Every file under `paths`, one item each; `default` fills what a sidecar or manifest does not say."""
    for found in _walk(check_paths(paths)):
        yield _read(found, default)


def _walk(paths: list[Path]) -> Iterator[_Found]:
    for path in paths:
        if path.is_dir():
            yield from _tree(path)
        else:
            yield from (found for found in _folder(path.parent) if found.path == path)


def _tree(root: Path) -> Iterator[_Found]:
    closed: list[OSError] = []
    for folder, subfolders, _ in os.walk(root, onerror=closed.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from _folder(Path(folder))
    yield from (_Found(Path(error.filename), problem=_unreadable(error)) for error in closed)


def _unreadable(error: OSError) -> Rejection:
    return Rejection("unreadable", error.strerror or str(error))


def _folder(folder: Path) -> Iterator[_Found]:
    """The files of one folder by name, and the files that its manifest names and that are not there."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file() and not is_carrier(entry.name))
        manifest = read_manifest(folder)
    except CarrierError as error:
        yield from (_Found(folder / name, problem=error.rejection()) for name in names if name[0] != ".")
    except OSError as error:
        yield _Found(folder, problem=_unreadable(error))
    else:
        yield from (_Found(folder / name, manifest.pop(name, None)) for name in names if name[0] != ".")
        gone = Rejection("unreadable", "named in manifest.csv, but not there")
        yield from (_Found(folder / name, carrier, gone) for name, carrier in manifest.items())


def _read(found: _Found, default: Carrier) -> RawItem:
    path, problem, said = found.path, found.problem, combine(found.carrier, default)
    origin = os.fsencode(path).decode("utf-8", "backslashreplace")
    media_type = FORMATS.get(path.suffix.lower(), "text/plain")
    try:
        said = combine(read_sidecar(path), said)
    except CarrierError as error:
        problem = error.rejection()
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_KEPT_BYTES else b""
    except OSError as error:
        problem = problem or _unreadable(error)
        return RawItem(origin, b"", media_type, said, problem)
    return RawItem(origin, content, media_type, said, problem or format_problem(size, media_type), size)


def format_problem(size: int, media_type: str) -> Rejection | None:
    """Why an input of `size` bytes in this format is not even looked into; None when it is."""
    if size > MAX_ARTICLE_BYTES:
        return Rejection("too_large", f"{size:,} bytes; an article has at most {MAX_ARTICLE_BYTES:,}")
    if media_type not in READ:
        return Rejection("unsupported_format", f"{media_type} is not read yet")
    return None
