"""Speed and memory of `sayso read` on a table of reports, in a ledger of its own.

    python benchmarks/read_speed.py TABLE.parquet [--reports N] [--words N] [--workers N] [--keep
    DIR]

Prints words per CPU-second (this process's children, all stages, start-up included) and the peak
of the resident memory summed over the process tree, sampled every 0.2 s, at each tenth of the
run, and that of the largest process, a worker. More reports than the table has are made by
perturbing: every copy has its number woven into its sentences. --words cuts each text, so that many
reports can be tried in little time.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def make_table(source: Path, target: Path, reports: int | None, words: int | None) -> int:
    """Write the table to read and return its number of words."""
    table = pq.read_table(source)
    texts = table.column("text").to_pylist()
    count = reports or len(texts)
    total = 0
    writer: pq.ParquetWriter | None = None
    for start in range(0, count, 500):
        chosen = [i % len(texts) for i in range(start, min(count, start + 500))]
        rows = table.take(chosen).to_pylist()
        for offset, row in enumerate(rows):
            copy = (start + offset) // len(texts)
            text = row["text"] if words is None else " ".join(row["text"].split()[:words])
            if copy:
                text = re.sub(r"\. ", f" in round {copy}. ", text, count=40)
                row["url"] = f"{row['url']}?copy={copy}"
            row["text"] = text
            total += len(text.split())
        part = pa.Table.from_pylist(rows, schema=table.schema)
        writer = writer or pq.ParquetWriter(target, part.schema)
        writer.write_table(part)
    if writer is not None:
        writer.close()
    return total


def measure_tree(root: int) -> tuple[int, int]:
    """Return the resident bytes of a process and all its descendants, and of the largest one."""
    parents: dict[int, int] = {}
    resident: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            stat = Path(f"/proc/{entry}/stat").read_text()
            pages = Path(f"/proc/{entry}/statm").read_text().split()[1]
        except OSError:
            continue
        parents[int(entry)] = int(stat.rpartition(")")[2].split()[1])
        resident[int(entry)] = int(pages) * PAGE_BYTES
    total = largest = 0
    for pid, size in resident.items():
        at = pid
        while at not in (0, 1, root):
            at = parents.get(at, 0)
        if at == root:
            total, largest = total + size, max(largest, size)
    return total, largest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--reports", type=int)
    parser.add_argument("--words", type=int)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--keep", type=Path, help="leave the ledger here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "reports.parquet"
        words = make_table(given.table, table, given.reports, given.words)
        ledger = given.keep or Path(folder) / "speed.sayso"
        command = [sys.executable, "-m", "sayso", "read", str(table), "--ledger", str(ledger)]
        if given.workers:
            command += ["--workers", str(given.workers)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        process = subprocess.Popen(command)
        samples: list[int] = []
        largest = 0
        while process.poll() is None:
            total, one = measure_tree(process.pid)
            samples.append(total)
            largest = max(largest, one)
            time.sleep(0.2)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = time.monotonic() - started
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    tenth = max(1, len(samples) // 10)
    peaks = [max(samples[i : i + tenth]) >> 20 for i in range(0, len(samples), tenth)]
    print(f"exit code {process.returncode}, {words} words, {seconds:.0f} s, {cpu:.0f} CPU-s")
    print(f"{words / cpu:.0f} words per CPU-second")
    print(f"peak resident memory of the process tree {max(samples) >> 20} MB; by tenths {peaks}")
    print(f"of the largest process {largest >> 20} MB")


if __name__ == "__main__":
    main()
