"""What the help of a command says beyond its one line."""

from __future__ import annotations

from sayso.commands.options import JUDGE_HELP

MORE_HELP = {
    "show": (
        "\n\nContents stand in numbered brackets, [1 …]; the list below has their speakers.\n"
        "On a terminal sources are bold, cues italic, figures underlined."
    ),
    "search": (
        '\n\nWords are sought together, in any order; "a phrase"; OR; NOT; NEAR(aid border, 5); a\n'
        "prefix*. Operators are written in capitals."
    ),
    "who": "\n\nSpellings of one name are joined; `sayso judge` joins others and parts them.",
    "judge": JUDGE_HELP,
    "figures": (
        "\n\nEach with the numbers that its words allow: `almost 28,000` is 27,000 to 28,000.\n"
        "--voice own: in the outlet's own voice; quoted: inside what a source says.\n\n"
        "--reference lays a daily series under them and says of each whether it holds (by its\n"
        "interval, on the day it is as of, or the day before), is stale (the reference had it\n"
        "earlier), ahead (it has it later) or differs. It does not say which of the two is right."
    ),
    "assertions": (
        "\n\nSentences, and clauses beside what others say, that the outlet attributes to nobody."
    ),
    "copies": (
        "\n\nOne row a passage of one report; reports that share it are a cluster, the earliest\n"
        "dated first, which does not make it the source. quoted: they share what somebody said."
    ),
    "remove": "\n\nNothing of them stays in any file of the ledger, and they are not read again.",
}
