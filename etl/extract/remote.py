"""Object stores and other file systems (s3://, gs://, az://, sftp://, memory://) through fsspec: an extra.

`http://` and `https://` are no file systems: what is there is fetched politely, by etl.fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, RawIOBase
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from etl.errors import UsageError
from etl.extract.carrier import is_carrier, printable
from etl.extract.fields import FieldMap
from etl.extract.formats import read_opened
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.opened import Opened, buffered

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_ADDRESS = re.compile(r"(?!https?:|file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_BESIDE = Rejection("unsupported_format", "what stands beside files is not read there: copy the folder")


def is_remote(name: str) -> bool:
    return bool(_ADDRESS.match(name))


def require(url: str) -> None:
    """Raise UsageError where addresses of this kind cannot be read here. Asks no network, and repeats no login."""
    if "@" in urlsplit(url).netloc:
        raise UsageError("an address with a login in it is not read: it would be stored; configure the store's client")
    try:
        from fsspec import get_filesystem_class
    except ImportError:
        raise UsageError(f"{url} needs an extra; run: pip install 'newshouse[remote]'") from None
    try:
        get_filesystem_class(urlsplit(url).scheme)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url} cannot be read: {error}") from None


def check(url: str) -> None:
    """Raise UsageError where `url` cannot be read."""
    file_system, path = _connect(url)
    try:
        is_there = file_system.exists(path)
    except Exception as error:  # each store has errors of its own
        raise UsageError(f"{url} cannot be reached: {type(error).__name__}: {error}") from None
    if not is_there:
        raise UsageError(f"no such file or folder: {url}")


def read_remote(url: str, default: Carrier, fields: FieldMap = FieldMap()) -> Iterator[RawItem]:
    """The articles in every file under `url`, by name; the origin is the file's address."""
    file_system, path = _connect(url)
    for one in sorted(file_system.find(path)):
        name = one.rpartition("/")[2]
        if not name.startswith("."):
            origin = printable(str(file_system.unstrip_protocol(one)))
            yield from _read(file_system, one, Opened(origin, name, BytesIO(), default, fields))


def _read(file_system: AbstractFileSystem, path: str, opened: Opened) -> Iterator[RawItem]:
    if is_carrier(opened.name):
        yield opened.broken("application/octet-stream", _BESIDE)
        return
    try:
        stream = file_system.open(path, "rb")
    except Exception as error:  # as above
        yield opened.broken("application/octet-stream", Rejection("unreadable", f"{type(error).__name__}: {error}"))
        return
    with stream:
        yield from read_opened(replace(opened, stream=buffered(cast("RawIOBase", stream))))


def _connect(url: str) -> tuple[AbstractFileSystem, str]:
    require(url)
    from fsspec.core import url_to_fs

    try:
        file_system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url} cannot be read: {error}") from None
    return file_system, path
