"""What an input consists of, and which input a path belongs to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from etl.reload.inputs import NamedInput
from etl.reload.notice import Owners

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("location", "base"),
    [("/srv/news", "/srv/news"), ("/srv/*/in", "/srv"), ("/srv/news/**/*.txt", "/srv/news"), ("/srv/[ab]", "/srv")],
)
def test_base_is_the_deepest_folder_without_wildcards(location: str, base: str) -> None:
    assert NamedInput("a", location, HOUR).base() == Path(base)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("one/a.txt", "one/deep/b.txt", "one/.hidden/c.txt", "two/a.txt", "two/a.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("one/a.txt", "folder"),
        ("one/deep/b.txt", "folder"),
        ("one/.hidden/c.txt", None),
        ("two/a.txt", "texts"),
        ("two/a.csv", None),
        ("three.txt", None),
    ],
)
def test_owner(tree: Path, path: str, name: str | None) -> None:
    folder, texts = (
        NamedInput("folder", str(tree / "one"), HOUR),
        NamedInput("texts", str(tree / "two" / "*.txt"), HOUR),
    )
    found = Owners([folder, texts]).of(tree / path)
    assert (found and found.name) == name
