"""The marks that dumps of messengers leave in a text: **bold**, __italic__, ~~struck~~, [label](address)."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[([^\[\]]*)\]\(https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")
# A mark opens where no word ends: in 'Meta** (…)' the asterisks call a footnote. It closes with its paragraph.
_PAIR = re.compile(r"(?<!\w)(\*\*|__|~~)((?:(?!\1|\n\s*\n).)++(?:\n\s*)?)\1", re.DOTALL)


def unmarked(text: str) -> str:
    """What a reader of the message sees: marks in pairs are gone, and of a link its label stays."""
    seen = _LINK.sub(r"\1", text) if "](" in text else text
    plain, pairs = _PAIR.subn(r"\2", seen)
    if not pairs:
        return seen
    # Where marks stand inside each other another pair shows; and in a marked text no asterisks call a footnote.
    return _PAIR.sub(r"\2", plain).replace("**", "")
