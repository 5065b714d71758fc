"""The documents speak of what is there: commands, views, folders, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from etl.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "seeds" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}


def commands() -> list[str]:
    group = typer.main.get_command(app)
    return sorted(group.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", commands())
def test_readme_shows_every_command(command: str) -> None:
    assert re.search(rf"newshouse {command}\b", README)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_exists(path: Path) -> None:
    named = set(re.findall(r"^(?:\$ )?newshouse ([a-z]+)\b", TEXTS[path], re.MULTILINE))
    assert named <= set(commands())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!http)([^)#]+)", TEXTS[path])
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_exists(path: Path) -> None:
    named = re.findall(r"`((?:etl|sql|seeds|tests|docs|migrations|benchmarks)/[\w/.-]+)`", TEXTS[path])
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_view_that_a_document_names_exists(path: Path) -> None:
    named = set(re.findall(r"\bmart\.([a-z_]+)", TEXTS[path]))
    assert {name for name in named if not _is_in_mart(name)} == set()


def _is_in_mart(name: str) -> bool:
    return any((ROOT / "sql" / folder / f"{name}.sql").exists() for folder in ("marts", "functions"))
