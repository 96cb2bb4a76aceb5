"""The files of a folder, in a fixed order, and never any outside it unless that was asked for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import ReadError
from sayso.records.report import Failure
from sayso.settings import Settings

MAX_DEPTH = 200  # folders in folders; paths longer than the system allows fail by themselves


@dataclass(frozen=True, slots=True)
class Found:
    """A file to open: its path, the path as text for any store, and whether it is a link."""

    path: str
    shown: str
    link: bool = False


def show_path(path: str) -> str:
    """Return a path as text: bytes of its name that are not UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace("\n", "\\n")


def find_files(path: str, settings: Settings) -> Iterator[Found | Failure]:
    """Yield the files under `path`, folders in order of their names, or `path` itself.

    Links inside the folder are read where they point; folders that links name are entered only if
    they lie outside, with settings.follow_links, and each folder once. A given path is followed
    always.
    """
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        root = os.path.realpath(path)
    except OSError as error:
        yield _fail(path, error, _explain(error, "opened"))
        return
    if not is_folder:
        yield Found(path, show_path(path), link=True)
        return
    seen: set[tuple[int, int]] = set()
    waiting = [(path, 0)]
    while waiting:
        folder, depth = waiting.pop()
        folders: list[tuple[str, int]] = []
        entries = _list_folder(folder, seen)
        if _is_ledger(entries):
            if depth == 0:
                yield _fail(folder, ReadError(), "a ledger of sayso, not a folder of reports")
            continue
        for entry in entries:
            if isinstance(entry, Failure):
                yield entry
                continue
            if entry.name.startswith(".") and not settings.hidden_files:
                continue
            found = _take_entry(entry, root, settings)
            if isinstance(found, str) and depth < MAX_DEPTH:
                folders.append((found, depth + 1))
            elif isinstance(found, str):
                yield _fail(found, ReadError(), f"nested deeper than {MAX_DEPTH} folders")
            elif found is not None:
                yield found
        waiting.extend(reversed(folders))


def _is_ledger(entries: Sequence[os.DirEntry[str] | Failure]) -> bool:
    """Say whether a folder is a ledger: its shards hold reports that were read already."""
    names = {entry.name for entry in entries if not isinstance(entry, Failure)}
    return "sayso.toml" in names and not names.isdisjoint(("ledger.sqlite", "shards"))


def _list_folder(folder: str, seen: set[tuple[int, int]]) -> Sequence[os.DirEntry[str] | Failure]:
    """Return the entries of a folder by name, none if it is in `seen`; it is added there."""
    try:
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in seen:
            return ()
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as scan:
            return sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        return (_fail(folder, error, _explain(error, "listed")),)


def _take_entry(
    entry: os.DirEntry[str], root: str, settings: Settings
) -> Found | Failure | str | None:
    """Return a file, a failure, the path of a folder to enter, or None for nothing to do."""
    try:
        link = entry.is_symlink()
        if link:
            target = os.path.realpath(entry.path, strict=True)
            inside = target == root or target.startswith(root.rstrip(os.sep) + os.sep)
            if not inside and not settings.follow_links:
                message = "a link that leaves the folder; allow it with --follow-links"
                return _fail(entry.path, ReadError(), message)
            if inside and entry.is_dir():
                return None  # its target is read where it stands
        if entry.is_dir():
            return entry.path
        if entry.is_file():
            return Found(entry.path, show_path(entry.path), link)
    except OSError as error:
        explained = _explain(error, "opened")
        if entry.is_symlink():
            explained = "a link that leads nowhere or in a circle"
        return _fail(entry.path, error, explained)
    return _fail(entry.path, ReadError(), "not a regular file but a pipe, socket or device")


def _explain(error: OSError, done: str) -> str:
    if isinstance(error, PermissionError):
        return f"no permission: it cannot be {done}; change its rights or leave it out"
    return f"it cannot be {done}: {error.strerror or error}"


def _fail(path: str, error: Exception, message: str) -> Failure:
    shown = show_path(path)
    return Failure("find", type(error).__name__, f"{shown!r}: {message}", path=shown)
