"""Everything that `newshouse query` answers by name: the views of sql/marts and the questions of sql/queries."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from etl.errors import UsageError
from etl.publish.definition import read_questions, read_views
from etl.resources import SQL


@dataclass(frozen=True, slots=True)
class Question:
    """One of them: the question in words, its description with the grain, and one SELECT without a semicolon."""

    name: str
    question: str
    description: str
    sql: str


def names() -> tuple[str, ...]:
    """The names that `find` knows: the questions, then the views, each by alphabet."""
    return tuple(_saved())


def find(name: str) -> Question:
    """The question or view of that name. Raises UsageError, with the names that are like it, when there is none."""
    saved = _saved()
    if name in saved:
        return saved[name]
    near = difflib.get_close_matches(name, saved, n=5, cutoff=0.5)
    advice = f"Did you mean: {', '.join(near)}?" if near else "See: newshouse query"
    raise UsageError(f"there is no view or question {name!r}. {advice}")


def _saved() -> dict[str, Question]:
    questions = {
        file.name: Question(file.name, file.question, file.description, file.sql.rstrip().removesuffix(";"))
        for file in read_questions(SQL / "queries")
    }
    views = {
        view.name: Question(view.name, view.question, view.description, f"SELECT * FROM mart.{view.name}")  # noqa: S608
        for view in sorted(read_views(SQL / "marts"), key=lambda view: view.name)
    }
    return questions | views
