"""What kind of source somebody is."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.source_classes import load_class_words
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # nobody's name: the noun, or what is before one that says little
        ("A senior official said the road was open.", "official"),
        ("A police spokesman said the road was open.", "police"),
        ("An army officer said the road was open.", "military"),
        ("A hospital official said the ward was full.", "medical"),
        ("A doctor in Ostvik said the ward was full.", "medical"),
        ("A diplomat said the talks were over.", "diplomatic"),
        ("An embassy official said the talks were over.", "diplomatic"),
        ("Witnesses said the market burned for hours.", "witness"),
        ("State media said the road was open.", "media"),
        ("The report said the road was open.", "document"),
        ("A source said the road was open.", None),
        ("The farmer said the road was open.", None),
        # a name: what the report calls them
        ("Foreign Minister Mara Tovel said the road was open.", "official"),
        ("Colonel Mara Tovel said the road was open.", "military"),
        ("Mara Tovel, a police spokeswoman, said the road was open.", "police"),
        ("Attorney General Mara Tovel said the road was open.", "legal"),
        ("The attorney general said the road was open.", "legal"),
        ("The auditor-general said the road was open.", None),
        ("The former auditor general, Mara Tovel, said the road was open.", None),
        ("The general said the road was open.", "military"),
        ("Detective Sergeant Mara Tovel said the road was open.", "police"),
        ("Sergeant Mara Tovel said the road was open.", "military"),
        ("Mara Tovel, president of the Chess Club, said the road was open.", None),
        ("Mara Tovel, deputy secretary general of the Chess Club, said the road was open.", None),
        ("Secretary of State Mara Tovel said the road was open.", "official"),
        ("The Harbour Ministry said the port was shut.", "official"),
        ("French police said the road was open.", "police"),
        # several: what they share
        ("Minister Mara Tovel and Mayor Edda Lorn said the road was open.", "official"),
        ("Minister Mara Tovel and Ambassador Edda Lorn said the road was open.", None),
        # nobody knows who
        ("They said the road was open.", None),
    ],
)
def test_the_words_for_a_source_tell_its_class(
    text: str, wanted: str | None, parser: Parser
) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = [a for a in find_attributions(annotation) if a.parent is None]
    (speaker,) = resolve_speakers(annotation, "r-1", found).speakers
    assert speaker is not None and speaker.source_class == wanted


def test_a_pronoun_has_the_class_of_whom_it_goes_back_to(parser: Parser) -> None:
    text = "A nurse said the ward was full. She said it was late."
    annotation = parser.annotate(text, [(0, len(text))], None)
    speakers = resolve_speakers(annotation, "r-1", find_attributions(annotation)).speakers
    assert [s and s.source_class for s in speakers] == ["medical", "medical"]


def test_a_word_is_in_one_class_or_open() -> None:
    words = load_class_words()
    assert {"general", "colonel"} <= words.nouns.keys()
    assert "source" in words.open and "source" not in words.nouns
