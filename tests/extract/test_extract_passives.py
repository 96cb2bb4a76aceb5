"""Who tells and who is told in the passive, and passives that a tagger missed."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# The text; source, cue and content as marked; the right source and content.
Case = tuple[str, tuple[str | None, str, tuple[str, ...]], str | None, str]

TOLD: list[Case] = [
    (
        "I was hauled in and told that my brother had burned the mill.",
        ("I", "told", ("that my brother had burned the mill",)),
        None,
        "that my brother had burned the mill",
    ),
    (
        "I have been told by people in the guild that the mill is lost.",
        (None, "have been told", ("that the mill is lost",)),
        "people in the guild",
        "that the mill is lost",
    ),
    (
        "I have been told by letter that the mill is lost.",
        (None, "have been told", ("that the mill is lost",)),
        None,
        "that the mill is lost",
    ),
    (
        "The carter was stopped at the gate and ordered to turn round.",
        ("The carter", "ordered", ("to turn round",)),
        None,
        "to turn round",
    ),
    (
        "She was tasked with clearing the canal.",
        ("She", "was tasked with", ("clearing the canal",)),
        None,
        "clearing the canal",
    ),
    (
        "The banks of Norva are barred from lending to the mill.",
        ("The banks of Norva", "are barred from", ("lending to the mill",)),
        None,
        "lending to the mill",
    ),
    (
        "Oda Rask said the minister had asked for the figures and was told that they were lost.",
        ("the minister", "was told", ("that they were lost",)),
        None,
        "that they were lost",
    ),
]

NOT_TOLD: list[Case] = [
    (
        "Dalby was elected and told reporters that the mill would reopen.",
        ("Dalby", "told", ("that the mill would reopen",)),
        "Dalby",
        "that the mill would reopen",
    ),
    (
        "Dalby was arrested and warned that the dam would fail.",
        ("Dalby", "warned", ("that the dam would fail",)),
        "Dalby",
        "that the dam would fail",
    ),
    (
        "Dalby was convinced that the dam would fail.",
        ("Dalby", "was convinced", ("that the dam would fail",)),
        "Dalby",
        "that the dam would fail",
    ),
    (
        "The council barred the banks from lending to the mill.",
        ("The council", "barred", ("the banks from lending to the mill",)),
        "The council",
        "the banks from lending to the mill",
    ),
    (
        "The mayor tasked Oda Rask with clearing the canal.",
        ("The mayor", "tasked", ("Oda Rask with clearing the canal",)),
        "The mayor",
        "Oda Rask with clearing the canal",
    ),
]

AGENTS: list[Case] = [
    (
        "Dalby, 69, was accused by Mercer of lying about the contracts.",
        (None, "was accused", ("Dalby, 69", "Mercer of lying about the contracts")),
        "Mercer",
        "Dalby, 69 of lying about the contracts",
    ),
    (
        "Dalby was accused by the ministry of lying about the contracts.",
        ("Dalby", "was accused", ("by the ministry of lying about the contracts",)),
        "the ministry",
        "Dalby of lying about the contracts",
    ),
    (
        "Fishermen had been assured by the coastguard that the mines were gone.",
        ("Fishermen", "had been assured by", ("the coastguard that the mines were gone",)),
        "the coastguard",
        "that the mines were gone",
    ),
    (
        "Rask declined to comment when asked by reporters if the dam was sound.",
        (None, "asked", ("by reporters if the dam was sound",)),
        "reporters",
        "if the dam was sound",
    ),
    (
        "Dalby was called upon by ministers to resign.",
        ("ministers", "was called upon", ("Dalby", "by", "to resign")),
        "ministers",
        "Dalby to resign",
    ),
]

NO_AGENTS: list[Case] = [
    # what somebody feels
    (
        "Dalby was angered by the minister.",
        ("Dalby", "was angered by", ("the minister",)),
        "Dalby",
        "the minister",
    ),
    (
        "The owners were frustrated by the ministry.",
        ("The owners", "were frustrated by", ("the ministry",)),
        "The owners",
        "the ministry",
    ),
    # an account by somebody is no passive
    (
        "Rask challenged an account by the minister that it had swerved.",
        ("Rask", "challenged", ("an account by the minister that it had swerved",)),
        "Rask",
        "an account by the minister that it had swerved",
    ),
    # nobody, but how
    (
        "Rask was told by phone that the dam was sound.",
        (None, "was told", ("by phone that the dam was sound",)),
        None,
        "by phone that the dam was sound",
    ),
    (
        "The plan was dismissed by Friday as a joke.",
        (None, "was dismissed", ("The plan", "as a joke")),
        None,
        "The plan as a joke",
    ),
]


@pytest.mark.parametrize(
    ("text", "roles", "source", "content"), [*TOLD, *NOT_TOLD, *AGENTS, *NO_AGENTS]
)
def test_source_in_the_passive_is_whoever_tells(
    parser: Parser,
    text: str,
    roles: tuple[str | None, str, tuple[str, ...]],
    source: str | None,
    content: str,
) -> None:
    found = find_by_cue(parser, text, mark(text, *roles))
    one = found[roles[1]]
    assert (None if one.source is None else one.source.text) == source
    assert " ".join(one.content.text.split()) == content


# The text; the outer source, cue and content as marked; source, cue and content of what is inside.
INSIDE = [
    (
        "Olk said he had no memory of being warned by the envoy that the bridge was unsafe.",
        ("Olk", "said", "he had no memory of being warned by the envoy that the bridge was unsafe"),
        ("the envoy", "being warned", "that the bridge was unsafe"),
    ),
    (
        "The board said it had been assured by Halden in writing that the dam was sound.",
        ("The board", "said", "it had been assured by Halden in writing that the dam was sound"),
        ("Halden", "had been assured", "that the dam was sound"),
    ),
    (
        "Rask said the women were being told by officers to drink from the well.",
        ("Rask", "said", "the women were being told by officers to drink from the well"),
        ("officers", "were being told", "to drink from the well"),
    ),
    (
        "Rask said the position was believed to be near the island.",
        ("Rask", "said", "the position was believed to be near the island"),
        (None, "was believed", "the position to be near the island"),
    ),
    (
        "Rask said Dalby was found to have breached his deal.",
        ("Rask", "said", "Dalby was found to have breached his deal"),
        (None, "was found", "Dalby to have breached his deal"),
    ),
    (
        "Rask said the statement had been refuted by officials.",
        ("Rask", "said", "the statement had been refuted by officials"),
        ("officials", "had been refuted", "the statement"),
    ),
    (
        "Rask said he had heard from leaders in the region that the army had left.",
        ("Rask", "said", "he had heard from leaders in the region that the army had left"),
        ("leaders in the region", "had heard", "that the army had left"),
    ),
]


@pytest.mark.parametrize(("text", "outer", "inner"), INSIDE)
def test_passive_inside_a_content_is_found(
    parser: Parser,
    text: str,
    outer: tuple[str, str, str],
    inner: tuple[str | None, str, str],
) -> None:
    rows = find_rows(parser, text, mark(text, outer[0], outer[1], (outer[2],)))
    rest = [(s, c, " ".join(t.split()), p) for s, c, t, p in rows[1:]]
    assert rest == [(*inner, 0)]


def test_what_officials_deny_holds_who_says_so(parser: Parser) -> None:
    text = "Reports that wreckage had been found were later denied by officials."
    rows = find_rows(parser, text, mark(text, None, "Reports", ("that wreckage had been found",)))
    assert sorted(rows, key=lambda row: row[1] or "") == [
        (None, "Reports", "that wreckage had been found", 1),
        ("officials", "were later denied", "Reports that wreckage had been found", None),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "the bill was rejected by the senate",  # a vote
        "the mine was found to be empty",  # a discovery
        "the girls were told by phone to leave",
        "the bridge was denied to lorries by officials",
        "the ship was warned by radio that the harbour was shut",
        "he had heard nothing from the ministry that helped",
        "he had learnt from experience that bridges fall",
    ],
)
def test_other_passives_inside_a_content_are_left(parser: Parser, said: str) -> None:
    text = f"Rask said {said}."
    assert len(find_rows(parser, text, mark(text, "Rask", "said", (said,)))) == 1
