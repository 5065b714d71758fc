"""Text can be read on what is behind it, in every theme: WCAG 2.2 contrast of level AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.report import wording

CSS = (Path(wording.__file__).parent / "page.css").read_text(encoding="utf-8")
THEMES = dict(zip(("light", "dark", "print"), re.findall(r":root \{(.*?)\}", CSS, re.DOTALL), strict=True))
PAIRS = [(ink, "paper") for ink in ("ink", "muted", "up", "down")] + [(f"on-{n}", f"shade-{n}") for n in range(1, 6)]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_contrast_is_enough(theme: str, front: str, back: str) -> None:
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", THEMES[theme]))
    dark, light = sorted((luminance(colours[front]), luminance(colours[back])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
