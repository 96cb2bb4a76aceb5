"""Who speaks: names, joint speakers, descriptions and pronouns, in invented reports."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.mentions import find_mentions
from sayso.extract.speakers import Resolved, resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Annotation

pytestmark = pytest.mark.language

UNRESOLVED = "?"

# A report, then the speaker of each statement in order: name, "?" where it must stay unresolved.
CASES = (
    # surnames and omitted words
    (
        "Mara Tovel said the road was open. Tovel added that the bridge was not.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    (
        "Orin Ald Pask said the dam was safe. “It held,” Pask said. “It will hold,” Ald Pask added.",
        ["Orin Ald Pask", "Orin Ald Pask", "Orin Ald Pask"],
    ),
    (
        "Ziyad al-Farsani said the port was shut. Farsani said it would open in May.",
        ["Ziyad al-Farsani", "Ziyad al-Farsani"],
    ),
    # two people of one surname
    (
        "Mara Tovel said the road was open. Orin Tovel said it was shut. “We disagree,” Tovel said.",
        ["Mara Tovel", "Orin Tovel", UNRESOLVED],
    ),
    # pronouns
    ("“The wells are dry,” Orin Pask said. “We drink rain,” he added.", ["Orin Pask"] * 2),
    (
        "Mara Tovel met reporters on Friday. She said the talks had failed.",
        ["Mara Tovel"],
    ),
    (
        "Spokeswoman Mara Tovel stood beside Orin Pask, a farmer. He said the vote was void.",
        ["Orin Pask"],
    ),
    ("He said the vote was void.", [UNRESOLVED]),
    ("They said the vote was void.", [UNRESOLVED]),
    # participles and chains share the speaker
    (
        "Orin Pask said the dam was safe, adding that no house was lost.",
        ["Orin Pask", "Orin Pask"],
    ),
    # roles and descriptions
    (
        "Orin Pask, the leader of the Reed Party, said the vote was void. "
        "The Reed Party chief said a new one must be held.",
        ["Orin Pask", "Orin Pask"],
    ),
    (
        "Foreign Minister Mara Tovel said the border was open. The diplomat said trade would grow.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    (
        "The minister said the border was open.",
        ["The minister"],
    ),
    # unnamed sources are their own name
    ("A senior official said the border was open.", ["A senior official"]),
    ("Witnesses said the market burned for hours.", ["Witnesses"]),
    # organisations
    ("The Harbour Ministry said the port was shut.", ["Harbour Ministry"]),
    # joint speakers
    (
        "Mara Tovel, Orin Pask and Edda Lorn met in Ostvik on Monday. "
        "The leaders said the truce would hold. They stressed that no side had won.",
        ["Mara Tovel, Orin Pask and Edda Lorn"] * 2,
    ),
    (
        "Mara Tovel and Orin Pask said the truce would hold.",
        ["Mara Tovel and Orin Pask"],
    ),
    # said of somebody is not said by them
    (
        "Mara Tovel, a lawyer, said Orin Pask had left the country. “He took the records,” she said.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    (
        "A spokesman for Mara Tovel said the road was open.",
        ["A spokesman for Mara Tovel"],
    ),
    # a junior and a senior, one of them with an initial
    (
        "Orin J. Pask met reporters. Orin Pask Jr. said he would run. Pask Jr. added that he was "
        "sure. Pask said he was proud.",
        ["Orin Pask Jr.", "Orin Pask Jr.", "Orin J. Pask"],
    ),
    # whoever is addressed stays open
    ("You said that the bridge would be ready by the spring.", [UNRESOLVED]),
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
def test_each_statement_has_its_speaker(text: str, wanted: list[str], parser: Parser) -> None:
    speakers = resolve(annotate(parser, text)).speakers
    assert all(s is not None for s in speakers)
    names = [
        UNRESOLVED if s is None or (s.entity_id is None and not s.members) else s.name
        for s in speakers
    ]
    assert names == wanted


def test_a_pronoun_keeps_the_chain_to_the_name(parser: Parser) -> None:
    text = "“The wells are dry,” Orin Ald Pask said. “We drink rain,” he added."
    speaker = resolve(annotate(parser, text)).speakers[1]
    assert speaker is not None and speaker.via == "pronoun"
    assert [text[s:e] for s, e in speaker.chain] == ["he", "Orin Ald Pask"]
    assert speaker.confidence < 0.9


def test_joint_speakers_have_one_member_each(parser: Parser) -> None:
    text = "Mara Tovel, Orin Pask and Edda Lorn met on Monday. They said the truce would hold."
    resolved = resolve(annotate(parser, text))
    (speaker,) = resolved.speakers
    names = {e.entity_id: e.name for e in resolved.entities}
    assert speaker is not None and speaker.entity_id is None
    assert [names[m] for m in speaker.members] == ["Mara Tovel", "Orin Pask", "Edda Lorn"]


def test_a_list_cut_by_the_parser_keeps_all_its_speakers(parser: Parser) -> None:
    text = (
        "Head of the Reed Movement Orin Pask, member of the Marsh council Mara Tovel and deputy head "
        "of the People's League for the Defence of Kesh (PLDK) Edda Lorn, met in Ostvik on Saturday, "
        "expressing their thanks to the hosts."
    )
    (speaker,) = resolve(annotate(parser, text)).speakers
    assert speaker is not None and speaker.name == "Orin Pask, Mara Tovel and Edda Lorn"


def test_roles_are_kept_with_their_spans(parser: Parser) -> None:
    text = "Harbour Minister Mara Tovel left. Orin Pask, the leader of the Reed Party, stayed."
    _, entities = find_mentions(annotate(parser, text), "r-1")
    resolved = resolve(annotate(parser, text))
    roles = {e.name: [text[r.span[0] : r.span[1]] for r in e.roles] for e in resolved.entities}
    assert roles["Orin Pask"] == ["leader of the Reed Party"]
    assert any("Minister" in role for role in roles.get("Mara Tovel", ["Minister"]))
    assert {e.entity_id for e in entities} <= {e.entity_id for e in resolved.entities}


def test_a_headline_label_speaks_the_headline(parser: Parser) -> None:
    title = "Orin Pask: The Dam Will Hold"
    text = title + "\n\nOrin Pask, the minister of works, spoke on Monday. Pask left at noon."
    annotation = parser.annotate(
        text, [(0, len(title)), (len(title) + 2, len(text))], (0, len(title))
    )
    found = find_attributions(annotation)
    assert found[0].content.text == "The Dam Will Hold"
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    assert speakers[0] is not None and speakers[0].name == "Orin Pask"


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "The Harbour Agency quoted the minister as saying that the port was shut.",
            "The Harbour Agency",
            "the minister",
        ),
        (
            "Orin Pask said that Mara Tovel had denied that the port was shut.",
            "Orin Pask",
            "Mara Tovel",
        ),
        ("The newspaper said the guard claimed the port was shut.", "The newspaper", "the guard"),
        (
            "The Harbour Agency quotes Orin Pask, a former minister, saying that the port was shut.",
            "The Harbour Agency",
            "Orin Pask, a former minister",
        ),
        (
            "The agency quoted a guard at the gate saying the port was shut.",
            "The agency",
            "a guard",
        ),
    ],
)
def test_a_relayed_statement_has_its_own_source_and_a_parent(
    text: str, outer: str, inner: str, parser: Parser
) -> None:
    found = find_attributions(annotate(parser, text))
    (nested,) = [a for a in found if a.parent is not None]
    parent = found[nested.parent if nested.parent is not None else 0]
    assert (parent.source and parent.source.text) == outer
    assert (nested.source and nested.source.text) == inner
    assert nested.content.text.endswith("the port was shut")


def test_who_quotes_a_thing_goes_on_speaking(parser: Parser) -> None:
    (found,) = find_attributions(annotate(parser, "Edda Lorn quoted the law, saying it was old."))
    assert found.source is not None and found.source.text == "Edda Lorn"


def test_the_better_printed_name_is_kept(parser: Parser) -> None:
    text = "MARA TOVEL SPEAKS\n\nMara Tovel, a lawyer, said the road was open."
    _, entities = find_mentions(annotate(parser, text), "r-1")
    assert "Mara Tovel" in [e.name for e in entities]


def test_ids_are_the_same_in_every_run_and_name_the_report(parser: Parser) -> None:
    annotation = annotate(parser, "Mara Tovel said the road was open.")
    once = [e.entity_id for e in resolve_speakers(annotation, "r-1", ()).entities]
    assert once == [e.entity_id for e in resolve_speakers(annotation, "r-1", ()).entities]
    assert once != [e.entity_id for e in resolve_speakers(annotation, "r-2", ()).entities]
