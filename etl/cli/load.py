"""newshouse load, newshouse renormalize: the commands that fill the warehouse."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from psycopg import Connection
from rich.markup import escape

from etl import config
from etl.cli.check import as_dict, warn_of
from etl.cli.output import AsJson, console, errors, print_json, print_table
from etl.cli.progress import LogFormat, logging_to_stderr, progress
from etl.cli.session import reconnect, warehouse
from etl.database.link import Link
from etl.errors import EXIT_DONE_WITH_REJECTS, EXIT_FAILED, UsageError
from etl.extract.carrier import printable
from etl.extract.fields import FieldMap
from etl.extract.inputs import Inputs
from etl.extract.item import REASONS, Carrier, is_url
from etl.publish.checks import Finding, run_cheap_checks
from etl.resources import REFERENCE

if TYPE_CHECKING:
    from etl.load.preparing import Processes
    from etl.load.run import LoadResult, Progress

# The rules, SQLAlchemy and numpy take half a second to import: only the commands that need them wait for it.


_MOST_WORKERS = 64


def load(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PATHS...",
            help="Files, folders with all they hold, archives; addresses of feeds, pages, stores; - for stdin.",
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(help="Publisher of the articles that name none themselves: its id, name or domain."),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(help="IANA zone of printed times where the publisher's is not known. Default: Asia/Bishkek."),
    ] = None,
    map_: Annotated[
        str, typer.Option("--map", help="Fields of rows where their names do not tell: title=headline,text=body.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything and write nothing; other loads wait meanwhile.")
    ] = False,
    workers: Annotated[
        str, typer.Option(help="Processes that read the articles: a number, or auto: one a core, none for few inputs.")
    ] = "auto",
    log_format: Annotated[LogFormat, typer.Option(help="How stderr tells what happens.")] = LogFormat.TEXT,
    as_json: AsJson = False,
) -> None:
    """Load articles. What is loaded already and did not change is left untouched.

    Exit code 0: done; 3: done, and some inputs were rejected (see: newshouse rejects list).
    """
    from etl.load import job
    from etl.load.web import Web, check_urls

    urls = [one for one in inputs if is_url(one)]
    fields = FieldMap(map_)
    others = Inputs(tuple(one for one in inputs if not is_url(one)), fields)
    check_urls(urls)
    default = Carrier(default_source=source, timezone=_checked_timezone(timezone))
    processes = _processes(workers, is_web=not others.names)
    if source:
        _warn_of_new_source(source)
    web = Web()
    with warehouse() as connection:
        total = others.count() if errors.is_terminal and log_format is LogFormat.TEXT and not urls else None
        with logging_to_stderr(log_format), progress("loading", total, log_format) as advance:
            result = job.load(
                connection,
                web.counted(chain(others.items(default), *(web.items(url, default, fields) for url in urls))),
                command="load",
                arguments=_arguments(inputs, source=source, timezone=timezone, map=map_),
                progress=advance if dry_run else _both(advance, web.written),
                is_dry_run=dry_run,
                processes=processes,
                reconnect=reconnect,
            )
        if not dry_run:
            web.save(result.run_id)
    _report(result, _breaches(), as_json, dry_run)


def renormalize(as_json: AsJson = False) -> None:
    """Recompute articles from their stored text after the rules or the reference data changed; reads no file."""
    from etl.load import renormalize as renormalizing
    from etl.normalize.normalizer import Normalizer

    with warehouse() as connection:
        normalizer = Normalizer.load(REFERENCE)
        total = renormalizing.count_outdated(connection, normalizer.rule_version)
        with progress("renormalizing", total) as advance:
            result = renormalizing.renormalize(connection, normalizer, advance, reconnect)
    with warehouse() as connection:  # the job's may have broken and been replaced
        changed = renormalizing.changes(connection, result.run_id)
    if not as_json:
        print_table("Articles changed, by value", ("value", "articles"), changed.items())
    _report(result, _breaches(), as_json, extra={"changed": changed})


def _arguments(inputs: list[str], **said: str | None) -> str:
    options = [f"--{name}={value}" for name, value in said.items() if value]
    return printable(shlex.join([*inputs, *options]))


def _both(first: Progress | None, second: Progress) -> Progress:
    def tell(count: int) -> None:
        if first:
            first(count)
        second(count)

    return tell


def _processes(workers: str, *, is_web: bool) -> Processes:
    """From the web alone come few pages a second: one process is enough, and it writes each batch at once."""
    from etl.load.preparing import Processes

    if workers == "auto":
        return Processes() if is_web else Processes.automatic()
    if workers.isdecimal() and 1 <= int(workers) <= _MOST_WORKERS:
        return Processes(int(workers))
    raise UsageError(f"--workers is {workers!r}; write auto or a number from 1 to {_MOST_WORKERS}")


def _warn_of_new_source(source: str) -> None:
    from etl.normalize.sources import Sources

    if Sources.load(REFERENCE).find(source) is None:
        errors.print(f"{escape(source)} is no known source: it becomes a new one, for review", highlight=False)


def _checked_timezone(name: str | None) -> str | None:
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(f"{name!r} is no time zone; use an IANA name such as Asia/Bishkek") from None


def _breaches() -> list[Finding]:
    """What the cheap checks find, over a connection of their own: the load's may have broken and been replaced."""
    with warehouse() as connection:
        return run_cheap_checks(connection)


def _report(
    result: LoadResult,
    findings: list[Finding],
    as_json: bool,
    is_dry: bool = False,
    extra: dict[str, object] | None = None,
) -> None:
    outcomes = asdict(result.outcomes)
    if as_json:
        counts = {"run_id": result.run_id, "read": result.outcomes.read, **outcomes, "read_again": result.read_again}
        checks = {"checks": [as_dict(finding) for finding in findings]}
        print_json({**counts, "reasons": dict(result.reasons), **(extra or {}), **checks})
    else:
        title = f"Run {result.run_id}: {result.outcomes.read} read" + (", nothing written (dry run)" if is_dry else "")
        print_table(title, ("outcome", "inputs"), outcomes.items())
        if result.read_again:
            console.print(f"  {result.read_again} articles read again: their source repeats a line", highlight=False)
        for code, count in result.reasons.most_common():
            console.print(f"  {count} rejected: {REASONS[code]} ({code})", highlight=False)
        if result.reasons and not is_dry:
            console.print("  See: newshouse rejects list", highlight=False)
    warn_of([finding for finding in findings if finding.is_failure])
    if any(finding.is_failure for finding in findings):
        raise typer.Exit(EXIT_FAILED)
    if result.reasons:
        raise typer.Exit(EXIT_DONE_WITH_REJECTS)


def run_retry(connection: Connection, reject_id: int | None, as_json: bool) -> None:
    """Load the open rejects again (newshouse rejects retry)."""
    from etl.load import job
    from etl.load.retry import open_rejects
    from etl.load.web import Web

    arguments = "" if reject_id is None else str(reject_id)
    web = Web()
    reading = Link(connection, reconnect, config.database_wait())
    items = web.counted(open_rejects(reading, web.items, reject_id))
    result = job.load(
        connection,
        items,
        command="rejects retry",
        arguments=arguments,
        progress=web.written,
        reconnect=reconnect,
    )
    reading.close()
    web.save(result.run_id)
    _report(result, _breaches(), as_json)
