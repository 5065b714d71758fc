"""newshouse report: the warehouse as one page for a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from etl.cli.output import console
from etl.cli.session import warehouse
from etl.errors import NewshouseError
from etl.report.period import Asked
from etl.report.wording import Language, Wording


def report(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="First day, like 2025-08-01.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY", help="Last day, included.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only articles that mention this country: ISO alpha-2, like KG.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The page.")] = Path("report.html"),
    lang: Annotated[Language, typer.Option(help="Language of the page.")] = Language.EN,
) -> None:
    """Write a page with charts and tables: one HTML file, which opens in any browser without a network.

    With --from, changes compare the period with as many days before it; without, the last 30 days with the 30 before.
    """
    asked = Asked(first and first.date(), last and last.date(), country and country.strip().upper())
    try:
        from etl.report.page import render  # Altair takes a second to import
    except ModuleNotFoundError as error:
        raise NewshouseError(
            f"the report needs {error.name}, which is not installed; run: pip install 'newshouse[report]'"
        ) from error
    from etl.report.read import read

    with warehouse() as connection:
        figures = read(connection, asked)
    out.write_text(render(figures, Wording.of(lang), datetime.now(UTC)), encoding="utf-8")
    console.print(f"{out}: {figures.totals.article_count} articles", highlight=False, markup=False, soft_wrap=True)
