"""Alerts: what is wrong with an input is told once, and once more when it is over.

What was told stands in ops.alert, so that neither a restart nor a second process tells it again.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime

from psycopg import Connection
from psycopg.rows import dict_row

from etl.database import locks
from etl.errors import UsageError
from etl.reload.config import Alerts
from etl.reload.webhook import Send, Webhook, WebhookError

log = logging.getLogger(__name__)

# A failing input is also stale after a while: that is the same trouble, and told once.
_STANDING = """
SELECT input_name, 'failure' AS kind, last_failure AS detail
FROM mart.input_status
WHERE is_failing
UNION ALL
SELECT input_name, 'staleness', COALESCE(
    'no reload went through since ' || to_char(last_success_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
    'no reload ever went through'
)
FROM mart.input_status
WHERE is_stale AND NOT is_failing
UNION ALL
SELECT input_name, 'rejects', recent_reject_count || ' inputs were rejected within an hour'
FROM mart.input_status
WHERE recent_reject_count >= %(burst)s
"""
_RAISE = f"""
INSERT INTO ops.alert AS known (input_name, kind, detail, raised_at)
SELECT standing.input_name, standing.kind, standing.detail, %(now)s
FROM ({_STANDING}) AS standing
ON CONFLICT (input_name, kind) DO UPDATE
SET recovered_at = NULL
WHERE known.recovered_at IS NOT NULL
"""  # noqa: S608 - a constant
_RECOVER = f"""
UPDATE ops.alert AS known
SET recovered_at = %(now)s
WHERE recovered_at IS NULL
    AND NOT EXISTS (
        SELECT FROM ({_STANDING}) AS standing
        WHERE (standing.input_name, standing.kind) = (known.input_name, known.kind)
    )
"""  # noqa: S608 - a constant
_DROP_UNTOLD = "DELETE FROM ops.alert WHERE recovered_at IS NOT NULL AND sent_at IS NULL"
_TO_TELL = """
SELECT a.input_name, a.kind, a.detail, a.raised_at, a.recovered_at, s.location, s.last_success_at
FROM ops.alert AS a
JOIN mart.input_status AS s USING (input_name)
WHERE a.sent_at IS NULL OR a.recovered_at IS NOT NULL
ORDER BY a.raised_at, a.input_name, a.kind
"""
_SENT = "UPDATE ops.alert SET sent_at = %(now)s WHERE (input_name, kind) = (%(input_name)s, %(kind)s)"
_OVER = "DELETE FROM ops.alert WHERE (input_name, kind) = (%(input_name)s, %(kind)s)"


def webhook(alerts: Alerts) -> Webhook:
    """The webhook that the environment names. Raises UsageError where it names none."""
    address = os.environ.get(alerts.webhook_env, "").strip()
    if not address:
        raise UsageError(f"{alerts.webhook_env} is not set: put the webhook's address into it, or drop [alerts]")
    return Webhook(address, alerts.webhook_env)


def tell(connection: Connection, send: Send, burst: int, now: datetime) -> int:
    """Send what is new and what is over, oldest first, over an autocommit connection; gives how many messages.

    What the webhook does not take is sent the next time. Where another process is telling, nothing is done.
    """
    if connection.execute("SELECT pg_try_advisory_lock(%s)", (locks.ALERT,)).fetchone() != (True,):
        return 0
    try:
        _update(connection, burst, now)
        return _send_all(connection, send, now)
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", (locks.ALERT,))


def _update(connection: Connection, burst: int, now: datetime) -> None:
    said = {"burst": burst, "now": now}
    with connection.transaction():
        connection.execute(_RAISE, said)
        connection.execute(_RECOVER, said)
        connection.execute(_DROP_UNTOLD)


def _send_all(connection: Connection, send: Send, now: datetime) -> int:
    """Each message is noted before the next is sent, so that a process which dies repeats one at most."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(_TO_TELL).fetchall()
    for number, row in enumerate(rows):
        try:
            send(_message(row))
        except WebhookError as error:
            log.warning("the webhook did not take an alert: %s; it is sent again later", error)
            return number
        connection.execute(_OVER if row["recovered_at"] else _SENT, {**row, "now": now})
    return len(rows)


def _message(row: dict[str, object]) -> dict[str, object]:
    """The fields, and `text` as the common chat webhooks show it."""
    state = "recovered" if row["recovered_at"] else "raised"
    words = f"newshouse: input {row['input_name']}: {row['kind']}"
    return {
        "text": f"{words} is over" if state == "recovered" else f"{words}: {row['detail']}",
        "state": state,
        "kind": row["kind"],
        "input": row["input_name"],
        "location": row["location"],
        "detail": row["detail"],
        "raised_at": _instant(row["raised_at"]),
        "recovered_at": _instant(row["recovered_at"]),
        "last_success_at": _instant(row["last_success_at"]),
    }


def _instant(value: object) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else None
