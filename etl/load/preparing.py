"""Where inputs are normalised: in this process while they are few, in worker processes once they are many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING

from etl.extract.item import RawItem
from etl.load.encode import Encoder
from etl.load.prepare import prepare_all
from etl.load.workers import Result, Setup, Workers
from etl.normalize.article import Vetoes
from etl.resources import REFERENCE

if TYPE_CHECKING:
    from etl.normalize.normalizer import Normalizer

FEW = 600
"""Inputs that one process has read by the time that others would have started (docs/performance.md)."""


@dataclass(slots=True, eq=False)
class Work:
    """Inputs to prepare. `future` is None as long as no worker has them."""

    items: Sequence[RawItem]
    future: Future[list[Result]] | None = None


@dataclass(frozen=True, slots=True)
class Processes:
    """How many processes normalise; 1 is this one. They start once there are more than `few` inputs."""

    count: int = 1
    few: int = 0

    @classmethod
    def automatic(cls) -> Processes:
        """One a core that this process may use."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return cls(cores, FEW)


class Preparing:
    """Takes batches in their order and gives their results when asked."""

    def __init__(self, setup: Setup, processes: Processes, normalizer: Normalizer | None) -> None:
        self.vetoes: Vetoes = frozenset()  # those that are known by now; later batches are read without them
        self._setup = setup
        self._processes = processes
        self._normalizer = normalizer
        self._encoder = Encoder(setup.types, setup.stamp)
        self._workers: Workers | None = None
        self._held: list[Work] = []
        self._seen = 0
        self._stack = ExitStack()

    @property
    def ahead(self) -> int:
        """How many batches are best under way beside the one that is written."""
        return 2 * self._processes.count if self._processes.count > 1 else 0

    def submit(self, items: Sequence[RawItem]) -> Work:
        work = Work(items)
        self._seen += len(items)
        if items and self._processes.count > 1:
            self._held.append(work)
            if self._seen > self._processes.few:
                self._hand_out()
        return work

    def result(self, work: Work) -> list[Result]:
        """What came of the inputs, in their order."""
        if work.future:
            return work.future.result()
        if work in self._held:
            self._held.remove(work)
        prepared = prepare_all(work.items, self._rules(), self._setup.stamp.now)
        return [self._encoder.encode(one) for one in prepared]

    def __enter__(self) -> Preparing:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def _hand_out(self) -> None:
        if self._workers is None:
            self._workers = self._stack.enter_context(Workers(self._processes.count, self._setup))
        for work in self._held:
            work.future = self._workers.submit(work.items, self.vetoes)
        self._held.clear()

    def _rules(self) -> Normalizer:
        """Loaded with the first input that needs them: an unchanged corpus needs none."""
        if self._normalizer is None:
            from etl.normalize.normalizer import Normalizer  # a third of a second that an unchanged corpus is spared

            self._normalizer = Normalizer.load(REFERENCE)
        if self._normalizer.vetoes is not self.vetoes:
            self._normalizer = replace(self._normalizer, vetoes=self.vetoes)
        return self._normalizer
