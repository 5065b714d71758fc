"""Where the folders are that the code reads: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _root() -> Path:
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


MIGRATIONS = _root() / "migrations"
SQL = _root() / "sql"
REFERENCE = _root() / "seeds" / "reference"
