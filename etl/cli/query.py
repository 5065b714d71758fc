"""newshouse query: the answer of a saved view or question, as a table or a file format."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from psycopg import Connection, sql

from etl.cli.output import console, print_json, print_table
from etl.cli.session import warehouse
from etl.errors import UsageError
from etl.publish.questions import Question, find, names

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 50  # rows of a table on a screen; the file formats give all


class Format(StrEnum):
    """What an answer is written as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def query(
    name: Annotated[str | None, typer.Argument(help="A view of schema mart or a question of sql/queries.")] = None,
    output_format: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TABLE,
) -> None:
    """Answer a saved question. Without a name: list all of them. CSV, JSON and Parquet go to stdout."""
    if name is None:
        rows = [(question.name, question.question) for question in map(find, names())]
        print_table("Views and questions", ("name", "answers"), rows, folds=True)
        return
    question = find(name)
    if output_format is Format.PARQUET and sys.stdout.isatty():
        raise UsageError(
            f"Parquet is no text; write it to a file: newshouse query {name} --format parquet > {name}.parquet"
        )
    with warehouse() as connection:
        frame = _answer(connection, question)
    _write(frame, question, output_format)


def _answer(connection: Connection, question: Question) -> pd.DataFrame:
    import pandas as pd  # half a second that no other command should wait for

    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(question.sql))
        columns = [column.name for column in cursor.description or ()]
        return pd.DataFrame(cursor.fetchall(), columns=columns, dtype=object)


def _write(frame: pd.DataFrame, question: Question, output_format: Format) -> None:
    if output_format is Format.CSV:
        frame.to_csv(sys.stdout, index=False)
    elif output_format is Format.JSON:
        print_json(frame.to_dict(orient="records"))
    elif output_format is Format.PARQUET:
        frame.infer_objects().to_parquet(sys.stdout.buffer, index=False)
    else:
        shown = frame.head(_SHOWN).itertuples(index=False, name=None)
        print_table(question.question, list(frame.columns), shown)
        if len(frame) > _SHOWN:
            console.print(f"{_SHOWN} of {len(frame)} rows; all of them: newshouse query {question.name} --format csv")
