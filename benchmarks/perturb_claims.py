"""Sentences against changed copies of themselves: none of these may come out as the same claim.

    python benchmarks/perturb_claims.py DATA [--count 300] [--list]

Takes sentences of reports in DATA (a folder of .txt files, `polnear/dev` say) by seed and changes
one thing: a number, the polarity, who does it to whom, or that it is denied by who is quoted.
Prints how often each comes out as what; also of the sentence itself, which must be the same.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from evaluate_claims import load_finder
from sayso.compare.claims import read_side
from sayso.link.same_claim import decide
from sayso.records.annotation import Annotation
from sayso.records.claim import SAYS

SEED = 607
LEAST_WORDS, MOST_WORDS = 7, 40
_SENTENCE = re.compile(r"[^.!?\n]{30,400}[.!?](?=\s|$)")
_NUMBER = re.compile(r"(?<![\w.,$-])([1-9]\d{1,2}(?:,\d{3})*|[2-9])(?![\w.,%-]|st|nd|rd|th)")
_HELPERS = (
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "could",
    "can",
    "did",
)
Change = Callable[[Annotation, random.Random], str | None]


def change_number(annotation: Annotation, chance: random.Random) -> str | None:
    """Return the text with a count changed by half, None if it has none."""
    text = annotation.text
    found = [m for m in _NUMBER.finditer(text) if not 1900 <= int(m[1].replace(",", "")) <= 2100]
    if not found:
        return None
    match = chance.choice(found)
    value = round(int(match[1].replace(",", "")) * 1.5) + 1
    return f"{text[: match.start()]}{value:,}{text[match.end() :]}"


def deny(annotation: Annotation, _: random.Random) -> str | None:
    """Return the text with its main verb denied, None if it has no verb that helps."""
    for token in annotation.tokens:
        head = annotation.tokens[token.head]
        main = head.dep == "ROOT" or token.dep == "ROOT"
        if main and token.text in _HELPERS and token.dep in ("aux", "auxpass", "ROOT"):
            after = annotation.text[token.end :]
            if after.startswith((" not", "not", " n't", "n't", " never", " no ")):
                return None
            return f"{annotation.text[: token.end]} not{after}"
    return None


def swap_roles(annotation: Annotation, _: random.Random) -> str | None:
    """Return the text with subject and object exchanged, if both are names of one clause."""
    tokens = annotation.tokens
    for i, token in enumerate(tokens):
        if token.dep != "nsubj" or token.tag not in ("NNP", "NNPS"):
            continue
        objects = [
            t for t in tokens
            if t.head == token.head and t.dep == "dobj" and t.tag in ("NNP", "NNPS")
        ]  # fmt: skip
        names = {n.last - 1: n for n in annotation.names}
        if objects and i in names:
            other = names.get(tokens.index(objects[0]))
            if other is not None:
                (a, b), (c, d) = names[i].span, other.span
                text = annotation.text
                return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    return None


def keep(annotation: Annotation, _: random.Random) -> str | None:
    return annotation.text


CHANGES: dict[str, Change] = {
    "itself": keep,
    "other number": change_number,
    "denied": deny,
    "roles exchanged": swap_roles,
    "denied by the cue": keep,
}


def main() -> None:
    """Print a line for each change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    chance = random.Random(SEED)
    finder = load_finder()
    sentences = [
        m.group().strip()
        for path in sorted(given.data.rglob("*.txt"))
        for m in _SENTENCE.finditer(path.read_text("utf-8", "replace"))
        if LEAST_WORDS <= len(m.group().split()) <= MOST_WORDS
    ]
    chance.shuffle(sentences)

    def annotate(text: str) -> Annotation:
        return finder.parser.annotate(text, [(0, len(text))], None)

    for name, change in CHANGES.items():
        outcomes: Counter[str] = Counter()
        for text in sentences:
            if outcomes.total() == given.count:
                break
            annotation = annotate(text)
            changed = change(annotation, chance)
            if changed is None:
                continue
            sides = [read_side(finder, one) for one in (text, changed)]
            if name == "denied by the cue":
                sides[1] = replace(sides[1], stance="denies")
            first, second = finder.encoder.encode([text, changed])
            read = partial(finder.pairs.read, text, changed)
            link = decide(sides[0], sides[1], float(first @ second), read)
            outcomes[link.relation] += 1
            if given.list and (link.relation in SAYS) != (name == "itself"):
                print(f"  {name}: {changed!r} {link.differences}")
        told = ", ".join(f"{count} {relation}" for relation, count in outcomes.most_common())
        print(f"{name:20} {outcomes.total():4}: {told}")


if __name__ == "__main__":
    main()
