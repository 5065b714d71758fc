"""Inputs in batches: what one transaction holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.extract.item import RawItem
from etl.load.prepare import identity_of

BATCH_ITEMS = 500
BATCH_BYTES = 8 * 1024 * 1024


def batches(items: Iterable[RawItem]) -> Iterator[list[RawItem]]:
    """Lists of items that end at BATCH_ITEMS or BATCH_BYTES, and before an item whose input or article they hold:
    two versions of one article are merged one after the other, in their order."""
    batch: list[RawItem] = []
    size, seen = 0, set[str]()
    for item in items:
        names = {item.origin, identity_of(item.carrier.url, item.origin)}
        if batch and (seen & names or size + len(item.content) > BATCH_BYTES):
            yield batch
            batch, size, seen = [], 0, set()
        batch.append(item)
        size += len(item.content)
        seen |= names
        if len(batch) >= BATCH_ITEMS:
            yield batch
            batch, size, seen = [], 0, set()
    if batch:
        yield batch
