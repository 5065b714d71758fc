"""From figures to the page: a pure function, and the template beside it.

Everything is escaped by the template; the two drawings are the only ready-made markup. The page may do nothing but use
its own styles: its content security policy forbids scripts, network, frames and forms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from etl import __version__
from etl.report import charts
from etl.report.figures import Country, Figures, Pair
from etl.report.shades import Shades
from etl.report.wording import Wording

_FOLDER = Path(__file__).parent
_ROWS = 15  # of a table: what is below is in `newshouse query`


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts of pairs, as rows in the order of `countries`; None on the diagonal."""

    countries: Sequence[Country]
    rows: Sequence[Sequence[int | None]]
    shades: Shades

    @classmethod
    def of(cls, countries: Sequence[Country], pairs: Sequence[Pair]) -> Matrix:
        counts = {(pair.country_code_a, pair.country_code_b): pair.article_count for pair in pairs}
        paired = {code for pair in counts for code in pair}
        countries = [country for country in countries if country.country_code in paired]
        codes = [country.country_code for country in countries]
        rows = [[None if a == b else counts.get((min(a, b), max(a, b)), 0) for b in codes] for a in codes]
        return cls(countries, rows, Shades.between(counts.values()))


def render(figures: Figures, wording: Wording, made_at: datetime) -> str:
    """The whole page as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web"] = _web_address
    countries = [country for country in figures.countries if country.article_count]
    bursts = sorted((country for country in figures.countries if country.is_burst), key=_burst_order)[:_ROWS]
    shades = Shades.between(country.article_count for country in countries)
    drawn_codes = charts.drawn_codes()
    undrawn = [country for country in countries if country.country_code not in drawn_codes]
    return environment.get_template("page.html.jinja").render(
        title=_title(figures, wording),
        figures=figures,
        countries=countries[:_ROWS],
        other_countries=len(countries[_ROWS:]),
        undrawn=[wording.country(country) for country in undrawn],
        bursts=bursts,
        most_burst=max((country.burst_recent_count for country in bursts), default=1),
        sources=figures.sources[:_ROWS],
        other_sources=len(figures.sources[_ROWS:]),
        matrix=Matrix.of(countries, figures.pairs),
        shades=shades,
        drawings=_drawings(figures, countries, shades, wording),
        data=_data(figures),
        style=Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        wording=wording,
        say=wording.say,
        made_at=made_at,
        version=__version__,
    )


def _title(figures: Figures, wording: Wording) -> str:
    if figures.country is None:
        return wording.say("title")
    return wording.say("title_of_country", country=wording.country(figures.country))


def _burst_order(country: Country) -> tuple[float, int, str]:
    """The largest growth first; a country that nobody wrote about before comes first of all."""
    rate = country.burst_recent_count / country.burst_baseline_count if country.burst_baseline_count else float("inf")
    return (-rate, -country.burst_recent_count, country.country_code)


def _drawings(figures: Figures, countries: Sequence[Country], shades: Shades, wording: Wording) -> dict[str, Markup]:
    drawn: dict[str, str] = {}
    if figures.period and figures.time_line:
        step = figures.period.step
        drawn["wide"] = charts.time_line(figures.time_line, step, wording, charts.WIDE)
        drawn["narrow"] = charts.time_line(figures.time_line, step, wording, charts.NARROW)
    if countries:
        drawn["world"] = charts.world(countries, shades, wording)
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 - vl-convert escapes what it draws


def _data(figures: Figures) -> Markup:
    """The figures as JSON for a <script> block, in which no character may begin a tag or a comment."""
    written = json.dumps(asdict(figures), ensure_ascii=False, default=_plain)
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return Markup(written)  # noqa: S704 - escaped just above


def _plain(value: object) -> str | float:
    return value.isoformat() if isinstance(value, date) else float(str(value))


def _web_address(url: str | None) -> str | None:
    """The address of a web page; None for any other scheme, which could do more than lead somewhere."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None
