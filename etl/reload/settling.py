"""Files that may still be written: they are read once they stopped changing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import NamedTuple

Stamp = tuple[int, int, int]
"""Size, time of the last change and inode of a file."""


class _Watched(NamedTuple):
    stamp: Stamp | None
    first: float  # when it was noticed
    since: float  # when it was last seen to differ


class Due(NamedTuple):
    """A path that stopped changing, and how many seconds ago it was noticed first."""

    path: Path
    age: float


class Settling:
    """Paths seen to change, from any thread. seconds: how long one must stay as it is.

    clock is monotonic; wall is the clock that stamps files, where there is a choice.
    """

    def __init__(
        self,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._seconds, self._clock, self._wall = seconds, clock, wall
        self._watched: dict[Path, _Watched] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._watched)

    def touch(self, paths: Iterable[Path]) -> None:
        """Note a change of these."""
        with self._lock:
            now = self._clock()
            for path in paths:
                known = self._watched.get(path)
                self._watched[path] = _Watched(_stamp(path), known.first if known else now, now)

    def accepts(self, path: Path) -> bool:
        """Whether a file found on a walk may be read now; else it is noted, and due later.

        Its own time stamp tells, so that a whole corpus is walked without waiting.
        """
        stamp = _stamp(path)
        if stamp is None or abs(self._wall() - stamp[1] / 1e9) >= self._seconds:
            return True
        self.touch([path])
        return False

    def due(self) -> list[Due]:
        """Take out those that stayed as they were for long enough, and those that are gone, which are not given."""
        taken: list[Due] = []
        with self._lock:
            now = self._clock()
            for path, known in [*self._watched.items()]:
                stamp = _stamp(path)
                if stamp is None:
                    del self._watched[path]
                elif stamp != known.stamp:
                    self._watched[path] = known._replace(stamp=stamp, since=now)
                elif now - known.since >= self._seconds:
                    del self._watched[path]
                    taken.append(Due(path, now - known.first))
        return sorted(taken)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - once for every file of a corpus
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
