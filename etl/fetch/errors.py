"""What can go wrong with a fetch, by what becomes of it."""

from __future__ import annotations


class FetchError(Exception):
    """An address that gave no content. The message says why, and is the same each time for the same cause.

    reason_code: of etl.extract.item.REASONS: fetch_failed, fetch_forbidden or too_large.
    """

    def __init__(self, detail: str, reason_code: str = "fetch_failed") -> None:
        super().__init__(detail)
        self.reason_code = reason_code


class TryAgain(FetchError):
    """A failure that may pass: a busy server, a broken connection.

    after: seconds that the server asks to wait; None where it does not say.
    """

    def __init__(self, detail: str, after: float | None = None) -> None:
        super().__init__(detail)
        self.after = after
