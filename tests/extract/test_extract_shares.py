"""Parts of a figure told in words, in sentences about invented places."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from sayso.extract.figures import find_figures
from sayso.extract.shares import FOUND_BY
from sayso.extract.wordlists import make_vague
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.figure import Figure

pytestmark = pytest.mark.language


@cache
def get_parser() -> Parser:
    return load_parser()


def find(text: str, *meanings: tuple[str, int, int]) -> list[tuple[Figure, Figure]]:
    """Return (share, its whole) for each share told in words."""
    annotation = get_parser().annotate(text, segments=[(0, len(text))], title=None)
    figures = find_figures(annotation, "r-1", "0" * 64, make_vague(meanings))
    assert [f.span for f in figures] == sorted(f.span for f in figures)
    by_id = {figure.figure_id: figure for figure in figures}
    assert len(by_id) == len(figures)
    return [(f, by_id[f.subset_of or ""]) for f in figures if f.found_by == FOUND_BY]


# sentence, words of the share, what they count, least, most, words of the whole
CASES = [
    (
        "The war has so far killed at least 33,500 Kestrians, mostly women and children.",
        ("mostly", "women and children", 16751, None, "at least 33,500"),
    ),
    (
        "The raid killed 40 people in Talm, most of them civilians, in the night.",
        ("most of them", "civilians", 21, 40, "40"),
    ),
    ("The raid killed 40 people (mainly herders).", ("mainly", "herders", 21, 40, "40")),
    ("The raid killed 40 people – mostly herders.", ("mostly", "herders", 21, 40, "40")),
    (
        "At least 31 villagers, the majority of whom were minors, drowned.",
        ("the majority of whom", "minors", 16, None, "At least 31"),
    ),
    (
        "Some 500 people were detained, many of them students, police said.",
        ("many of them", "students", None, None, "Some 500"),
    ),
    (
        "Sixty miners died in the collapse. Most of them were young men.",
        ("Most of them", "young men", 31, 60, "Sixty"),
    ),
    ("Sixty miners died in the collapse. Most were fathers.", ("Most", "fathers", 31, 60, "Sixty")),
    (
        "The blast killed 12 and wounded 60. Most of the dead were soldiers.",
        ("Most of the dead", "soldiers", 7, 12, "12"),
    ),
    (
        "The blast killed 12 people, all of them children.",
        ("all of them", "children", 12, 12, "12"),
    ),
    ("Dozens of people, mostly fishermen, were saved.", ("mostly", "fishermen", 13, 99, "Dozens")),
    (
        "The quake killed 45 people, most women and children, officials said.",
        ("most", "women and children", 23, 45, "45"),
    ),
    (
        "The fire killed 30 people, including 12 pupils, most of them girls.",
        ("most of them", "girls", 7, 12, "12"),
    ),
    (
        "More than 90 Kestrians, including many children, were killed.",
        ("many", "children", None, None, "More than 90"),
    ),
    ("Some 200 homes were lost, mostly villas.", ("mostly", "villas", 76, 250, "Some 200")),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_share_told_in_words_is_part_of_the_figure_before(
    text: str, wanted: tuple[str, str, int | None, int | None, str]
) -> None:
    ((share, whole),) = find(text)
    ends = (share.value_lo, share.value_hi)
    assert (share.text, share.counted, *ends, whole.text) == wanted
    assert text[slice(*share.span)] == share.text
    assert share.measure == whole.measure
    if wanted[0] != "all of them":
        assert (share.value, share.bound) == (None, "vague")


NO_SHARE = [
    "Police arrested 30 people, mostly in the north.",
    "The ministry has 30 trucks, mostly because people like them.",
    "Police arrested 30 people. Most people stayed at home.",
    "The coast has 12 harbours, many of which people know.",
    "Two candidates, many claims: it was a long night.",
    "He saw five allies. Some of them have differing views.",
    "Fewer than 1,000 jobs have returned, and many of those plants are old.",
    "A few hundred guests (many of whom have families in Osk) left.",
    "The winner of two seats came third in a town with the third-most delegates.",
    "Some 40 farmers went to town, mostly making toys.",
    "About 30 people were killed, along with many others.",
    "The growth was 4 percent, mostly exports.",
    "She is 44, mostly friends say.",
    "Some 40 people raised $5 million, mostly donations, for the harbour.",
    "The 12 ministers pledged 600 million dollars, most of them loans.",
]


@pytest.mark.parametrize("text", NO_SHARE)
def test_what_is_no_share_of_what_was_counted(text: str) -> None:
    assert find(text) == []


def test_what_most_means_can_be_set() -> None:
    text = "The storm killed 50 people, mostly sailors."
    ((share, _),) = find(text, ("most", 60, 90))
    assert (share.value_lo, share.value_hi) == (Decimal(31), Decimal(45))


def test_they_were_mostly_in_the_next_sentence() -> None:
    ((share, whole),) = find("The storm killed 50 people. They were mostly sailors.")
    assert (share.text, share.counted, whole.text) == ("mostly", "sailors", "50")


def test_two_shares_of_one_figure() -> None:
    text = (
        "It killed about 1,400 people — mostly civilians, and some of them foreigners — on Sunday."
    )
    (first, whole), (second, same) = find(text)
    assert (first.counted, second.counted) == ("civilians", "foreigners")
    assert whole == same


def test_hostile_shares_end_in_time() -> None:
    text = "They hurt 30 people" + ", most of them" * 3000 + ", mostly men" * 3000 + "."
    assert len(find(text)) < 300
