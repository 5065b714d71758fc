"""Errors, classed by what the caller can do. Each says what happened, where, and the next step; the command line
prints the message alone and exits with `exit_code`."""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_DONE_WITH_REJECTS = 3


class NewshouseError(Exception):
    """Base of every error that a user is meant to read."""

    exit_code = EXIT_FAILED


class UsageError(NewshouseError):
    """The command was called wrongly: a path that does not exist, an unknown view or article."""

    exit_code = EXIT_USAGE


class DatabaseUnavailable(NewshouseError):
    """No database answers at the configured place."""


class SchemaMismatch(NewshouseError):
    """The database is behind or ahead of this code."""


class ServerError(NewshouseError):
    """The embedded PostgreSQL could not be made, started or stopped."""


class ReferenceDataError(NewshouseError):
    """A row of seeds/reference is wrong; the message names file and line."""
