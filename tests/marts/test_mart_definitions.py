"""The files of sql/marts and sql/queries: their rules, and what becomes of a file that breaks one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from psycopg import Connection

from etl.errors import NewshouseError
from etl.publish.definition import Definition, read_questions, read_views
from etl.resources import SQL

_VIEWS = read_views(SQL / "marts")
_QUESTIONS = read_questions(SQL / "queries")

_HEADER = "-- Question: What?\n-- Grain: one row.\n-- Scope: all.\n-- Limits: none.\n"


def _view(name: str, reads: str = "core.article", header: str = _HEADER) -> str:
    return f"{header}CREATE VIEW mart.{name} AS\nSELECT article_id FROM {reads};\n"


def _name(file: Definition) -> str:
    return file.name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good views, of which the first reads the second."""
    (tmp_path / "a.sql").write_text(_view("a", reads="mart.b"), encoding="utf-8")
    (tmp_path / "b.sql").write_text(_view("b"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("file", [*_VIEWS, *_QUESTIONS], ids=_name)
def test_never_selects_star(file: Definition) -> None:
    assert not re.search(r"SELECT\s+(\w+\.)?\*", file.sql, re.IGNORECASE)


@pytest.mark.parametrize("question", _QUESTIONS, ids=_name)
def test_question_reads_only_mart(question: Definition) -> None:
    assert question.references
    assert not re.search(r"\b(raw|core|ops)\.", question.sql)


@pytest.mark.parametrize("view", _VIEWS, ids=_name)
def test_every_column_is_described(view: Definition, published: Connection) -> None:
    undescribed = published.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND col_description(attrelid, attnum) IS NULL",
        [f"mart.{view.name}"],
    ).fetchall()
    assert undescribed == []


@pytest.mark.parametrize("view", _VIEWS, ids=_name)
def test_view_is_described_by_its_header(view: Definition, published: Connection) -> None:
    comment = published.execute("SELECT obj_description(%s::regclass, 'pg_class')", [f"mart.{view.name}"]).fetchone()
    assert comment == (f"{view.question} Grain: {view.grain}",)


@pytest.mark.parametrize("view", _VIEWS, ids=_name)
def test_column_types_suit_bi_tools(view: Definition, published: Connection) -> None:
    types = published.execute(
        "SELECT DISTINCT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass",
        [f"mart.{view.name}"],
    ).fetchall()
    plain = {"bigint", "boolean", "date", "numeric", "text", "timestamp with time zone"}
    assert {name for (name,) in types} <= plain


def test_views_come_after_those_they_read(folder: Path) -> None:
    assert [view.name for view in read_views(folder)] == ["b", "a"]


def test_header_field_goes_on_over_lines(folder: Path) -> None:
    wrapped = _HEADER.replace("-- Grain: one row.", "-- Grain: one row\n--        per day.")
    (folder / "b.sql").write_text(_view("b", header=wrapped), encoding="utf-8")
    assert read_views(folder)[0].grain == "one row per day."


def test_comments_and_literals_are_no_references(folder: Path) -> None:
    prose = "-- unlike mart.gone\nCOMMENT ON COLUMN mart.b.article_id IS 'It''s as in mart.a';\n"
    (folder / "b.sql").write_text(_view("b") + prose, encoding="utf-8")
    assert read_views(folder)[0].references == frozenset()


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("c.sql", _view("other"), "must create the view mart.c and no other"),
        ("c.sql", _view("c") + _view("d"), "must create the view mart.c and no other"),
        ("c.sql", _view("c", header=_HEADER.replace("-- Scope: all.\n", "")), "lacks a line '-- Scope: …'"),
        ("c.sql", _view("c", reads="mart.gone"), "reads mart.gone, which has no file"),
        ("c.sql", _view("c") + "COMMENT ON COLUMN mart.a.article_id IS 'Key';\n", "columns of mart.a, not of mart.c"),
        ("C-1.sql", _view("c"), "small letters, digits and _ only"),
    ],
)
def test_broken_file_is_named(folder: Path, file: str, text: str, message: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(NewshouseError, match=rf"{re.escape(file)}.*{re.escape(message)}"):
        read_views(folder)


def test_circle_is_named(folder: Path) -> None:
    (folder / "b.sql").write_text(_view("b", reads="mart.a"), encoding="utf-8")
    with pytest.raises(NewshouseError, match=r"a\.sql → b\.sql → a\.sql|b\.sql → a\.sql → b\.sql"):
        read_views(folder)
