"""Documents named behind a whole sentence that they show."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


SAID = "The firm knew for years that its plant leaked, but told nobody because it feared the cost"


@pytest.mark.parametrize(
    ("source", "verb"),
    [
        ("internal documents obtained by the Sentinel", "show"),
        ("e-mails seen by the Post", "show"),
        ("a leaked audit", "reveals"),
        ("invoices seen by the Courier", "suggest"),
        ("its own records", "indicated"),
    ],
)
def test_documents_at_the_end_of_a_sentence_show_all_of_it(
    parser: Parser, source: str, verb: str
) -> None:
    text = f"{SAID}, {source} {verb}."
    knew = mark(text, "The firm", "knew", ("that its plant leaked",))
    found = find_by_cue(parser, text, knew)
    shown = found[verb]
    assert shown.source is not None
    assert (shown.source.text, shown.content.text) == (source, SAID)
    assert found["knew"].parent is not None


@pytest.mark.parametrize(
    "text",
    [
        "The gallery closed for ever on a Friday, its last show.",
        "The firm knew that its plant leaked, the records that it kept show.",
        "The firm met a king, a queen and many prizes show.",
        "The firm knew that its plant leaked, a document show.",
        "Late on Friday, documents show.",
        "The firm closed its plant at once, “the documents show.”",
    ],
)
def test_no_documents_show_what_is_no_sentence_or_not_their_own(parser: Parser, text: str) -> None:
    assert find_rows(parser, text) == []


def test_what_the_tagger_found_stays(parser: Parser) -> None:
    text = "Orlan will lose the vote, recent polls show."
    given = mark(text, "recent polls", "show", ("Orlan will lose the vote",))
    assert [r[:3] for r in find_rows(parser, text, given)] == [
        ("recent polls", "show", "Orlan will lose the vote")
    ]
