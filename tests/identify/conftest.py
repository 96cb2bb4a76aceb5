"""Syncing to disk made cheap, and ledgers of invented names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sayso.ledger.paths import LedgerPaths, create_ledger

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "ledger")]


@pytest.fixture(autouse=True)
def _no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test pulls the plug of the machine."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def paths(tmp_path: Path) -> LedgerPaths:
    return create_ledger(tmp_path / "news.sayso")
