"""One JSON message to a webhook. The address is a secret: no message, log or error repeats it."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection

from etl.errors import UsageError
from etl.fetch.errors import FetchError
from etl.fetch.target import Target, parse_target

_SECONDS = 10.0  # for each step of the exchange

Send = Callable[[Mapping[str, object]], None]
"""Delivers a message. Raises WebhookError."""


class WebhookError(Exception):
    """The webhook did not take a message."""


class Webhook:
    """POSTs to `url`, an address that whoever runs this chose: private ones are allowed, redirects not followed."""

    def __init__(self, url: str, variable: str) -> None:
        try:
            self._target: Target = parse_target(url)
        except FetchError as error:
            raise UsageError(f"{variable} holds no address of a webhook: {error}") from None

    def __call__(self, message: Mapping[str, object]) -> None:
        body = json.dumps(message, ensure_ascii=False).encode("utf-8")
        connection = self._connection()
        try:
            headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "newshouse"}
            connection.request("POST", self._target.path, body, headers)
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise WebhookError(f"it cannot be reached ({type(error).__name__})") from None
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise WebhookError(f"it says {status}")

    def _connection(self) -> HTTPConnection:
        host, port = self._target.host, self._target.port
        if self._target.scheme == "http":
            return HTTPConnection(host, port, timeout=_SECONDS)
        return HTTPSConnection(host, port, timeout=_SECONDS, context=ssl.create_default_context())
