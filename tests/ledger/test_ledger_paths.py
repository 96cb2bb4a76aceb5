from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import LedgerError, NotFoundError
from sayso.ledger import paths as ledger_paths
from sayso.ledger.paths import create_ledger, find_ledger, find_network_filesystem


def test_a_ledger_made_twice_is_the_same(tmp_path: Path) -> None:
    first = create_ledger(tmp_path / "news.sayso")
    first.settings.write_text("workers = 2\n")
    assert create_ledger(tmp_path / "news.sayso") == first
    assert first.settings.read_text() == "workers = 2\n"
    assert find_ledger(tmp_path / "news.sayso") == first


def test_an_empty_folder_becomes_a_ledger_but_a_full_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert create_ledger(tmp_path / "empty").settings.is_file()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("hello")
    with pytest.raises(LedgerError, match="is no ledger"):
        create_ledger(tmp_path / "full")
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="give a folder"):
        create_ledger(tmp_path / "file")


def test_a_missing_ledger_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="sayso read"):
        find_ledger(tmp_path / "none")


MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
server:/home /home/ana nfs4 rw 0 0
tmpfs /home/ana/local tmpfs rw 0 0
C:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\,trans=fd 0 0
none /sandbox 9p rw,trans=fd,rfdno=4 0 0
host /share 9p rw,trans=virtio 0 0
//box/all /my\\040share cifs rw 0 0
ana@box: /remote fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/news.sayso", None),
        ("/home/ana/news.sayso", "nfs4"),
        ("/home/anabel/news.sayso", None),
        ("/home/ana/local/news.sayso", None),
        ("/mnt/c/news.sayso", "9p"),
        ("/sandbox/news.sayso", None),
        ("/share/news.sayso", "9p"),
        ("/my share/news.sayso", "cifs"),
        ("/remote", "fuse.sshfs"),
    ],
)
def test_the_longest_mount_point_says_what_a_folder_lies_on(folder: str, kind: str | None) -> None:
    assert find_network_filesystem(Path(folder), MOUNTS) == kind


def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = create_ledger(tmp_path / "moved.sayso")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr(ledger_paths, "_MOUNTS", mounts)
    with pytest.raises(LedgerError, match="network file system"):
        create_ledger(tmp_path / "news.sayso")
    assert not (tmp_path / "news.sayso").exists()
    with pytest.raises(LedgerError, match="network file system"):
        find_ledger(there.folder)
