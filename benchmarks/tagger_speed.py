"""Speed of the tagger alone, memory of one worker, and whether findings are always the same.

    python benchmarks/tagger_speed.py FOLDER [--words N] [--times N]

FOLDER holds *.txt, text/ of a PolNeAR split, say. Prints words per CPU-second of `tag` alone (each
text one paragraph a line, one thread, start-up left out), of several times the median and the
range, and beside each time of the peer: the same texts parsed by spaCy's pipeline alone, as a busy
machine slows both; the peak resident memory of a process that annotates every text; and whether
the JSON of all findings is the same, byte for byte, in two processes and with one and two threads
of the numeric libraries.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import sayso
from sayso.parse.onnx_model import load_tagger
from sayso.parse.pipeline import load_parser
from sayso.records.span import Span

# What numeric libraries read their number of threads from.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def main() -> int:
    """Print the measures; 1 if two runs differ."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--words", type=int, default=50_000, help="of texts, about, to go over")
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--hash", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    texts = list(read_texts(given.folder, given.words))
    if given.hash:
        print(json.dumps(hash_findings(texts)))
        return 0
    speeds, peers = measure_tagger(texts, given.times)
    count = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} texts, {count} words")
    print(
        f"tagger alone: {statistics.median(speeds):.0f} words per CPU-second "
        f"({min(speeds):.0f} to {max(speeds):.0f} in {len(speeds)} times)"
    )
    ratios = [speed / peer for speed, peer in zip(speeds, peers, strict=True)]
    print(
        f"parse without it, the peer: {statistics.median(peers):.0f}; "
        f"the tagger {statistics.median(ratios):.2f} of it"
    )
    runs = [run_apart(given, threads) for threads in (1, 1, 2)]
    for threads, (sha256, megabytes, speed) in zip((1, 1, 2), runs, strict=True):
        print(f"annotate, {threads} thread(s): {sha256[:16]}, peak {megabytes} MB, {speed} words/s")
    same = len({sha256 for sha256, _, _ in runs}) == 1
    print("the same, byte for byte" if same else "NOT the same")
    return 0 if same else 1


def read_texts(folder: Path, words: int) -> list[str]:
    """Return texts of a folder, in the order of their names, until there are so many words."""
    texts: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        if sum(len(text.split()) for text in texts) >= words:
            break
        with path.open(encoding="utf-8", newline="") as file:
            texts.append(file.read())
    return texts


def measure_tagger(texts: list[str], times: int) -> tuple[list[float], list[float]]:
    """Return the words per CPU-second of each time that all texts are tagged, and of the peer."""
    tagger = load_tagger()
    if tagger is None:
        sys.exit("no model folder: there is nothing to measure")
    parser = load_parser(with_tagger=False)
    tagger.tag(texts[0], cut_lines(texts[0]))  # the first calls set up
    parser.annotate(texts[0], [(0, len(texts[0]))], None)
    speeds: tuple[list[float], list[float]] = ([], [])
    words = sum(len(text.split()) for text in texts)
    for _ in range(times):
        began = time.process_time()
        for text in texts:
            tagger.tag(text, cut_lines(text))
        tagged = time.process_time()
        for text in texts:
            parser.annotate(text, [(0, len(text))], None)
        speeds[0].append(words / (tagged - began))
        speeds[1].append(words / (time.process_time() - tagged))
    return speeds


def cut_lines(text: str) -> list[Span]:
    """Return the span of each line with a word in it."""
    return [(line.start(), line.end()) for line in re.finditer(r"[^\r\n]*\S[^\r\n]*", text)]


def hash_findings(texts: list[str]) -> tuple[str, int, int]:
    """Return the SHA-256 of the JSON of all findings, this process's peak memory in MB, and the
    words per CPU-second of `annotate`, without what the first call loads.
    """
    sayso.annotate(texts[0])
    digest, began = hashlib.sha256(), time.process_time()
    for text in texts:
        findings = sayso.annotate(text, published="2016-05-04").to_dict()
        digest.update(json.dumps(findings, ensure_ascii=False, sort_keys=True).encode())
    seconds = time.process_time() - began
    peak = PEAK.search(Path("/proc/self/status").read_text(encoding="ascii"))
    words = sum(len(text.split()) for text in texts)
    return digest.hexdigest(), int(peak[1]) >> 10 if peak else 0, round(words / seconds)


def run_apart(given: argparse.Namespace, threads: int) -> tuple[str, int, int]:
    """Return `hash_findings` of a process of its own, with so many threads."""
    command = [sys.executable, __file__, str(given.folder), "--words", str(given.words), "--hash"]
    environment = {**os.environ, **dict.fromkeys(THREADS, str(threads))}
    output = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    sha256, megabytes, speed = json.loads(output.stdout.splitlines()[-1])
    return sha256, megabytes, speed


if __name__ == "__main__":
    sys.exit(main())
