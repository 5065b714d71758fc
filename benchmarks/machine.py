"""The machine and the server that numbers were measured on."""

from __future__ import annotations

import os
import platform
import re
from contextlib import suppress
from pathlib import Path

import psutil
from psycopg.sql import SQL

from benchmarks.server import Server

_SETTINGS = (
    *("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "wal_compression", "max_wal_size"),
    *("shared_buffers", "work_mem", "default_toast_compression", "autovacuum", "checkpoint_timeout"),
)


def describe(server: Server) -> dict[str, object]:
    ((version,),) = server.execute(SQL("SHOW server_version"))
    statement = SQL("SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY({}) ORDER BY name")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "postgresql": version,
        "settings": dict(server.execute(statement.format(list(_SETTINGS)))),
    }


def _processor() -> str:
    with suppress(OSError):
        if model := re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8")):
            return model[1]
    return platform.processor()
