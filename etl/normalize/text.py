"""One spelling for what looks the same: spaces, line ends, invisible characters, composed letters.

Every later offset counts code points of the text that `clean` returns, and that text is what is stored.
"""

from __future__ import annotations

import re
import unicodedata

# Vertical tab and form feed, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR (Unicode TR 13); CR and CR LF are replaced apart.
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
# Every character of category Zs but the space itself, and the Braille blank, which pages use as one.
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800"
# Soft hyphen, zero-width and directional marks, byte order mark; control characters other than tab and line feed.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
)
# One class of them all, so that the text is searched once; most have none or few.
_UNLIKE = re.compile(f"[{_LINE_ENDS}{_SPACES}{_INVISIBLE}]")
_IS_LINE_END, _IS_SPACE = re.compile(f"[{_LINE_ENDS}]").match, re.compile(f"[{_SPACES}]").match


def clean(text: str) -> str:
    """The text in NFC with plain spaces and line feeds, without invisible characters and spaces at line ends.

    Cleaning twice changes nothing.
    """
    text = _UNLIKE.sub(_plain, text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", "\n".join([line.rstrip(" \t") for line in text.split("\n")]))


def _plain(match: re.Match[str]) -> str:
    unlike = match[0]
    if _IS_SPACE(unlike):
        return " "
    return "\n" if _IS_LINE_END(unlike) else ""
