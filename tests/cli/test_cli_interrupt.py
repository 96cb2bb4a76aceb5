"""Ctrl-C, which a terminal sends to every process of a command: one line, exit code 130."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAID = "sayso: interrupted; what was finished is kept: run the same command again to go on"


def _wait_for_our_code(process: subprocess.Popen[str]) -> None:
    """Wait until Ctrl-C is ours to answer: before, the interpreter itself is starting."""
    status = Path(f"/proc/{process.pid}/status")
    held = 1 << (signal.SIGINT - 1)
    for _ in range(10_000):
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        if int(fields["SigBlk"], 16) & held:
            return
        time.sleep(0.001)
    raise AssertionError("never started")


def _start(folder: Path, *argv: str) -> subprocess.Popen[str]:
    # What a shell starts in the background ignores Ctrl-C, and so would what the tests start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "sayso", *argv],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    _wait_for_our_code(process)
    return process


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("source") / "many.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for number in range(3_000):
            text = f"“We need {number} more boats,” Mirela Sovan said. The port was shut."
            lines.write(json.dumps({"text": text}) + "\n")
    return file


@pytest.mark.language
@pytest.mark.parametrize(
    ("after_s", "times"),
    [*((s, 1) for s in (0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3)), (0.2, 2), (1, 2), (2, 2)],
)
def test_an_interrupted_read_is_quiet(
    after_s: float, times: int, source: Path, tmp_path: Path
) -> None:
    process = _start(tmp_path, "read", str(source), "--quiet", "--workers", "2")
    time.sleep(after_s)
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.01)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    # The second one may come while the first is being answered.
    assert said in ((f"{SAID}\n", "") if times == 2 else (f"{SAID}\n",))


@pytest.mark.language
@pytest.mark.parametrize("after_s", [0.3, 1, 2])
def test_an_interrupted_show_is_quiet(after_s: float, source: Path, tmp_path: Path) -> None:
    process = _start(tmp_path, "show", str(source), "--json")
    time.sleep(after_s)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    # Python ends by the signal, 130 to a shell, where some C library's code was interrupted.
    assert process.returncode in (130, -signal.SIGINT)
    assert said == "sayso: interrupted; nothing was changed\n"
