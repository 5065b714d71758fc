"""Whether a database holds the reference data that this code comes with."""

from __future__ import annotations

import hashlib
from pathlib import Path

from psycopg import Connection

from etl.errors import SchemaMismatch


def digests(folder: Path) -> dict[str, bytes]:
    """SHA-256 of each reference file by name: what tells whether a database holds them as they are."""
    return {path.name: hashlib.sha256(path.read_bytes()).digest() for path in sorted(folder.glob("*.csv"))}


def require_reference(connection: Connection, folder: Path) -> None:
    """Raise SchemaMismatch, with the command that helps, unless the database holds the files of `folder`."""
    held: dict[str, bytes] = dict(
        connection.execute("SELECT file_name, content_sha256 FROM ops.reference_file").fetchall()
    )
    if held != digests(folder):
        raise SchemaMismatch("the database holds other reference data than this code; run: newshouse db upgrade")
