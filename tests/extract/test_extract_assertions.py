"""Assertions: invented texts, with what the outlet states in its own voice between braces."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.assertions import find_assertions
from sayso.extract.extractor import extract
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Annotation, Token
from sayso.records.span import Fragments
from sayso.records.statement import Statement
from sayso.run.per_report import make_text_report

CASES = (
    # whole sentences
    "{The ferry sank off Ostvik on Monday.}",
    "{The ferry sank. } {It had 40 people on board!}",
    "{But the harbour stayed open, and the market was full.}",
    "{The bridge would cost 40 million crowns.}",
    "{If the rain goes on, the dam will not hold.}",
    "{There is no road to the village.}",
    "{What happened next was never written down.}",
    "{The man who runs the mill has left the town.}",
    "{The film “Grey Water” opened in Varsk on Friday.}",
    "{The so-called “peace corridor” was closed on Sunday.}",
    "{The council met in the old mill (the hall has no roof).}",
    # the dateline is none of it
    "PORT HELDER (Wire) — {The ferry sank on Monday.}",
    "PORT HELDER, Kestria – {The ferry sank on Monday.}",
    "OSTVIK - {Two boats burned in the harbour.}",
    "(Wire) {The ferry sank on Monday.}",
    "{The ferry – a gift of the king – sank on Monday.}",
    # sentences that only introduce a statement
    "The mayor said that the bridge was closed.",
    "And on Monday, the mayor also said that the bridge was closed.",
    "“The bridge is closed,” Mara Tovel said on Monday.",
    "“The bridge is closed,” said Mara Tovel, the mayor of Ostvik. “Nobody can cross it.”",
    "According to the mayor, the bridge is closed.",
    # a clause beside a statement
    "{The ferry sank on Monday}, and the mayor said that nobody was hurt.",
    "The mayor said that nobody was hurt, but {the search goes on}.",
    "Lawyers contend that 88 stations were late; {the commission counts six}.",
    "{The minister visited the camp on Sunday}, saying that help was near.",
    "{He walked to the mill before meeting Mara Tovel}, who said that the road was open.",
    "{The minister put the number at seven} and said that dozens had been detained.",
    "As {the ferry reached the harbour}, the captain said that all was well.",
    "Because the mayor said that the dam was safe, {the market opened on Monday}.",
    # what would mean something else without the statement, or is torn apart by it
    "The minister's claim that the dam was safe drew laughter.",
    "A tower that the army says is empty burned on Friday.",
    "The port will close if the mayor says that the storm is near.",
    "The court, which the mayor called biased, ruled on Friday.",
    "It is true that the mayor said the bridge was closed.",
    "PORT HELDER (Wire) — {The ferry sank on Monday}, and the mayor said that nobody was hurt.",
    # what goes on with somebody's words, or leads to them
    "The law is old, and “nobody reads it,” the mayor said.",
    "The ferry was late, but nobody was hurt, according to the mayor.",
    "{The market opened on Monday}; the mayor said that nobody was hurt.",
    "The captain said the ferry was late, and the harbour would close.",
    "The minister wants to resign and left the city.",
    # quoted words of nobody knows whom
    "“We have lost the harvest. The wells are dry.”",
    "{The wall bears a line in chalk.} “The king owes us bread.”",
    # no statements: questions, orders, headings, credits, lines without an end
    "Who sank the ferry?",
    "How the ferry sank.",
    "Click here to read more.",
    "You can leave our list at any time.",
    "A quiet Sunday in the harbour.",
    "By Mara Tovel",
    "Photo: the ferry leaves Ostvik",
    "Also read: the ferry sank",
    "Hide caption 6 of 55 photos: The ferry leaves Ostvik on Monday.",
    "{The yard sold 6 of 55 boats.}",
    "Edda Lorn in Varsk contributed to this report.",
    "[Emphasis added.]",
    # a verb that reports, where no statement is found, is still somebody's
    "The chair said the same evening that her helpers had written down 31 names.",
)


def read_case(case: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of a case and the spans between its braces."""
    text, spans, start = "", [], 0
    for piece in re.split(r"([{}])", case):
        if piece == "{":
            start = len(text)
        elif piece == "}":
            spans.append((start, len(text.rstrip())))
        else:
            text += piece
    return text, spans


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.language
@pytest.mark.parametrize("case", CASES)
def test_exactly_the_outlets_own_words_are_found(case: str, parser: Parser) -> None:
    text, spans = read_case(case)
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = extract(make_text_report(text, None, None), annotation, "1")
    assert found.failures == ()
    assert [(a.span, a.text) for a in found.assertions] == [(s, text[slice(*s)]) for s in spans]


@pytest.mark.language
@pytest.mark.parametrize(
    ("title", "stated"),
    [
        ("Ferry sinks off Ostvik", True),
        ("Mayor resigns after the vote", True),
        ("Why the ferry sank", False),
        ("Did the ferry sink?", False),
        ("A quiet Sunday in Ostvik", False),
        ("Ferry: mayor says all are safe", False),
    ],
)
def test_a_title_is_one_if_it_is_a_sentence(title: str, stated: bool, parser: Parser) -> None:
    text = f"{title}\n\nA quiet day.\n"
    whole = (0, len(title))
    annotation = parser.annotate(text, [whole, (len(title) + 2, len(text))], whole)
    found = extract(make_text_report(text, None, None), annotation, "1")
    assert [a.span for a in found.assertions] == ([whole] if stated else [])


