"""Writing that survives a crash: fsync, rename, and clear errors when a disk refuses.

A file or folder is written under a temporary name, synced, renamed, and its parent synced.
Temporary names begin with `.tmp-`; what a killed run leaves behind is swept by the next one.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import LedgerError, StorageError

TEMPORARY_PREFIX = ".tmp-"
_FULL = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk quota is used up"}
_REFUSED = {
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no right to write here",
    errno.EPERM: "no right to write here",
    errno.EFBIG: "the file is larger than this disk or a limit allows",
    errno.EIO: "the disk reports an error",
}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Raise StorageError, naming `path`, where the disk refuses what the block does."""
    try:
        yield
    except OSError as error:
        reason = (_FULL | _REFUSED).get(error.errno or 0)
        if reason is None:
            raise LedgerError(f"{str(path)!r}: cannot be written: {error}") from error
        advice = "; free some space and run again" if error.errno in _FULL else ""
        raise StorageError(f"{str(path)!r}: {reason}{advice}") from error


def temporary_name(name: str) -> str:
    """Return a name beside `name` that no other process uses."""
    return f"{TEMPORARY_PREFIX}{name}-{os.getpid()}-{secrets.token_hex(4)}"


def sync_file(path: Path) -> None:
    """Return when the file or folder's contents are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`: os.write may write less than it is given."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it takes the place of `path`.

    The block writes and closes the file; syncing and renaming are done here. On an error the
    temporary file is removed and `path` stays as it was. Raises StorageError where the disk
    refuses.
    """
    temporary = path.parent / temporary_name(path.name)
    try:
        with storage_errors(path):
            yield temporary
            sync_file(temporary)
            os.replace(temporary, path)
            sync_file(path.parent)
    finally:
        temporary.unlink(missing_ok=True)
