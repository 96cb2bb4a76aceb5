"""Attributions that a tagger marked: fitted, nested, beside those of the rules."""

from __future__ import annotations

import pytest
from tests.extract.marking import annotate, mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.fixture(scope="module")
def shipped() -> Parser:
    return load_parser()


def test_a_content_takes_the_quotation_it_cuts_whole(parser: Parser) -> None:
    text = "“The port is shut for good,” the mayor said on Monday."
    annotation = annotate(parser, text, mark(text, "the mayor", "said", ("“The port is shut",)))
    (found,) = find_attributions(annotation)
    assert found.content.text == "“The port is shut for good,”"
    assert (found.kind, found.found_by, found.confidence) == ("direct", "test", 0.9)


def test_loose_punctuation_goes(parser: Parser) -> None:
    text = "The mayor said the port was shut."
    annotation = annotate(parser, text, mark(text, "The mayor", "said", ("the port was shut.",)))
    (found,) = find_attributions(annotation)
    assert found.content.text == "the port was shut"


def test_of_two_on_one_cue_the_surer_stays(parser: Parser) -> None:
    text = "The mayor also said the port was shut."
    first = mark(text, "The mayor", "also said", ("the port",), 0.5)
    second = mark(text, "The mayor", "said", ("the port was shut",), 0.8)
    (found,) = find_attributions(annotate(parser, text, first, second))
    assert found.content.text == "the port was shut"


def test_of_two_read_out_of_the_same_words_the_surer_stays(parser: Parser) -> None:
    text = "In Quell's view, the port was shut."
    first = mark(text, "Quell's view", "In", ("the port was shut",), 0.5)
    second = mark(text, "Quell's", "view", ("the port was shut",), 0.8)
    (found,) = find_attributions(annotate(parser, text, first, second))
    assert found.cue is not None and found.cue.text == "view"


def test_least_confidence_can_be_given(parser: Parser) -> None:
    text = "The mayor said the port was shut."
    annotation = annotate(
        parser, text, mark(text, "The mayor", "said", ("the port was shut",), 0.3)
    )
    assert find_attributions(annotation) == ()
    assert len(find_attributions(annotation, 0.2)) == 1
    assert find_attributions(annotation, 0.31) == ()


def test_what_stands_in_a_content_has_its_parent(parser: Parser) -> None:
    text = "The agency reported that the mayor had said that the port was shut."
    annotation = annotate(
        parser,
        text,
        mark(text, "The agency", "reported", ("that the mayor had said that the port was shut",)),
    )
    outer, inner = find_attributions(annotation)
    assert (outer.parent, inner.parent) == (None, 0)
    assert inner.source is not None and inner.source.text == "the mayor"
    assert inner.found_by.startswith("rules")


def test_the_rules_add_no_statement_beside_the_marks(parser: Parser) -> None:
    text = "The mayor said the port was shut. The guard said nine boats sank."
    annotation = annotate(parser, text, mark(text, "The mayor", "said", ("the port was shut",)))
    assert len(find_attributions(annotation)) == 1


@pytest.mark.parametrize(
    ("roles", "confidence", "kept"),
    [
        (("The army", "imposed", "a siege"), 0.6, False),
        (("The army", "imposed", "a siege"), 0.8, True),
        (("He", "posted", "that it rained"), 0.6, True),
    ],
)
def test_a_deed_says_nothing(
    parser: Parser, roles: tuple[str, str, str], confidence: float, kept: bool
) -> None:
    source, cue, content = roles
    text = " ".join(roles) + "."
    annotation = annotate(parser, text, mark(text, source, cue, (content,), confidence))
    assert bool(find_attributions(annotation)) == kept


SENTENCES = [
    ("The minister said that the port was shut.", "The minister", "that the port was shut"),
    ("According to the harbour office, nine boats sank.", "the harbour office", "nine boats sank"),
    ("“We will sail,” said Mara Tovel.", "Mara Tovel", "“We will sail,”"),
    ("''We will sail,'' said Mara Tovel.", "Mara Tovel", "''We will sail,''"),
    ("«We will sail,» said Ziyad al-Qarouti.", "Ziyad al-Qarouti", "«We will sail,»"),
    ("‘We will sail,’ the captain told reporters.", "the captain", "‘We will sail,’"),
    ("TOVEL: We will sail on Monday, whatever they say.", "TOVEL", "We will sail on Monday"),
    ("The union warned that the dock could close.", "The union", "that the dock could close"),
    ("She denied that she had seen the letter.", "She", "that she had seen the letter"),
    ("The harbour will close, the mayor announced.", "the mayor", "The harbour will close"),
]


@pytest.mark.parametrize(("text", "source", "content"), SENTENCES)
def test_the_shipped_model_reads_plain_sentences(
    shipped: Parser, text: str, source: str, content: str
) -> None:
    annotation = shipped.annotate(text, [(0, len(text))], None)
    assert annotation.tagged is not None
    found = [a for a in find_attributions(annotation) if a.parent is None]
    assert len(found) == 1
    assert found[0].source is not None and found[0].source.text == source
    assert found[0].content.text.startswith(content)


def test_the_shipped_model_finds_nothing_in_the_outlets_own_words(shipped: Parser) -> None:
    text = "Nine boats sank on Monday. The harbour is small and the road is long."
    assert find_attributions(shipped.annotate(text, [(0, len(text))], None)) == ()


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "named"),
    [
        ("Nine people reported missing were found.", "Nine people", "reported", "missing", False),
        ("The people reported killed were miners.", "The people", "reported", "killed", False),
        ("A man thought to own the boat fled.", "A man", "thought", "to own the boat", False),
        ("The mayor reported that nine were missing.", "The mayor", "reported", "that nine", True),
        ("The mayor reported missing boats.", "The mayor", "reported", "boats", True),
    ],
)
def test_of_whom_something_is_believed_is_no_speaker(  # noqa: PLR0917 - one case
    parser: Parser, text: str, source: str, cue: str, content: str, named: bool
) -> None:
    (found, *_) = find_attributions(annotate(parser, text, mark(text, source, cue, (content,))))
    assert (found.source is not None) is named
    if not named:
        assert found.content.text == f"{source} {content}"


def test_a_mark_beside_a_verb_says_nothing_more(parser: Parser) -> None:
    text = "Said the mayor: “The well is dry.”"
    content = ("“The well is dry.”",)
    both = mark(text, "the mayor", "Said", content), mark(text, "the mayor", ":", content)
    (found,) = find_attributions(annotate(parser, text, *both))
    assert found.cue is not None
    assert found.cue.text == "Said"


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        # who spoke right before goes on
        (
            "“The well is dry,” the mayor said, going on to say that it would rain.",
            "going on to say",
            "that it would rain",
            "the mayor",
        ),
        # the subject of the cue's own verb
        ("The mayor is saying that it would rain.", "is saying", "that it would rain", "The mayor"),
    ],
)
def test_a_cue_without_a_source_is_whose_it_must_be(
    parser: Parser, text: str, cue: str, content: str, source: str
) -> None:
    marks = [mark(text, None, cue, (content,))]
    if "said" in text:
        marks.append(mark(text, "the mayor", "said", ("“The well is dry,”",)))
    found = find_attributions(annotate(parser, text, *marks))
    assert [a.source.text for a in found if a.source] == [source] * len(marks)
