"""Speed of the pages: N readers at once, while `sayso read` adds reports to the same ledger.

    python benchmarks/pages_speed.py LEDGER TABLE.parquet [--readers 10] [--seconds 60] [--pause 0]

The ledger is copied first, and reports of TABLE, made new by a number in their sentences, are read
into the copy for as long as the readers ask. Each reader opens one page after another; --pause:
seconds it reads before the next. Prints median, p99 and worst milliseconds of each page, and the
peak resident memory of the server.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

from read_speed import make_table

WORDS = ("election", "water", "minister said", "police", "tax*", "court OR judge")


def start_server(ledger: Path) -> tuple[subprocess.Popen[str], int]:
    """Start a server on any port and return it with the port."""
    command = [sys.executable, "-m", "sayso", "serve", str(ledger), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(r"http://[^/]+:(\d+)/", line)
        if found:
            return process, int(found[1])
    raise SystemExit("the server did not start")


def get_page(connection: http.client.HTTPConnection, path: str) -> tuple[float, bytes]:
    """Return the milliseconds until a page was there, and the page."""
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - begun) * 1000, body


def list_paths(port: int) -> dict[str, list[str]]:
    """Return paths of every kind of page, of many reports and speakers."""

    def ask(path: str) -> list[dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", path)
        rows: list[dict[str, str]] = json.load(connection.getresponse())["rows"]
        connection.close()
        return rows

    reports = [row["report_id"] for row in ask("/reports.json")]
    speakers = [row["name_key"] for row in ask("/speakers.json")][:300]
    names = [f"/statements?name={quote(key)}" for key in speakers[:50]]
    months = [f"/statements?since=20{year}-{month:02}" for year in (16, 18) for month in (1, 7)]
    return {
        "start": ["/"],
        "reports": ["/reports", *(f"/reports?page={n}" for n in range(2, 30))],
        "statements": [*(f"/statements?page={n}" for n in range(1, 60)), *months],
        "statements of a speaker": names,
        "figures": [*(f"/figures?page={n}" for n in range(1, 60)), "/figures?order=largest"],
        "speakers": ["/speakers", *(f"/speakers?page={n}" for n in range(2, 20))],
        "speaker": [f"/speakers/{quote(key)}" for key in speakers],
        "search": [f"/search?q={quote(words)}" for words in WORDS],
        "about": ["/about"],
        "report": [f"/reports/{one}" for one in reports],
        "citation": [f"/reports/{one}/cite?s=10-60" for one in reports[:300]],
    }


def measure_memory(process: subprocess.Popen[str]) -> int:
    """Return the peak resident bytes of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) * 1024


def run(port: int, readers: int, seconds: float, pause: float) -> dict[str, list[float]]:
    """Let readers ask until the time is over and return the milliseconds of each kind of page."""
    paths = list_paths(port)
    found: dict[str, list[float]] = defaultdict(list)
    end = time.monotonic() + seconds

    def read(seed: int) -> None:
        choose = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            kind = choose.choice(list(paths))
            found[kind].append(get_page(connection, choose.choice(paths[kind]))[0])
            time.sleep(choose.uniform(0, 2 * pause))

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0)
    parser.add_argument("--alone", action="store_true", help="do not read reports meanwhile")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(shutil.copytree(given.ledger, Path(folder, "pages.sayso")))
        reading: subprocess.Popen[bytes] | None = None
        if not given.alone:
            table = Path(folder, "more.parquet")
            make_table(given.table, table, 6_000, None)
            command = [sys.executable, "-m", "sayso", "read", str(table), "--ledger", str(ledger)]
            reading = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            time.sleep(20)  # its workers have loaded the pipeline by now
        server, port = start_server(ledger)
        try:
            found = run(port, given.readers, given.seconds, given.pause)
            memory = measure_memory(server)
        finally:
            still = reading is not None and reading.poll() is None
            for process in (server, reading):
                if process is not None:
                    process.terminate()
                    process.wait()
    print(f"{given.readers} readers, {given.seconds:.0f} s, reading meanwhile: {still}")
    print(f"{'page':<26}{'asked':>7}{'median':>9}{'p99':>9}{'worst':>9}  ms")
    for kind, times in found.items():
        ordered = sorted(times)
        p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        line = f"{kind:<26}{len(ordered):>7}{statistics.median(ordered):>9.1f}"
        print(f"{line}{p99:>9.1f}{ordered[-1]:>9.1f}")
    print(f"server: peak resident memory {memory / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
