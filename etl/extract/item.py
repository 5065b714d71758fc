"""What extract hands to normalize: one raw item an input, with what its carrier says about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields

from etl.identity import derived_key

REASONS = {
    "unreadable": "the input could not be read",
    "too_large": "the input is larger than any article",
    "empty": "there is nothing but white space",
    "binary": "the bytes are not text",
    "nul_character": "the text holds a NUL character, which PostgreSQL cannot store",
    "undecodable": "the bytes are text in no encoding that is recognised with certainty",
    "unsupported_format": "the format is not read yet",
    "bad_carrier": "the sidecar or manifest beside the input is wrong",
    "fetch_failed": "the address could not be fetched",
    "fetch_forbidden": "the address may not be fetched: robots.txt, or no place on the public internet",
    "no_text": "the feed's entry holds no article, only a teaser of it",
    "bad_row": "the line, row or record cannot be read as one",
    "no_text_field": "the row or message has no text",
    "service_message": "a message of the messenger itself, which is no article",
    "not_a_page": "the archived record is no page: an image, an error, a redirect, a revisit",
    "encrypted": "the archive's member is encrypted",
    "archive_limit": "the archive holds more, packs tighter or nests deeper than is allowed",
    "no_body": "no body of an article was found on the page",
    "several_articles": "the page holds more than one whole article",
    "rule_failure": "a normalising rule failed on this input: a fault of newshouse",
    "identity_collision": "another article has the same key under another identity",
}
"""Every reason an input can be rejected for, in words. The one closed list: an unknown code raises."""


LISTING = "application/xml"
"""The media type of a feed or sitemap, also of one that could not be fetched: it tells them from pages."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that gives no article: why, in a code of REASONS and in words."""

    reason_code: str
    detail: str

    def __post_init__(self) -> None:
        if self.reason_code not in REASONS:
            raise ValueError(f"unknown reason code {self.reason_code!r}")


@dataclass(frozen=True, slots=True)
class Carrier:
    """What stands beside the text and not in it: a sidecar, a manifest row, the command line, a feed's entry,
    the other fields of a row.

    Every field is None where the carrier is silent. `published` is the carrier's own words, not yet parsed.
    `source` is about this very input and outranks the text; `default_source` (`--source`) and `timezone`
    (`--timezone`) only fill what nothing else says. `authors` are names with commas or semicolons between; what has
    not the form of a person's name ('admin', 'Редакция') is left out when they are read. `language` (ISO 639-1) counts
    where the text does not tell; `charset` is that of an HTTP or MIME header; `fields` is set on rejected rows alone:
    the `--map` that they were read with.
    """

    url: str | None = None
    source: str | None = None
    title: str | None = None
    published: str | None = None
    authors: str | None = None
    language: str | None = None
    charset: str | None = None
    fields: str | None = None
    default_source: str | None = None
    timezone: str | None = None

    def said(self) -> dict[str, str]:
        """The fields that say something, sorted by name: `Carrier(**said)` gives the carrier again."""
        return {name: value for name in _CARRIER_FIELDS if (value := getattr(self, name)) is not None}


_CARRIER_FIELDS = tuple(sorted(field.name for field in fields(Carrier)))


def is_url(origin: str) -> bool:
    """Whether an origin is an address on the web, and no path."""
    return origin.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class RawItem:
    """One version of one input.

    origin: where it came from: a path, `file.jsonl#12`, a URL.
    content: exactly the bytes that were read; empty where `problem` says that they could not be.
    problem: set by a reader that already knows why the input gives no article.
    byte_length: size of the input, which `content` may lack.
    """

    origin: str
    content: bytes
    media_type: str = "text/plain"
    carrier: Carrier = Carrier()
    problem: Rejection | None = None
    byte_length: int | None = None

    @property
    def input_id(self) -> int:
        return derived_key(self.origin)

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 over content, media type, carrier and problem: equal means that nothing changed."""
        length = self.byte_length if self.problem else len(self.content)
        beside = [self.media_type, self.carrier.said(), length, self.problem and self.problem.detail]
        digest = hashlib.sha256(self.content)
        digest.update(json.dumps(beside, ensure_ascii=False).encode("utf-8"))
        return digest.digest()
