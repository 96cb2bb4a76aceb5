"""Figures and what stands near them and is not theirs: who tells them, what came before, galleries."""

from __future__ import annotations

from functools import cache

import pytest

from sayso.extract.figures import find_figures
from sayso.extract.series_keys import key_figures
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.figure import Figure

pytestmark = pytest.mark.language


@cache
def get_parser() -> Parser:
    return load_parser(with_tagger=False)


def find(text: str) -> tuple[Figure, ...]:
    annotation = get_parser().annotate(text, segments=[(0, len(text))], title=None)
    return key_figures(annotation, find_figures(annotation, "r-1", "0" * 64), (), None)


MEASURES = (
    ("Three officers told the court that the flood also killed Odo Lund.", ["people"]),
    ("Two soldiers said that a blast wounded the mayor.", ["people"]),
    ("Twelve people are feared to have been killed.", ["killed"]),
    ("Officials reported 30 people killed.", ["killed"]),
    ("The report found 30 people were killed.", ["killed"]),
    ("The blast left 30 people dead.", ["killed"]),
    ("The thief was 6-foot-2 and 210 pounds.", ["length:ft", "mass:lb"]),
    ("The man was 5 feet tall and about 120 pounds.", ["length:ft", "mass:lb"]),
    ("They stole 300 kilograms (660 pounds) of rice.", ["mass:kg", "mass:lb"]),
    ("He has lost 15 pounds (6.8 kilograms) since May.", ["mass:lb", "mass:kg"]),
    ("The bakery made a profit of 660 pounds.", ["money:GBP"]),
    ("He has lost 15 pounds (about 20 euros) since May.", ["money:GBP", "money:EUR"]),
    ("The plot was 30 feet wide and cost 160 pounds.", ["length:ft", "money:GBP"]),
    ("Missiles hit two bases in Talm.", ["other:base"]),
    ("They found two theses and two crises.", ["other:thesis", "other:crisis"]),
    ("The crowd is gone. Show Caption 4 of 31 Photos: A town in fear", []),
    ("3 of 12 Images", []),
    ("Police kept 23 photos of the crowd.", ["other:photo"]),
    ("Judges chose 3 of 23 photos.", ["other:photo", "other:photo"]),
)


@pytest.mark.parametrize(("text", "measures"), MEASURES)
def test_what_is_counted_is_what_the_words_say(text: str, measures: list[str]) -> None:
    assert [figure.measure for figure in find(text)] == measures


APART = (
    "The ferry sank, drowning all 43 people aboard, shortly after rebels shelled a mill in answer "
    "to a raid.",
    "The plane crashed hours after a missile attack, killing all 30 people on board.",
    "Troops shot dead 12 villagers in response to an ambush.",
    "Troops killed 12 villagers in retaliation for a bombing.",
    "Three days before the attack, 12 people were killed.",
)
TIED = (
    ("Twelve people died after the earthquake.", "earthquake"),
    ("Twelve people died immediately after the blast.", "blast"),
    ("Six soldiers died earlier this week after a suicide attack.", "suicide attack"),
    ("Twelve people were killed in a drone strike.", "drone strike"),
    ("The drone strike killed 12 people shortly before noon.", "drone strike"),
)


@pytest.mark.parametrize("text", APART)
def test_what_came_a_while_before_or_was_answered_is_another_event(text: str) -> None:
    assert all(figure.event is None for figure in find(text))


@pytest.mark.parametrize(("text", "event"), TIED)
def test_what_it_came_about_by_is_its_event(text: str, event: str) -> None:
    assert event in [figure.event for figure in find(text)]
