"""Write the dates that sayso finds in TimeML documents, in the form `score_dates.py` reads.

python benchmarks/evaluate_dates.py GOLD_DIR OUT.jsonl

GOLD_DIR: TimeML files (*.tml). A line a document: {"doc", "dates": [{"start", "end", "value"}]},
offsets into the TEXT element's characters with the mark-up removed.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from sayso.extract.dates import find_dates
from sayso.parse.pipeline import load_parser
from sayso.records.report import Published


def main(gold: str, out: str) -> None:
    """Read the documents of `gold`, write their dates to `out`, print the finder's speed."""
    parser = load_parser()
    spent, words = 0.0, 0
    with Path(out).open("w", encoding="utf-8") as stream:
        for path in sorted(Path(gold).glob("*.tml")):
            text, published = read_document(path)
            annotation = parser.annotate(text, segments=[(0, len(text))], title=None)
            begun = time.process_time()
            dates = find_dates(annotation, published)
            spent += time.process_time() - begun
            words += len(annotation.tokens)
            rows = [
                {"start": d.span[0], "end": d.span[1], "value": d.value}
                for d in dates
                if d.value is not None
            ]
            stream.write(json.dumps({"doc": path.stem, "dates": rows}) + "\n")
    print(f"{words} tokens, {words / max(spent, 1e-9):,.0f} tokens per CPU-second", file=sys.stderr)


def read_document(path: Path) -> tuple[str, Published | None]:
    """Return the text of a TimeML document and the day it was made."""
    root = ElementTree.fromstring(path.read_text(encoding="utf-8", errors="replace"))
    node = root.find(".//TEXT")
    text = "".join((root if node is None else node).itertext())
    for element in root.iter("TIMEX3"):
        if element.get("functionInDocument") == "CREATION_TIME":
            day = datetime.fromisoformat((element.get("value") or "")[:10]).replace(tzinfo=UTC)
            last = day.replace(hour=23, minute=59, second=59)
            return text, Published(day, last, None, "day", "timeml")
    return text, None


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
