"""Ledgers whose figures make series."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [
    str(Path(__file__).parent),
    str(Path(__file__).parents[1] / "ledger"),
    str(Path(__file__).parents[1] / "web"),
]


@pytest.fixture(autouse=True)
def _no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test pulls the plug of the machine."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
