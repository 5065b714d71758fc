"""Processes that normalise batches, and what happens when one of them dies.

Each process has a thread here that hands it one batch after the other and waits for the answer: so the pipes never
stand in each other's way, and it is known which batch a dead process had.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection as Pipe
from types import TracebackType

from etl.extract.item import RawItem, Rejection
from etl.load.encode import Encoded, Encoder, Types
from etl.load.rows import Stamp
from etl.normalize.article import Vetoes
from etl.resources import REFERENCE

log = logging.getLogger(__name__)

Result = Encoded | Rejection
_SIGNALS = {signal.SIGINT, signal.SIGTERM}  # Ctrl-C and a service manager reach the whole group; the parent decides


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process needs to prepare the inputs of one run."""

    types: Types
    stamp: Stamp


class _Died(Exception):
    """The process ended without an answer."""


class Workers:
    """`count` processes; each is started with its first batch."""

    def __init__(self, count: int, setup: Setup) -> None:
        resource_tracker.ensure_running()  # here: starting it would unblock the threads' signals again
        self._setup = setup
        self._local = threading.local()
        self._started: list[_Worker] = []
        self._is_closing = False
        self._threads = ThreadPoolExecutor(count, "newshouse-worker", _block_signals)

    def submit(self, items: Sequence[RawItem], vetoes: Vetoes) -> Future[list[Result]]:
        return self._threads.submit(self._prepare, items, vetoes, is_first=True)

    def close(self) -> None:
        """End the processes, in the middle of a batch if need be."""
        self._is_closing = True
        for worker in self._started:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._started:
            worker.join()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _prepare(self, items: Sequence[RawItem], vetoes: Vetoes, *, is_first: bool) -> list[Result]:
        """The answer for `items`. Where their process dies they are given to a new one, and where that dies too, in
        halves, down to the one input that is at fault: it is rejected, and stops nothing."""
        try:
            return self._worker().prepare(items, vetoes)
        except _Died as death:
            if self._is_closing:
                raise
            log.warning("%s; its %d inputs are given to another one", death, len(items))
        if is_first:
            return self._prepare(items, vetoes, is_first=False)
        if len(items) == 1:
            return [Rejection("rule_failure", "the process that read it died twice")]
        middle = len(items) // 2
        return [
            *self._prepare(items[:middle], vetoes, is_first=middle == 1),
            *self._prepare(items[middle:], vetoes, is_first=len(items) - middle == 1),
        ]

    def _worker(self) -> _Worker:
        """The living process of this thread."""
        worker: _Worker | None = getattr(self._local, "worker", None)
        if worker is None or not worker.is_alive():
            worker = self._local.worker = _Worker(self._setup)
            self._started.append(worker)
            if self._is_closing:
                worker.kill()
        return worker


class _Worker:
    """One process, seen from here."""

    def __init__(self, setup: Setup) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._vetoes: Vetoes | None = None  # what it was told last
        self._process = context.Process(target=serve, args=(theirs, setup), daemon=True)
        self._process.start()
        theirs.close()

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()

    def join(self) -> None:
        self._process.join()
        self._pipe.close()

    def prepare(self, items: Sequence[RawItem], vetoes: Vetoes) -> list[Result]:
        try:
            self._pipe.send((items, None if vetoes is self._vetoes else vetoes))
            self._vetoes = vetoes
            answer = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            raise _Died(f"worker {self._process.pid} died ({_cause(self._process.exitcode)})") from None
        if isinstance(answer, BaseException):
            raise answer
        return answer  # type: ignore[no-any-return]


def serve(pipe: Pipe, setup: Setup) -> None:
    """A worker's life: batches in, answers out, until the pipe is closed or the parent is gone."""
    from etl.load.prepare import prepare_all
    from etl.normalize.normalizer import Normalizer

    encoder = Encoder(setup.types, setup.stamp)
    normalizer: Normalizer | None = None
    while True:
        try:
            items, vetoes = pipe.recv()
        except EOFError:
            return
        try:
            normalizer = normalizer or Normalizer.load(REFERENCE)
            normalizer = normalizer if vetoes is None else replace(normalizer, vetoes=vetoes)
            pipe.send([encoder.encode(one) for one in prepare_all(items, normalizer, setup.stamp.now)])
        except OSError:  # the parent is gone
            return
        except Exception as error:  # no input's fault (prepare never raises): the parent raises it
            pipe.send(error)


def _block_signals() -> None:
    """For this thread, and so for the processes that it starts, from their first instruction on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)


def _cause(exit_code: int | None) -> str:
    return signal.Signals(-exit_code).name if exit_code and exit_code < 0 else f"exit code {exit_code}"
