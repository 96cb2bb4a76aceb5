"""What stands before a colon and says nothing: a topic that the words behind it are about."""

from __future__ import annotations

import pytest

from sayso.extract.colon_topics import is_topic
from sayso.extract.tree import build_tree
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def judge(parser: Parser, text: str) -> bool:
    tree = build_tree(parser.annotate(text, [(0, len(text))], None))
    return is_topic(tree, next(i for i, token in enumerate(tree.tokens) if token.text == ":"))


@pytest.mark.parametrize(
    "text",
    [
        "Odo Lund: Why his defeat is a gift to the millers",
        "The fall of Odo Lund: What it means for the harbour",
        "A short guide: Who is standing for mayor of Talm",
        "Odo Lund: How he built an army",
        "Mira Kall: Where she stands on taxes",
        "Odo Lund: His rise and fall",
        "Mira Kall: Her life in pictures",
    ],
)
def test_a_topic_says_nothing(parser: Parser, text: str) -> None:
    assert judge(parser, text)


@pytest.mark.parametrize(
    "text",
    [
        "Odo Lund: Why is the bridge closed?",
        "Odo Lund: Who will pay for the bridge?",
        "Odo Lund: How did this happen",
        "Odo Lund: What we need is more time",
        "Odo Lund: When the tide turns, boats will sail",
        "Odo Lund: “Why the bridge fell is no mystery”",
        "Odo Lund: “What you need to know”",
        "Odo Lund: His party has lost its way",
        "Odo Lund: The bridge will reopen",
        "Police: Man held over fire",
    ],
)
def test_who_asks_or_states_something_speaks(parser: Parser, text: str) -> None:
    assert not judge(parser, text)
