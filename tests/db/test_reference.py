"""The reference data: loaded once, changed where its files changed, refused with file and line where they are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from psycopg import Connection

from etl.errors import ReferenceDataError
from etl.load.reference import load_reference
from etl.resources import REFERENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_second_load_changes_nothing(connection: Connection) -> None:
    assert load_reference(connection, REFERENCE) == 0


def test_changed_row_is_changed_alone(connection: Connection, folder: Path) -> None:
    edit(folder, "sources.csv", "\n24kg,24.kg,", "\n24kg,24 kg,")
    assert load_reference(connection, folder) == 2  # the source, and the file's digest
    assert connection.execute("SELECT name FROM core.source WHERE source_id = '24kg'").fetchone() == ("24 kg",)


def test_name_that_left_the_files_is_retired_once(connection: Connection, folder: Path) -> None:
    row = next(
        line for line in (folder / "cities.csv").read_text(encoding="utf-8").splitlines() if line.startswith("AF,")
    )
    edit(folder, "cities.csv", row + "\n", "")
    load_reference(connection, folder)
    assert connection.execute("SELECT count(*) FROM core.country_name WHERE NOT is_current").fetchone() == (1,)
    assert load_reference(connection, folder) == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("countries.csv", "\nAE,", "\nAD,", r"countries\.csv:3: 'AD' stands in countries\.csv:2"),
        ("sources.csv", "\n24kg,24.kg,KG", "\n24kg,24.kg,QQ", r"sources\.csv:2: unknown country 'QQ'"),
        ("sources.csv", "Asia/Bishkek", "Asia/Bishkekk", r"sources\.csv:2: no time zone 'Asia/Bishkekk'"),
        ("source_names.csv", "\n24kg,domain", "\n25kg,domain", r"source_names\.csv:2: .*'25kg'"),
        ("country_names.csv", "\nAD,", "\nQQ,", r"country_names\.csv:2: unknown country 'QQ'"),
    ],
)
def test_wrong_row_is_an_error_with_file_and_line(
    connection: Connection, folder: Path, name: str, old: str, new: str, message: str
) -> None:
    edit(folder, name, old, new)
    with pytest.raises(ReferenceDataError, match=message):
        load_reference(connection, folder)
