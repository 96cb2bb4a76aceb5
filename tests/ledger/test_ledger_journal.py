from __future__ import annotations

import errno
import logging
import os
from pathlib import Path

import pytest

from sayso.errors import StorageError
from sayso.ledger import journal
from sayso.ledger.journal import append_lines, read_lines, torn_path


def test_lines_come_back_in_order_and_from_any_offset(tmp_path: Path) -> None:
    path = tmp_path / "sightings.jsonl"
    append_lines(path, [{"a": 1}, {"a": "Río\u2028\n"}])
    values, offset = read_lines(path)
    assert values == [{"a": 1}, {"a": "Río\u2028\n"}]
    append_lines(path, [{"a": 3}])
    assert read_lines(path, offset) == ([{"a": 3}], path.stat().st_size)


def test_a_missing_journal_is_an_empty_one(tmp_path: Path) -> None:
    assert read_lines(tmp_path / "none.jsonl") == ([], 0)


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_torn_last_line_is_kept_aside_and_the_next_starts_a_new_one(
    tmp_path: Path, cut: int
) -> None:
    path = tmp_path / "sightings.jsonl"
    append_lines(path, [{"a": 1}, {"bee": 22}])
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    assert read_lines(path)[0] == [{"a": 1}]
    append_lines(path, [{"c": 3}])
    if cut == 1:  # only the line end was lost
        assert read_lines(path)[0] == [{"a": 1}, {"bee": 22}, {"c": 3}]
        assert not torn_path(path).exists()
    else:
        torn = whole.split(b"\n")[1][: len(whole.split(b"\n")[1]) + 1 - cut]
        assert read_lines(path)[0] == [{"a": 1}, {"c": 3}]
        assert torn == b"" or torn_path(path).read_bytes() == torn + b"\n"


def test_a_torn_line_longer_than_a_block_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_TAIL_BYTES", 7)
    path = tmp_path / "sightings.jsonl"
    path.write_bytes(b'{"a": 1}\n' + b'{"b": "' + b"x" * 50)
    append_lines(path, [{"c": 3}])
    assert read_lines(path)[0] == [{"a": 1}, {"c": 3}]
    assert torn_path(path).read_bytes() == b'{"b": "' + b"x" * 50 + b"\n"


def test_a_damaged_line_in_the_middle_is_passed_over_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "sightings.jsonl"
    path.write_bytes(b'{"a": 1}\n\xff\xfe\n[1]\n' + b"[" * 100_000 + b'\n{"a": 2}\n')
    with caplog.at_level(logging.WARNING):
        assert read_lines(path)[0] == [{"a": 1}, {"a": 2}]
    assert len(caplog.records) == 3


def test_a_full_disk_leaves_the_journal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sightings.jsonl"
    append_lines(path, [{"a": 1}])
    before = path.read_bytes()
    real = os.write

    def write_half(descriptor: int, data: bytes) -> int:
        if len(data) < 8:
            raise OSError(errno.ENOSPC, "full")
        return real(descriptor, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", write_half)
    with pytest.raises(StorageError, match="disk is full"):
        append_lines(path, [{"b": "x" * 100}])
    assert path.read_bytes() == before
