"""Sources that are a part of the subject, or hold what is not of it."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# The text; source, cue and content as marked; the right source.
Case = tuple[str, str, str, str, str]

PARTS: list[Case] = [
    (
        "A post on his account before the speech said the bridge would open.",
        "the speech",
        "said",
        "the bridge would open",
        "A post on his account before the speech",
    ),
    (
        "A man identified as Ivo Dalby said the bridge would open.",
        "Ivo Dalby",
        "said",
        "the bridge would open",
        "A man identified as Ivo Dalby",
    ),
    (
        "The ambassador, Oda Rask, said the bridge would open.",
        "Oda Rask",
        "said",
        "the bridge would open",
        "The ambassador, Oda Rask",
    ),
    (
        "My colleagues and I have demanded that the bridge be opened.",
        "I",
        "have demanded",
        "that the bridge be opened",
        "My colleagues and I",
    ),
    (
        "The council and its allies have asked that the bridge be opened.",
        "its allies",
        "have asked",
        "that the bridge be opened",
        "The council and its allies",
    ),
    (
        "A video shared more than 80,000 times says that the bridge has fallen.",
        "more than 80,000 times",
        "says",
        "that the bridge has fallen",
        "A video shared more than 80,000 times",
    ),
    (
        "The envoy, according to three nurses, announced that the bridge was shut.",
        "three nurses",
        "announced",
        "that the bridge was shut",
        "The envoy",
    ),
    (
        "Rask never spoke, though state radio in Velm, quoting an aide, said that he was ill.",
        "Rask",
        "said",
        "that he was ill",
        "state radio in Velm",
    ),
    (
        "Mr Fenner had himself conceded that the dam was unsafe.",
        "himself",
        "conceded",
        "that the dam was unsafe",
        "Mr Fenner",
    ),
]

WHOLE: list[Case] = [
    (
        "The mill had shut before the speech said the bridge would open.",
        "the speech",
        "said",
        "the bridge would open",
        "the speech",
    ),
    (
        "The ambassador of Norva said the bridge would open.",
        "The ambassador of Norva",
        "said",
        "the bridge would open",
        "The ambassador of Norva",
    ),
    # no comma, no apposition of a role and a name
    (
        "In the election, Oda Rask said the bridge would open.",
        "Oda Rask",
        "said",
        "the bridge would open",
        "Oda Rask",
    ),
    (
        "This weekend in Velm the council said the bridge would open.",
        "the council",
        "said",
        "the bridge would open",
        "the council",
    ),
    # who is quoted speaks, with its own verb
    (
        "The radio, quoting an aide, said that he was ill.",
        "The radio",
        "said",
        "that he was ill",
        "The radio",
    ),
    # two clauses
    (
        "The mill was shut and the council said the bridge would open.",
        "the council",
        "said",
        "the bridge would open",
        "the council",
    ),
]

TAILS: list[Case] = [
    (
        "Oda Rask last year said the bridge would open.",
        "Oda Rask last year",
        "said",
        "the bridge would open",
        "Oda Rask",
    ),
    (
        "The minister dismissed the general on Tuesday, saying that the bridge was sold.",
        "The minister dismissed the general on Tuesday",
        "saying",
        "that the bridge was sold",
        "The minister",
    ),
    (
        "Residents who saw the bridge said that it was sold.",
        "Residents who saw the bridge",
        "said",
        "that it was sold",
        "Residents who saw the bridge",
    ),
    (
        "The prosecutors in April charged that the bridge was sold.",
        "The prosecutors in April",
        "charged",
        "that the bridge was sold",
        "The prosecutors",
    ),
    (
        "Rask heard the word and thought the brothers would flee.",
        "Rask heard the word",
        "thought",
        "the brothers would flee",
        "Rask",
    ),
    (
        "A clerk once heard a minister say that the bridge was sold.",
        "A clerk once heard a minister",
        "say",
        "that the bridge was sold",
        "a minister",
    ),
]

NO_TAILS: list[Case] = [
    # of the noun
    (
        "A poll released in April found that few want the bridge.",
        "A poll released in April",
        "found",
        "that few want the bridge",
        "A poll released in April",
    ),
    (
        "Rask, who left the firm in July, said the bridge would open.",
        "Rask, who left the firm in July",
        "said",
        "the bridge would open",
        "Rask, who left the firm in July",
    ),
    (
        "The weekly said the bridge would open.",
        "The weekly",
        "said",
        "the bridge would open",
        "The weekly",
    ),
    # a verb in a clause about somebody
    (
        "Everyone who heard the word thought the brothers would flee.",
        "Everyone who heard the word",
        "thought",
        "the brothers would flee",
        "Everyone who heard the word",
    ),
]


@pytest.mark.parametrize("case", [*PARTS, *WHOLE, *TAILS, *NO_TAILS])
def test_source_is_the_noun_phrase(parser: Parser, case: Case) -> None:
    text, source, cue, content, right = case
    one = find_by_cue(parser, text, mark(text, source, cue, (content,)))[cue]
    assert one.source is not None and one.source.text.rstrip(",") == right


@pytest.mark.parametrize(
    ("text", "source", "right", "content"),
    [
        (
            "Many raids fail, reports The Velm Courier, including one on the coast.",
            "The Velm Courier, including one on the coast",
            "The Velm Courier",
            "Many raids fail including one on the coast",
        ),
        (
            "Many raids fail, report several papers, including the Velm Courier.",
            "several papers, including the Velm Courier",
            "several papers, including the Velm Courier",
            "Many raids fail",
        ),
    ],
)
def test_what_is_included_is_of_the_content(
    parser: Parser, text: str, source: str, right: str, content: str
) -> None:
    cue = "reports" if "reports" in text else "report"
    one = find_by_cue(parser, text, mark(text, source, cue, ("Many raids fail",)))[cue]
    assert one.source is not None and one.source.text == right
    assert " ".join(one.content.text.split()) == content
