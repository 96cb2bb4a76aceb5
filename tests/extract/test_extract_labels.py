"""Headlines with a colon: whether what stands before it speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.extract.marking import mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Tagged

pytestmark = pytest.mark.language

BODY = (
    "The ministry said on Monday that the port was open. Prime Minister Ravi Orvel spoke to "
    "reporters. The army said 17 militants were killed. The UN has not said how many. “We are "
    "safe,” Orvel said."
)
SPEAKING = (
    ("Army", "Militants Behind Bridge Attack"),
    ("Orvel", "We Will Not Leave"),
    ("Prime Minister Orvel", "No Deal Before May"),
    ("Ministry", "17 Killed in Blast"),
    ("UN", "Thousands Without Water"),
    ("Police", "Man Held Over Fire"),
    ("Officials", "Port to Open"),
)
SILENT = (
    "Live: Orvel Speaks to Army",
    "Opinion: The Army Must Leave",
    "Analysis: What the Army Wants",
    "Exclusive: Army Opens Port",
    "Border Talks: Army Opens Port",
    "Harbour Fire: Three Killed",
    "Orvel: A Life",
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find_in_title(title: str, parser: Parser) -> list[tuple[str | None, str]]:
    text = f"{title}\n\n{BODY}"
    end = len(title)
    annotation = parser.annotate(text, [(0, end), (end + 2, len(text))], (0, end))
    found = [a for a in find_attributions(annotation) if a.content.start < end]
    return [(a.source and a.source.text, a.content.text) for a in found]


@pytest.mark.parametrize(("label", "rest"), SPEAKING)
def test_whoever_can_speak_says_the_rest_of_a_headline(
    label: str, rest: str, parser: Parser
) -> None:
    assert find_in_title(f"{label}: {rest}", parser) == [(label, rest)]


def test_a_family_name_that_stands_first_speaks_a_quoted_headline(parser: Parser) -> None:
    title = "Luo: ‘We Will Not Sell the Port’"
    text = f"{title}\n\nPresident Luo Wenda spoke on Monday. Luo said the port was safe."
    end = len(title)
    annotation = parser.annotate(text, [(0, end), (end + 2, len(text))], (0, end))
    assert find_attributions(annotation)[0].content.text == "‘We Will Not Sell the Port’"


@pytest.mark.parametrize("title", SILENT)
def test_a_topic_or_a_place_says_nothing(title: str, parser: Parser) -> None:
    assert [f for f in find_in_title(title, parser) if f[0] and title.startswith(f[0])] == []


@pytest.mark.parametrize("label", ["Claim", "The claim", "CLAIM", "Our verdict"])
def test_a_word_for_a_kind_of_text_is_no_speaker(label: str, parser: Parser) -> None:
    text = f"{label}: The mayor has shut the pier.\n\n{BODY}"
    end = text.index("\n")
    marked = mark(text, label, ":", ("The mayor has shut the pier",))
    annotation = parser.annotate(text, [(0, end), (end + 2, len(text))], None)
    tagged = replace(annotation, tagged=Tagged((marked,), 0.4, "test"))
    for one in (annotation, tagged):
        assert not any(a.cue and a.cue.text == ":" for a in find_attributions(one))


def test_a_name_before_a_colon_speaks_whatever_it_is_called(parser: Parser) -> None:
    text = f"{BODY}\n\nNadia Claim: “The pier is shut.”"
    end = len(BODY)
    found = find_attributions(parser.annotate(text, [(0, end), (end + 2, len(text))], None))
    assert found[-1].source is not None
    assert found[-1].source.text == "Nadia Claim"
