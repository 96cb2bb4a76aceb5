"""What contradicts by its words alone, as sentences are read: nobody reads both side by side."""

from __future__ import annotations

import pytest

from sayso.compare.sayings import read_saying
from sayso.link.same_claim import Side, decide
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.claim import PairReading

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def compare(parser: Parser, one: str, other: str) -> str:
    sides = [Side(read_saying(parser, text)) for text in (one, other)]
    found = {
        decide(*both, 0.9, lambda: PairReading(-3.0, -3.0, -3.0, -3.0)).relation
        for both in (sides, sides[::-1])
    }
    [relation] = found
    return relation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The Velmoran parliament approved the water bill on Tuesday.",
            "The Velmoran parliament rejected the water bill on Tuesday.",
        ),
        (
            "The water bill was rejected by the Velmoran parliament.",
            "The Velmoran parliament approved the water bill.",
        ),
        (
            "The governor agreed to meet the striking miners of Halvik.",
            "The governor refused to meet the striking miners of Halvik.",
        ),
        (
            "Rebels captured the airport at Sennet.",
            "Rebels failed to capture the airport at Sennet.",
        ),
        (
            "The mayor and her deputy knew of the harbour contract.",
            "Neither the mayor nor her deputy knew of the harbour contract.",
        ),
        (
            "Tove Rand ordered the blockade of Luzara in the first days of the war.",
            "Tove Rand did not order the blockade of Luzara.",
        ),
        (
            "All 14 climbers survived the storm on Mount Arrel.",
            "None of the 14 climbers survived the storm on Mount Arrel.",
        ),
        ("The vaccine from Corvane is safe.", "The vaccine from Corvane is unsafe."),
        (
            "The trade deficit of Kestria narrowed in June.",
            "The trade deficit of Kestria widened in June.",
        ),
        (
            "“Kestria didn’t sign the treaty on fishing,” it said.",
            "“Kestria signed the treaty on fishing,” it said.",
        ),
    ],
)
def test_denials_and_opposites_of_one_thing_contradict(
    parser: Parser, one: str, other: str
) -> None:
    assert compare(parser, one, other) == "contradicts"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Another thing, time or place, or somebody else.
        (
            "The Velmoran parliament approved the water bill.",
            "The Velmoran parliament rejected the tax bill.",
        ),
        (
            "The trade deficit of Kestria narrowed in June.",
            "The trade deficit of Kestria widened in July.",
        ),
        ("The price of rice in Luzara rose again.", "The price of rice in Luzara fell again."),
        (
            "The Tidewater Party won the election in Brennick.",
            "The Tidewater Party lost the election in Pell.",
        ),
        (
            "The president of Ossar supports the ban on whaling.",
            "The president of Ossar’s party opposes the ban on whaling.",
        ),
        ("Halvik won the cup final against Brell.", "Brell lost the cup final against Halvik."),
        # What was opened may have been closed, and what was done is not done for good.
        ("The army sold the old mill in Arnet.", "The army bought the old mill in Arnet."),
        ("The old bridge of Sennet was closed.", "The new bridge of Sennet was opened."),
        # Denied in part, or not denied.
        ("Soldiers entered the village of Brenn.", "Not only soldiers entered the village."),
        (
            "Some of the hostages held in Corvane were freed.",
            "Not all of the hostages held in Corvane were freed.",
        ),
        ("The guard was hurt in the Gant fire.", "Nobody but the guard was hurt in the Gant fire."),
        (
            "Tove Rand ordered the blockade of Luzara.",
            "Tove Rand did not order the blockade of Luzara alone.",
        ),
        ("The mayor knew of the leak.", "The mayor was not the only one who knew of the leak."),
        ("The army shelled the school in Arnet.", "There is no doubt the army shelled the school."),
        ("The talks in Pell succeeded.", "The talks in Pell did not fail."),
        ("The hospital in Tessaly is not empty.", "The hospital in Tessaly is not full."),
        # Not told, only feared, hedged, on a condition.
        (
            "The army shelled the school in Arnet.",
            "The army did not say that it shelled the school in Arnet.",
        ),
        ("Dara Olvane may resign from her post.", "Dara Olvane did not resign from her post."),
        (
            "If the dam at Sennet fails, Halvik will be flooded.",
            "Halvik will not be flooded.",
        ),
        # Who stops doing it did it before.
        ("The firm sold the drug in Arnet.", "The firm stopped selling the drug in Arnet."),
    ],
)
def test_what_may_both_be_so_does_not(parser: Parser, one: str, other: str) -> None:
    assert compare(parser, one, other) != "contradicts"
