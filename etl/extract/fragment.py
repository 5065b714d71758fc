"""HTML fragments, as feed entries carry them, to text: an entry's body has no page around it that would have to be
told from it, so its blocks become lines and nothing is left out but what no reader sees."""

from __future__ import annotations

import re

from etl.extract.markup import excess_markup

_BLOCK = "p, div, br, li, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, figure, figcaption, table, tr, pre, hr, section"
_UNSEEN = ["script", "style", "iframe", "noscript", "template", "object", "svg", "form", "button"]
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d+|#x[\da-fA-F]+|\w+);")
_SPACES = re.compile(r"[ \t\r\n\f]+")  # what HTML takes for white space; a no-break space is none


def fragment_text(fragment: str) -> str:
    """The visible text, a line a block, with an empty line between; text without any tag or entity as it is.

    Empty for a fragment with more markup than any article has.
    """
    from selectolax.lexbor import LexborHTMLParser

    if not _TAG.search(fragment):
        return fragment.strip()
    if excess_markup(fragment):
        return ""
    tree = LexborHTMLParser(_SPACES.sub(" ", fragment))
    tree.strip_tags(_UNSEEN)
    for block in tree.css(_BLOCK):
        block.insert_before("\n")
        block.insert_after("\n")
    lines = tree.body.text().split("\n") if tree.body else []
    return "\n\n".join(words for line in lines if (words := line.strip()))
