"""The parser gives tokens, sentences and names whose spans are those of the report text."""

from __future__ import annotations

import pytest

from sayso.parse.pipeline import Parser, find_paragraphs, load_parser
from sayso.records.annotation import Annotation


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def sentences_of(annotation: Annotation) -> list[str]:
    return [
        annotation.text[annotation.tokens[a].start : annotation.tokens[b - 1].end]
        for a, b in annotation.sentences
    ]


def paragraphs_of(text: str) -> list[str]:
    return [text[a:b] for a, b in find_paragraphs(text, (0, len(text)))]


def test_each_line_of_unwrapped_text_is_a_paragraph() -> None:
    long = "The council of Marenta met on Monday and put off the vote. " * 3
    assert paragraphs_of(f"{long}\n{long}\n\n{long}") == [long, long, long.rstrip() + " "]


def test_lines_wrapped_at_one_width_are_one_paragraph() -> None:
    text = (
        "The council of Marenta met on Monday and put off the vote on the\n"
        "harbour until the spring, when a new survey of the sea wall is due\n"
        "to be published.\n"
        "\n"
        "A second paragraph."
    )
    assert [p.count("\n") for p in paragraphs_of(text)] == [2, 0]


@pytest.mark.parametrize(
    "text",
    [
        # headlines below each other, as a saved page holds them
        "Fishing fleet of Marenta returns after the long storm\n"
        "Minister Osk Dereva denies that he knew of the loan\n"
        "Survey of the sea wall put off until late spring",
        # what a page prints between paragraphs, and the headline it leads to
        "The council of Marenta met on Monday and put off the vote.\n"
        "Read more: Fishing fleet of Marenta returns after the storm\n"
        "Traders objected to the plan, and the mayor promised to hear them.",
        "The council of Marenta met on Monday and put off the vote.\n"
        "ALSO READ\n"
        "Traders objected to the plan, and the mayor promised to hear them.",
    ],
)
def test_a_pages_own_lines_are_not_joined_to_sentences(text: str) -> None:
    assert paragraphs_of(text) == text.split("\n")


def test_a_line_between_wrapped_lines_that_leads_elsewhere_stands_alone() -> None:
    first = (
        "The council of Marenta met on Monday and put off the vote on the\nharbour until spring."
    )
    last = "A new survey of the sea wall is due to be published in the first\nweek of May, it said."
    lead = "Read also: Fishing fleet of Marenta returns after the storm"
    assert paragraphs_of(f"{first}\n{lead}\n{last}") == [first, lead, last]


def test_white_space_alone_has_no_paragraph() -> None:
    assert paragraphs_of(" \n\t\n  \n") == []


@pytest.mark.language
@pytest.mark.parametrize(
    "text",
    [
        "“We stay,” said Mr. Osk Dereva. They left.",
        "Émile Ōta zog — naïve — 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧 in   Tarsk.\nNext\tline.",
        "قال الوزير. The minister, وزير, said no.",
        "''",
        "x" * 20_000,
        "“" * 20_000,
    ],
)
def test_every_token_is_its_characters(parser: Parser, text: str) -> None:
    annotation = parser.annotate(text, [(0, len(text))])
    assert [t.text for t in annotation.tokens] == [text[t.start : t.end] for t in annotation.tokens]
    covered = [i for first, last in annotation.sentences for i in range(first, last)]
    assert covered == list(range(len(annotation.tokens)))
    assert all(0 <= t.head < len(annotation.tokens) for t in annotation.tokens)
    assert not any(t.text.isspace() for t in annotation.tokens)


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They backed the town.As a result, the leaders agreed.", 2),
        ("It is on the horizon.“Time is with us”, they stressed.", 2),
        ("The U.S.Army base is closed.", 1),
        ("See https://example.org/News.Html or write to a.Brel@example.org today.", 1),
    ],
)
def test_glued_sentences_are_cut_and_other_full_stops_are_not(
    parser: Parser, text: str, count: int
) -> None:
    assert len(sentences_of(parser.annotate(text, [(0, len(text))]))) == count


@pytest.mark.language
def test_title_and_body_are_apart_and_the_header_is_not_read(parser: Parser) -> None:
    text = "ID: 7\nVote put off in Marenta\n\nThe council met."
    title, body = (6, 29), (31, len(text))
    annotation = parser.annotate(text, [title, body], title)
    first, last = annotation.title
    assert [t.text for t in annotation.tokens[first:last]] == [
        "Vote",
        "put",
        "off",
        "in",
        "Marenta",
    ]
    assert annotation.tokens[0].start == 6
    assert sentences_of(annotation)[-1] == "The council met."


@pytest.mark.language
def test_verbs_have_their_base_form(parser: Parser) -> None:
    text = "She said the men had taken it and were stressing the rules."
    lemmas = {t.text: t.lemma for t in parser.annotate(text, [(0, len(text))]).tokens}
    assert (lemmas["said"], lemmas["taken"], lemmas["stressing"]) == ("say", "take", "stress")


@pytest.mark.language
def test_no_word_loses_an_s_of_its_own(parser: Parser) -> None:
    text = "The witness and the bosses discuss what the actress said of the buses."
    lemmas = {t.text: t.lemma for t in parser.annotate(text, [(0, len(text))]).tokens}
    assert (lemmas["witness"], lemmas["actress"], lemmas["discuss"]) == (
        "witness",
        "actress",
        "discuss",
    )
    assert (lemmas["bosses"], lemmas["buses"]) == ("boss", "bus")


@pytest.mark.language
def test_the_same_text_is_annotated_alike_alone_and_beside_others(parser: Parser) -> None:
    text = "Minister Osk Dereva denied it on Friday.\nHe said no."
    alone = parser.annotate(text, [(0, len(text))])
    parser.annotate("Something else altogether. " * 40, [(0, 1000)])
    assert parser.annotate(text, [(0, len(text))]) == alone


@pytest.mark.language
@pytest.mark.parametrize(
    "mark", ["\ufeff", "\u200b", "\u2060", "\xad", "\u200e", "\u202a", "\u200d\u200c"]
)
def test_what_prints_nothing_changes_no_token(parser: Parser, mark: str) -> None:
    plain = "“We wait,” Osk Dereva told traders.\nThe council met."
    text = f"{mark}“{mark}We wait,{mark}” {mark}Osk Dereva told tra{mark}ders.\n{mark}The council met.{mark}"
    expected = parser.annotate(plain, [(0, len(plain))])
    found = parser.annotate(text, [(0, len(text))])
    assert [(t.text, t.tag, t.dep, t.head) for t in found.tokens] == [
        (t.text, t.tag, t.dep, t.head) for t in expected.tokens
    ]
    assert [text[t.start : t.end].replace(mark, "") for t in found.tokens] == [
        t.text for t in expected.tokens
    ]
    assert [text[slice(*name.span)] for name in found.names] == ["Osk Dereva"]
    assert parser.annotate(mark, [(0, len(mark))]).tokens == ()
