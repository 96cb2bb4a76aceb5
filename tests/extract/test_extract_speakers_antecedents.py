"""Whom "he" and "she" stand for where several are in mind, and what belongs to a source."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources

import pytest

from sayso.extract.antecedents import Present, Turn, Weigher
from sayso.extract.attributions import find_attributions
from sayso.extract.genders import vote_genders
from sayso.extract.mentions import find_cast, find_mentions
from sayso.extract.naming import fold_words
from sayso.extract.sources import Part
from sayso.extract.speakers import find_quoted, resolve_speakers
from sayso.extract.tree import build_tree
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Name

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
    (
        "President Luo Wenda met farmers. Luo said it would stay so. His aide Luo Meifen left. Luo "
        "said it was late.",
        ["Luo Wenda", "Luo Wenda"],
    ),
    # whom "he" met is somebody else than he
    ("Mara Tovel, whom he met in May, left. “It is late,” she said.", ["Mara Tovel"]),
    # who is named behind the pronoun, in the main clause
    (
        "The dam broke in May. Although he believed that all was well, Minister Orin Pask left on "
        "Monday.",
        ["Orin Pask"],
    ),
    # a long quotation takes nobody farther away
    (
        "Minister Orin Pask opened the fair in May. “It is cold. It is wet. It is late. It is far. "
        "It is dark. It is windy. Let us go home.” He said the road was shut.",
        ["Orin Pask"],
    ),
    # whoever acts in a passive, and who is one of several
    (
        "Mayor Tomas Wray said the road was shut.\nThe call was made by Senator Ibo Sarn on Monday. "
        "He said the port was full.",
        ["Tomas Wray", "Ibo Sarn"],
    ),
    (
        "Orin Pask said the road was shut.\nOne of the two pilots, Ibo Sarn, left in May. He said "
        "it was cold.",
        ["Orin Pask", "Ibo Sarn"],
    ),
    # a given name says which pronoun fits
    (
        "Hannah Lorn met Thomas Wray at the port on Monday. He said the road was shut.",
        ["Thomas Wray"],
    ),
    (
        "Thomas Wray met Hannah Lorn at the port on Monday. She said the road was shut.",
        ["Hannah Lorn"],
    ),
    # whose words they are that a clause tells of
    (
        "Orin Pask tweeted that all was well. It was a reply to Ibo Sarn’s attack, in which he said "
        "the road was shut.",
        ["Orin Pask", "Ibo Sarn"],
    ),
    # pronouns that go on, with nobody else met between them
    (
        "The port hired Thomas Wray in May. It rained. The dam broke. They called him a fool. It "
        "rained. They left him alone. Yet he said all was well.",
        [None, "Thomas Wray"],
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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # whom the speaker talked of comes before who spoke
        (
            "Mayor Odd Brenn said the road was shut. Senator Ibo Sarn said Thomas Wray had built "
            "the dam. “He said it would hold,” Sarn said.",
            "Thomas Wray",
        ),
        (
            "Velmora elected Mayor Odd Brenn in May. Senator Ibo Sarn said the mayor’s plan had "
            "failed. “He said it would work,” Sarn said.",
            "Odd Brenn",
        ),
        # nobody calls themselves "he"; who is named in the same quotation may be meant
        ("“Ben Lorn ran and he knew it was late,” Minister Orin Pask said.", "Ben Lorn"),
        ("“The sun set and he knew it was late,” Minister Orin Pask said.", None),
        ("Minister Orin Pask said he knew it was late.", "Orin Pask"),
    ],
)
def test_who_is_meant_inside_what_somebody_says(
    text: str, wanted: str | None, parser: Parser
) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    (inner,) = [s for a, s in zip(found, speakers, strict=True) if a.parent is not None]
    assert inner is not None and inner.name == wanted


def test_one_word_is_a_person_where_the_pronouns_say_so(parser: Parser) -> None:
    def find_type(text: str) -> str:
        annotation = parser.annotate(text, [(0, len(text))], None)
        start = text.index("Renko")
        at = next(i for i, t in enumerate(annotation.tokens) if t.start == start)
        named = replace(annotation, names=(Name((start, start + 5), at, at + 1, "ORG"),))
        return find_mentions(named, "r-1")[1][0].type

    assert find_type("Renko insisted in his speech that the dam was safe.") == "person"
    assert find_type("In his speech, Renko insisted that the dam was safe.") == "person"
    assert find_type("In its report, Renko insisted that the dam was safe.") == "organisation"
    assert find_type("Renko insisted in its report that his dam was safe.") == "organisation"
    assert find_type("Renko insisted that “she saw his dam”.") == "organisation"
    assert find_type("The dam is safe, and Renko owns it. He left.") == "organisation"


def test_one_word_is_a_person_where_one_mention_is_and_a_pronoun_goes_on(parser: Parser) -> None:
    def find_type(text: str) -> str:
        annotation = parser.annotate(text, [(0, len(text))], None)
        places = [i for i, t in enumerate(annotation.tokens) if t.text == "Renko"]
        spans = [(annotation.tokens[i].start, annotation.tokens[i].end) for i in places]
        labels = ("PERSON", *["ORG"] * len(places))
        names = (Name(s, i, i + 1, k) for s, i, k in zip(spans, places, labels, strict=False))
        return find_mentions(replace(annotation, names=tuple(names)), "r-1")[1][0].type

    rest = " The city blamed Renko. Nobody helped Renko."
    assert find_type("Renko gave his speech." + rest) == "person"
    assert find_type("Renko met the farmers. He left." + rest) == "person"
    assert find_type("Renko met the farmers. It rained." + rest) == "organisation"
    assert find_type("Renko met the farmers.\nHe left." + rest) == "organisation"
    assert find_type("Renko sold its dam." + rest) == "organisation"


@pytest.mark.parametrize(
    "text",
    [
        # "her" under the verb tells more than the "he" whom a question is about
        "Minister Ana Tovel gave her speech. Minister Ana Tovel asked what he knew and did.",
        # nobody calls themselves "he"
        "Minister Ana Tovel left with her son. Minister Ana Tovel said: “He knew what he did.”",
        # whom "he" met
        "Minister Ana Tovel, whom he met and whom he taught, gave her speech.",
    ],
)
def test_pronouns_of_others_say_nothing_of_whom_a_sentence_names(text: str, parser: Parser) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    cast = find_cast(build_tree(annotation), "r-1")
    vote_genders(cast, find_quoted(annotation))
    assert {c.gender for c in cast.characters if c.type == "person"} == {"she"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hannah Lorn met farmers.", "she"),
        ("Thomas Wray met farmers.", "he"),
        # one pronoun that may be somebody else's does not stand against the name, many do
        ("Hannah Lorn asked what he knew.", "she"),
        ("Hannah Lorn gave his view. Hannah Lorn saw his son. Hannah Lorn hurt himself.", None),
        # the title goes before the name; a name of one word tells nothing
        ("Mrs. Thomas Wray left.", "she"),
        ("Hannah met farmers.", None),
    ],
)
def test_a_given_name_says_which_pronoun_fits(
    text: str, wanted: str | None, parser: Parser
) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    cast = find_cast(build_tree(annotation), "r-1")
    vote_genders(cast, find_quoted(annotation))
    assert {c.gender for c in cast.characters if c.type == "person"} == {wanted}


def test_no_given_name_goes_with_both() -> None:
    path = resources.files("sayso.extract").joinpath("data/given_names.toml")
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    assert not set(lists["he"]) & set(lists["she"])
    assert all(" ".join(fold_words(name)) == name for kind in lists.values() for name in kind)


def test_two_places_that_are_the_halves_of_a_name_are_a_person(parser: Parser) -> None:
    def find_names(text: str) -> list[tuple[str, str]]:
        annotation = parser.annotate(text, [(0, len(text))], None)
        halves = tuple(
            Name((t.start, t.end), i, i + 1, "GPE") for i, t in enumerate(annotation.tokens[:2])
        )
        return [
            (m.text, m.type) for m in find_mentions(replace(annotation, names=halves), "r-1")[0]
        ]

    assert find_names("Lydia Paris, a nurse from the coast, left.") == [("Lydia Paris", "person")]
    assert find_names("Lydia Paris, a town on the coast, burned.") == [
        ("Lydia", "place"),
        ("Paris", "place"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("French police said they believed that the road was open.", "French police"),
        # as near behind a long quotation as behind a short
        (
            "The ministry said the road was shut. “It is wet. It is cold. It is late. It is far,” "
            "it said.",
            "The ministry",
        ),
    ],
)
def test_it_and_they_are_the_body_that_spoke(text: str, name: str, parser: Parser) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    said = [s for a, s in zip(found, speakers, strict=True) if a.source and len(a.source.text) < 5]
    assert [s and s.name for s in said] == [name]


def test_he_is_no_place_that_was_a_subject(parser: Parser) -> None:
    text = "France left. He said it was late."
    annotation = parser.annotate(text, [(0, len(text))], None)
    cast = find_cast(build_tree(annotation), "r-1")
    (place,) = [c for c in cast.characters if c.type == "place"]
    turn = Turn((place,), ((0, 6),), "France", place.entity_id)
    pronoun = Part((13, 15), 3, None, "he", False, False)
    assert Weigher(cast, (), (), ()).find(pronoun, Present(subjects=[(0, turn)]))[0] is None
