"""newshouse load, newshouse renormalize: the commands that fill the warehouse."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from psycopg import Connection
from rich.markup import escape

from etl.cli.output import AsJson, console, errors, print_json, print_table, progress_bar
from etl.cli.session import warehouse
from etl.errors import EXIT_DONE_WITH_REJECTS, UsageError
from etl.extract.carrier import printable
from etl.extract.files import check_paths, count_files, read_files
from etl.extract.item import REASONS, Carrier
from etl.resources import REFERENCE

if TYPE_CHECKING:
    from etl.load.job import LoadResult

# The rules, SQLAlchemy and numpy take half a second to import: only the commands that need them wait for it.


def load(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; folders are read with all they hold.")],
    source: Annotated[
        str | None,
        typer.Option(help="Publisher of the articles that name none themselves: its id, name or domain."),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(help="IANA zone of printed times where the publisher's is not known. Default: Asia/Bishkek."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything and write nothing; other loads wait meanwhile.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Load articles. What is loaded already and did not change is left untouched.

    Exit code 0: done; 3: done, and some inputs were rejected (see: newshouse rejects list).
    """
    from etl.load import job
    from etl.normalize.normalizer import Normalizer

    check_paths(paths)
    default = Carrier(default_source=source, timezone=_checked_timezone(timezone))
    with warehouse() as connection:
        total = count_files(paths) if errors.is_terminal else None
        with progress_bar("loading", total) as bar:
            normalizer = Normalizer.load(REFERENCE)
            if source and normalizer.sources.find(source) is None:
                errors.print(f"{escape(source)} is no known source: it becomes a new one, for review", highlight=False)
            result = job.load(
                connection,
                read_files(paths, default),
                normalizer,
                command="load",
                arguments=_arguments(paths, source, timezone),
                progress=(lambda count: bar.advance(bar.task_ids[0], count)) if bar else None,
                is_dry_run=dry_run,
            )
    _report(result, as_json, dry_run)


def renormalize(as_json: AsJson = False) -> None:
    """Recompute articles from their stored text after the rules or the reference data changed; reads no file."""
    from etl.load import renormalize as renormalizing
    from etl.normalize.normalizer import Normalizer

    with warehouse() as connection:
        normalizer = Normalizer.load(REFERENCE)
        total = renormalizing.count_outdated(connection, normalizer.rule_version)
        with progress_bar("renormalizing", total) as bar:
            advance = (lambda count: bar.advance(bar.task_ids[0], count)) if bar else None
            result = renormalizing.renormalize(connection, normalizer, advance)
        changed = renormalizing.changes(connection, result.run_id)
    if not as_json:
        print_table("Articles changed, by value", ("value", "articles"), changed.items())
    _report(result, as_json, extra={"changed": changed})


def _arguments(paths: list[Path], source: str | None, timezone: str | None) -> str:
    options = [f"--{name}={value}" for name, value in (("source", source), ("timezone", timezone)) if value]
    return printable(shlex.join([*map(str, paths), *options]))


def _checked_timezone(name: str | None) -> str | None:
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(f"{name!r} is no time zone; use an IANA name such as Asia/Bishkek") from None


def _report(result: LoadResult, as_json: bool, is_dry: bool = False, extra: dict[str, object] | None = None) -> None:
    outcomes = asdict(result.outcomes)
    if as_json:
        counts = {"run_id": result.run_id, "read": result.outcomes.read, **outcomes}
        print_json({**counts, "reasons": dict(result.reasons), **(extra or {})})
    else:
        title = f"Run {result.run_id}: {result.outcomes.read} read" + (", nothing written (dry run)" if is_dry else "")
        print_table(title, ("outcome", "inputs"), outcomes.items())
        for code, count in result.reasons.most_common():
            console.print(f"  {count} rejected: {REASONS[code]} ({code})", highlight=False)
        if result.reasons and not is_dry:
            console.print("  See: newshouse rejects list", highlight=False)
    if result.reasons:
        raise typer.Exit(EXIT_DONE_WITH_REJECTS)


def run_retry(connection: Connection, reject_id: int | None, as_json: bool) -> None:
    """Load the open rejects again (newshouse rejects retry)."""
    from etl.load import job
    from etl.load.retry import open_rejects
    from etl.normalize.normalizer import Normalizer

    items = open_rejects(connection, reject_id)
    arguments = "" if reject_id is None else str(reject_id)
    normalizer = Normalizer.load(REFERENCE)
    result = job.load(connection, items, normalizer, command="rejects retry", arguments=arguments)
    _report(result, as_json)
