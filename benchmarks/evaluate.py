"""Scores on corpora that are not part of the project (`make evaluate DATA=folder`).

    python benchmarks/evaluate.py DATA [BENCH]

DATA holds polnear/, figures/ and dates/; BENCH the scorers (score_attribution.py …), by default the
folder `bench` beside DATA. What a folder is missing is said and passed over; the exit code is 1 if
nothing could be scored.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold"

# (what, our script and its options, gold below DATA, scorer)
RUNS = (
    ("attribution", "evaluate_attribution.py", (), "polnear/dev", "score_attribution.py"),
    ("figures", "evaluate_figures.py", (), "figures/newswire-dev.json", "score_figures.py"),
    (
        "quantities",
        "evaluate_figures.py",
        ("--newsquant",),
        "figures/newsquant-dev.json",
        "score_newsquant.py",
    ),
    ("dates", "evaluate_dates.py", (), "dates/tbaq", "score_dates.py"),
)


def main(arguments: list[str]) -> int:
    """Predict and score every corpus that is there; return the exit code."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    data = Path(arguments[0]).resolve()
    bench = Path(arguments[1]).resolve() if len(arguments) == 2 else data.parent / "bench"
    scored = 0
    with tempfile.TemporaryDirectory() as folder:
        for what, script, options, gold, scorer in RUNS:
            if not (data / gold).exists() or not (bench / scorer).is_file():
                print(f"{what}: no {gold} in {data} or no {scorer} in {bench}", file=sys.stderr)
                continue
            predicted = Path(folder) / f"{what}.jsonl"
            for command in (
                [str(HERE / script), str(data / gold), str(predicted), *options],
                [str(bench / scorer), str(data / gold), str(predicted)],
            ):
                subprocess.run([sys.executable, *command], check=True)
            scored += 1
    if (data / "polnear/dev").exists():
        for labels in sorted(GOLD.glob("stances-polnear-dev*.json")):
            command = [str(HERE / "evaluate_stance.py"), str(data / "polnear/dev")]
            subprocess.run([sys.executable, *command, "--gold", str(labels)], check=True)
            scored += 1
    return 0 if scored else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
