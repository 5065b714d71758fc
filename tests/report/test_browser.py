"""The page in a real browser: charts drawn, nothing cut off, nothing logged, nothing fetched.

It is put into a frame as wide as a screen, and the page around it looks at it: the report itself may run no script.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.report.period import Asked
from etl.report.wording import Language

Report = Callable[..., str]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")

_LOOK = """<!doctype html><meta charset="utf-8"><iframe id="page" width="{width}" height="900" srcdoc="{page}"></iframe>
<script>
window.onload = () => {{
  const page = document.getElementById("page").contentDocument, root = page.documentElement;
  const shown = (list) => [...list].filter((element) => element.getClientRects().length);
  document.body.textContent = JSON.stringify({{
    overflow: root.scrollWidth - root.clientWidth,
    drawings: shown(page.querySelectorAll("svg")).map((svg) => shown(svg.querySelectorAll("path")).length),
    tables: [...page.querySelectorAll("table")].map((table) => table.tBodies[0].rows.length),
    cut: shown(page.querySelectorAll("h1, h2, p, dt, dd, th, td, li")).filter(
      (element) => element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().left < 0
    ).map((element) => element.textContent.trim()),
    fetched: performance.getEntriesByType("resource").length,
    ink: getComputedStyle(page.body).color, paper: getComputedStyle(page.body).backgroundColor,
  }});
}};
</script>"""


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("no Chromium is installed to look at the report with")
    return found


@pytest.fixture
def look(chromium: str, tmp_path: Path) -> Callable[..., dict[str, object]]:
    """What the browser makes of a page in a window of a width; `logged` is what it wrote to the console."""

    def run(page: str, width: int, *flags: str) -> dict[str, object]:
        around = tmp_path / "look.html"
        around.write_text(_LOOK.format(width=width, page=html.escape(page)), encoding="utf-8")
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [chromium, *_FLAGS, *flags, profile, "--enable-logging=stderr", "--dump-dom", around.as_uri()]
        ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True)
        body = re.search(r"<body>(.*)</body>", ran.stdout, re.DOTALL)
        assert body, ran.stdout[-500:]
        logged = [line for line in ran.stderr.splitlines() if ":CONSOLE" in line]
        return {**json.loads(html.unescape(body[1])), "logged": logged}

    return run


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", list(Language))
def test_page_is_whole(report: Report, look: Callable[..., dict[str, object]], language: Language, width: int) -> None:
    seen = look(report(language=language), width)
    assert seen["logged"] == []
    assert seen["fetched"] == 0
    assert seen["overflow"] == 0
    assert seen["cut"] == []
    time_line, world = seen["drawings"]  # type: ignore[misc]
    assert time_line >= 20
    assert world >= 200
    assert min(seen["tables"]) > 0  # type: ignore[call-overload]


def test_page_of_a_country_is_whole_on_a_telephone(report: Report, look: Callable[..., dict[str, object]]) -> None:
    seen = look(report(Asked(country_code="JP"), Language.RU), 390)
    assert (seen["logged"], seen["overflow"], seen["cut"]) == ([], 0, [])


def test_page_is_dark_where_the_reader_likes_it(report: Report, look: Callable[..., dict[str, object]]) -> None:
    seen = look(report(), 1280, "--blink-settings=preferredColorScheme=0")
    assert (seen["ink"], seen["paper"]) == ("rgb(233, 231, 227)", "rgb(20, 23, 27)")


def test_page_prints(report: Report, chromium: str, tmp_path: Path) -> None:
    page, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_text(report(), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [chromium, *_FLAGS, profile, "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    pages = re.findall(rb"/Type\s*/Page\b", paper.read_bytes())
    assert 2 <= len(pages) <= 6
