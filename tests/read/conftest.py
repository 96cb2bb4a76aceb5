"""What the tests of reading share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.read.files import FindOptions, find_records
from sayso.records.report import Failure, RawRecord
from sayso.settings import Settings

Find = Callable[..., list[RawRecord | Failure]]
Write = Callable[[str, bytes], Path]


@pytest.fixture
def find() -> Find:
    """Return a function that lists what is found under paths, with options by name."""

    def run(*paths: Path | str, settings: Settings | None = None, **given: Any) -> list[Any]:
        options = FindOptions(settings or Settings(), **given)
        return list(find_records([str(path) for path in paths], options))

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes bytes to a file of the test's folder."""

    def run(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return run
