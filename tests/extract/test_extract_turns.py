"""Turns of interviews and transcripts: paragraphs that begin with who speaks."""

from __future__ import annotations

import pytest
from tests.extract.marking import annotate, mark
from tests.timing import measure_cpu_s

from sayso.extract.attributions import find_attributions
from sayso.extract.speakers import resolve_speakers
from sayso.extract.stances import find_stance
from sayso.extract.tree import build_tree
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.statement import Attribution

pytestmark = pytest.mark.language

BRIEFING = (
    "MR. TOVEL: Good morning. The clerk said the lamps failed. I have nothing to add. (Laughter.)"
    " Go ahead.",
    "Q: Is the port shut?",
    "MR. TOVEL: It is. The harbour office announced that it will open on Friday.",
    "Q: And the bridge?",
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find(parser: Parser, text: str, *marked: tuple[str, str, str]) -> tuple[Attribution, ...]:
    marks = [mark(text, source, cue, (content,)) for source, cue, content in marked]
    return find_attributions(annotate(parser, text, *marks))


def list_turns(found: tuple[Attribution, ...]) -> list[tuple[str, str]]:
    return [
        (a.source.text, a.content.text)
        for a in found
        if a.parent is None and a.kind == "direct" and a.source is not None
    ]


def test_a_turn_is_whole_and_to_the_letter(parser: Parser) -> None:
    found = find(parser, "\n\n".join(BRIEFING), ("The clerk", "said", "the lamps failed"))
    assert list_turns(found) == [
        (
            "MR. TOVEL",
            "Good morning. The clerk said the lamps failed. I have nothing to add. Go ahead.",
        ),
        ("Q", "Is the port shut?"),
        ("MR. TOVEL", "It is. The harbour office announced that it will open on Friday."),
        ("Q", "And the bridge?"),
    ]
    (inner,) = (a for a in found if a.source is not None and a.source.text == "The clerk")
    assert inner.parent == 0


def test_turns_are_found_by_rules_alone(parser: Parser) -> None:
    text = "\n\n".join(BRIEFING)
    found = find_attributions(parser.annotate(text, [(0, len(text))]))
    assert [source for source, _ in list_turns(found)] == ["MR. TOVEL", "Q", "MR. TOVEL", "Q"]
    inside = [a.source.text for a in found if a.parent == 0 and a.source is not None]
    assert inside == ["The clerk"]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ORIN PASK, BYLINE:", "ORIN PASK"),
        ("Pask (through interpreter):", "Pask"),
        ("[14:32] Orin Pask:", "Orin Pask"),
        ("QUESTION:", "QUESTION"),
        ("Q.", "Q"),
        ("Q 12:", "Q"),
        ("Minister of the Ports Pask:", "Minister of the Ports Pask"),
    ],
)
def test_labels(parser: Parser, label: str, name: str) -> None:
    lines = (
        f"{label} Where is it?",
        "Ms. Tovel: Here.",
        f"{label} Since when?",
        "Ms. Tovel: Since May.",
    )
    turns = list_turns(find(parser, "\n\n".join(lines)))
    assert turns[::2] == [(name, "Where is it?"), (name, "Since when?")]


def test_in_a_transcript_paragraphs_between_go_on_with_the_turn(parser: Parser) -> None:
    between = ("We burned the chairs.", "(Music.)", "Advertisement")
    lines = ("Q: How was it?", "MS. TOVEL: Cold.", *between, "Q: And then?")
    turns = list_turns(find(parser, "\n\n".join(lines)))
    assert turns == [
        ("Q", "How was it?"),
        ("MS. TOVEL", "Cold.\n\nWe burned the chairs."),
        ("Q", "And then?"),
    ]
    lines = ("Q: How was it?", "Ms. Tovel: Cold.", *between, "Q: And then?")
    assert list_turns(find(parser, "\n\n".join(lines)))[1] == ("Ms. Tovel", "Cold.")


@pytest.mark.parametrize(
    ("said", "content"),
    [
        ("I told [him] to leave the Union (Harbour Union) now.", None),
        ("(Through interpreter) It is shut. [applause]", "It is shut."),
        ("It is shut. (Laughter.) Nobody knows.", "It is shut. Nobody knows."),
    ],
)
def test_what_happens_meanwhile_is_not_said(parser: Parser, said: str, content: str | None) -> None:
    lines = ("Q: How is it?", f"Ms. Tovel: {said}", "Q: And then?")
    assert list_turns(find(parser, "\n\n".join(lines)))[1] == ("Ms. Tovel", content or said)


