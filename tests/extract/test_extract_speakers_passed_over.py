"""Who is near a pronoun, or a word for a body, and is not whom it stands for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.extract.marking import annotate, mark

from sayso.extract.attributions import find_attributions
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Span

pytestmark = pytest.mark.language

OPEN = None
# A report, a word that is a source in it (its last place), and whose words it says; None where that
# must stay open.
PEOPLE: tuple[tuple[str, str, str | None], ...] = (
    # whoever only asks, in front of a clause with whoever was asked
    (
        "Mia Tovel, a clerk, said the fire began at noon.\nAsked by the prosecutor, Helena Orn, why "
        "she ran, the witness replied: “I was afraid.” She said the door was locked.",
        "She",
        OPEN,
    ),
    (
        "The report was read by the prosecutor, Helena Orn. She said the door was locked.",
        "She",
        "Helena Orn",
    ),
    # who is interviewed "in an interview with" somebody, and whoever "the interview with" is with
    (
        "Rurik Sovan left in May. In an interview with Pavel Orn he said the charges were false.",
        "he",
        "Rurik Sovan",
    ),
    # a subject of the quotation itself
    (
        "“The line is dead,” Milo Orn said.\n“My neighbour is a farmer. He told me that the case was "
        "closed,” said Anton Tovel.",
        "He",
        "My neighbour",
    ),
    (
        "“My neighbour met Milo Orn. He said that the case was closed,” said Anton Tovel.",
        "He",
        "Milo Orn",
    ),
    # nobody of three paragraphs before, nor who is only of whoever is quoted
    (
        "Karel Orn said the fire began early.\nIt rained.\nIt snowed.\n“He said it was late,” Mara "
        "Tovel recalled.",
        "He",
        OPEN,
    ),
    (
        "“He lied,” Karel Orn said of Pavel Sovan.\n“He said it was late,” Mara Tovel said.",
        "He",
        "Karel Orn",
    ),
    (
        "“My sister said it was late,” wrote the singer Lena Orn. She told a friend that she was ill.",
        "She",
        "Lena Orn",
    ),
    # whom the sentence before tells of in words of whoever is quoted
    (
        "Karel Orn said the road was open.\nGrace Tovel said her son had called her. “He said it was "
        "late,” she recalled.",
        "He",
        "her son",
    ),
    # who is told to do something may be meant as well as who tells them
    (
        "The manager, Dora Orn, told a junior clerk to keep quiet when she said it was late.",
        "she",
        OPEN,
    ),
    ("The manager, Dora Orn, kept quiet when she said it was late.", "she", "Dora Orn"),
    # relatives
    (
        "Marta Orn began late. Her husband, the sculptor Alder Orn, died in May. She said it was late.",
        "She",
        "Marta Orn",
    ),
    # who is spoken of by "who" has been met
    (
        "Jan Orn, a farmer, said the picture was old. It rained.\nThe Daily Check contacted the owner "
        "of the account, who did not respond. In an earlier post, he claimed the dam was empty.",
        "he",
        "the owner of the account",
    ),
    (
        "Jan Orn, a farmer, said the picture was old. It rained.\nThe Daily Check contacted the owner "
        "of the account. In an earlier post, he claimed the dam was empty.",
        "he",
        "Jan Orn",
    ),
)
MANY: tuple[tuple[str, str, str | None], ...] = (
    # a body named since, of which a witness speaks
    (
        "Villagers said the water was black. Joan Orn said she wrote to the company. “They said it "
        "was fine,” she added.",
        "They",
        OPEN,
    ),
    (
        "Villagers said the water was black. They said it was fine.",
        "They",
        "Villagers",
    ),
    # of whom somebody of a body speaks
    (
        "The Harbour Union said the river was dying. Its chairwoman, Lena Orn, said no boat came. "
        "“They said it was fine,” she added.",
        "They",
        OPEN,
    ),
    (
        "The Harbour Union said the river was dying. They said it was fine.",
        "They",
        "Harbour Union",
    ),
    # two
    (
        "Analysts said the two leaders need each other. The king and the general share a house, and "
        "both said the army would decide.",
        "both",
        OPEN,
    ),
    (
        "Mara Orn and Pavel Tovel left. Both said the army would decide.",
        "Both",
        "Mara Orn and Pavel Tovel",
    ),
)
PAPERS: tuple[tuple[str, str, str | None], ...] = (
    # one newspaper is not another
    (
        "The Ostvik Courier said it was late. The left-leaning Tribune said it was early.",
        "The left-leaning Tribune",
        "Tribune",
    ),
    (
        "The Ostvik Tribune said it was late. The Tribune said it was early.",
        "The Tribune",
        "Ostvik Tribune",
    ),
    (
        "The Ostvik Courier said it was late. The Tribune said it was early. The paper added that it "
        "rained.",
        "The paper",
        "Tribune",
    ),
    ("The Mail said the king was ill. The paper added that it rained.", "The paper", "Mail"),
    # one channel of many
    (
        "Telegram is a network. A Telegram channel said it was late.",
        "A Telegram channel",
        "A Telegram channel",
    ),
    ("Telegram left. The Telegram company said it was late.", "The Telegram company", "Telegram"),
    # a clause behind a noun tells nothing of which it is
    (
        "Orvel Chemicals said it was late. The company, which was sold to the group Norvex, added "
        "that it rained.",
        "The company, which was sold to the group Norvex",
        "Orvel Chemicals",
    ),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find_speaker(parser: Parser, text: str, source: str) -> str | None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    said = [
        (a.source.start, s)
        for a, s in zip(found, speakers, strict=True)
        if a.source is not None and s is not None and a.source.text.rstrip(",") == source
    ]
    assert said, [a.source and a.source.text for a in found]
    return max(said, key=lambda one: one[0])[1].name


@pytest.mark.parametrize(("text", "source", "wanted"), PEOPLE)
def test_a_pronoun_passes_over_who_is_only_near(
    text: str, source: str, wanted: str | None, parser: Parser
) -> None:
    assert find_speaker(parser, text, source) == wanted


@pytest.mark.parametrize(("text", "source", "wanted"), MANY)
def test_they_are_not_the_last_many_who_spoke(
    text: str, source: str, wanted: str | None, parser: Parser
) -> None:
    assert find_speaker(parser, text, source) == wanted


@pytest.mark.parametrize(("text", "source", "wanted"), PAPERS)
def test_one_outlet_or_company_is_not_another(
    text: str, source: str, wanted: str | None, parser: Parser
) -> None:
    assert find_speaker(parser, text, source) == wanted


# The same where a tagger marks the statements: a report, what is marked in it, and whose the last is.
MARKED: tuple[tuple[str, tuple[tuple[str, str, str], ...], str | None], ...] = (
    # nobody is "he" and "she" in one sentence
    (
        "Nadia Orn left in May. Last spring she wrote to Bielik. He replied, she says, with a line.",
        (("He", "replied", "with a line"), ("she", "says", "He replied")),
        "Nadia Orn",
    ),
    # one of many
    (
        "Colonel Pavel Orn left. The video shows captured soldiers, one of whom is heard saying that "
        "he regrets joining the war.",
        (
            ("one of whom", "saying", "that he regrets joining the war"),
            ("he", "regrets", "joining the war"),
        ),
        "one of whom",
    ),
    # a part of many
    (
        "The survey found that 23% of voters said they trusted him. A third said they doubted it.",
        (
            ("23% of voters", "said", "they trusted him"),
            ("A third", "said", "they doubted it"),
            ("they", "doubted", "it"),
        ),
        "A third",
    ),
    # what stands in an outlet
    (
        "“A dream” is the headline in the Ostvik Courier, which wrote it was late.",
        (("which", "wrote", "it was late"),),
        "Ostvik Courier",
    ),
    (
        "“A dream” is a letter in the Ostvik archive, which wrote it was late.",
        (("which", "wrote", "it was late"),),
        "the Ostvik archive",
    ),
)


@pytest.mark.parametrize(("text", "marks", "wanted"), MARKED)
def test_who_speaks_in_a_marked_statement(
    text: str, marks: tuple[tuple[str, str, str], ...], wanted: str | None, parser: Parser
) -> None:
    found = find_attributions(annotate(parser, text, *(mark_last(text, *m) for m in marks)))
    annotation = annotate(parser, text)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    said = {a.source.start: s for a, s in zip(found, speakers, strict=True) if a.source and s}
    at = mark_last(text, *marks[-1]).source
    assert at is not None and said[at[0]].name == wanted


def mark_last(text: str, source: str, cue: str, content: str) -> TaggedAttribution:
    """Return a statement of the last words in a text that are as given, the cue behind the source."""

    def find(words: str, start: int = 0) -> Span:
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
        return found[-1] if not start else next(span for span in found if span[0] > start)

    said = find(source)
    verb = find(cue, said[0])
    marked = mark(text, source, cue, (content,))
    return replace(marked, anchor=verb, source=said, cue=verb, content=(find(content),))
