"""docs/marts.md says what the files of sql say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from etl.publish.definition import read_views
from etl.publish.handbook import handbook
from etl.resources import SQL

_ROOT = Path(__file__).parents[2]


def test_handbook_is_current() -> None:
    command = [sys.executable, "-m", "etl.publish.handbook"]
    printed = subprocess.run(command, capture_output=True, check=True, cwd=_ROOT, encoding="utf-8").stdout
    written = (_ROOT / "docs" / "marts.md").read_text(encoding="utf-8")
    assert written == printed, "run: python -m etl.publish.handbook > docs/marts.md"


@pytest.mark.parametrize("view", read_views(SQL / "marts"), ids=lambda view: view.name)
def test_every_described_column_is_in_the_handbook(view: object) -> None:
    text = handbook()
    section = text.split(f"### mart.{view.name}\n")[1].split("\n### ")[0]  # type: ignore[attr-defined]
    assert section.count("\n| `") == view.sql.count("COMMENT ON COLUMN")  # type: ignore[attr-defined]
