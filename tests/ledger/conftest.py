"""Makes `ledger_samples` importable for the tests of this folder, and syncing to disk cheap."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test pulls the plug of the machine, so no test needs to wait for the disk."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
