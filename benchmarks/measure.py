"""What a stage costs: wall time, CPU of client and server, peak memory of every process, bytes of WAL.

A stage is a command, so that its client's CPU and memory are its own. The server's CPU is that of the postmaster and
all its children, dead ones included; it is None where the server runs on another machine.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import psycopg
from psycopg.sql import SQL

from benchmarks.server import Server
from etl.errors import EXIT_DONE, EXIT_DONE_WITH_REJECTS

ROOT = Path(__file__).parents[1]
_EVERY = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """What one stage cost, in seconds and bytes. Memory is the peak of one process.

    client_memory: resident, of the process that was started; worker_memory: of each that it started itself.
    server_memory: of the backend that had most, without the memory that all backends share.
    """

    wall: float
    client_cpu: float
    server_cpu: float | None
    wal_bytes: int
    client_memory: int
    worker_memory: tuple[int, ...]
    server_memory: int

    @property
    def cpu(self) -> float | None:
        return None if self.server_cpu is None else self.client_cpu + self.server_cpu


@dataclass(slots=True)
class Clock:
    """Adds up the wall and CPU seconds of this process within its `with` blocks, and lets the rest go by."""

    wall: float = 0
    cpu: float = 0
    _entered: tuple[float, float] = (0, 0)

    def __enter__(self) -> None:
        self._entered = (time.perf_counter(), time.process_time())

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._entered[0]
        self.cpu += time.process_time() - self._entered[1]

    def report(self) -> str:
        """What a stage prints, so that `Meter.stage` counts only what the clock saw."""
        return json.dumps({"wall": self.wall, "cpu": self.cpu})


@dataclass(slots=True)
class _Peaks:
    """The highest memory seen of each process, by its number; the first client is the one that was started."""

    clients: dict[int, int] = field(default_factory=dict)
    backends: dict[int, int] = field(default_factory=dict)

    def look(self, client: int, postmaster: psutil.Process | None) -> None:
        with suppress(psutil.NoSuchProcess):
            started = psutil.Process(client)
            for process in (started, *started.children(recursive=True)):
                _raise(self.clients, process.pid, _resident(process))
            for process in postmaster.children() if postmaster else ():
                _raise(self.backends, process.pid, _private(process))


class Meter:
    """Runs stages and measures them against one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._postmaster = _postmaster(server)

    def stage(self, name: str, *arguments: str | int) -> Cost:
        """Run a stage of benchmarks.stages; what counts of its wall time and its CPU is what its clock says."""
        command = [sys.executable, "-m", "benchmarks.stages", name]
        cost, printed = self.run(command, BENCHMARK_ARGUMENTS=json.dumps(arguments))
        clock = json.loads(printed)
        return replace(cost, wall=clock["wall"], client_cpu=clock["cpu"])

    def run(self, command: Sequence[str], **environment: str) -> tuple[Cost, str]:
        """Run a command to its end. Returns what it printed, too. Raises CalledProcessError when it failed."""
        self._server.checkpoint()
        peaks, children = _Peaks(), _children_cpu()
        server_cpu, wal, started = self._server_cpu(), self._wal(), time.perf_counter()
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            process = subprocess.Popen(command, stdout=output, env=os.environ | environment, cwd=ROOT)  # noqa: S603
            while _is_running(process):
                peaks.look(process.pid, self._postmaster)
            wall = time.perf_counter() - started
            output.seek(0)
            printed = output.read()
        if process.returncode not in (EXIT_DONE, EXIT_DONE_WITH_REJECTS):
            raise subprocess.CalledProcessError(process.returncode, command, printed)
        used = self._server_cpu()
        cost = Cost(
            wall,
            _children_cpu() - children,
            None if used is None or server_cpu is None else used - server_cpu,
            self._wal() - wal,
            peaks.clients.pop(process.pid, 0),
            tuple(peaks.clients.values()),
            max(peaks.backends.values(), default=0),
        )
        return cost, printed

    def _server_cpu(self) -> float | None:
        if self._postmaster is None:
            return None
        times = self._postmaster.cpu_times()
        total: float = times.user + times.system
        total += getattr(times, "children_user", 0) + getattr(times, "children_system", 0)
        for process in self._postmaster.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                total += sum(process.cpu_times()[:2])
        return total

    def _wal(self) -> int:
        ((position,),) = self._server.execute(SQL("SELECT (pg_current_wal_lsn() - '0/0')::bigint"))
        return int(position)


def _is_running(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_EVERY)
    except subprocess.TimeoutExpired:
        return True
    return False


def _postmaster(server: Server) -> psutil.Process | None:
    """The parent of our backend, where the server's processes are processes of this machine."""
    with psycopg.connect(server.url) as connection, suppress(psutil.Error):
        process = psutil.Process(connection.info.backend_pid)
        if process.name().startswith("postgres"):
            return process.parent()
    return None


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _raise(peaks: dict[int, int], pid: int, memory: int) -> None:
    peaks[pid] = max(peaks.get(pid, 0), memory)


def _resident(process: psutil.Process) -> int:
    """The peak that the kernel kept, where it keeps one (Linux); else what is resident now."""
    with suppress(OSError):
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
        if peak := re.search(r"VmHWM:\s+(\d+) kB", status):
            return int(peak[1]) * 1024
    return int(process.memory_info().rss)


def _private(process: psutil.Process) -> int:
    memory = process.memory_info()
    return int(memory.rss - getattr(memory, "shared", 0))
