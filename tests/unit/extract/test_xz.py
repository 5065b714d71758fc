"""xz: every stream of a file, damage, and the limit on memory."""

from __future__ import annotations

import io
import lzma

import pytest

from etl.extract import xz
from etl.extract.opened import LimitExceeded
from etl.extract.xz import XzReader

TEXT = "Мост открыт. ".encode() * 20_000


def rest_of(reader: XzReader, size: int = 10_000) -> bytes:
    return b"".join(iter(lambda: reader.read(size), b""))


def read_all(content: bytes, size: int = 10_000) -> bytes:
    return rest_of(XzReader(io.BytesIO(content)), size)


@pytest.mark.parametrize("size", [1_000, 1 << 20])
def test_streams_are_read_one_after_the_other(size: int) -> None:
    packed = lzma.compress(TEXT)
    assert read_all(packed + bytes(8) + packed + bytes(4), size) == TEXT * 2


def test_stream_that_is_cut_off_gives_what_came_before_and_an_error() -> None:
    reader = XzReader(io.BytesIO(lzma.compress(TEXT)[:-20]))
    assert TEXT.startswith(reader.read(100))
    with pytest.raises(EOFError, match="cut off"):
        rest_of(reader)


def test_what_is_no_stream_is_an_error() -> None:
    with pytest.raises(lzma.LZMAError):
        read_all(lzma.compress(TEXT) + b"garbage behind it")


def test_stream_that_asks_for_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = lzma.compress(TEXT, preset=9)
    assert read_all(packed) == TEXT
    monkeypatch.setattr(xz, "MAX_MEMORY", 32 * 1024 * 1024)
    with pytest.raises(LimitExceeded, match="33,554,432 bytes of memory"):
        read_all(packed)
