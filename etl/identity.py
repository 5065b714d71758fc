"""Keys derived from what they name, so that every warehouse gives the same thing the same key.

A key is the first 63 bits of a SHA-256: it fits PostgreSQL's bigint and is never negative. The identity itself is
stored beside the key wherever a collision would matter, so that one is seen and rejected (docs/architecture.md).
"""

from __future__ import annotations

import hashlib

_SEPARATOR = b"\x1f"  # ASCII unit separator: ("a", "bc") and ("ab", "c") must not meet


def derived_key(*parts: str | bytes) -> int:
    """The 63-bit key of the given parts, in their order."""
    joined = _SEPARATOR.join(part if isinstance(part, bytes) else part.encode("utf-8") for part in parts)
    return int.from_bytes(hashlib.sha256(joined).digest()[:8], "big") >> 1
