"""Count mentions and entities that agree with gold, and judge speakers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from sayso.records.findings import Findings
from sayso.records.span import Span
from sayso.records.statement import Speaker
from sayso.score.gold_report import GoldReport, get_span
from sayso.score.tally import Tally, add_row

# Peoples, and persons without a name, are not annotated in gold: predicted ones are left out.
SCORED_TYPES = ("person", "organisation", "place")
NAME_METRICS = ("name span", "name span+type")

# A title may stand before a right name ("Army spokesman Colonel Marek Dovan"); more is none.
MAX_EXTRA_WORDS = 5

_WORD = re.compile(r"\w+")
_JOINING = frozenset(("and", "or"))


def count_names(tally: Tally, report: GoldReport, text: str, found: Findings) -> None:
    """Add one report's mentions by name, who belongs with whom, and its entities."""
    gold_type: dict[Span, str] = {}
    gold_whose: dict[Span, str] = {}
    for entity in report.entities or ():
        for anchor in entity.mentions:
            span = get_span(anchor, text, f"{report.path!r}: mention of {entity.name}")
            gold_type[span], gold_whose[span] = entity.type, entity.name
    guesses = [m for m in found.mentions if m.form == "name" and m.type in SCORED_TYPES]
    guessed_type = {mention.span: mention.type for mention in guesses}
    both = gold_type.keys() & guessed_type.keys()
    typed = sum(gold_type[span] == guessed_type[span] for span in both)
    add_row(tally, "name span", len(both), len(guessed_type), len(gold_type))
    add_row(tally, "name span+type", typed, len(guessed_type), len(gold_type))
    whose = {m.span: m.entity_id for m in guesses if m.entity_id is not None and m.span in both}
    _count_links(tally, {span: gold_whose[span] for span in both}, whose)
    wanted = Counter((fold_name(e.name), e.type) for e in report.entities or ())
    named = {m.entity_id for m in guesses}
    have = Counter(
        (fold_name(e.name), e.type)
        for e in found.entities
        if e.type in SCORED_TYPES and e.entity_id in named
    )
    add_row(tally, "entity name+type", (wanted & have).total(), have.total(), wanted.total())


def count_missing_names(tally: Tally, report: GoldReport) -> None:
    """Add the names of a report of which nothing was found."""
    entities = report.entities or ()
    for metric in NAME_METRICS:
        add_row(tally, metric, 0, 0, sum(len(entity.mentions) for entity in entities))
    add_row(tally, "entity name+type", 0, 0, len(entities))


def fold_name(name: str) -> str:
    """Return a name's words in lower case, without accents, a leading "the", possessives."""
    return " ".join(_fold(name))


def _fold(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("'s", " "))
    words = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    return words[1:] if words[:1] == ["the"] else words


def _count_links(tally: Tally, gold: dict[Span, str], guess: dict[Span, str]) -> None:
    """Add pairs of mentions found that are one entity in the gold, in the findings, and in both."""
    both = Counter((gold[span], entity) for span, entity in guess.items())
    add_row(
        tally,
        "same entity",
        _count_inside(both),
        _count_inside(Counter(guess.values())),
        _count_inside(Counter(gold.values())),
    )


def _count_inside(groups: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(size * (size - 1) // 2 for size in groups.values())


class SpeakerNames:
    """The names of one report's entities, to judge speakers by."""

    def __init__(self, found: Findings) -> None:
        self._entities = {entity.entity_id: entity for entity in found.entities}

    def is_named(self, speaker: Speaker | None) -> bool:
        """Say whether a speaker was resolved to somebody or something with a name of its own."""
        if speaker is None:
            return False
        ids = (*speaker.members, *(() if speaker.entity_id is None else (speaker.entity_id,)))
        types = [self._entities[key].type for key in ids if key in self._entities]
        return any(kind in SCORED_TYPES for kind in types)

    def judge(self, speaker: Speaker | None, wanted: Sequence[str]) -> str:
        """Return right, wrong or unresolved, for a statement whose speakers the gold names.

        A name is right if its words are those of the gold, a title before them allowed. An
        organisation that the gold writes in lower case, a description, may also be shorter. What
        names nobody ("the minister"), or gives a part of the right name only, is unresolved.
        """
        names = self._get_names(speaker, joint=len(wanted) > 1)
        if not names:
            return "unresolved"
        left = list(wanted)
        for name in names:
            hit = next((gold for gold in left if _is_same(name, gold)), None)
            if hit is None:
                vague = not self.is_named(speaker) or any(_is_part(name, gold) for gold in left)
                return "unresolved" if vague else "wrong"
            left.remove(hit)
        return "wrong" if left else "right"

    def _get_names(self, speaker: Speaker | None, joint: bool) -> list[str]:
        if speaker is None:
            return []
        members = [self._entities[key].name for key in speaker.members if key in self._entities]
        if joint or len(members) > 1:
            return members
        return [] if speaker.name is None else [speaker.name]


def _is_part(name: str, gold: str) -> bool:
    return set(_fold(name)) < set(_fold(gold))


def _is_same(name: str, gold: str) -> bool:
    have, want = _fold(name), _fold(gold)
    extra = len(have) - len(want)
    if extra >= 0:
        added = have[:extra]
        return (
            have[extra:] == want and extra <= MAX_EXTRA_WORDS and not _JOINING.intersection(added)
        )
    return gold == gold.lower() and want[-len(have) :] == have
