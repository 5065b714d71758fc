"""xz with a limit on memory, which lzma.LZMAFile does not take: a header of 40 bytes may ask for 4 GB."""

from __future__ import annotations

import lzma
from typing import BinaryIO

from etl.extract.opened import LimitExceeded

MAX_MEMORY = 128 * 1024 * 1024  # bytes; `xz -9` asks for 65 MiB
_CHUNK = 64 * 1024


class XzReader:
    """The bytes of the streams in a file, one after the other. Raises LZMAError and EOFError for a damaged one,
    LimitExceeded for one that needs more memory."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._stream = _decompressor()

    def read(self, size: int, /) -> bytes:
        while True:
            if self._stream.eof and not self._next():
                return b""
            chunk = self._packed.read(_CHUNK) if self._stream.needs_input else b""
            if self._stream.needs_input and not chunk:
                raise EOFError("cut off")
            if some := self._unpacked(chunk, size):
                return some

    def _next(self) -> bool:
        """Begin the stream behind the one that ended and behind the zeros that may pad it; False at the file's end."""
        rest = self._stream.unused_data.lstrip(b"\0")
        while not rest:
            chunk = self._packed.read(_CHUNK)
            if not chunk:
                return False
            rest = chunk.lstrip(b"\0")
        self._stream = _decompressor()
        self._unpacked(rest, 0)
        return True

    def _unpacked(self, chunk: bytes, size: int) -> bytes:
        try:
            return self._stream.decompress(chunk, size)
        except lzma.LZMAError as error:
            if "limit" in str(error).lower():
                raise LimitExceeded(f"it needs over {MAX_MEMORY:,} bytes of memory to unpack") from None
            raise


def _decompressor() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(memlimit=MAX_MEMORY)
