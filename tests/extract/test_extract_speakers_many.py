"""Who speaks together with others, whom "they" means, and what is left of a name without clutter."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.speaker_records import tidy_name
from sayso.extract.speakers import Resolved, resolve_speakers
from sayso.extract.tree import build_tree
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.span import Fragments

pytestmark = pytest.mark.language

# A report, then for each source in order the name of its speaker and how many members that has.
TOGETHER: tuple[tuple[str, list[tuple[str | None, int]]], ...] = (
    # two bodies, one of them or both without a name
    (
        "The Harbour Council and the coalition said the farm was sold.",
        [("Harbour Council and the coalition", 2)],
    ),
    (
        "The Harbour Council and the mayor said the farm was sold.",
        [("Harbour Council", 1)],
    ),
    (
        "The Harbour Council and a coalition said the farm was sold.",
        [("Harbour Council", 1)],
    ),
    # somebody and others without a name are more than that one
    (
        "Senator Thomas Wray has a brother. He and his brother said the farm was sold. They said it "
        "was cold.",
        [("Thomas Wray and his brother", 2)] * 2,
    ),
    (
        "Senator Thomas Wray ran on Monday. He and other progressives, including the Harbour League, "
        "said the port should close. He added that it was late.",
        [
            ("Thomas Wray and other progressives, including the Harbour League", 2),
            ("Thomas Wray", 1),
        ],
    ),
    (
        "Senator Thomas Wray and his colleagues said the vote was void.",
        [("Thomas Wray and his colleagues", 2)],
    ),
    (
        "Senator Thomas Wray and a colleague said the vote was void.",
        [("Thomas Wray and a colleague", 2)],
    ),
    (
        "Thomas Wray, Hannah Lorn and three other senators said the vote was void.",
        [("Thomas Wray, Hannah Lorn and three other senators", 3)],
    ),
    (
        "Kestria and 54 other countries said the vote was void. They called for a new one.",
        [("Kestria and 54 other countries", 2)] * 2,
    ),
    (
        "Mayor Thomas Wray opened the fair. The mayor and his wife said it was cold.",
        [("Thomas Wray and his wife", 2)],
    ),
    # all of them are known
    (
        "Senator Thomas Wray and Senator Hannah Lorn met in Ostvik. He and Lorn said the port would "
        "open.",
        [("Thomas Wray and Hannah Lorn", 2)],
    ),
    (
        "Senator Thomas Wray told Senator Ibo Sarn that the port was shut. He and Sarn said it would "
        "open.",
        [("Thomas Wray", 1), ("Thomas Wray and Ibo Sarn", 2)],
    ),
    # one of them is not: nobody is named
    ("He and his brother said the farm was sold.", [(None, 0)]),
    ("The mayor and his wife said the vote was void.", [("The mayor and his wife", 1)]),
    # what one person is besides is nobody else
    ("Thomas Wray, a lawyer and activist, said the vote was void.", [("Thomas Wray", 1)]),
    # a body in a title is whose title it is, no speaker beside them
    (
        "In Ostvik, Department of Health and Human Services Secretary Hannah Wray said the port was "
        "shut.",
        [("Hannah Wray", 1)],
    ),
    (
        "State Department spokeswoman Hannah Wray said the port was shut.",
        [("Hannah Wray", 1)],
    ),
)

# A report, the words before "they", and whom it means.
THEY: tuple[tuple[str, str, str | None], ...] = (
    # who says a quotation is not "they" in it
    (
        "Senator Thomas Wray and Senator Hannah Lorn met in Ostvik. “They say the port is shut,” "
        "Lorn said.",
        "“",
        None,
    ),
    (
        "The Harbour Ministry closed the port on Monday. “They say it was late,” the ministry said.",
        "“",
        None,
    ),
    # but who is reported inside it may be
    (
        "“Farmers said they believed that it would rain,” Senator Hannah Lorn said.",
        "Farmers said",
        "Farmers",
    ),
    # the many whose words hold a body's
    (
        "Some critics said that the Harbour Ministry said that the port, which they said was old, "
        "must close.",
        "which",
        "Some critics",
    ),
    # whom the sentence before is about, not a pair farther back, nor whom it only names
    (
        "Senator Thomas Wray and Senator Hannah Lorn said the port was shut. Our allies noticed. "
        "They said it would open.",
        "noticed.",
        "Our allies",
    ),
    (
        "The farmers greeted Senator Thomas Wray and Senator Hannah Lorn. They said it would rain.",
        "Lorn.",
        "The farmers",
    ),
    ("Farmers went home. They said it would rain.", "home.", "Farmers"),
    # whose clause "they" stands in is nearer than who spoke before
    (
        "Officials said the port was shut. Fishermen left because they believed that a storm "
        "was near.",
        "because",
        "Fishermen",
    ),
    # many, whatever the form
    ("Police said they believed that a storm was near.", "said", "Police"),
    (
        "The mayor and his wife said the port was shut. They said it was late.",
        "shut.",
        "The mayor and his wife",
    ),
    ("The health and welfare chief said the port was shut. They said it was late.", "shut.", None),
    ("Mr. Wray’s lawyer said the port was shut. They said it was late.", "shut.", None),
)

# A report, and what its speaker without a name is called.
NAMES = (
    (
        "A manager of the Palace, which also holds fairs, said the room was full.",
        "A manager of the Palace",
    ),
    (
        "The Directorate’s report, released in May, said the port was shut.",
        "The Directorate’s report",
    ),
    ("A key opposition group’s claim that the port was shut was denied.", "A key opposition group"),
    ("A farmer, a man of forty, said the port was shut.", "A farmer, a man of forty"),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def resolve(parser: Parser, text: str) -> tuple[Resolved, list[int]]:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    starts = [-1 if a.source is None else a.source.start for a in found]
    return resolve_speakers(annotation, "r-1", found), starts


@pytest.mark.parametrize(("text", "wanted"), TOGETHER)
def test_who_speaks_with_others_is_more_than_one(
    text: str, wanted: list[tuple[str | None, int]], parser: Parser
) -> None:
    resolved, _ = resolve(parser, text)
    speakers = [s for s in resolved.speakers if s is not None]
    assert [(s.name, len(s.members)) for s in speakers] == wanted
    known = {e.entity_id for e in resolved.entities}
    assert all(set(s.members) <= known for s in speakers)
    assert all(s.entity_id is None for s in speakers if len(s.members) > 1)


@pytest.mark.parametrize(("text", "before", "wanted"), THEY)
def test_they_are_many_who_may_be_meant(
    text: str, before: str, wanted: str | None, parser: Parser
) -> None:
    resolved, starts = resolve(parser, text)
    place = text.lower().index("they", text.index(before) + len(before))
    met = {
        s.name
        for s, start in zip(resolved.speakers, starts, strict=True)
        if start == place and s is not None
    }
    assert met == {wanted}


@pytest.mark.parametrize(("text", "wanted"), NAMES)
def test_a_name_has_no_clause_comma_or_possessive_behind_it(
    text: str, wanted: str, parser: Parser
) -> None:
    resolved, _ = resolve(parser, text)
    names = [s.name for s in resolved.speakers if s is not None]
    assert names == [wanted]


def test_a_clause_stays_in_a_name_that_goes_on_behind_it(parser: Parser) -> None:
    text = "She met prosecutors, who left in May, and judges."
    tree = build_tree(parser.annotate(text, [(0, len(text))], None))
    whole = "prosecutors, who left in May, and judges"
    for words, wanted in ((whole, whole), (whole.partition(", and")[0] + ",", "prosecutors")):
        start = text.index(words)
        source = Fragments(((start, start + len(words)),), words)
        assert tidy_name(tree, source) == wanted
