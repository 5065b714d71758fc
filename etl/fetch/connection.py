"""One request over one new connection, with a deadline over everything that comes back."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Protocol, cast

from etl.fetch.errors import TryAgain
from etl.fetch.policy import Policy
from etl.fetch.target import Target

Clock = Callable[[], float]


class _Socket(Protocol):
    def settimeout(self, value: float | None, /) -> None: ...
    def recv_into(self, buffer: bytearray, /) -> int: ...
    def sendall(self, data: bytes, /) -> None: ...
    def close(self) -> None: ...


class _Answer(io.RawIOBase):
    """What a socket receives, up to the deadline. A byte now and then, in a header or a body, does not move it."""

    def __init__(self, received_from: _Socket, policy: Policy, deadline: float, clock: Clock) -> None:
        self._socket, self._policy, self._deadline, self._clock = received_from, policy, deadline, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(min(left, self._policy.read_timeout))
        return self._socket.recv_into(cast("bytearray", buffer))


class _Timed:
    """The part of a socket that http.client uses."""

    def __init__(self, of: _Socket, answer: _Answer) -> None:
        self.sendall, self._answer = of.sendall, answer

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._answer)

    def close(self) -> None:
        """Nothing: http.client closes after the headers, while the body is still to come."""


@contextmanager
def request(
    target: Target, address: str, headers: Mapping[str, str], policy: Policy, clock: Clock
) -> Iterator[HTTPResponse]:
    """Send GET to `address` and give the response, its body unread. Raises TryAgain for whatever breaks on the way,
    also while the body is read inside the block."""
    deadline = clock() + policy.total_timeout
    try:
        with closing(_connect(target, address, policy)) as connected:
            connection = HTTPConnection(target.host, target.port)
            connection.sock = _Timed(connected, _Answer(connected, policy, deadline, clock))
            connection.request("GET", target.path, headers={"Host": target.authority, "Connection": "close", **headers})
            yield connection.getresponse()
    except TimeoutError:
        raise TryAgain(f"{target.host} did not answer in time") from None
    except ssl.SSLError as error:
        raise TryAgain(f"no secure connection to {target.host}: {error.reason or 'TLS failed'}") from None
    except (OSError, HTTPException) as error:
        raise TryAgain(f"the connection to {target.host} broke: {type(error).__name__}") from None


def _connect(target: Target, address: str, policy: Policy) -> _Socket:
    plain = socket.create_connection((address, target.port), policy.connect_timeout)
    if target.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise
