"""Recomputing stored articles: what it changes, and what it leaves to the loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import pytest
from psycopg import Connection

from etl.extract.item import Rejection
from etl.load.renormalize import changes, recompute, renormalize
from etl.normalize.normalizer import Normalizer
from tests.db.conftest import Load

TEXT = (
    " date 2025-05-14 Министр Казахстана открыл завод. Гостям показали цеха и рассказали о планах.\n\nЗавод большой.\n"
)


@pytest.fixture
def outdated(load_paths: Load, connection: Connection, tmp_path: Path) -> Path:
    """The folder of a loaded article that other rules made, and of its copy."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "copy.txt").write_text(TEXT, encoding="utf-8")
    load_paths(tmp_path)
    connection.execute("UPDATE core.article SET rule_version = '0'")
    return tmp_path


def test_same_result_only_takes_the_new_version(outdated: Path, connection: Connection, normalizer: Normalizer) -> None:
    assert renormalize(connection, normalizer).outcomes.unchanged == 1
    assert connection.execute("SELECT rule_version, version FROM core.article").fetchall() == [
        (normalizer.rule_version, 1)
    ]


def test_changed_countries_are_reported(outdated: Path, connection: Connection, normalizer: Normalizer) -> None:
    connection.execute("UPDATE core.article SET row_sha256 = ''")
    result = renormalize(connection, normalizer)
    changed = {value: count for value, count in changes(connection, result.run_id).items() if count}
    assert (result.outcomes.updated, changed) == (1, {"countries, quotations or evidence only": 1})


def test_input_that_was_rejected_since_stays_rejected(
    outdated: Path, connection: Connection, normalizer: Normalizer, load_paths: Load
) -> None:
    (outdated / "a.txt").write_bytes(b"")
    load_paths(outdated)
    renormalize(connection, normalizer)
    states = connection.execute("SELECT outcome FROM raw.input ORDER BY origin").fetchall()
    assert states[0] == ("rejected",)
    assert connection.execute("SELECT state FROM ops.rejected_item").fetchall() == [("open",)]


def test_article_that_cannot_be_recomputed_is_counted_and_stays(
    outdated: Path, connection: Connection, normalizer: Normalizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Normalizer, "normalize", lambda *_: Rejection("no_body", "other rules"))
    result = renormalize(connection, normalizer)
    counted = connection.execute(
        "SELECT read_count, rejected_count FROM ops.load_run WHERE run_id = %s", (result.run_id,)
    ).fetchone()
    assert counted == (1, 1)
    assert connection.execute("SELECT outcome FROM raw.input ORDER BY origin").fetchall()[0] == ("article",)


def test_value_that_the_database_refuses_leaves_its_article_alone(
    outdated: Path, connection: Connection, normalizer: Normalizer, load_paths: Load
) -> None:
    for name in ("b", "c"):
        (outdated / f"{name}.txt").write_text(TEXT.replace("Завод", name), encoding="utf-8")
    load_paths(outdated)
    connection.execute("UPDATE core.article SET rule_version = '0'")
    connection.execute("ALTER TABLE core.article ADD CHECK (rule_version = '0' OR body NOT LIKE '%%Завод большой%%')")
    result = renormalize(connection, normalizer)
    assert (result.outcomes.unchanged, result.reasons) == (2, {"rule_failure": 1})
    counted = connection.execute("SELECT read_count, rejected_count FROM ops.load_run ORDER BY run_id DESC").fetchone()
    assert counted == (3, 1)


def test_duplicates_are_looked_at_again_after_a_job_that_was_cut_off(
    outdated: Path,
    connection: Connection,
    normalizer: Normalizer,
    load_paths: Load,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last batch is written, and nothing after it."""

    def killed(*arguments: Any, **options: Any) -> NoReturn:
        recompute(*arguments, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("etl.load.renormalize.recompute", killed)
        with pytest.raises(KeyboardInterrupt):
            renormalize(connection, normalizer)
    renormalize(connection, normalizer)
    assert load_paths(outdated).outcomes.duplicate == 1


def test_duplicates_are_looked_at_again_by_the_next_load(
    outdated: Path, connection: Connection, normalizer: Normalizer, load_paths: Load
) -> None:
    renormalize(connection, normalizer)
    assert load_paths(outdated).outcomes.duplicate == 1
    assert load_paths(outdated).outcomes.unchanged == 2
