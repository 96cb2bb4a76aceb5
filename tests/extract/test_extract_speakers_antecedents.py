"""Whom "he" and "she" stand for where several are in mind, and what belongs to a source."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language

# A report, then the name of the speaker of each statement in order; None where it must stay open.
CASES: tuple[tuple[str, list[str | None]], ...] = (
    # an apposition behind somebody else's noun
    (
        "Lawyer Tomas Wray met his client, Odd Brenn, on Monday. Wray’s client, Odd Brenn, said the "
        "charge was false. He added that the trial was a show.",
        ["Odd Brenn", "Odd Brenn"],
    ),
    # whose letter it is, not who spoke in the paragraph before
    (
        "Orin Pask said the camp was full. He said it was cold.\n"
        "The letter from Ibo Sarn to his wife was read in court. He described the cell as a tomb.",
        ["Orin Pask", "Orin Pask", "Ibo Sarn"],
    ),
    # a nearer subject without a name
    (
        "Mara Tovel, a lawyer, went to the clinic on Monday. The nurse refused because, she said, "
        "the papers were missing.",
        ["The nurse"],
    ),
    (
        "“I saw it,” the nurse said. The nurse left the room. She added that it was dark.",
        ["the nurse", "the nurse"],
    ),
    # a description of somebody named
    (
        "Mayor Mara Tovel opened the fair. The mayor wore a hat. She said it was cold.",
        ["Mara Tovel"],
    ),
    # somebody else's side is no better than open
    ("Her brother’s driver was hurt. It rained. “All is well,” she said.", [None]),
    # dashes set off what belongs to the subject
    (
        "Pilar Rocha — who has led the charity since 2011 — said the well was dry. She added that it "
        "would rain.",
        ["Pilar Rocha", "Pilar Rocha"],
    ),
    ("Teacher Amin Dal – a father of four – said the school was closed.", ["Amin Dal"]),
    ("Amin Dal - a father of four who fled - told the Post that all was well.", ["Amin Dal"]),
    (
        "Dockworkers’ union head Pilar Rocha — who has led strikes since 2029 — said 300 workers "
        "had been asked.",
        ["Pilar Rocha"],
    ),
    ("OSTVIK — Pilar Rocha — who left in May — said the well was dry.", ["Pilar Rocha"]),
    ("OSTVIK (NPA) — Pilar Rocha said the well was dry.", ["Pilar Rocha"]),
    # a family name that stands first
    (
        "President Luo Wenda told farmers that the port was safe. Luo said it would stay so.",
        ["Luo Wenda", "Luo Wenda"],
    ),
    (
        "President Luo Wenda met his aide Luo Meifen. Luo said it would stay so.",
        ["Luo"],
    ),
    # those whose letter it is do not speak
    (
        "A letter from Mara Tovel and Orin Pask said the port was closed.",
        ["A letter from Mara Tovel and Orin Pask"],
    ),
    (
        "A joint statement by Minister Mara Tovel and Mayor Edda Lorn said the port was closed.",
        ["Mara Tovel and Edda Lorn"],
    ),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find_speakers(text: str, parser: Parser) -> list[str | None]:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = [a for a in find_attributions(annotation) if a.parent is None]
    return [s and s.name for s in resolve_speakers(annotation, "r-1", found).speakers]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_each_statement_has_its_speaker(
    text: str, wanted: list[str | None], parser: Parser
) -> None:
    assert find_speakers(text, parser) == wanted


def test_an_unnamed_antecedent_is_an_entity(parser: Parser) -> None:
    text = "The nurse refused because, she said, the papers were missing."
    annotation = parser.annotate(text, [(0, len(text))], None)
    resolved = resolve_speakers(annotation, "r-1", find_attributions(annotation))
    (speaker,) = resolved.speakers
    assert speaker is not None and [text[a:b] for a, b in speaker.chain] == ["she", "The nurse"]
    assert speaker.entity_id in {e.entity_id for e in resolved.entities}
