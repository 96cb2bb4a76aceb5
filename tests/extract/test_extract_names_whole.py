"""Names with all that belongs to them and nothing else, and who is called by which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.mentions import find_mentions
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Name

pytestmark = pytest.mark.language

# A report, and the names of all who speak in it, in order.
CASES: tuple[tuple[str, list[str]], ...] = (
    # an office before a name
    (
        "Leader of the Opposition Sunita Tovel said the bill was dead. Ms. Tovel added that it rained.",
        ["Sunita Tovel"] * 2,
    ),
    (
        "Speaker of the People’s Assembly Bahram Oztel said the bill was dead. Oztel said it rained.",
        ["Bahram Oztel"] * 2,
    ),
    (
        "Cllr Janet Tovel said the road was open. Cllr Tovel said it was safe.",
        ["Janet Tovel"] * 2,
    ),
    ("Campaigner Ted Tovel said the road was open.", ["Ted Tovel"]),
    ("The General Staff said the road was open.", ["General Staff"]),
    ("General Pavel Orn said the road was open.", ["Pavel Orn"]),
    # relatives
    ("Orn’s sister, the model Cleo Orn, said it was late.", ["Cleo Orn"]),
    ("Rafael Orn left. His wife, Belen, said it was late.", ["Belen"]),
    ("Rafael Orn left. His wife, ill since May, said it was late.", ["His wife, ill since May"]),
    ("A trader, Abena Orn, who said it was late, left.", ["Abena Orn"]),
    ("Marit Esk, who heads a charity, said it was late. Esk said it rained.", ["Marit Esk"] * 2),
    # what an organisation makes or runs
    (
        "The operator of the Lenn dam, Corvhydro, said it was late. Corvhydro said it rained.",
        ["Corvhydro"] * 2,
    ),
    # short names
    ("Shares of Halden Chemicals fell. Halden said the plant was shut.", ["Halden Chemicals"]),
    (
        "Halden Chemicals has a plant in Halden. Halden said the plant was shut.",
        ["Halden"],
    ),
    ("Halden Chemicals is run by Erik Halden. Halden said it was late.", ["Erik Halden"]),
    # a role in a body that is called by its initials
    (
        "Sunita Orn, president of the Union of Harbour Doctors (UHD), left. The UHD boss said it was "
        "late.",
        ["Sunita Orn"],
    ),
    (
        "The National Association of Resident Doctors of Luzara (NARDL) met. President of the "
        "association, Dr. Sunita Orn, left. The NARDL boss said it was late.",
        ["Sunita Orn"],
    ),
    (
        "Sunita Orn, president of the Union of Harbour Doctors (UHD), left. The NRA boss said it was "
        "late.",
        ["The NRA boss"],
    ),
    # outlets and companies that the pipeline takes for people
    ("The weekly Spektrum said it was late. Spektrum said it rained.", ["Spektrum"] * 2),
    # a clause that only adds
    (
        "Chief Minister Harish Orn left. The Chief Minister, who was not in the House, said it was "
        "late.",
        ["Harish Orn"],
    ),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_who_speaks_has_their_whole_name(text: str, wanted: list[str], parser: Parser) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = [a for a in find_attributions(annotation) if a.parent is None]
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    assert [s and s.name for s in speakers] == wanted


def find_names(parser: Parser, text: str, *given: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the entities of a text with their types. given: what the pipeline finds."""
    annotation = parser.annotate(text, [(0, len(text))], None)
    starts = {t.start: i for i, t in enumerate(annotation.tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(annotation.tokens)}
    names = []
    for words, kind in given:
        start = text.rindex(words)
        end = start + len(words)
        names.append(Name((start, end), starts[start], ends[end], kind))
    known = replace(annotation, names=tuple(sorted(names, key=lambda n: n.first)))
    _, entities = find_mentions(known, "r-1")
    return [(e.name, e.type) for e in entities]


def test_no_name_crosses_a_paragraph(parser: Parser) -> None:
    found = find_names(parser, "11 February\n\nKolar left.", ("February\n\nKolar", "PERSON"))
    assert found == [("Kolar", "person")]


def test_a_bullet_is_no_part_of_a_name(parser: Parser) -> None:
    found = find_names(parser, "• Mara Orn left.", ("• Mara Orn", "PERSON"))
    assert found == [("Mara Orn", "person")]


def test_whom_an_institute_works_for_is_no_part_of_its_name(parser: Parser) -> None:
    name = "Brenner Institute for the Daily Courier"
    found = find_names(parser, f"It was done by the {name}.", (name, "ORG"))
    assert found == [("Brenner Institute", "organisation")]
    name = "Brenner Institute for Peace"
    found = find_names(parser, f"It was done by the {name}.", (name, "ORG"))
    assert found == [(name, "organisation")]


def test_the_verb_of_a_headline_is_no_part_of_a_name(parser: Parser) -> None:
    prose = "\n\nMarn Almira said that Sardavia was ready. The talks go on."
    found = find_names(
        parser,
        "Almira Stresses Sardavia Peace Hopes" + prose,
        ("Almira Stresses Sardavia", "PERSON"),
        ("Marn Almira", "PERSON"),
    )
    assert found == [("Marn Almira", "person")]
    found = find_names(
        parser,
        "Marn, Stresses Sardavia Peace Hopes" + prose,
        ("Stresses Sardavia", "PERSON"),
        ("Sardavia", "GPE"),
        ("Marn Almira", "PERSON"),
    )
    assert ("Stresses Sardavia", "person") not in found


def test_what_a_noun_calls_a_body_is_no_person(parser: Parser) -> None:
    for text, name, kind in (
        ("The weekly Spektrum was late.", "Spektrum", "organisation"),
        ("Vestgas, the state company which runs it, was late.", "Vestgas", "organisation"),
        ("The Standard was late.", "Standard", "organisation"),
        ("The Orvel plan was late. Orvel was late.", "Orvel", "person"),
        ("Orvel, the head of the state company, was late.", "Orvel", "person"),
        ("The company that Orvel runs was late.", "Orvel", "person"),
    ):
        assert find_names(parser, text, (name, "PERSON")) == [(name, kind)], text


def test_a_movement_of_another_name_is_not_what_its_secretary_is_called(parser: Parser) -> None:
    marks = ("Marsh Dawn", "ORG"), ("Orin Al-Pask", "PERSON")
    text = "Secretary of the Marsh Dawn movement Orin Al-Pask, who was late, met the envoy."
    assert ("Orin Al-Pask", "person") in find_names(parser, text, *marks)
