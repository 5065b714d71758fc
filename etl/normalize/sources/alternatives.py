"""Patterns of many words of which one is searched for in a whole text."""

from __future__ import annotations


def one_of(*words: str) -> str:
    """Pattern source of one of `words` in any case; each is a pattern that begins with a plain letter.

    The class of their first letters goes first: without it the engine tries every word at every place of the text.
    """
    first_letters = "".join(sorted({word[0] for word in words}))
    return f"(?i:(?=[{first_letters}])(?:{'|'.join(words)}))"
