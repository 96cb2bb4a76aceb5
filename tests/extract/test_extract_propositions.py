"""What a sentence says, taken apart: who does what to whom, what is denied, what is to come."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sayso.extract.propositions import read_propositions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.proposition import MODALS, ROLES, Proposition

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def read(parser: Parser, text: str) -> Proposition:
    annotation = parser.annotate(text, [(0, len(text))], None)
    [found] = read_propositions(annotation, [[(0, len(text))]], None)
    return found


@pytest.mark.parametrize(
    ("text", "subject", "verb", "object_"),
    [
        ("The army killed eleven people in Velmora.", "army", "kill", "people"),
        ("Eleven people were killed by the army in Velmora.", "army", "kill", "people"),
        ("The minister has signed the treaty.", "minister", "sign", "treaty"),
    ],
)
def test_a_passive_has_the_same_roles(
    parser: Parser, text: str, subject: str, verb: str, object_: str
) -> None:
    words = {w.lemma: w for w in read(parser, text).words}
    assert (words[subject].role, words[subject].verb) == ("subject", verb)
    assert (words[object_].role, words[object_].verb) == ("object", verb)
    assert words[verb].role == "predicate"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The army did not kill anybody.", {"kill"}),
        ("No ferry has left the harbour.", {"leave"}),
        ("The ferry failed to stop.", {"stop"}),
        ("The army denied that it had shelled the market.", {"shell"}),
        ("The army never failed to answer.", {"fail", "answer"}),
        ("The ferry stopped.", set()),
        ("No, the ferry left.", set()),
    ],
)
def test_what_is_denied_is_told_by_its_verb(parser: Parser, text: str, denied: set[str]) -> None:
    assert read(parser, text).denied == denied


@pytest.mark.parametrize(
    ("text", "modal"),
    [
        ("The council will close the bridge.", "future"),
        ("The council is going to close the bridge.", "future"),
        ("The council may close the bridge.", "possible"),
        ("The council must close the bridge.", "demanded"),
        ("The council plans to close the bridge.", "future"),
        ("The council would close the bridge.", "future"),
    ],
)
def test_what_is_only_to_come_or_possible(parser: Parser, text: str, modal: str) -> None:
    assert ("close", modal) in read(parser, text).modals
    assert not read(parser, "The council closed the bridge.").modals


def test_figures_names_and_other_numbers(parser: Parser) -> None:
    found = read(parser, "Flood 77 killed at least 40 people in Port Helder, Mira Sovan said.")
    assert ("killed", Decimal(40), None) in [(q.measure, q.lo, q.hi) for q in found.quantities]
    assert "40" not in found.numbers
    assert ("mira", "sovan") in found.names


def test_others_and_magnitudes_are_vague(parser: Parser) -> None:
    def count(text: str) -> list[tuple[Decimal | None, Decimal | None, str]]:
        return [(q.lo, q.hi, q.bound) for q in read(parser, text).quantities]

    text = "Mayor Mira Sovan and three other people were killed in the flood."
    assert count(text) == [(Decimal(3), None, "vague")]
    assert count("The flood killed more than a dozen people.") == [(Decimal(12), None, "vague")]
    assert count("The flood killed more than 12 people.") == [(Decimal(12), None, "more_than")]


def test_numerals_have_their_neighbours(parser: Parser) -> None:
    found = read(parser, "A fund for people under 46 has paid 1,200 crowns.")
    assert [(n.text, n.before, n.after) for n in found.numerals] == [
        ("46", "under", "has"),
        ("1200", "paid", "crowns"),
    ]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("The ferry sank near 12 boats.", "adverbial"),
        ("The ferry, which had 12 people aboard, sank.", "passing"),
        ("The flood killed 12 people.", ""),
    ],
)
def test_figures_that_are_given_in_passing(parser: Parser, text: str, aside: str) -> None:
    assert [q.aside for q in read(parser, text).quantities] == [aside]


@pytest.mark.parametrize(
    ("text", "states", "wanted"),
    [
        ("The ferry sank.", True, False),
        ("The fall of the bridge that led to the harbour", False, False),
        ("The council hoped that the bridge would be closed.", True, True),
        ("The ferry, which the mayor wants to sell, left the harbour.", True, False),
    ],
)
def test_what_states_and_what_is_wanted(
    parser: Parser, text: str, states: bool, wanted: bool
) -> None:
    found = read(parser, text)
    assert (found.states, found.wanted) == (states, wanted)


def test_a_content_is_read_by_itself(parser: Parser) -> None:
    text = "The mayor said that the bridge was not safe. The ferry left."
    content = text[text.index("the bridge") : text.index(". The")]
    start = text.index(content)
    annotation = parser.annotate(text, [(0, len(text))], None)
    [found, nothing] = read_propositions(annotation, [[(start, start + len(content))], []], None)
    assert "mayor" not in {w.lemma for w in found.words}
    assert nothing.words == () and not nothing.denied


@pytest.mark.parametrize("text", ["?", "no no no not", "a " * 3_000, "— — “”", "Halt! " * 500])
def test_odd_texts_are_read(parser: Parser, text: str) -> None:
    found = read(parser, text)
    assert all(w.role in ROLES for w in found.words)
    assert all(modal in MODALS for _, modal in found.modals)


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        ("The ferry will stop if the strike goes on.", True),
        ("Unless the strike ends, the ferry will stop.", True),
        ("The ferry will stop.", False),
        ("The mayor asked if the ferry had stopped.", False),
        ("The ferry stopped as if the strike went on.", False),
    ],
)
def test_a_condition_is_one_that_it_hangs_on(parser: Parser, text: str, conditional: bool) -> None:
    assert read(parser, text).conditional is conditional
