"""The version of the normalising rules, stored with every derived row.

`RULES` is raised by hand whenever a rule changes what an article becomes; the digest of the reference data is added,
so that a new name or source is seen too. `newshouse renormalize` recomputes the rows that carry another version.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

RULES = 5


def rule_version(reference: Path) -> str:
    """`<rules>.<first eight hex digits of SHA-256 over the reference files>`."""
    digest = hashlib.sha256()
    for path in sorted(reference.glob("*.csv")):
        digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes())
    return f"{RULES}.{digest.hexdigest()[:8]}"
