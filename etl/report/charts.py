"""The charts of a report, drawn ahead of time: Altair says what to draw, vl-convert makes it SVG.

Colours are CSS variables, so that one drawing serves the light, the dark and the printed page. What a mark says to a
screen reader is its <title> too, which browsers show as a tooltip.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import altair as alt
import vl_convert

from etl.report.figures import Bar, Country
from etl.report.period import Step
from etl.report.shades import Shades
from etl.report.wording import Language, Wording

_WORLD = Path(__file__).with_name("world.topojson")
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_TURN = -11.0  # degrees: the map's edge runs through the Bering Strait and cuts no land
_LOCALES: dict[Language, Literal["en-US", "ru-RU"]] = {Language.EN: "en-US", Language.RU: "ru-RU"}
_LABELLED_MARK = re.compile(r'<path (aria-label="([^"]*)"[^>]*)/>')


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of a drawing, and how many labels its time axis has room for."""

    width: int
    height: int
    ticks: int


WIDE = Size(1000, 230, 12)
NARROW = Size(330, 190, 4)


def time_line(bars: Sequence[Bar], step: Step, wording: Wording, size: Size) -> str:
    """Bars of articles by day, week or month, as SVG."""
    rows = [
        {
            "start": bar.start.isoformat() + "T00:00:00",
            "end": _following(bar, step) + "T00:00:00",
            "articles": bar.article_count,
            "label": f"{_named(bar, step, wording)}: {wording.number(bar.article_count)}",
        }
        for bar in bars
    ]
    axis = alt.Axis(title=None, grid=False, tickCount=size.ticks, labelFlush=True, labelOverlap=True, tickSize=4)
    chart = (
        alt.Chart(alt.NamedData("bars"), width=size.width, height=size.height)
        .mark_bar(fill="var(--accent)", stroke="var(--paper)", strokeWidth=min(2, size.width / len(bars) / 4))
        .encode(
            x=alt.X("start:T", axis=axis),
            x2="end:T",
            y=alt.Y("articles:Q", axis=alt.Axis(title=None, tickCount=4, format=",d", tickMinStep=1, domain=False)),
            y2=alt.datum(0),
            description="label:N",
        )
    )
    return _svg(chart, wording, bars=rows)


def world(countries: Sequence[Country], shades: Shades, wording: Wording) -> str:
    """The countries in the shade of their articles, as SVG; a dot marks one that is too small to be seen."""
    topology = json.loads(_WORLD.read_text(encoding="utf-8"))
    rows = [
        {
            "code": country.country_code,
            "shade": f"var(--shade-{shades.of(country.article_count)})",
            "label": f"{wording.country(country)}: {wording.number(country.article_count)}",
            "place": topology["points"].get(country.country_code),
        }
        for country in countries
    ]
    written = alt.LookupData(alt.NamedData("rows"), key="code", fields=["shade", "label"])
    shapes = alt.Chart(
        alt.NamedData("topology", format=alt.TopoDataFormat(type="topojson", feature="countries"))
    ).transform_lookup("id", from_=written)
    silent = shapes.transform_filter("datum.shade == null")
    mentioned = shapes.transform_filter("datum.shade != null")
    small = alt.Chart(alt.NamedData("small"))
    shade = alt.Fill("shade:N", scale=None)
    chart = alt.layer(
        silent.mark_geoshape(fill="var(--land)", stroke="var(--paper)", strokeWidth=0.5, aria=False),
        mentioned.mark_geoshape(stroke="var(--paper)", strokeWidth=0.5).encode(fill=shade, description="label:N"),
        small.mark_circle(stroke="var(--ink)", strokeWidth=0.6, size=36, opacity=1).encode(
            longitude="place[0]:Q", latitude="place[1]:Q", fill=shade, description="label:N"
        ),
        projection=alt.Projection(type="equalEarth", rotate=[_TURN, 0, 0]),
        width=1000,
        height=500,
    )
    return _svg(chart, wording, topology=topology, rows=rows, small=[row for row in rows if row["place"]])


def drawn_codes() -> frozenset[str]:
    """ISO alpha-2 codes of all countries that the map can show."""
    topology = json.loads(_WORLD.read_text(encoding="utf-8"))
    return frozenset(topology["points"]) | {shape["id"] for shape in topology["objects"]["countries"]["geometries"]}


def _svg(chart: alt.Chart | alt.LayerChart | alt.FacetChart, wording: Wording, **datasets: object) -> str:
    """The data join the spec at the end: Altair would check every point of every coast against its schema."""
    spec = chart.configure(font=_FONT, background="transparent", view=alt.ViewConfig(stroke=None)).configure_axis(
        labelColor="var(--muted)",
        gridColor="var(--line)",
        domainColor="var(--line)",
        tickColor="var(--line)",
        labelFontSize=12,
    )
    locale = _LOCALES[wording.language]
    times = vl_convert.get_time_format_locale(locale)
    times["months"] = wording.labels["months_alone"].split()  # standing alone, where the locale's are in the genitive
    svg = vl_convert.vegalite_to_svg(
        {**spec.to_dict(), "datasets": datasets},
        allowed_base_urls=[],
        format_locale=vl_convert.get_format_locale(locale),
        time_format_locale=times,
    )
    return _LABELLED_MARK.sub(r"<path \1><title>\2</title></path>", svg)


def _following(bar: Bar, step: Step) -> str:
    if step == "month":
        return (bar.start.replace(day=28) + timedelta(days=4)).replace(day=1).isoformat()
    return (bar.start + timedelta(days=7 if step == "week" else 1)).isoformat()


def _named(bar: Bar, step: Step, wording: Wording) -> str:
    return wording.say(f"one_{step}", day=wording.day(bar.start), month=wording.month(bar.start))
