"""What the commands are called, do, and look like in use: the words of `sayso --help`.

Options stand in `arguments`; a command here has its name there.
"""

from __future__ import annotations

from typing import NamedTuple

from sayso.commands.options import JUDGE_HELP


class Command(NamedTuple):
    """module: of `sayso.commands`. about: one line. examples: whole command lines."""

    name: str
    module: str
    about: str
    examples: tuple[str, ...]


# What a command's help says beyond its one line.
MORE = {
    "show": (
        "\n\nContents stand in numbered brackets, [1 …]; the list below has their speakers.\n"
        "Own voice: what the outlet states and attributes to nobody.\n"
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
    "series": (
        "\n\nFigures of at least two reports with the same measure, counted, place, event and\n"
        "mode. --draw writes one as a picture: low to high by the day it is as of, the shape\n"
        "tells the bound, filled where somebody named gives it; --reference lays a daily series\n"
        "under it."
    ),
    "consistency": (
        "\n\nWithin a series: counts of one source that fall or leap, parts above their whole,\n"
        "two outlets that cannot both hold on one day, a beginning that moves. What rounding, a\n"
        "revision, a reset or an older count printed again would explain is told apart. It does\n"
        "not say which of the two is right."
    ),
    "claims": (
        "\n\nStatements and own-voice assertions that say what a sentence says, or nearly, or\n"
        "what the statement or assertion with an id says; the nearest first, each with what\n"
        "tells it apart: a denial, another number, who and whom, what is only to come, words of\n"
        "one alone. `same`, `more` and `less` say that one says all of the other.\n"
        "Without a sentence: the claims that are kept, those of most owners first, each by its\n"
        "earliest dated saying in this ledger; with the id of one (k-…) its sayings."
    ),
    "origins": (
        "\n\nFollows each record from its outlet inwards to the last one who is named as its\n"
        "source: the innermost speaker, the outlet he told or that reported it, the agency whose\n"
        "text it is. Copied passages, relays and words of one speaker are folded; what is\n"
        "left are at most so many origins. Given are ids of statements, assertions and\n"
        "figures, the id of a claim, a sentence (then what says the same), or --series. It does\n"
        "not say whether what they say holds."
    ),
    "assertions": (
        "\n\nSentences, and clauses beside what others say, that the outlet attributes to nobody."
    ),
    "copies": (
        "\n\nOne row a passage of one report; reports that share it are a cluster, the earliest\n"
        "dated first, which does not make it the source. quoted: they share what somebody said."
    ),
    "wording": (
        "\n\nIn how many reports of each side a word or a pair of words stands, in the outlet's\n"
        "own voice and in quotes apart. p: how often reports dealt out at random differ as much\n"
        "in any word. The sides are told apart by the first of these that is given: --against,\n"
        "--against-since, --naming, --outlet, --since; all else holds of both.\n"
        "--references NAME: by which words reports refer to somebody, by outlet and voice."
    ),
    "remove": "\n\nNothing of them stays in any file of the ledger, and they are not read again.",
}

COMMANDS = (
    Command(
        "read",
        "read",
        "read reports into a ledger; run again, it reads nothing twice",
        (
            "sayso read reports/",
            "sayso read news.parquet --map text=body,published=date --ledger news.sayso",
            "zcat archive.txt.gz | sayso read - --outlet 'Harbour Post' --published 2024-03-02",
        ),
    ),
    Command(
        "show",
        "show",
        "show what is found in reports, without a ledger",
        (
            "sayso show report.txt",
            "sayso show - < report.html",
            "sayso show reports/ --csv > found.csv",
        ),
    ),
    Command(
        "statements",
        "rows",
        "list who said what, with a citation for each",
        (
            "sayso statements --speaker Sovan --kind direct",
            "sayso statements --stance denies",
            "sayso statements --outlet 'Harbour Post' --since 2024-03 --csv > statements.csv",
        ),
    ),
    Command(
        "figures",
        "rows",
        "list figures: bounds, what they count, on whose word",
        (
            "sayso figures --voice own",
            "sayso figures --measure killed --since 2024-02-01 --until 2024-02-29 --json",
            "sayso figures --measure killed --reference official.csv:date:killed",
        ),
    ),
    Command(
        "series",
        "series",
        "list series of figures, or draw one",
        (
            "sayso series --measure killed",
            "sayso series --measure killed --place Velmora --draw killed.svg",
            "sayso series --series killed///flood/cumulative --draw flood.png"
            " --reference official.csv:date:killed",
        ),
    ),
    Command(
        "consistency",
        "consistency",
        "list figures of one series that do not go together",
        (
            "sayso consistency --measure killed",
            "sayso consistency --explained --csv > consistency.csv",
        ),
    ),
    Command(
        "claims",
        "claims",
        "list what several reports say, or find who else says it and what differs",
        (
            "sayso claims --across --since 2024-03",
            "sayso claims 'The ferry to Halvik will stop in March'",
            "sayso claims s-3d1b7c09e2f4a6b8c0d2e4f6 --same --csv > sayings.csv",
        ),
    ),
    Command(
        "origins",
        "origins",
        "say on how many independent origins something rests",
        (
            "sayso origins 'The ferry to Halvik will stop in March'",
            "sayso origins s-3d1b7c09e2f4a6b8c0d2e4f6 a-77ab02c31c9a55e0d2e4f6a6",
            "sayso origins --series killed//halvik//cumulative --csv > origins.csv",
        ),
    ),
    Command(
        "assertions",
        "rows",
        "list what outlets state in their own voice",
        (
            "sayso assertions --outlet 'Harbour Post' --since 2024-03",
            "sayso assertions --search 'ferry OR bridge' --csv > own.csv",
        ),
    ),
    Command(
        "copies",
        "rows",
        "list passages that several reports have, with what differs",
        (
            "sayso copies --across --kind copied",
            "sayso copies --report r-1c9a55e0",
            "sayso copies --outlet 'Harbour Post' --since 2024-03 --csv > copies.csv",
        ),
    ),
    Command(
        "wording",
        "wording",
        "list words that two groups of reports use differently",
        (
            "sayso wording --outlet 'Harbour Post' --against 'Oller Times'",
            "sayso wording --outlet left --against right --leanings outlets.csv --deal outlets",
            "sayso wording --outlet 'Harbour Post' --until 2024-02 --against-since 2024-03",
            "sayso wording --around 'Mira Sovan' --outlet 'Harbour Post' --voice own --csv",
            "sayso wording --references 'Mira Sovan'",
        ),
    ),
    Command(
        "who",
        "rows",
        "list speakers with their spellings and latest statement",
        ("sayso who", "sayso who --outlet 'Harbour Post' --limit 20"),
    ),
    Command(
        "search",
        "rows",
        "search the full text of the reports",
        (
            "sayso search 'bridge AND collapse*'",
            "sayso search '\"state of emergency\"' --since 2024-01 --json",
        ),
    ),
    Command(
        "serve",
        "serve",
        "show a ledger as pages in the browser, on this machine",
        ("sayso serve", "sayso serve archive.sayso --port 9000 --open"),
    ),
    Command(
        "status",
        "status",
        "say what a ledger holds",
        ("sayso status", "sayso status --failures"),
    ),
    Command(
        "doctor",
        "doctor",
        "check this installation and a ledger, and list the settings",
        ("sayso doctor", "sayso doctor --ledger archive.sayso"),
    ),
    Command(
        "remove",
        "remove",
        "remove reports for good, with everything found in them",
        ("sayso remove r-1c9a55e0", "sayso remove r-1c9a55e0 r-77ab02c3 --ledger archive.sayso"),
    ),
    Command(
        "judge",
        "judge",
        "decide who is who, and which sayings are one claim",
        (
            "sayso judge doubtful",
            "sayso judge merge 'Mira Sovan' 'Myra Sovann' --reason 'same office'",
            "sayso judge split 'Mira Sovan' 'M. Sovan' --dry-run",
            "sayso judge split 'Jon Hale' --report r-1c9a55e0 --label 'the engineer'",
            "sayso judge different s-3d1b7c09e2f4a6b8c0d2e4f6 a-0f41955d9542b16e3fce4f9a",
        ),
    ),
    Command(
        "refresh",
        "read",
        "annotate again what older finders or models annotated",
        ("sayso refresh",),
    ),
    Command(
        "rebuild",
        "rebuild",
        "make the database of a ledger anew from its shards",
        ("sayso rebuild --ledger archive.sayso",),
    ),
    Command(
        "export",
        "export",
        "write every table of a ledger as Parquet, CSV or JSON lines",
        ("sayso export out/ --format csv",),
    ),
    Command(
        "score",
        "score",
        "score the finders against gold: precision, recall, F1",
        ("sayso score gold/ --samples samples/reports --floors gold/floors.json",),
    ),
)
