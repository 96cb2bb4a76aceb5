"""Short names of organisations, over hand-built annotations."""

from __future__ import annotations

import pytest
from tests.extract.test_extract_mentions import build

from sayso.extract.mentions import find_mentions

ORG = "ORG"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kesh Water Board met . KWB spoke", ["Kesh Water Board", "KWB"]),
        ("Brenn Dispatches met . BD spoke", ["Brenn Dispatches", "BD"]),
        # the initials that brackets give, also where they are no initials of the words
        ("Luzara Grain Union ( LuGU ) met . LuGU spoke", ["Luzara Grain Union", "LuGU", "LuGU"]),
        # without the words before, or behind "of"
        (
            "Kesh Harbour Ministry met . the Harbour Ministry spoke",
            ["Kesh Harbour Ministry", "Harbour Ministry"],
        ),
        ("Ostvik Herald wrote . the Herald wrote", ["Ostvik Herald", "Herald"]),
        ("Church of Kesh met . the Church spoke", ["Church of Kesh", "Church"]),
        # a company without its legal form
        ("Marsh Inc. met . Marsh spoke", ["Marsh Inc.", "Marsh"]),
        # a name without a word for what it is, by its first word
        ("Orvel Freight met . Orvel spoke", ["Orvel Freight", "Orvel"]),
    ],
)
def test_a_short_name_is_the_longer_one_of_the_report(text: str, names: list[str]) -> None:
    mentions, entities = find_mentions(build(text, *((n, ORG) for n in names)), "r-1")
    assert mentions[0].text == names[0]
    assert {m.entity_id for m in mentions} == {entities[0].entity_id}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # two longer names fit
        (
            "Kesh Water Board met . Kavria Water Board met . the Water Board spoke",
            ["Kesh Water Board", "Kavria Water Board", "Water Board"],
        ),
        # a short name that stands alone before the longer one comes
        ("the Herald wrote . Ostvik Herald wrote", ["Herald", "Ostvik Herald"]),
        # a part of a name that is no short form of it
        ("High Office for Rivers met . Rivers spoke", ["High Office for Rivers", "Rivers"]),
        ("Green House met . the House spoke", ["Green House", "House"]),
        ("Senate Trade Committee met . Senate spoke", ["Senate Trade Committee", "Senate"]),
        ("Orvel spoke . Orvel Freight met", ["Orvel", "Orvel Freight"]),
        (
            "Orvel Freight met . Orvel Grain met . Orvel spoke",
            ["Orvel Freight", "Orvel Grain", "Orvel"],
        ),
        ("KN Sanctions came . KS spoke", ["KN Sanctions", "KS"]),
        ("Kesh Union ( see Bede ) met . Bede spoke", ["Kesh Union", "Bede"]),
    ],
)
def test_other_names_stay_apart(text: str, names: list[str]) -> None:
    mentions, entities = find_mentions(build(text, *((n, ORG) for n in names)), "r-1")
    assert len(entities) == len(names)
    assert len({m.entity_id for m in mentions}) == len(names)
