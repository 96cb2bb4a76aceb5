"""Which words deny, which deny a part only, and how often."""

from __future__ import annotations

import pytest

from sayso.extract.propositions import read_propositions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.proposition import Proposition

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def read(parser: Parser, text: str) -> Proposition:
    annotation = parser.annotate(text, [(0, len(text))], None)
    [found] = read_propositions(annotation, [[(0, len(text))]], None)
    return found


@pytest.mark.parametrize(
    ("text", "denied", "negations"),
    [
        ("The ferry has not left the harbour.", {"leave"}, 1),
        ("Neither the mayor nor her deputy left the harbour.", {"leave"}, 1),
        ("Not only soldiers entered the village.", set(), 0),
        ("Not only did the ferry leave, it sank.", set(), 0),
        ("The ferry did not only leave.", {"leave"}, 1),
        ("There is no doubt that the ferry left.", set(), 0),
        ("No matter who asked, the ferry left.", set(), 0),
        ("There is no evidence that the ferry left.", {"evidence"}, 1),
        ("The ferry failed to stop.", {"stop"}, 1),
        # Who stops doing it did it before.
        ("The army stopped shelling the port.", {"shell"}, 0),
        ("The mayor’s plan failed.", set(), 0),
        ("The army never failed to answer.", {"fail", "answer"}, 2),
    ],
)
def test_what_denies_is_counted(
    parser: Parser, text: str, denied: set[str], negations: int
) -> None:
    found = read(parser, text)
    assert (found.denied, found.negations) == (denied, negations)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("Not all of the hostages were freed.", {"all"}),
        ("Not every hostage was freed.", {"all"}),
        ("The army has not fully left the valley.", {"fully"}),
        ("The admiral didn’t order the blockade alone.", {"alone"}),
        ("The governor did not resign because of the flood.", {"because"}),
        ("Nobody but the guard was hurt.", {"but"}),
        ("No one other than the guard was hurt.", {"than"}),
        ("The ferry did not leave until Friday.", {"until"}),
        ("The mayor was not the only one who knew.", {"only"}),
        ("The ferry belongs to the guard, not to the army.", {""}),
        ("The ferry did not leave, but the boats did.", set()),
        ("The ferry did not leave at all.", set()),
        ("The ferry did not leave the harbour.", set()),
        ("All of the hostages were freed.", set()),
    ],
)
def test_what_is_denied_in_part_says_by_what(parser: Parser, text: str, limits: set[str]) -> None:
    assert read(parser, text).denied_but == limits


def test_what_could_be_denied_in_part_is_known_without_a_denial(parser: Parser) -> None:
    assert read(parser, "All hostages were freed because of it.").limits == {"all", "because"}
    assert read(parser, "After all, the hostages were freed.").limits == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The bridge is open.", {"open"}),
        ("The court found him guilty.", {"guilty"}),
        ("The open bridge was sold.", set()),
    ],
)
def test_what_is_said_of_somebody_is_told_from_what_goes_with_a_noun(
    parser: Parser, text: str, told: set[str]
) -> None:
    assert {w.lemma for w in read(parser, text).words if w.told} == told
