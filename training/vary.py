"""Write a variant of an annotated corpus, to see what the model makes of other ways of print.

    python -m training.vary ../shared/data/polnear/dev straight OUT

straight: straight double marks for all others; bare: no double marks; single: single marks; names:
other names for the people who speak, as from another script. Offsets move along.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from pathlib import Path

from training.corpus import Article, load_articles
from training.variants import change_names, remove_marks, straighten_marks, use_single_marks

VARIANTS: dict[str, Callable[[Article, random.Random], Article]] = {
    "straight": lambda article, _: straighten_marks(article),
    "bare": lambda article, _: remove_marks(article),
    "single": use_single_marks,
    "names": change_names,
}


def main() -> int:
    """Write text/ and attributions/ of the variant."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("data", type=Path, help="a brat folder")
    options.add_argument("variant", choices=sorted(VARIANTS))
    options.add_argument("out", type=Path)
    given = options.parse_args()
    for part in ("text", "attributions"):
        (given.out / part).mkdir(parents=True, exist_ok=True)
    for article in load_articles(given.data):
        changed = VARIANTS[given.variant](article, random.Random(article.name))
        write_article(changed, given.out)
    return 0


def write_article(article: Article, folder: Path) -> None:
    """Write one article as brat stand-off."""
    text = folder / "text" / f"{article.name}.txt"
    text.write_bytes(article.text.encode("utf-8"))
    lines = []
    number = 0
    for event, example in enumerate(article.examples, 1):
        roles = []
        for role, spans in zip(("Source", "Cue", "Content"), example.spans, strict=True):
            if spans:
                number += 1
                pieces = ";".join(f"{start} {end}" for start, end in spans)
                lines.append(f"T{number}\t{role} {pieces}\t-")
                roles.append(f"{role}:T{number}")
        lines.append(f"E{event}\t{' '.join(roles)}")
    notes = folder / "attributions" / f"{article.name}_x.ann"
    notes.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