@pytest.mark.parametrize(
    "lines",
    [
        ("OSTVIK: The port is shut.", "Nobody was hurt.", "It opens on Friday."),
        ("Place: Ostvik", "Time: Friday", "Price: none", "Doors: seven"),
        ("READ MORE: The port is shut.", "READ MORE: The bridge is open.", "READ MORE: Lamps."),
        ("He has two rules: be early.", "She has one: be late.", "He has two rules: be early."),
        ("Q: Is it shut?", *["The port has been shut since May."] * 6, "A: It is.", "Q: Why?"),
        ("Q: When does it open?", "A: On Friday.", "Q: Who may enter?", "A: Nurses may."),
        ("Q. Who won?", "A. Rovers", "B. United", "Q. Who lost?", "A. City"),
        ("Photo: Orin Pask", "The council met.", "Photo: Mara Tovel", "Source: Harbour Press"),
        ("Home: Rovers", "Away: United", "Home: City", "Away: Albion"),
        ("What: A talk", "When: Monday", "What: A concert", "When: Tuesday"),
        ("Claim: The dam leaks.", "Verdict: False.", "Claim: It is full.", "Verdict: True."),
        ("UPDATE: The dam is safe.", "BREAKING: It broke.", "UPDATE: It holds."),
        ("Best Actor: Orin Pask for The Dam", "Best Film: The Dam", "Supporting Actor: Jon Reed"),
    ],
)
def test_what_is_no_conversation(parser: Parser, lines: tuple[str, ...]) -> None:
    assert not [a for a in find(parser, "\n\n".join(lines)) if a.kind == "direct"]


def test_time_is_linear(parser: Parser) -> None:
    def measure(count: int) -> float:
        annotation = annotate(parser, "\n\n".join(BRIEFING * count))
        return measure_cpu_s(lambda: find_attributions(annotation))

    measure(5)
    assert measure(160) < 12 * measure(40) + 0.1


def test_answers_of_somebody_who_speaks_of_themselves(parser: Parser) -> None:
    lines = ("Q. Did you see the car?", "A. I saw it twice.", "Q. When?", "A. In May.")
    assert len(list_turns(find(parser, "\n\n".join(lines)))) == len(lines)


def test_a_post_that_a_turn_begins_is_none(parser: Parser) -> None:
    signed = "Anna Tovel: It is shut. — Jon Pask (@pask) June 20, 2031"
    lines = (signed, "Jon Pask: It is not.", "Anna Tovel: It is.")
    turns = list_turns(find(parser, "\n\n".join(lines)))
    assert [source for source, _ in turns] == ["Anna Tovel", "Jon Pask", "Anna Tovel"]


def test_a_label_that_names_nobody_is_nobody(parser: Parser) -> None:
    annotation = annotate(parser, "\n\n".join(BRIEFING))
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r1", found).speakers
    named = [
        (a.source.text, None if speaker is None else speaker.name)
        for a, speaker in zip(found, speakers, strict=True)
        if a.parent is None and a.source is not None
    ]
    assert named[1::2] == [("Q", None), ("Q", None)]
    assert named[0] == named[2] != ("MR. TOVEL", None)


def test_a_turn_that_ends_as_a_question_asks(parser: Parser) -> None:
    annotation = annotate(parser, "\n\n".join(BRIEFING))
    turns = [a for a in find_attributions(annotation) if a.parent is None]
    tree = build_tree(annotation)
    stances = [find_stance(tree, a.source, a.cue, a.content).stance for a in turns]
    assert stances == ["says", "asks", "says", "asks"]


def test_labels_in_capitals_are_people(parser: Parser) -> None:
    lines = (
        "MARA TOVEL, HOST: The island votes on Sunday.",
        "PRIME MINISTER ORIN PASK: They say that we are tired.",
        "TOVEL: And are you?",
        "PASK: Never.",
    )
    annotation = annotate(parser, "\n\n".join(lines))
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r1", found).speakers
    turns = [
        speaker.name
        for a, speaker in zip(found, speakers, strict=True)
        if a.parent is None and speaker is not None
    ]
    assert turns == ["MARA TOVEL", "ORIN PASK", "MARA TOVEL", "ORIN PASK"]
