"""Pieces of headlines and captions are no names, and names in headlines stay."""

from __future__ import annotations

import pytest
from tests.extract.test_extract_mentions import build

from sayso.extract.mentions import find_mentions
from sayso.running_text import count_plain_words, is_in_running_text, list_plain

ORG = "ORG"
BODY = "Officials said that they would pump more oil and that talks would follow an attack."


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("The mayor met Mira Sovan on the bridge.", "Mira Sovan", True),
        ("Mira Sovan met the mayor on the bridge.", "Mira Sovan", True),
        ("Sovan met the mayor on the bridge.", "Sovan", False),
        ("The bridge is shut. Crowds were sent home.", "Crowds", False),
        ("The bridge is shut, said Gen. Sovan of the port guard.", "Sovan", True),
        ("Nobody in the U.S. Senate had heard of the bridge.", "Senate", True),
        ("Kestria Asks Luzara to Pump More Oil, Citing Prices", "Pump More Oil", False),
        ("KESTRIA ASKS LUZARA TO PUMP MORE OIL", "PUMP MORE OIL", False),
        ("Photo: Harbour Bomb Suspect", "Harbour Bomb Suspect", False),
        ("He works for the port authority as a guard.", "port authority", False),
        ("Harbour Gazette", "Harbour Gazette", False),
        ("The Salt Council met.", "Salt Council", True),
        ("• the bridge over the river is home to the Third Fleet's band", "Third Fleet", True),
        ("a line before\nClick Here\nthe port is shut again", "Click Here", False),
    ],
)
def test_running_text_is_told_from_headlines(line: str, name: str, expected: bool) -> None:
    start = line.index(name)
    assert is_in_running_text(line, start, start + len(name)) is expected


def test_words_of_addresses_are_not_plain() -> None:
    plain = count_plain_words(
        "Write to mira.sovan@gazette.test, see https://gazette.test/sovan, or"
    )
    assert plain == {"to": 1, "see": 1, "or": 1}


def test_a_name_in_lower_case_does_not_make_itself_plain() -> None:
    plain = count_plain_words("the lorry driver said that a driver was late")
    assert list_plain("lorry driver", plain, 1) == (["lorry", "driver"], ["driver"])
    assert list_plain("Lorry Driver", plain, 1) == (["Lorry", "Driver"], ["Lorry", "Driver"])


@pytest.mark.parametrize(
    ("headline", "name", "kept"),
    [
        ("Kestria Asks Luzara To Pump More Oil", ("Pump More Oil", "PERSON"), False),
        ("TWELVE KILLED IN ATTACK", ("ATTACK", ORG), False),
        ("Talks Reach The Eleventh Hour", ("Talks", ORG), False),
        # one word of its own
        ("Kestria Asks Luzara To Pump Orvel Oil", ("Pump Orvel Oil", ORG), True),
        # a kind of body
        ("Officials Call The Attack Ministry Talks", ("Ministry Talks", ORG), True),
        # no person and no organisation: it joins nobody
        ("Oil Is More", ("Oil", "GPE"), True),
    ],
)
def test_scraps_of_headlines_are_no_names(headline: str, name: tuple[str, str], kept: bool) -> None:
    _, entities = find_mentions(build(f"{headline}\n\n{BODY} The ministry met .", name), "r-1")
    assert [e.name for e in entities] == [name[0]] * kept


def test_a_name_that_running_text_has_once_is_a_name() -> None:
    text = f"Talks Reach The Eleventh Hour\n\n{BODY} He heard it from Talks on the bridge ."
    mentions, entities = find_mentions(build(text, ("Talks", ORG), ("Talks", ORG)), "r-1")
    assert [e.name for e in entities] == ["Talks"]
    assert len(mentions) == 2
