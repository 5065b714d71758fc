"""A disk that fills in mid-load: a clear error, finished batches stay, and the rest comes once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import sql

from etl.database import embedded
from etl.database.connect import connect
from tests.torture.commands import finish, runs, start_load, write_corpus
from tests.torture.conftest import named
from tests.torture.contents import contents

INPUTS = 4000
ROOM = 6 * 1024 * 1024  # bytes: for the first batches
pytestmark = pytest.mark.torture


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own."""
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", folder], capture_output=True, text=True, check=False
        )
        if mounted.returncode != 0:
            pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def test_full_disk_ends_the_load_and_the_same_command_does_the_rest(
    own_home: Path, small_disk: Path, tmp_path: Path
) -> None:
    write_corpus(tmp_path, INPUTS)
    url = embedded.start(own_home)
    owner = (own_home / "data").stat()
    os.chown(small_disk, owner.st_uid, owner.st_gid)
    with connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE TABLESPACE small LOCATION {}").format(str(small_disk)))
        connection.execute("CREATE DATABASE on_small_disk TEMPLATE template_warehouse TABLESPACE small")
        connection.execute("CREATE DATABASE on_large_disk TEMPLATE template_warehouse")
    filler = small_disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - ROOM))
    small, large = named(url, "on_small_disk"), named(url, "on_large_disk")
    try:
        err = finish(start_load(small, tmp_path), 1)
        assert "No space left on device" in err
        (state, read), *_ = runs(small)
        assert (state, 0 < read < INPUTS, read % 500) == ("failed", True, 0)
        filler.unlink()
        finish(start_load(small, tmp_path), 3)
        finish(start_load(large, tmp_path), 3)
        with connect(small) as one, connect(large) as other:
            assert contents(one) == contents(other)
    finally:
        with connect(url, autocommit=True) as connection:
            connection.execute("DROP DATABASE on_small_disk WITH (FORCE)")
            connection.execute("DROP TABLESPACE small")
