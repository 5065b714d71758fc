"""Rejected inputs: kept with their bytes and their reason, open until the input is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection, adapters
from psycopg.adapt import Dumper
from psycopg.pq import Format
from psycopg.types.json import Jsonb

from etl.extract.item import RawItem, Rejection
from etl.identity import derived_key

_KEEP = """
INSERT INTO ops.rejected_item AS known
    (reject_id, input_id, origin, fingerprint, reason_code, detail, media_type, carrier, content, byte_length, state,
     run_id, rejected_at)
VALUES (%(reject_id)s, %(input_id)s, %(origin)s, %(fingerprint)s, %(reason_code)s, %(detail)s, %(media_type)s,
     %(carrier)s, %(content)b, %(byte_length)s, 'open', %(run_id)s, %(now)s)
ON CONFLICT (reject_id) DO UPDATE
SET reason_code = EXCLUDED.reason_code,
    detail = EXCLUDED.detail,
    state = 'open',
    run_id = EXCLUDED.run_id,
    rejected_at = EXCLUDED.rejected_at,
    resolved_run_id = NULL,
    resolved_at = NULL
WHERE (known.reason_code, known.detail, known.state)
    IS DISTINCT FROM (EXCLUDED.reason_code, EXCLUDED.detail, EXCLUDED.state)
"""

# A former version that was rejected for another reason is superseded, whatever becomes of this one.
_SUPERSEDE = """
UPDATE ops.rejected_item
SET state = 'resolved', resolved_run_id = %(run_id)s, resolved_at = %(now)s
WHERE input_id = %(input_id)s AND reject_id <> %(reject_id)s AND state = 'open'
"""

_REMEMBER = """
INSERT INTO raw.input AS known (input_id, origin, fingerprint, outcome, first_run_id, changed_run_id)
VALUES (%(input_id)s, %(origin)s, %(fingerprint)s, 'rejected', %(run_id)s, %(run_id)s)
ON CONFLICT (input_id) DO UPDATE
SET fingerprint = EXCLUDED.fingerprint, outcome = EXCLUDED.outcome, changed_run_id = EXCLUDED.changed_run_id
WHERE (known.fingerprint, known.outcome) IS DISTINCT FROM (EXCLUDED.fingerprint, EXCLUDED.outcome)
"""


class _Whole(Dumper):
    """Hands bytes on as they are; psycopg's own dumper copies them, and a rejected input may have many megabytes."""

    format = Format.BINARY
    oid = adapters.types["bytea"].oid

    def dump(self, obj: bytes) -> bytes:
        return obj


@dataclass(frozen=True, slots=True)
class Reject:
    """A rejected item with its reason."""

    item: RawItem
    rejection: Rejection


def keep(
    connection: Connection,
    rejects: Sequence[Reject],
    run_id: int,
    now: datetime,
    *,
    is_input_rejected: bool = True,
) -> None:
    """Write the rejects of one batch; one that is known as it is stays untouched.

    `is_input_rejected` is false when a stored article could not be recomputed: its input is what it was.
    """
    rows = [_row(reject, run_id, now) for reject in rejects]
    with connection.cursor() as cursor:
        cursor.adapters.register_dumper(bytes, _Whole)
        for statement in (_KEEP, _SUPERSEDE, *([_REMEMBER] if is_input_rejected else [])):
            cursor.executemany(statement, rows)  # pipelined: one round trip for the batch


def _row(reject: Reject, run_id: int, now: datetime) -> dict[str, object]:
    item = reject.item
    is_kept = bool(item.content) or item.byte_length == 0
    return {
        "reject_id": derived_key(item.origin, item.fingerprint),
        "input_id": item.input_id,
        "origin": item.origin,
        "fingerprint": item.fingerprint,
        "reason_code": reject.rejection.reason_code,
        "detail": reject.rejection.detail.replace("\0", "\\0"),
        "media_type": item.media_type,
        "carrier": Jsonb(item.carrier.said()),
        "content": item.content if is_kept else None,
        "byte_length": item.byte_length,
        "run_id": run_id,
        "now": now,
    }
