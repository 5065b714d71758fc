"""How much markup a page may have before a parser takes it.

The algorithm of the HTML standard takes time with the square of what a page nests, and of the attributes of one tag,
and copies formatting elements that stay open (`<b a=1><b a=2>…`) into every paragraph behind them: a few hundred
kilobytes can cost minutes, or all memory. The limits are three to eight times what the largest of 76 real news pages
has (4,642 tags, 34 different formatting tags), and low enough that no page takes more than a few seconds.
"""

from __future__ import annotations

import re

MOST_TAGS = 20_000
MOST_ATTRIBUTES = 300  # of one tag
MOST_COPIES = 100_000_000  # bytes, should every formatting tag be copied to every other tag

_TAG_START = re.compile(r"<[a-zA-Z/!?]")  # comments too: each becomes a node of the tree
# Attributes as the standard's tokenizer reads them: a name, perhaps '=' and a value, quoted or not.
_ATTRIBUTE = r"[\s/]*+=?[^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"'>])[^\s>]++|(?=>)))?+"
# A script's tag may have as many attributes as any other: only a short one is passed over.
_NO_MARKUP = re.compile(
    r"<(?:script|SCRIPT)\b[^>]{0,2000}+>[^<]*+(?:<(?!/script|/SCRIPT)[^<]*+)*+|<!--.*?(?:-->|\Z)", re.DOTALL
)
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:(?=[^>]){_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+(?P<more>[^>])?")
_FORMATTING = re.compile(r"<(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)\b[^>]*", re.IGNORECASE)
_ELEMENT_BYTES = 300  # of an element in the parser's memory, without the values of its attributes


def excess_markup(html: str) -> str | None:
    """What the markup has too much of, in words; None where it may be parsed. Takes time linear in its length."""
    tags = len(_TAG_START.findall(html))
    if tags > MOST_TAGS:
        return f"{tags:,} tags; the page of an article has at most {MOST_TAGS:,}"
    html = _NO_MARKUP.sub("", html)  # in a script '<' compares, in a comment it says nothing
    if any(match["more"] for match in _TAG.finditer(html)):
        return f"a tag with more than {MOST_ATTRIBUTES} attributes"
    # The standard keeps at most three equal formatting elements open: different ones are what can be piled up.
    formatting = {match.group() for match in _FORMATTING.finditer(html)}
    if tags * sum(_ELEMENT_BYTES + len(tag) for tag in formatting) > MOST_COPIES:
        return f"{len(formatting):,} different formatting tags among {tags:,} tags"
    return None
