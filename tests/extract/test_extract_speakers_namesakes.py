"""Whom a speaker is not: namesakes, relatives, institutions, and officials without a name."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.mentions import find_mentions
from sayso.extract.speakers import Resolved, resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Annotation

pytestmark = pytest.mark.language

UNRESOLVED = "?"

# A report, then the speaker of each statement in its own voice: name, "?" where it stays open.
CASES = (
    # one surname, two people
    (
        "President Tovel said the road was open. First lady Mara Tovel smiled. “It is wide,” Mr. "
        "Tovel said. “It is long,” Tovel added. Ms. Tovel said it was new.",
        ["Tovel", "Tovel", "Tovel", "Mara Tovel"],
    ),
    (
        "Orin Tovel opened the road with his wife, Mara Tovel. “It is wide,” Tovel said. “It is "
        "long,” Ms. Tovel added.",
        ["Orin Tovel", "Mara Tovel"],
    ),
    (
        "Mara Tovel, who built the dam, died on Friday. “It will hold,” Ms. Tovel once said. Her "
        "daughter, Ilse Tovel, said it leaks. “I know it,” Ms. Tovel had said.",
        ["Mara Tovel", "Ilse Tovel", "Mara Tovel"],
    ),
    (
        "Mara Tovel built the dam. Ilse Tovel mended it. “It will hold,” Ms. Tovel said.",
        ["Ms. Tovel"],
    ),
    (
        "President Orin Pask said the dam was safe. Orin Pask Jr. said it was not. “It leaks,” "
        "Pask said. “No,” Pask Jr. said.",
        ["Orin Pask", "Orin Pask Jr.", "Orin Pask", "Orin Pask Jr."],
    ),
    (
        "The widow of one of the soldiers, Sergeant Orin Pask, said the army had lied.",
        ["The widow of one of the soldiers, Sergeant Orin Pask"],
    ),
    # a family name that stands first, and somebody else's that stands last
    (
        "Kim Dong Sul met the envoy. “It went well,” Kim said. Orin Kim, a teacher, was freed.",
        ["Kim Dong Sul"],
    ),
    (
        "Grant Tovel met the envoy. Tovel said little. Mara Grant, a teacher, was freed. “I am "
        "glad,” Grant said.",
        ["Mara Grant"],
    ),
    # relatives with names of nearly the same words
    (
        "Tariq Pask said the port would close. His son, Orin Tariq Pask, said it would not. Tariq "
        "Pask said his son was wrong.",
        ["Tariq Pask", "Orin Tariq Pask", "Tariq Pask"],
    ),
    # a place behind somebody is nobody
    (
        "The pier was shut, said Mara Tovel, a nurse in Ostvik, who said she was late.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    (
        "Michael Pask said he would run. Mike Pask, his cousin, said he would not vote for him.",
        ["Michael Pask", "Mike Pask"],
    ),
    (
        "Hilla Marn Tovel, his wife, was there. Hilla Tovel said it was late.",
        ["Hilla Marn Tovel"],
    ),
    (
        "Mara Tovel said the school was safe. Her daughter Mara said the roof leaked. “I got wet,” "
        "Mara said.",
        ["Mara Tovel", "Mara", "Mara"],
    ),
    (
        "Donald Tovel and Mara Tovel arrived. His wife Mara said it was late.",
        ["Mara Tovel"],
    ),
    (
        "Donald Tovel was there, and so was Eric Tovel. Donald Tovel left, and his son Eric said "
        "it was over.",
        ["Eric Tovel"],
    ),
    # a surname behind a title is nobody's given name, but where the family name comes first
    (
        "Grant Tovel said the trial was unfair. Senator Grant said that it was fair.",
        ["Grant Tovel", "Grant"],
    ),
    (
        "Kim Pask Un visited the plant. President Kim said the plant was safe.",
        ["Kim Pask Un"],
    ),
    (
        "“He hit me,” Mrs. Pask said. “I never touched her,” Mr. Pask said.",
        ["Mrs. Pask", "Mr. Pask"],
    ),
    # a lieutenant governor is no governor, a lieutenant colonel is a colonel
    (
        "Governor Mara Tovel said the dam was safe. Lieutenant Governor Orin Pask said it was not. "
        "“Nobody will drown,” the governor said.",
        ["Mara Tovel", "Orin Pask", "Mara Tovel"],
    ),
    (
        "Lieutenant Colonel Orin Pask said it was safe. “Nobody will drown,” the colonel said.",
        ["Orin Pask", "Orin Pask"],
    ),
    # names that the pipeline cuts, overlooks or takes for something else
    (
        "Ilse Marn said on Monday that it would rain. “We stay,” Marn said.",
        ["Ilse Marn", "Ilse Marn"],
    ),
    (
        "Orin Pickering spoke in Ostvik. Pickering flatly denied that he was unwilling to appear.",
        ["Orin Pickering"],
    ),
    (
        "Korin Dasht, who runs a mill, said the river was low. “We wait,” Dasht said.",
        ["Korin Dasht", "Korin Dasht"],
    ),
    (
        "The deputy minister of defence of the Marsh People’s Republic, Fyodor Tarn, admitted that "
        "supplies were short.",
        ["Fyodor Tarn"],
    ),
    ("Spokeswoman Mara Tovel said the dam was safe.", ["Mara Tovel"]),
    # an organisation is not the person in its name, nor a group one of its members
    (
        "Orin Tovel left. The Tovel administration said the road was open.",
        ["Tovel administration"],
    ),
    (
        "A leading Republican said the road was open. Democrats said it was shut.",
        ["A leading Republican", "Democrats"],
    ),
    (
        "Mara Tovel, Orin Pask and Edda Lorn met in Ostvik. The media said the truce would hold.",
        ["The media"],
    ),
    (
        "Orin Pask, a historian and lecturer in trade at Varsk University, Harbour Campus, said "
        "the dam was safe.",
        ["Orin Pask"],
    ),
    # the surname is whose the report calls by it before anybody else of that name comes up
    (
        "Orin Pask met reporters. Pask was tired. Mara Pask of Ostvik was there. Pask said he "
        "would run.",
        ["Orin Pask"],
    ),
    ("Orin Pask met Mara Pask. Pask said the road was open.", ["Pask"]),
    # who has no name is somebody too
    (
        "Mara Tovel left. A spokeswoman said the road was shut. “It is wet,” she added.",
        ["A spokeswoman", "A spokeswoman"],
    ),
    (
        "Mara Tovel, a spokeswoman, said the dam was safe. A senior Kestrian official said it was "
        "not. “It leaks,” the official said. Another official said it would be mended. That "
        "official said the work would last a year.",
        ["Mara Tovel", *["A senior Kestrian official"] * 2, *["Another official"] * 2],
    ),
    (
        "A Kestrian official said the dam was safe. A Belmoran official said it was not. The "
        "Kestrian official said it would hold.",
        ["A Kestrian official", "A Belmoran official", "A Kestrian official"],
    ),
    (
        "Orin Pask left. The ministry said the dam was safe. It added that repairs had begun.",
        ["The ministry", "The ministry"],
    ),
    (
        "The Pask-Lorn talks ended. Mr. Lorn said that all was well. A Pask-era law fell, Orin Pask "
        "said.",
        ["Lorn", "Orin Pask"],
    ),
    ("Yoon Kim Jae-in said the border was open.", ["Yoon Kim Jae-in"]),
    # pronouns
    (
        "Then there was the writer Ben Tovel, a former aide, who wrote, “The road is long.”",
        ["Ben Tovel"],
    ),
    (
        "The Harbour Post said the fair was full. Visitors came from Ostvik. They said the bread "
        "was good.",
        ["Harbour Post", UNRESOLVED],
    ),
)

# A source, and how it names the speaker.
WAYS = (
    ("The army", "organisation"),
    ("The health ministry", "organisation"),
    ("The commission", "organisation"),
    ("The monitoring group Halvik Lantern", "organisation"),
    ("A spokeswoman", "unnamed"),
    ("Many Democrats", "unnamed"),
    ("Residents", "unnamed"),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def annotate(parser: Parser, text: str) -> Annotation:
    return parser.annotate(text, [(0, len(text))], None)


def resolve(annotation: Annotation) -> Resolved:
    found = [a for a in find_attributions(annotation) if a.parent is None]
    return resolve_speakers(annotation, "r-1", found)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_nobody_speaks_for_a_namesake_or_a_neighbour(
    text: str, wanted: list[str], parser: Parser
) -> None:
    speakers = resolve(annotate(parser, text)).speakers
    assert [UNRESOLVED if s is None or s.name is None else s.name for s in speakers] == wanted


@pytest.mark.parametrize(("source", "via"), WAYS)
def test_a_source_without_a_person_s_name_says_what_it_is(
    source: str, via: str, parser: Parser
) -> None:
    (speaker,) = resolve(annotate(parser, f"{source} said that the dam had held.")).speakers
    assert speaker is not None and speaker.via == via


def test_i_is_who_is_quoted_though_named_behind(parser: Parser) -> None:
    text = "“I fear the dam will break,” Mara Tovel said. “I think it is old.”"
    annotation = annotate(parser, text)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    nested = [s for a, s in zip(found, speakers, strict=True) if a.parent is not None]
    assert [s.name for s in nested if s is not None] == ["Mara Tovel"] * 2


def test_a_joint_source_keeps_the_name_that_fits_two_people(parser: Parser) -> None:
    text = (
        "Mara Tovel left. Orin Tovel stayed. Edda Lorn came. "
        "Edda Lorn and Tovel said the road was open."
    )
    (speaker,) = resolve(annotate(parser, text)).speakers
    assert speaker is not None and speaker.name == "Edda Lorn and Tovel"
    assert speaker.entity_id is None and len(speaker.members) == 1


def test_a_source_does_not_begin_inside_a_quotation(parser: Parser) -> None:
    text = (
        '"We have to do it with a coalition, the northern coalition, the other states in the '
        'area," Orin Pask, D-Ostvik, said on the radio.'
    )
    annotation = annotate(parser, text)
    (found,) = find_attributions(annotation)
    assert found.source is not None and found.source.text.startswith("Orin Pask")
    assert found.content.text == text[: text.index(" Orin")]
    (speaker,) = resolve(annotation).speakers
    assert speaker is not None and speaker.name == "Orin Pask"


def test_a_year_says_nothing(parser: Parser) -> None:
    found = find_attributions(annotate(parser, "2031 offers a host of elections."))
    assert found == ()


def test_a_preposition_before_a_quoted_title_is_no_part_of_the_source(parser: Parser) -> None:
    found = find_attributions(
        annotate(parser, "“We go,” said Sen. Orin Pask (D., Ostvik) on “Meet the Harbour.”")
    )
    assert [a.source.text for a in found if a.source is not None] == ["Sen. Orin Pask (D., Ostvik)"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Add Orin Pask to your list. Orin Pask spoke. Orin Pask left.", "Orin Pask"),
        ("Orin Pask Orin Pask, a lawyer, left. Pask spoke.", "Orin Pask"),
    ],
)
def test_a_word_before_a_name_is_not_in_it(text: str, name: str, parser: Parser) -> None:
    _, entities = find_mentions(annotate(parser, text), "r-1")
    assert [e.name for e in entities if "Pask" in e.name] == [name]


def test_a_headline_s_verb_is_no_surname(parser: Parser) -> None:
    title = "Pask Makes ‘No Promises’ On Rebuilding The Ostvik Dam"
    text = title + "\n\nOrin Pask said on Monday that he had made no promises. Pask left."
    paragraphs = [(0, len(title)), (len(title) + 2, len(text))]
    annotation = parser.annotate(text, paragraphs, (0, len(title)))
    _, entities = find_mentions(annotation, "r-1")
    assert [e.name for e in entities if "Pask" in e.name] == ["Orin Pask"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Foreign Minister Livia Sarn and Harbour Minister Orin Pask left.", "Minister"),
        ("Mara Tovel, D-Ostvik, left. Orin Pask, R-Halvik, stayed.", "Ostvik"),
        ("Surprised to see the elections in Marsh Land? Orin Pask, a lawyer, is not.", "Surprised"),
        ("The UN met. Kim Pask Un left.", "UN"),
    ],
)
def test_a_role_a_place_or_an_acronym_is_nobody(text: str, wrong: str, parser: Parser) -> None:
    _, entities = find_mentions(annotate(parser, text), "r-1")
    people = [s for e in entities if e.type == "person" for s, _ in e.spellings]
    assert not [p for p in people if wrong in p]
