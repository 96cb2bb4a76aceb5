"""Whom a pronoun means by the clauses around it: the subject above, the phrase before, who goes on."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.clauses import is_passed_by, list_subjects_above, opens_sentence
from sayso.extract.speakers import resolve_speakers
from sayso.extract.tree import Tree, build_tree
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


# A report, the words that stand before a pronoun, and whom it means; None where that is open.
CASES: tuple[tuple[str, str, str | None], ...] = (
    # the subject that its clause hangs on, not who speaks of them
    (
        "Minister Orin Pask said in a letter that Mayor Ben Lorn lied when he said the dam was safe.",
        "when",
        "Ben Lorn",
    ),
    (
        "Ibo Sarn said he would vote. But given Mr. Sarn’s praise for the mine, Odd Brenn, a former "
        "envoy, said he feared a strike.",
        "envoy, said",
        "Odd Brenn",
    ),
    # the subject of two verbs, not who spoke before
    (
        "“The dam is weak,” Odd Brenn said.\nSenator Ibo Sarn said the dam was weak and said he "
        "feared that it would break.",
        "and said",
        "Ibo Sarn",
    ),
    # whose plan it is, not who is held by it
    (
        "Mr. Sarn’s plan in holding Thomas Wray was as clear as it was cold. He said it would last.",
        "cold.",
        "Sarn",
    ),
    # a place where somebody acts, though another owns it
    (
        "Senator Thomas Wray, who led the union, came to the port after Adam Tavi’s interview, "
        "where he said the dam was weak.",
        "where",
        "Thomas Wray",
    ),
    # whose words a clause with "in which" is about, whoever spoke before
    (
        "Senator Ibo Sarn said the dam was weak. The city read Thomas Wray’s public statement on "
        "Monday, in which he said it was safe.",
        "which",
        "Thomas Wray",
    ),
    (
        "Senator Ibo Sarn said the dam was weak. Sarn shared Mr. Wray’s full response to a question, "
        "in which he said it was safe.",
        "which",
        "Wray",
    ),
    # the nearest whose words they are
    (
        "Mr. Sarn read Mr. Wray’s reply to Mr. Lorn’s letter in which he said the dam was safe.",
        "which",
        "Lorn",
    ),
    # who is asked is who thinks
    (
        "Senator Ibo Sarn said the dam was weak.\nThe Tribune printed a talk in which Senator Thomas "
        "Wray was asked about whether he thought it was safe.",
        "whether",
        "Thomas Wray",
    ),
    (
        "Senator Ibo Sarn said the dam was weak. Senator Thomas Wray was asked if he believed it was "
        "safe.",
        "if",
        "Thomas Wray",
    ),
    # whom a clause with "who" is about: somebody named, or a noun
    (
        "Senator Thomas Wray praised the plan of Senator Ibo Sarn, who said that he thought it was "
        "safe.",
        "that",
        "Ibo Sarn",
    ),
    (
        "“The dam is weak,” Senator Thomas Wray said. Soon the port will be led by a man who, "
        "although he said it was safe, trusts nobody.",
        "although",
        "a man",
    ),
    (
        "“The dam is weak,” Senator Thomas Wray said. Anyone who says he believed it was safe is a "
        "fool.",
        "says",
        None,
    ),
    (
        "“The dam is weak,” Senator Thomas Wray said. Ibo Sarn is a man who, although he said it was "
        "safe, trusts nobody.",
        "although",
        "Ibo Sarn",
    ),
    # "what he called" is said from outside the clause with "who"
    (
        "“The dam is weak,” Senator Thomas Wray said. He said those who built what he called a trap "
        "must pay.",
        "what",
        "Thomas Wray",
    ),
    # the subject of the sentence before, not its object
    (
        "Senator Thomas Wray has boxed in Senator Ibo Sarn. He said the dam was safe.",
        "Sarn.",
        "Thomas Wray",
    ),
    # who reports inside a quotation what somebody says does not say the quotation
    (
        "“Ibo Sarn told the court that he believed the dam was safe,” Senator Thomas Wray said.",
        "that",
        "Ibo Sarn",
    ),
    # of what somebody is urged to do they are no subject
    (
        "Mr. Lorn’s letter, addressed to Mr. Tavi, urged Mr. Tavi to open the books. He wrote that it "
        "was late.",
        "books.",
        "Lorn",
    ),
    # a phrase before the clause, and one whose unsaid subject the pronoun is
    (
        "Minister Orin Pask said the dam was safe. In Ben Lorn’s case, he said the road was shut.",
        "case,",
        "Ben Lorn",
    ),
    (
        "Minister Orin Pask spoke to the council on Monday. Recalling Ben Lorn’s work in the "
        "valley, he said the dam was safe.",
        "valley,",
        "Orin Pask",
    ),
    # the one person of the sentence before
    (
        "“All is well,” said Ana Tovel. Then the guests left the hall.\nPavo Renn, 50, was among "
        "those who came to the school.\nHe said the bell rang.",
        "school.\n",
        "Pavo Renn",
    ),
    # "it": the body above, or that the sentence before is about
    ("The Harbour Ministry left the talks after it accused Kesh.", "after", "Harbour Ministry"),
    (
        "The Harbour Ministry closed the port on Monday. It said the road was open.",
        "Monday.",
        "Harbour Ministry",
    ),
    # a document goes on, not the body that it tells of
    (
        "The report said that the Harbour Ministry had closed the port. It said the ministry knew.",
        "port.",
        "The report",
    ),
    (
        "The inquiry found that the Harbour Ministry had lied. It said the ministry knew.",
        "lied.",
        "The inquiry",
    ),
    # in another paragraph it is open
    (
        "The Harbour Ministry closed the port on Monday.\nIt said the road was open.",
        "Monday.\n",
        None,
    ),
)


@pytest.mark.parametrize(("text", "before", "wanted"), CASES)
def test_a_pronoun_means_whom_its_clauses_say(
    text: str, before: str, wanted: str | None, parser: Parser
) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    start = text.index(before) + len(before.rstrip("\n")) + 1
    met = {
        s.name
        for a, s in zip(found, speakers, strict=True)
        if a.source is not None and a.source.start == start and s is not None
    }
    assert met == {wanted}


def parse(parser: Parser, text: str) -> tuple[Tree, dict[str, int]]:
    tree = build_tree(parser.annotate(text, [(0, len(text))], None))
    return tree, {token.text: i for i, token in enumerate(tree.tokens)}


def test_subjects_above_come_nearest_first(parser: Parser) -> None:
    tree, at = parse(parser, "Pask said Lorn left when she came.")
    assert list_subjects_above(tree, at["she"]) == ((at["Lorn"], True), (at["Pask"], True))
    tree, at = parse(parser, "Pask hit Lorn and he cried.")
    assert list_subjects_above(tree, at["he"]) == ((at["Pask"], False),)
    tree, at = parse(parser, "She came late.")
    assert list_subjects_above(tree, at["She"]) == ()


def test_a_phrase_opens_a_sentence_or_is_passed_by(parser: Parser) -> None:
    tree, at = parse(parser, "In the case of Lorn, he said nothing.")
    assert opens_sentence(tree, at["Lorn"], at["he"])
    assert not is_passed_by(tree, at["Lorn"], at["he"])
    tree, at = parse(parser, "Recalling the work of Lorn, he said nothing.")
    assert is_passed_by(tree, at["Lorn"], at["he"])
    assert not opens_sentence(tree, at["Lorn"], at["he"])
    tree, at = parse(parser, "He said nothing of Lorn.")
    assert not opens_sentence(tree, at["Lorn"], at["He"])
