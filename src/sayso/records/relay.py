"""A relay: another outlet through which words reached a report, as the report says itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sayso.records.span import Span

# reported: an outlet is the source of a statement; told: a statement was made to one; credit: the
# report is printed as another outlet's; contributed: it names one that helped.
RelayKind = Literal["reported", "told", "credit", "contributed"]
RELAY_KINDS: tuple[RelayKind, ...] = ("reported", "told", "credit", "contributed")
# "CNN (Web News)": what a database adds to an outlet's name.
_ADDED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Relay:
    """One outlet that a report names as where words came from.

    outlet: its name as printed or as the report has it in full, without an article. span: the words
    that say so: the name, or the mention of it that the statement has. statement_id: the statement
    that reached the report so; None where it is the report as a whole.
    """

    relay_id: str
    report_id: str
    kind: RelayKind
    outlet: str
    span: Span
    statement_id: str | None = None


def fold_outlet(name: str) -> str:
    """Return the name of an outlet as it is compared: no case, no article, nothing in brackets."""
    return " ".join(_ADDED.sub(" ", name).casefold().split()).removeprefix("the ")


def is_same_outlet(a: str, b: str) -> bool:
    """Say whether two names are one outlet's by themselves: the same words, or one the initials of
    the other.
    """
    one, other = fold_outlet(a), fold_outlet(b)
    return one == other or is_initials(a, other) or is_initials(b, one)


def is_short_for(short: str, outlet: str) -> bool:
    """Say whether a name is the last words of an outlet's, as a report calls its own outlet: "the
    Lantern" of the Varsk Lantern.
    """
    return f" {fold_outlet(outlet)}".endswith(f" {fold_outlet(short)}")


def is_initials(short: str, folded: str) -> bool:
    """Say whether a name in capitals is the initials of a folded one of several words."""
    letters = short.removeprefix("The ").removeprefix("the ").replace(".", "")
    words = folded.split()
    return len(words) > 1 and letters.isupper() and letters.lower() == "".join(w[0] for w in words)
