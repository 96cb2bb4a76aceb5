"""Write the list of opposite words that claims are told apart by, from WordNet.

    python -m training.opposites /usr/share/wordnet src/sayso/link/data/opposites.txt

The folder is that of Debian's package wordnet-base (Miller, CACM 1995). Kept are what it calls
antonyms ("!"): pairs of single words that are in the tagger's vocabulary.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.parse.model_files import SHIPPED

FILES = ("data.verb", "data.noun", "data.adj", "data.adv")
ANTONYM = "!"
HEAD = """\
# Opposite words, a pair a line: what WordNet 3.0 calls antonyms, of single words that are common.
# Written by training/opposites.py. WordNet 3.0 Copyright 2006 by Princeton University. All rights
# reserved. THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO
# REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. Permission to use, copy, modify and distribute
# it for any purpose and without fee or royalty is granted by its license, which says the rest:
# https://wordnet.princeton.edu/license-and-commercial-use
"""


def read_opposites(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the antonyms of a folder of WordNet, each way round (format: wndb(5))."""
    words: dict[tuple[str, str], list[str]] = {}
    found: list[tuple[tuple[str, str], int, tuple[str, str], int]] = []
    for name in FILES:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            parts = line.split(" | ")[0].split()
            kind = "a" if parts[2] == "s" else parts[2]
            count = int(parts[3], 16)
            key = (kind, parts[0])
            words[key] = [w.partition("(")[0].lower() for w in parts[4 : 4 + 2 * count : 2]]
            rest = parts[5 + 2 * count :]
            for at in range(0, 4 * int(parts[4 + 2 * count]), 4):
                symbol, offset, other, places = rest[at : at + 4]
                if symbol == ANTONYM:
                    source, target = int(places[:2], 16), int(places[2:], 16)
                    found.append((key, source, (other, offset), target))
    for key, source, other, target in found:
        if source and target and other in words:
            yield words[key][source - 1], words[other][target - 1]


def main() -> int:
    """Write the list."""
    folder, out = map(Path, sys.argv[1:3])
    known = set((SHIPPED / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
    pairs = {tuple(sorted(pair)) for pair in read_opposites(folder) if known.issuperset(pair)}
    lines = [f"{a} {b}\n" for a, b in sorted(pairs) if a != b]
    out.write_text(HEAD + "".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
