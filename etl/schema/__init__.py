"""The tables of the warehouse: the one truth that migrations are compared with.

`raw` holds what came in, `core` what was normalised, `ops` the book of runs, rejects and views. `mart` holds views
only; they are files in sql/marts.
"""

from etl.schema import core, counts, ops, raw, story
from etl.schema.base import SCHEMAS, metadata

__all__ = ["SCHEMAS", "core", "counts", "metadata", "ops", "raw", "story"]
