"""Inputs in batches: what one transaction holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from etl.extract.item import RawItem
from etl.load.prepare import identity_of

BATCH_ITEMS = 500
BATCH_BYTES = 8 * 1024 * 1024
BATCH_SECONDS = 10.0  # pages come by the second: what was fetched is not to be lost for the lack of 499 others


def batches(items: Iterable[RawItem], clock: Callable[[], float] = time.monotonic) -> Iterator[list[RawItem]]:
    """Lists of items that end at BATCH_ITEMS, BATCH_BYTES or BATCH_SECONDS, and before an item whose input or article
    they hold: two versions of one article are merged one after the other, in their order."""
    batch: list[RawItem] = []
    size, seen, begun = 0, set[str](), clock()
    for item in items:
        names = {item.origin, identity_of(item.carrier.url, item.origin)}
        if batch and (seen & names or size + len(item.content) > BATCH_BYTES):
            yield batch
            batch, size, seen, begun = [], 0, set(), clock()
        batch.append(item)
        size += len(item.content)
        seen |= names
        if len(batch) >= BATCH_ITEMS or clock() - begun >= BATCH_SECONDS:
            yield batch
            batch, size, seen, begun = [], 0, set(), clock()
    if batch:
        yield batch
