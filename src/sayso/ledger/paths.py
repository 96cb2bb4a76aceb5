"""Where everything of a ledger lies, and the making and finding of the folder.

news.sayso/
  sayso.toml           settings; its presence makes a folder a ledger
  shards/              <stage>-<version>/<shard id>/<table>.parquet
  ledger.sqlite        what commands and pages read
  sightings.jsonl      when and where reports were read, and in which order shards were loaded
  tombstones.jsonl     what was removed
  identities.jsonl     ids given to who is who across reports
  judgements.jsonl     what people decided
  aliases.toml         other names, by hand; may be missing
  run.lock write.lock  see `sayso.ledger.locks`
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import LedgerError, NotFoundError
from sayso.ledger.durable import replacing, storage_errors

_SETTINGS_TEXT = (
    "# Settings of this ledger; `sayso doctor` lists them all. What a command gives goes before.\n"
)
_MOUNTS = Path("/proc/mounts")
# SQLite's locks and shared memory do not hold on these.
_NETWORK = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smbfs",
        "smb2",
        "smb3",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "beegfs",
        "davfs",
        "drvfs",
        "fuse.sshfs",
        "fuse.s3fs",
        "fuse.rclone",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.davfs",
        "fuse.curlftpfs",
    )
)


@dataclass(frozen=True, slots=True)
class LedgerPaths:
    """The paths of one ledger; nothing is touched by making this record."""

    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / "sayso.toml"

    @property
    def shards(self) -> Path:
        return self.folder / "shards"

    @property
    def database(self) -> Path:
        return self.folder / "ledger.sqlite"

    @property
    def sightings(self) -> Path:
        return self.folder / "sightings.jsonl"

    @property
    def tombstones(self) -> Path:
        return self.folder / "tombstones.jsonl"

    @property
    def identities(self) -> Path:
        return self.folder / "identities.jsonl"

    @property
    def judgements(self) -> Path:
        return self.folder / "judgements.jsonl"

    @property
    def aliases(self) -> Path:
        return self.folder / "aliases.toml"

    @property
    def run_lock(self) -> Path:
        return self.folder / "run.lock"

    @property
    def write_lock(self) -> Path:
        return self.folder / "write.lock"


def create_ledger(folder: str | os.PathLike[str]) -> LedgerPaths:
    """Return the paths of the ledger in `folder`, made if it is not there; made twice it is the
    same.

    Raises LedgerError on a network file system, or where the folder holds something else;
    StorageError where it cannot be written.
    """
    paths = LedgerPaths(Path(folder).absolute())
    _refuse_network(paths.folder)
    if _is_ledger(paths):
        return paths
    if paths.folder.exists():
        if not paths.folder.is_dir():
            raise LedgerError(f"{str(paths.folder)!r}: a file, not a ledger; give a folder")
        with storage_errors(paths.folder):
            names = [n for n in os.listdir(paths.folder) if not n.startswith(".tmp-")]
        if names:
            raise LedgerError(
                f"{str(paths.folder)!r}: holds other files and is no ledger; give a new folder"
            )
    with storage_errors(paths.folder):
        paths.folder.mkdir(parents=True, exist_ok=True)
    with replacing(paths.settings) as temporary:
        temporary.write_text(_SETTINGS_TEXT, encoding="utf-8")
    return paths


def find_ledger(folder: str | os.PathLike[str]) -> LedgerPaths:
    """Return the paths of the ledger in `folder`.

    Raises NotFoundError where there is none, LedgerError on a network file system.
    """
    paths = LedgerPaths(Path(folder).absolute())
    if not _is_ledger(paths):
        if paths.folder.is_file():
            raise NotFoundError(f"{str(folder)!r}: a file, not a ledger; give a ledger's folder")
        raise NotFoundError(
            f"{str(folder)!r}: no ledger here; make one with `sayso read PATHS --ledger {folder}`"
        )
    _refuse_network(paths.folder)
    return paths


def _is_ledger(paths: LedgerPaths) -> bool:
    return paths.settings.is_file() or paths.database.is_file()


def _refuse_network(folder: Path) -> None:
    kind = find_network_filesystem(folder)
    if kind is not None:
        raise LedgerError(
            f"{str(folder)!r}: on a network file system ({kind}), where a ledger cannot be locked; "
            "keep it on a local disk"
        )


def find_network_filesystem(folder: Path, mounts: str | None = None) -> str | None:
    """Return the type of the network file system that `folder` lies on, or None on a local one.

    mounts: what /proc/mounts says; read from there when not given.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    real = os.path.realpath(folder)
    best, kind, options = -1, "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 4:
            continue
        point = _unescape(parts[1])
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind, options = len(point), parts[2], parts[3]
    if kind == "9p":
        # A Windows drive under WSL, or a host folder shared with a guest; `trans=fd` alone is a
        # container's own disk (gVisor), which is local.
        shared = "aname=drvfs" in options or "trans=fd" not in options
        return kind if shared else None
    return kind if kind in _NETWORK else None


def _unescape(text: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text
