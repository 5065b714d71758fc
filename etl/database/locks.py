"""The advisory locks of a warehouse, by what they guard. Keys count within one database; the numbers mean nothing."""

from __future__ import annotations

MIGRATION = 7_163_001  # one upgrade of the schema at a time
RUN_CLASS = 7_163_002  # (class, run): held by a running job, so whoever can take it knows that the job is dead
MERGE = 7_163_003  # one batch, or one reload of the reference data, writes at a time
PUBLISH = 7_163_004  # one publishing of the views at a time
RELOAD_CLASS = 7_163_005  # (class, input of newshouse.toml): one reload of it at a time
ALERT = 7_163_006  # one process sends alerts at a time
UPGRADE = 7_163_007  # alone while the warehouse is upgraded, shared while a run is opened

HELD_OF_CLASS = """
    FROM pg_locks
    WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (classid, objsubid) = (%(lock_class)s::oid, 2)
"""
"""The locks of a class that are held, to be selected from: `objid` is the key's second part."""
