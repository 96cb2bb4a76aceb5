"""What the finders make of the sample reports keeps to the floors pinned beside the gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.cli import main

ROOT = Path(__file__).parents[2]


@pytest.mark.language
def test_no_metric_is_below_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert (ROOT / "gold" / "floors.json").is_file()
    assert main(["score", "gold"]) == 0, capsys.readouterr().err
