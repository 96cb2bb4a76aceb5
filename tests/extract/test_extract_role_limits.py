"""What stands before a name and is no part of what somebody is called."""

from __future__ import annotations

import pytest

from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find(parser: Parser, text: str) -> list[str]:
    annotation = parser.annotate(text, [(0, len(text))], None)
    entities = resolve_speakers(annotation, "r-1", ()).entities
    return [role.text for one in entities if one.type == "person" for role in one.roles]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("They wasted a whole summer mocking Mr. Odo Lund.", ["Mr."]),
        ("A crowd carrying Velmoran Gen. Odo Lund sang.", ["Velmoran Gen."]),
        ("They passed a measure granting President Odo Lund more time.", ["President"]),
        ("A bill backed by lawmakers including Sen. Odo Lund failed.", ["Sen."]),
        ("Mr. Kall was painting the rebel leader Lund had jailed.", ["Mr."]),
        ("Police held a man named Odo Lund on Friday.", ["man"]),
    ],
)
def test_a_verb_is_no_part_of_a_role(parser: Parser, text: str, roles: list[str]) -> None:
    assert find(parser, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The city's acting mayor Odo Lund left.", ["city's acting mayor"]),
        ("State-run radio’s founding director Odo Lund left.", ["radio’s founding director"]),
        ("The man who met the rebel leader Odo Lund had left.", ["rebel leader"]),
        ("He met the rebel leader Odo Lund and had left.", ["rebel leader"]),
        ("The rebel leader Odo Lund had left.", ["rebel leader"]),
        ("The police said the rebel leader Odo Lund killed two men.", ["rebel leader"]),
    ],
)
def test_a_participle_of_a_role_stays(parser: Parser, text: str, roles: list[str]) -> None:
    assert [role.removeprefix("State-run ") for role in find(parser, text)] == roles
