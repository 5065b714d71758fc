"""Host names to addresses that may be connected to.

The address that was checked is the one that is connected to, so that a name which answers differently the second time
(DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from etl.fetch.errors import FetchError, TryAgain

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def resolve(host: str, port: int, *, is_private_allowed: bool) -> str:
    """An address of `host`. Raises FetchError: fetch_forbidden where it has none on the public internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):  # a name of characters that no name has
        raise TryAgain(f"the name {host} is not known") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if is_private_allowed or is_public(address):
            return address
    raise FetchError(f"{host} is no address on the public internet", "fetch_forbidden")


def is_public(address: str) -> bool:
    """Whether `address` is on the public internet; one that carries an IPv4 address is what that one is."""
    parsed = ip_address(address.partition("%")[0])
    carried = _carried(parsed) if isinstance(parsed, IPv6Address) else None
    reached = carried or parsed
    return reached.is_global and not reached.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
