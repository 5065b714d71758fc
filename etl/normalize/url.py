"""URLs as identities: two addresses of one page give one article."""

from __future__ import annotations

from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

_TRACKING = ("utm_", "fbclid", "gclid", "yclid", "_openstat")


def canonical_url(url: str) -> str | None:
    """`url` as an identity: host in lower case without www., no port, fragment, tracking or closing slash.

    The scheme is dropped, because a site that moved to https did not publish everything again. None for what is no
    http URL: that is no identity.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    return host.rstrip(".").removeprefix("www.") + parts.path.rstrip("/") + _query(parts)


def _query(parts: SplitResult) -> str:
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(name)]
    return "?" + urlencode(sorted(kept)) if kept else ""


def _tracks(name: str) -> bool:
    return name.lower().startswith(_TRACKING)
