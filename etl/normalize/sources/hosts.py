"""Hosts of addresses, and which of them are one site: mirrors for phones, AMP pages, language editions."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

_MIRROR_LABELS = frozenset({"www", "www2", "m", "amp", "mobile", "pda", "touch", "wap", "lite"})
_EDITION_LABELS = frozenset(
    {"ru", "rus", "en", "eng", "kg", "ky", "kyr", "kz", "kk", "kaz", "uz", "uzb", "tj", "tg", "cn", "tr"}
)


def host_of(url: str) -> str | None:
    """The host of an http address in ASCII form, without port and closing dots; None for what is no address."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or not host.strip("."):
        return None
    return ascii_host(host)


def ascii_host(host: str) -> str:
    """Lower case, without closing dots, international names in punycode (RFC 3492) as the network sees them."""
    host = host.strip().lower().rstrip(".")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def parents(host: str) -> Iterator[str]:
    """The host itself and every domain above it that still has a dot: a.b.kg, b.kg."""
    while "." in host:
        yield host
        host = host.partition(".")[2]


def site_of(host: str) -> str:
    """The host without the labels of mirrors and language editions: ru.m.example.kg is example.kg."""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _MIRROR_LABELS | _EDITION_LABELS:
        labels = labels[1:]
    return ".".join(labels)
