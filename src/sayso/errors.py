"""Every error that sayso raises on purpose.

    SaysoError                  exit code 1, HTTP status 500
      UsageError                2, 400   the caller asked for something that cannot be done
        SettingsError           2, 400   a setting is unknown or has a value that is refused
      NotFoundError             1, 404   a path, ledger, report or record that is not there
      ReadError                 1, 422   a report's bytes cannot be read: becomes a Failure row
      LedgerError               1, 500   a ledger cannot be opened, is damaged or too new
        LedgerBusyError         1, 503   another process holds it
      StorageError              1, 507   the disk is full or refuses to write

UsageError is a ValueError too, as Python's own errors for such a value are. A message says what,
where, and what to do.
"""

from __future__ import annotations


class SaysoError(Exception):
    """Root of the tree. `exit_code` is for the command line, `http_status` for pages."""

    exit_code = 1
    http_status = 500


class UsageError(SaysoError, ValueError):
    exit_code = 2
    http_status = 400


class SettingsError(UsageError):
    pass


class NotFoundError(SaysoError):
    http_status = 404


class ReadError(SaysoError):
    http_status = 422


class LedgerError(SaysoError):
    pass


class LedgerBusyError(LedgerError):
    http_status = 503


class StorageError(SaysoError):
    http_status = 507
