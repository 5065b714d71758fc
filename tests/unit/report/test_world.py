"""The shapes of the map."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from etl.report import charts
from etl.resources import REFERENCE

TOPOLOGY = json.loads((Path(charts.__file__).parent / "world.topojson").read_text(encoding="utf-8"))
SHAPES = {shape["id"] for shape in TOPOLOGY["objects"]["countries"]["geometries"]}


def codes() -> set[str]:
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["country_code"] for row in csv.DictReader(lines)}


def test_every_country_but_antarctica_can_be_drawn() -> None:
    assert codes() - charts.drawn_codes() == {"AQ"}


def test_nothing_is_drawn_that_is_no_country() -> None:
    assert charts.drawn_codes() <= codes()


@pytest.mark.parametrize("code", ["KG", "KZ", "UZ", "TJ", "TM", "PS", "TW", "XK", "EH", "HK"])
def test_has_a_shape_of_its_own(code: str) -> None:
    assert code in SHAPES


@pytest.mark.parametrize("code", ["SG", "VA", "MV", "TV", "GI", "PS", "BH"])
def test_small_ones_have_a_dot(code: str) -> None:
    assert code in TOPOLOGY["points"]


def test_dots_are_on_the_globe() -> None:
    assert all(abs(longitude) <= 180 and abs(latitude) <= 90 for longitude, latitude in TOPOLOGY["points"].values())


def test_says_where_it_comes_from() -> None:
    assert "Natural Earth" in TOPOLOGY["source"]
    assert "public domain" in TOPOLOGY["source"]
