"""What no BI login may do, whatever client it comes with. Each must fail with SQLSTATE 42501, insufficient privilege.

A login's sessions only read by default; WRITING is what a session says that wants to write all the same.
"""

from __future__ import annotations

WRITING = "SET default_transaction_read_only = off"

FORBIDDEN = (
    "SELECT * FROM raw.document",
    "SELECT * FROM core.article",
    "SELECT * FROM ops.load_run",
    "INSERT INTO mart.article_texts (article_id) VALUES (1)",
    "UPDATE mart.article_texts SET title = ''",
    "DELETE FROM mart.article_texts",
    "CREATE TABLE mart.mine (one integer)",
    "CREATE TABLE core.mine (one integer)",
    "CREATE TABLE public.mine (one integer)",
    "CREATE TEMPORARY TABLE mine (one integer)",
    "CREATE SCHEMA mine",
)

# Ended by the statement timeout: SQLSTATE 57014. No pg_sleep: Superset refuses that by itself.
SLOW = "SELECT count(*) FROM generate_series(1, 100000) AS a CROSS JOIN generate_series(1, 100000) AS b"
