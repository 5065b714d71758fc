"""Inputs as no test thought of them: the sample articles and more, cut, spliced and broken, the same for every seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from etl.extract.files import read_files
from etl.extract.item import Carrier, RawItem

PAGE = (
    '<html><head><title>Школа в посёлке</title><meta property="og:title" content="Школа в посёлке">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-05-10T10:00:00+06:00"}</script>'
    "</head><body><h1>Школа в посёлке</h1>"
    + "<p>В посёлке открыли школу, и на праздник приехали гости из Казахстана, Таджикистана и Узбекистана.</p>" * 4
    + "</body></html>"
).encode()
FEED = (
    '<rss version="2.0"><channel><title>Вести</title><item><title>Школа</title><link>https://24.kg/1</link>'
    "<description>В посёлке открыли школу, гости приехали из Казахстана.</description></item></channel></rss>"
).encode()
_LONGEST = 400_000  # bytes: more is too_large for any text

Mutation = Callable[[random.Random, bytes, bytes], bytes]


def _cut(chance: random.Random, one: bytes, _: bytes) -> bytes:
    first, second = sorted(chance.randrange(len(one) + 1) for _ in range(2))
    return chance.choice((one[:first], one[first:], one[:first] + one[second:]))


def _splice(chance: random.Random, one: bytes, other: bytes) -> bytes:
    return one[: chance.randrange(len(one) + 1)] + other[chance.randrange(len(other) + 1) :]


def _encode(chance: random.Random, one: bytes, _: bytes) -> bytes:
    encoding = chance.choice(("cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-32", "mac-cyrillic", "utf-7"))
    return one.decode("utf-8", "ignore").encode(encoding, "replace")


def _flip(chance: random.Random, one: bytes, _: bytes) -> bytes:
    changed = bytearray(one)
    for _ in range(chance.randint(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _put(chance: random.Random, one: bytes, _: bytes) -> bytes:
    pieces = (b"\0", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", "\u202e\u200b\u2028".encode(), b"\x1b[2J", b"\r")
    at = chance.randrange(len(one) + 1)
    return one[:at] + chance.choice(pieces) * chance.randint(1, 50) + one[at:]


def _repeat(chance: random.Random, one: bytes, _: bytes) -> bytes:
    at = chance.randrange(len(one) + 1)
    piece = one[at : at + chance.randint(1, 60)] or b"."
    return one[:at] + piece * chance.randrange(1 + _LONGEST // len(piece)) + one[at:]


def _unbreak(chance: random.Random, one: bytes, _: bytes) -> bytes:
    return one.replace(b"\n", b" ") * chance.randint(1, 30)


def _nest(chance: random.Random, one: bytes, _: bytes) -> bytes:
    opened, closed = chance.choice(((b"<div>", b"</div>"), (b"<b>", b""), (b"[", b"]"), (b'{"a":', b"}"), (b"(", b")")))
    depth = 10 ** chance.randint(1, 4)
    return opened * depth + one + closed * depth


MUTATIONS: tuple[Mutation, ...] = (_cut, _splice, _encode, _flip, _put, _repeat, _unbreak, _nest)


def mutated(samples: Path, seed: int, count: int) -> Iterator[RawItem]:
    """`count` inputs with one to three mutations each."""
    chance = random.Random(seed)
    shapes = [(item.content, item.media_type) for item in read_files([samples], Carrier())]
    shapes += [(PAGE, "text/html"), (FEED, "text/plain"), (FEED, "text/html")] * (len(shapes) // 10)
    for number in range(count):
        content, media_type = chance.choice(shapes)
        for mutation in chance.choices(MUTATIONS, k=chance.randint(1, 3)):
            content = mutation(chance, content, chance.choice(shapes)[0])[: 8 * 1024 * 1024]
        yield RawItem(f"mutated-{number}", content, media_type, byte_length=len(content))
