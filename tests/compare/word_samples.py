"""Invented reports of two outlets that word things differently, by construction."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("web", "ledger", "identify")]

from ledger_samples import day, find  # noqa: E402
from web_pages import load_found  # noqa: E402

from sayso.ledger.paths import LedgerPaths  # noqa: E402
from sayso.records.entity import LocalEntity, Mention, Role  # noqa: E402
from sayso.records.findings import Findings  # noqa: E402
from sayso.records.ids import hash_text, make_id  # noqa: E402
from sayso.records.report import Report  # noqa: E402
from sayso.records.span import Fragments  # noqa: E402
from sayso.records.statement import Speaker, Statement  # noqa: E402

GAZETTE, TIMES = "Harbour Gazette", "Oller Times"
PLAIN = [
    "ferry",
    "quay",
    "harbour",
    "council",
    "road",
    "bridge",
    "rain",
    "winter",
    "school",
    "budget",
    "tram",
    "market",
    "valley",
    "orchard",
    "frost",
    "glass",
    "pump",
    "night",
    "street",
    "engineer",
    "crew",
    "port",
    "wind",
    "plan",
    "report",
    "line",
    "season",
    "village",
    "mill",
]


@dataclass(frozen=True, slots=True)
class Told:
    """A report: own sentences, and what Ana Kovel says in it. outlet, month, number: of it."""

    number: int
    outlet: str | None
    own: Sequence[str]
    said: Sequence[str] = ()
    month: int = 3
    title: str = "News of the day"


def make_told(told: Told) -> Findings:
    """The findings of such a report: each thing said is a statement by Ana Kovel."""
    said = [f"“{words}”" for words in told.said]
    lines = [*told.own, *(f"{words} said Ana Kovel, the harbour minister." for words in said)]
    body = "\n".join(lines)
    text = f"{told.title}\n\n{body}"
    report = Report(
        report_id=make_id("r", text, told.outlet or "", told.number),
        text=text,
        text_sha256=hash_text(text),
        body=(len(told.title) + 2, len(text)),
        title_span=(0, len(told.title)),
        title=told.title,
        path=f"/told/{told.number}.txt",
        outlet=told.outlet,
        outlet_evidence="outlet",
        published=day(2031, told.month, 1 + told.number % 28),
        language="en",
    )
    statements, mentions, roles = [], [], []
    entity_id = make_id("e", report.report_id)
    for words in said:
        content = find(text, words)
        start = text.index("Ana Kovel", content[1])
        name = (start, start + len("Ana Kovel"))
        role = find(text[name[1] :], "harbour minister")
        roles.append(Role("harbour minister", (role[0] + name[1], role[1] + name[1])))
        mentions.append(Mention(name, "Ana Kovel", "person", entity_id))
        statements.append(
            Statement(
                statement_id=make_id("s", report.report_id, content),
                report_id=report.report_id,
                kind="direct",
                source=Fragments((name,), "Ana Kovel"),
                cue=Fragments(((content[1] + 1, content[1] + 5),), "said"),
                content=Fragments((content,), words),
                confidence=0.9,
                found_by="hand",
                stance="says",
                speaker=Speaker("Ana Kovel", entity_id, "name", None, (name,), (entity_id,), 0.9),
            )
        )
    for words in ("the strongman", "The strongman"):
        at = text.find(words)
        if at >= 0 and mentions:
            span = (at, at + len(words))
            mentions.append(Mention(span, words, "person", entity_id, "description"))
    entity = LocalEntity(
        entity_id,
        report.report_id,
        "Ana Kovel",
        "person",
        (("Ana Kovel", len(said)),),
        tuple(roles),
    )
    return Findings(
        report=report,
        version="f1",
        statements=tuple(statements),
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
        entities=(entity,) if said else (),
    )


def say(random: Random, *words: str) -> str:
    """An own sentence of plain words, with `words` among them."""
    chosen = [random.choice(PLAIN) for _ in range(12)]
    for word in words:
        chosen.insert(random.randrange(1, 11), word)
    return " ".join(chosen).capitalize() + "."


def make_two(count: int = 20) -> list[Findings]:
    """`count` reports of each outlet. The Gazette's own voice has "regime", the Times' "government";
    Kovel says "storm" to the Gazette, "breeze" to the Times; both quote and write "weather"."""
    random = Random(5)
    found = []
    for n in range(count):
        for outlet, own, said in ((GAZETTE, "regime", "storm"), (TIMES, "government", "breeze")):
            told = Told(
                number=2 * n + (outlet == TIMES),
                outlet=outlet,
                own=(say(random, own, "weather"), say(random)),
                said=(say(random, said, "weather"),),
                month=3 + n % 4,
            )
            found.append(make_told(told))
    return found


def make_words(folder: Path, found: Sequence[Findings]) -> LedgerPaths:
    """Load these into a ledger."""
    return load_found(folder / "words.sayso", found)
