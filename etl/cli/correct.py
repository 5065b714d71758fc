"""newshouse correct: what a person knows better than the rules."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from etl.cli.explain import find_article
from etl.cli.output import console
from etl.cli.session import warehouse
from etl.errors import UsageError
from etl.resources import REFERENCE


def correct(
    article: Annotated[str, typer.Argument(help="The article's id, its URL, or the file it came from.")],
    reason: Annotated[str, typer.Option(help="Why: it is kept as the evidence.")],
    published: Annotated[
        str | None, typer.Option(help="The right date: 2025-08-22, or with the minute 2025-08-22T16:21[+06:00].")
    ] = None,
    source: Annotated[str | None, typer.Option(help="The right publisher: its id, name or domain.")] = None,
    author: Annotated[str | None, typer.Option(help="Who says so. Default: your user name.")] = None,
) -> None:
    """Correct an article's date or publisher. The correction stands over every later load and renormalize."""
    from etl.load.correct import Correction
    from etl.load.correct import correct as apply
    from etl.normalize.normalizer import DEFAULT_TIMEZONE, Normalizer

    if not (published or source) or not reason.strip():
        raise UsageError("say what is right with --published or --source, and why with --reason")
    with warehouse() as connection:
        row = find_article(connection, article)
        normalizer = Normalizer.load(REFERENCE)
        publisher_id = normalizer.sources.find(source) if source else None
        if source and publisher_id is None:
            raise UsageError(f"{source!r} is no known source; see: newshouse query source_summary")
        zone = normalizer.sources.zone(publisher_id or row["publisher_id"]) or ZoneInfo(DEFAULT_TIMEZONE)
        day, at = _parsed(published, zone) if published else (None, None)
        author = author or getpass.getuser()
        apply(connection, normalizer, Correction(row["article_id"], reason.strip(), author, day, at, publisher_id))
    console.print(f"corrected; see: newshouse explain {row['article_id']}", highlight=False)


def _parsed(words: str, zone: ZoneInfo) -> tuple[date, datetime | None]:
    """The day, and the minute where it is given; in `zone` where no offset is."""
    try:
        if len(words) == len("2025-08-22"):
            return date.fromisoformat(words), None
        at = datetime.fromisoformat(words)
    except ValueError:
        raise UsageError(f"{words!r} is no date; write 2025-08-22 or 2025-08-22T16:21") from None
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    return at.date(), at