WORDS = (
    ("Lorn", "NNP"), ("said", "VBD"), ("sank", "VBD"), ("that", "IN"), ("and", "CC"), (",", ","),
    (".", "."), ("“", "``"), ("”", "''"), (";", ":"), ("who", "WP"), ("is", "VBZ"), ("–", ":"),
)  # fmt: skip
DEPS = ("nsubj", "ROOT", "conj", "ccomp", "advcl", "relcl", "prep", "punct", "cc", "mark", "aux")


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    """Any tokens in any trees, in sentences of any length."""
    count = draw(st.integers(1, 40))
    text, tokens = "", []
    for _ in range(count):
        word, tag = draw(st.sampled_from(WORDS))
        start = len(text)
        text += word + draw(st.sampled_from(("", " ")))
        head = draw(st.integers(0, count - 1))
        lemma = {"said": "say", "is": "be"}.get(word, word.lower())
        dep = draw(st.sampled_from(DEPS))
        tokens.append(Token(start, start + len(word), word, lemma, tag, dep, head))
    cuts = sorted({0, count, *draw(st.lists(st.integers(0, count), max_size=4))})
    sentences = tuple(pairwise(cuts))
    return Annotation(text, tuple(tokens), sentences, sentences, (), (0, sentences[0][1]))


@st.composite
def statements_of(draw: st.DrawFn, text: str) -> tuple[Statement, ...]:
    """Statements whose contents and cues lie anywhere."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        spans = []
        for _ in range(2):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            spans.append(Fragments(((start, end),), text[start:end]))
        found.append(
            Statement(f"s-{number}", "r-1", "indirect", None, spans[0], spans[1], 0.9, "rules/1")
        )
    return tuple(found)


@settings(deadline=None)
@given(st.data())
def test_spans_are_in_order_apart_and_what_their_text_says(data: st.DataObject) -> None:
    annotation = data.draw(annotations())
    statements = data.draw(statements_of(annotation.text))
    found = find_assertions(annotation, "r-1", "0" * 64, statements)
    at = 0
    for one in found:
        assert at <= one.span[0] < one.span[1] <= len(annotation.text)
        assert one.text == annotation.text[slice(*one.span)]
        assert any(
            annotation.tokens[a].start <= one.span[0]
            and one.span[1] <= annotation.tokens[b - 1].end
            for a, b in annotation.sentences
        )
        at = one.span[1]
        for s in statements:
            held = [*s.content.spans, *(s.cue.spans if s.cue else ())]
            inside = [t for t in annotation.tokens if one.span[0] <= t.start < one.span[1]]
            assert not any(start <= t.start < end for t in inside for start, end in held)
    assert found == find_assertions(annotation, "r-1", "0" * 64, statements)
    assert len({one.assertion_id for one in found}) == len(found)


CROSSING = (
    ("as", "IN", "mark", 2), ("Lorn", "NNP", "nsubj", 2), ("sank", "VBD", "advcl", 4),
    ("Ana", "NNP", "nsubj", 4), ("said", "VBD", "ROOT", 4), ("Monday", "NNP", "npadvmod", 2),
    ("gone", "VBN", "ccomp", 4), (".", ".", "punct", 4),
)  # fmt: skip


def test_where_arcs_cross_no_word_of_a_statement_is_swept_up() -> None:
    tokens, text = [], ""
    for word, tag, dep, head in CROSSING:
        tokens.append(Token(len(text), len(text) + len(word), word, word.lower(), tag, dep, head))
        text += word + " "
    whole = ((0, len(tokens)),)
    annotation = Annotation(text, tuple(tokens), whole, whole, ())
    cue, content = (
        Fragments(((t.start, t.end),), t.text) for t in tokens if t.text in ("said", "gone")
    )
    said = Statement("s-1", "r-1", "indirect", None, cue, content, 0.9, "rules/1")
    assert find_assertions(annotation, "r-1", "0" * 64, (said,)) == ()


def make_chain(count: int, dep: str) -> Annotation:
    """One sentence of clauses, each hanging on the one before."""
    tokens = []
    for i in range(count):
        at, verb = 10 * i, 2 * i + 1
        tokens.append(Token(at, at + 4, "Lorn", "lorn", "NNP", "nsubj", verb))
        above = max(verb - 2, 1)
        tokens.append(Token(at + 5, at + 9, "sank", "sink", "VBD", dep if i else "ROOT", above))
    tokens.append(Token(10 * count, 10 * count + 1, ".", ".", ".", "punct", 1))
    text = "Lorn sank " * count + "."
    whole = ((0, len(tokens)),)
    return Annotation(text, tuple(tokens), whole, whole, ())


@pytest.mark.parametrize("dep", ["conj", "ccomp", "advcl", "relcl"])
def test_a_sentence_of_a_hundred_thousand_words_takes_no_longer_than_its_words(dep: str) -> None:
    annotation = make_chain(50_000, dep)
    content = Fragments(((0, 4),), "Lorn")
    one = Statement("s-1", "r-1", "indirect", None, None, content, 0.9, "rules/1")
    begun = time.perf_counter()
    assert len(find_assertions(annotation, "r-1", "0" * 64, ())) == 1
    assert find_assertions(annotation, "r-1", "0" * 64, (one,)) == ()
    assert time.perf_counter() - begun < 10
