"""URLs as what a request needs: host, port and path in ASCII."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from etl.fetch.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._?"  # what RFC 3986 allows in path and query; % because most URLs are quoted already


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `path` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header: without the port where it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what one robots.txt and one delay are about."""
        return f"{self.scheme}://{self.authority}"


def parse_target(url: str) -> Target:
    """The target of an http or https URL. Raises FetchError(fetch_forbidden) for any other and for one with a login."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        raise FetchError("the address is malformed", "fetch_forbidden") from None
    if parts.scheme not in _PORTS or not host:
        raise FetchError("only http and https addresses are fetched", "fetch_forbidden")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a login in it is not fetched: it would be stored", "fetch_forbidden")
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], path)
