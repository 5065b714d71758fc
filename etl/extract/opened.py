"""An input on its way through the readers: its bytes as a stream, and the limits that hold for all it unpacks to."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Protocol

from etl.extract.fields import BY_NAME, FieldMap
from etl.extract.item import Carrier, RawItem, Rejection

MAX_DEPTH = 4  # containers within each other: a page in a WARC in a gzip in a zip
MAX_MEMBERS = 1_000_000  # of one archive
MAX_UNPACKED = 1 << 40  # bytes in all: a year of a large newsroom is a hundredth of it
MAX_RATIO = 250  # news packs 3 to 10 times, logs of one line 100; deflate's bombs 1,000, others more
_FREE_BYTES = 16 * 1024 * 1024  # below them nothing is a bomb
HEAD_BYTES = 64 * 1024


class LimitExceeded(Exception):
    """A container unpacks to more than is allowed. The message says which limit and what it is."""


class Readable(Protocol):
    """What gives bytes in order."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Budget:
    """What one outermost input may still unpack to."""

    bytes_left: int = MAX_UNPACKED
    members_left: int = MAX_MEMBERS

    def spend(self, count: int) -> None:
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise LimitExceeded(f"it unpacks to over {MAX_UNPACKED:,} bytes")

    def open_member(self) -> None:
        self.members_left -= 1
        if self.members_left < 0:
            raise LimitExceeded(f"it holds over {MAX_MEMBERS:,} members")


class Metered(io.RawIOBase):
    """A stream that counts what it gives, and stops a bomb: `packed` tells the bytes that were read for it so far."""

    def __init__(self, inner: Readable, budget: Budget | None = None, packed: Callable[[], int] | None = None) -> None:
        self._read = getattr(inner, "read1", inner.read)  # read() loses what it has when what follows is damaged
        self._budget, self._packed = budget, packed
        self.damage: Exception | None = None
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io passes
        """Fills the buffer as far as there are bytes: a decompressor may give a few at a time. Damage is
        an end here, for buffered readers drop what they hold when they meet an error: `damage` tells afterwards."""
        filled = 0
        try:
            while not self.damage and filled < len(buffer) and (some := self._read(len(buffer) - filled)):
                buffer[filled : filled + len(some)] = some
                filled += len(some)
        except LimitExceeded:
            raise
        except Exception as error:  # of any decompressor
            self.damage = error
        self.count += filled
        if self._budget:
            self._budget.spend(filled)
        if self._packed and self.count > _FREE_BYTES and self.count > MAX_RATIO * max(self._packed(), 1):
            raise LimitExceeded(f"it unpacks to over {MAX_RATIO} times its size")
        return filled


@dataclass(frozen=True, slots=True)
class Opened:
    """An input whose stream stands at its beginning.

    name: what tells the format: the last part of the path, without the suffixes of what was unpacked already.
    carrier: what stands beside it; said of every article in it. depth: of containers around it.
    """

    origin: str
    name: str
    stream: BinaryIO
    carrier: Carrier
    fields: FieldMap = BY_NAME
    budget: Budget = field(default_factory=Budget)
    depth: int = 0
    meter: Metered | None = None

    @property
    def damage(self) -> Rejection | None:
        """Why its stream ended before its end, once it has been read."""
        error = self.meter.damage if self.meter else None
        return Rejection("unreadable", f"damaged: {type(error).__name__}: {error}"[:300]) if error else None

    def inside(self, origin: str, name: str, stream: Readable, packed: Callable[[], int]) -> Opened:
        """What lies in this container."""
        if self.depth >= MAX_DEPTH:
            raise LimitExceeded(f"over {MAX_DEPTH} containers within each other")
        meter = Metered(stream, self.budget, packed)
        return replace(self, origin=origin, name=name, stream=buffered(meter), depth=self.depth + 1, meter=meter)

    def broken(self, media_type: str, problem: Rejection, origin: str | None = None) -> RawItem:
        """The item that says what is wrong with it; its bytes stay where they are."""
        return RawItem(origin or self.origin, b"", media_type, self.carrier, problem, None)


def buffered(raw: io.RawIOBase) -> BinaryIO:
    return io.BufferedReader(raw, HEAD_BYTES)
