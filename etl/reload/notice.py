"""Noticing what changes below the inputs' folders, as the system tells it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, watch

from etl.reload.inputs import NamedInput
from etl.reload.settling import Settling

log = logging.getLogger(__name__)

_YIELD_MILLISECONDS = 500  # how often it is looked whether a watched folder is still the same one
_GROUP_MILLISECONDS = 200  # changes that come together are told together
_PAUSE = 1.0  # seconds between two looks for folders that are not there

Roots = dict[Path, tuple[int, int]]
"""What is watched, by device and inode: a folder that was made anew under its old name is another one."""


class Notice:
    """Watches until `stop`; each changed path goes to `settling`.

    on_watching: called with the inputs whose folders began to be watched: whatever changed before was not noticed.
    """

    def __init__(
        self,
        inputs: Iterable[NamedInput],
        settling: Settling,
        stop: threading.Event,
        on_watching: Callable[[NamedInput], None],
    ) -> None:
        self._inputs = [*inputs]
        self._settling, self._stop, self._on_watching = settling, stop, on_watching
        self._warned = ""

    def run(self) -> None:
        watched: Roots = {}
        while not self._stop.is_set():
            roots = self._roots()
            try:
                if roots:
                    self._watch(roots, watched)
                watched = roots
            except Exception as error:  # the system's limit of watches, a folder that went away at this moment
                self._warn(str(error))
                watched = {}
            self._stop.wait(_PAUSE)

    def _warn(self, words: str) -> None:
        """Once, as long as nothing else is wrong."""
        if words != self._warned:
            log.warning("changes of files are not noticed now (%s); schedules are kept", words)
            self._warned = words

    def _watch(self, roots: Roots, before: Roots) -> None:
        """Until the process stops or another set of folders is to be watched."""
        is_first = True
        for changes in watch(
            *roots,
            watch_filter=_is_interesting,
            debounce=_GROUP_MILLISECONDS,
            stop_event=self._stop,
            rust_timeout=_YIELD_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if is_first:
                self._tell(roots, before)
                is_first = False
            if changes:
                self._settling.touch({Path(path) for _, path in changes})
            if self._roots() != roots:
                return

    def _tell(self, roots: Roots, before: Roots) -> None:
        for one in self._inputs:
            base = one.base()
            if base in roots and roots[base] != before.get(base):
                self._on_watching(one)

    def _roots(self) -> Roots:
        found: Roots = {}
        for base in {one.base() for one in self._inputs}:
            try:
                stat = os.stat(base)  # noqa: PTH116
            except OSError:
                continue
            found[base] = (stat.st_dev, stat.st_ino)
        return found


def _is_interesting(change: Change, path: str) -> bool:
    """Not what went away: its articles stay. Of folders only new ones: they may have come with files in them."""
    if change is Change.deleted or Path(path).name.startswith("."):
        return False
    return change is Change.added or not os.path.isdir(path)  # noqa: PTH112


class Owners:
    """Which input a path belongs to, by what stands there at this moment."""

    def __init__(self, inputs: Iterable[NamedInput]) -> None:
        self._inputs = [(one, one.base(), frozenset(one.roots())) for one in inputs]

    def of(self, path: Path) -> NamedInput | None:
        """The first input that holds the path; None for a hidden one and for what no pattern matches."""
        for one, base, roots in self._inputs:
            if path in roots or not roots.isdisjoint(path.parents):
                is_hidden = any(part.startswith(".") for part in path.relative_to(base).parts)
                return None if is_hidden else one
        return None
