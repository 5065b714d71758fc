"""What is remembered of an address from one visit to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from etl.fetch.client import Validators


@dataclass(frozen=True, slots=True)
class Seen:
    """An address as it was fetched last.

    said_sha256: digest of all that was said beside it (a feed's entry, a sitemap's line, the options of the load).
    """

    said_sha256: bytes
    validators: Validators


class Memory(Protocol):
    """Addresses by the listing (feed, sitemap) that they were visited for; a listing is in its own."""

    def recall(self, listing: str, urls: Collection[str]) -> Mapping[str, Seen]:
        """Those of `urls` that were fetched before."""

    def remember(self, listing: str, url: str, seen: Seen) -> None:
        """Note a fetch. It counts from when what was fetched is loaded, not before."""
