"""Containers: compressed files (gzip, bzip2, xz, zstd) and archives (zip, tar), read without unpacking to disk.

Names inside an archive are only names: they make origins (`dump.zip!/a/b.txt`) and tell formats; no path is opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from etl.extract.carrier import is_carrier, printable
from etl.extract.item import RawItem, Rejection
from etl.extract.opened import LimitExceeded, Metered, Opened, Readable, buffered
from etl.extract.xz import XzReader

Read = Callable[[Opened], Iterator[RawItem]]
MAX_HELD = 64 * 1024 * 1024  # of an archive that lies in another one, or comes through a pipe, and must be sought in
_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_PACKED = (".gz", ".bz2", ".xz", ".zst", ".gzip", ".zstd")
_BESIDE = Rejection("unsupported_format", "what stands beside files is not read in an archive: unpack it")


def read_compressed(opened: Opened, media_type: str, read: Read) -> Iterator[RawItem]:
    """What the one stream in a compressed file holds; a single article keeps the file's origin."""
    packed = Metered(opened.stream)
    stream = _decompressor(media_type, buffered(packed))
    yield from read(opened.inside(opened.origin, inner_name(opened.name), stream, lambda: packed.count))


def inner_name(name: str) -> str:
    for suffix, inner in (*_SUFFIXES.items(), *((suffix, "") for suffix in _PACKED)):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)] + inner
    return name


def _decompressor(media_type: str, packed: BinaryIO) -> Readable:
    if media_type == "application/gzip":
        import gzip

        return gzip.GzipFile(fileobj=packed)
    if media_type == "application/x-bzip2":
        import bz2

        return bz2.BZ2File(packed)
    if media_type == "application/x-xz":
        return XzReader(packed)
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed, read_across_frames=True)


def seekable(opened: Opened) -> BinaryIO:
    """Its stream, or its bytes in memory where the stream cannot be sought in."""
    if opened.depth == 0 and opened.stream.seekable():
        return opened.stream
    content = opened.stream.read(MAX_HELD + 1)
    if len(content) > MAX_HELD:
        raise LimitExceeded(f"an archive in a stream has at most {MAX_HELD:,} bytes")
    return io.BytesIO(content)


def read_zip(opened: Opened, read: Read) -> Iterator[RawItem]:
    """What the files in the archive hold, in the archive's order; each member stands alone, also a damaged one."""
    with zipfile.ZipFile(seekable(opened)) as archive:
        for member in archive.infolist():
            if member.is_dir() or _is_hidden(member.filename):
                continue
            opened.budget.open_member()
            yield from _zip_member(opened, archive, member, read)


def _zip_member(opened: Opened, archive: zipfile.ZipFile, member: zipfile.ZipInfo, read: Read) -> Iterator[RawItem]:
    origin = _member_origin(opened, member.filename)
    if member.flag_bits & 1:
        yield opened.broken("application/zip", Rejection("encrypted", "unpack it with its password"), origin)
        return
    try:
        stream = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        yield opened.broken("application/zip", Rejection("unreadable", printable(str(error))), origin)
        return
    with stream:
        yield from _member(opened, origin, member.filename, stream, lambda: member.compress_size, read)


def read_tar(opened: Opened, read: Read) -> Iterator[RawItem]:
    """What the regular files in the archive hold; links, devices and folders are none."""
    import tarfile

    source = Metered(opened.stream)
    with tarfile.open(fileobj=buffered(source), mode="r|") as archive:
        for member in archive:
            archive.members = []  # type: ignore[attr-defined]  # it would keep them all
            if not member.isreg() or _is_hidden(member.name):
                continue
            opened.budget.open_member()
            stream = archive.extractfile(member)
            if stream is not None:
                origin = _member_origin(opened, member.name)
                yield from _member(opened, origin, member.name, stream, lambda: source.count, read)


def _member(
    opened: Opened, origin: str, path: str, stream: Readable, packed: Callable[[], int], read: Read
) -> Iterator[RawItem]:
    name = path.replace("\\", "/").rpartition("/")[2]
    if is_carrier(name):
        yield opened.broken("application/octet-stream", _BESIDE, origin)
        return
    try:
        yield from read(opened.inside(origin, name, stream, packed))
    except LimitExceeded as error:
        if opened.budget.bytes_left < 0 or opened.budget.members_left < 0:
            raise
        yield opened.broken("application/octet-stream", Rejection("archive_limit", str(error)), origin)


def _member_origin(opened: Opened, path: str) -> str:
    return f"{opened.origin}!/{printable(path.lstrip('/'))}"


def _is_hidden(path: str) -> bool:
    """Hidden files, and what macOS puts into archives."""
    return any(part.startswith(".") and part not in (".", "..") for part in path.split("/")) or "__MACOSX" in path


def held(opened: Opened) -> Opened:
    """The input with a stream that can be sought in."""
    return replace(opened, stream=seekable(opened))
