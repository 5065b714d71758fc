"""docs/marts.md out of the files of sql: `python -m etl.publish.handbook > docs/marts.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

from etl.publish.checks import Check, read_checks
from etl.publish.definition import Definition, read_questions, read_views
from etl.publish.functions import read_functions
from etl.resources import SQL

_COLUMN = re.compile(r"^COMMENT ON COLUMN mart\.\w+\.(\w+) IS '((?:[^']|'')*)';$", re.MULTILINE)

_INTRODUCTION = """\
# Views, questions and checks

Written by `python -m etl.publish.handbook > docs/marts.md` from the files of `sql`; change those, not this.

What every view keeps to:

- Names tell types: `…_count` is bigint, `…_share` and `…_per_day` numeric, `day`, `week`, `month`, `quarter`, `…_on`
  and `…_day` are dates, `…_at` is an instant (timestamptz), `is_…` boolean, all else text or a key (bigint).
- A share is a fraction of 1; its formula stands beside it.
- Nobody is left out of a total: undated articles are the rows whose day or month is NULL, articles without a country
  have the country_code `none`, those of an unknown publisher the publisher_id `unknown`.
- An article that mentions three countries counts under each of the three.
- `week` is the Monday of an ISO 8601 week, `month` and `quarter` are their first days.
"""


def handbook() -> str:
    """The whole document."""
    parts = [
        [_INTRODUCTION],
        ["## Views", ""],
        *(_view(view) for view in sorted(read_views(SQL / "marts"), key=lambda view: view.name)),
        ["## Functions", ""],
        *(_section(function, f"mart.{function.name}") for function in read_functions()),
        ["## Questions", "", "`newshouse query NAME` answers them; their SQL is a start for your own.", ""],
        *(_section(question, question.name) for question in read_questions(SQL / "queries")),
        ["## Checks", "", "`newshouse check [NAME …]` runs them; every load ends with the ones marked so.", ""],
        _checks(read_checks().values()),
    ]
    return "\n".join(line for part in parts for line in part)


def _view(view: Definition) -> Iterator[str]:
    yield from _section(view, f"mart.{view.name}")
    yield "| column | meaning |"
    yield "|---|---|"
    for name, meaning in _COLUMN.findall(view.sql):
        yield f"| `{name}` | {_in_table(meaning.replace(chr(39) * 2, chr(39)))} |"
    yield ""


def _section(file: Definition, title: str) -> Iterator[str]:
    yield from (f"### {title}", "", f"**{file.question}**", "")
    for name, text in (("Grain", file.grain), ("Scope", file.scope), ("Limits", file.limits)):
        yield f"- {name}: {text}"
    yield ""


def _checks(checks: Iterable[Check]) -> Iterator[str]:
    yield "| check | promise | a breach | after every load | what to do |"
    yield "|---|---|---|---|---|"
    for check in checks:
        cells = (check.promise, check.severity, "yes" if check.is_cheap else "", check.action)
        yield f"| `{check.name}` | {' | '.join(map(_in_table, cells))} |"
    yield ""


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(handbook().rstrip("\n") + "\n")
