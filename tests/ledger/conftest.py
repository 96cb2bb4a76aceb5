"""Makes `ledger_samples` importable for the tests of this folder, and syncing to disk cheap; an
empty ledger, and a connection that writes to it."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sayso.ledger.database import open_writer
from sayso.ledger.paths import LedgerPaths, create_ledger

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test pulls the plug of the machine, so no test needs to wait for the disk."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def paths(tmp_path: Path) -> LedgerPaths:
    return create_ledger(tmp_path / "news.sayso")


@pytest.fixture
def writer(paths: LedgerPaths) -> Iterator[sqlite3.Connection]:
    with closing(open_writer(paths)) as connection:
        yield connection
