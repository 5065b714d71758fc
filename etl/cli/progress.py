"""How a long command tells on stderr what it does: a bar on a terminal, a line now and then elsewhere, or its log as
JSON, one object a line."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from etl.cli.output import errors

Advance = Callable[[int], None]

_LINE_SECONDS = 10.0  # between two lines of progress


class LogFormat(StrEnum):
    """text: progress, and what a person should know. json: every event, one object a line."""

    TEXT = "text"
    JSON = "json"


@contextmanager
def logging_to_stderr(log_format: LogFormat) -> Iterator[None]:
    """Show the log of the block on stderr: warnings as text, or everything as JSON."""
    handler = _JsonHandler(logging.INFO) if log_format is LogFormat.JSON else _TextHandler(logging.WARNING)
    logger, drivers = logging.getLogger("etl"), logging.getLogger("psycopg")
    silence = logging.NullHandler()  # the driver's own words about a lost connection: the loader says it better
    logger.addHandler(handler)
    drivers.addHandler(silence)
    logger.setLevel(handler.level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        drivers.removeHandler(silence)


@contextmanager
def progress(label: str, total: int | None, log_format: LogFormat = LogFormat.TEXT) -> Iterator[Advance | None]:
    """What to call with the number of inputs done. None where the log tells it."""
    if log_format is LogFormat.JSON:
        yield None
    elif not errors.is_terminal:
        yield _Lines(label).advance
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
        with Progress(*columns, console=errors, transient=True) as bar:
            task = bar.add_task(label, total=total)
            yield lambda count: bar.advance(task, count)


class _Rate(ProgressColumn):
    """Inputs per second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")


class _Lines:
    """A plain line every few seconds, for a log file."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._done = 0
        self._started = self._said = time.monotonic()

    def advance(self, count: int) -> None:
        self._done += count
        now = time.monotonic()
        if now - self._said >= _LINE_SECONDS:
            rate = self._done / (now - self._started)
            errors.print(f"{self._label}: {self._done:,} inputs done, {rate:,.0f}/s", highlight=False, soft_wrap=True)
            self._said = now


class _TextHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        errors.print(f"newshouse: {escape(record.getMessage())}", highlight=False, soft_wrap=True)


class _JsonHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        errors.file.write(json.dumps(entry, ensure_ascii=False, default=str) + "\n")
        errors.file.flush()
