"""Edges of sources and contents: paragraphs, headings, datelines, and who is relayed by whom."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_rows, mark

from sayso.parse.pipeline import Parser, find_paragraphs, load_parser
from sayso.parse.quotes import find_quotes

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "roles", "wanted"),
    [
        (
            "“Stay off the ice”, warns harbour chief\n\nTalm's harbour chief, Ida Moss, has left.",
            ("harbour chief\n\nTalm's harbour chief, Ida Moss,", "warns", "“Stay off the ice”"),
            "harbour chief",
        ),
        (
            "Photo: Workers at the quay\n\nThe mayor said the crane had failed.",
            ("quay\n\nThe mayor", "said", "the crane had failed"),
            "The mayor",
        ),
        (
            "“The crane is gone.”\n\nThe mayor of Talm said so.",
            ("The mayor of Talm", "said", "“The crane is gone.”"),
            "The mayor of Talm",
        ),
    ],
)
def test_a_source_stays_in_the_paragraph_of_its_cue(
    parser: Parser, text: str, roles: tuple[str, str, str], wanted: str
) -> None:
    marked, cue, content = roles
    found = find_rows(parser, text, mark(text, marked, cue, (content,)))
    assert (found[0][0], found[0][2]) == (wanted, content)


@pytest.mark.parametrize(
    ("text", "source", "contents", "wanted"),
    [
        (
            "Power out in nine towns\n\nA second surge is likely, forecasters said.",
            "forecasters",
            ("Power out in nine towns", "A second surge is likely"),
            "A second surge is likely",
        ),
        (
            "16:48 GMT\n\nThe bridge is shut, police said.",
            "police",
            ("16:48 GMT\n\nThe bridge is shut",),
            "The bridge is shut",
        ),
        (
            "“The bridge is shut.”\n\n“Nobody may cross,” police said.",
            "police",
            ("“The bridge is shut.”", "“Nobody may cross,”"),
            "“The bridge is shut.”\n\n“Nobody may cross,”",
        ),
        (
            "The notice that police said was theirs read:\n\nThe bridge is shut.",
            "police",
            ("The notice", "The bridge is shut"),
            "The notice The bridge is shut",
        ),
    ],
)
def test_an_unquoted_content_has_nothing_of_other_paragraphs(
    parser: Parser, text: str, source: str, contents: tuple[str, ...], wanted: str
) -> None:
    found = find_rows(parser, text, mark(text, source, "said", contents))
    assert wanted in [row[2] for row in found]


BELOW = "\n\nThe minister quit on Friday. He blamed the bank. The army sought a truce."


@pytest.mark.parametrize(
    ("heading", "roles", "wanted"),
    [
        (
            "Energy minister resigns, says staff lied",
            ("Energy minister resigns", "says", "staff lied"),
            "Energy minister",
        ),
        (
            "Minister Quits, Blames Bank For Failure",
            ("Minister Quits", "Blames", "Bank For Failure"),
            "Minister",
        ),
        (
            "Dockers' union walks out, calls offer an insult",
            ("Dockers' union walks out", "calls", "offer an insult"),
            "Dockers' union",
        ),
        (
            "Woman who owns mill says town lied",
            ("Woman who owns mill", "says", "town lied"),
            "Woman who owns mill",
        ),
        (
            "Survey Results Say Wells Are Dry",
            ("Survey Results", "Say", "Wells Are Dry"),
            "Survey Results",
        ),
        ("• Havbuss said wells are dry", ("• Havbuss", "said", "wells are dry"), "Havbuss"),
        (
            "‘No one is safe’, vows governor after riots",
            (None, "vows", "‘No one is safe’"),
            "governor",
        ),
        ("‘No one is safe’, says new law on wells", (None, "says", "‘No one is safe’"), None),
    ],
)
def test_a_source_in_a_heading_is_a_noun_phrase(
    parser: Parser, heading: str, roles: tuple[str | None, str, str], wanted: str | None
) -> None:
    marked, cue, content = roles
    text = heading + BELOW
    found = find_rows(parser, text, mark(text, marked, cue, (content,)))
    assert found[0][0] == wanted


@pytest.mark.parametrize(
    ("text", "source", "content", "wanted"),
    [
        (
            "DUSKHAVEN, Feb 6 (Interlink) - Gunmen took a ship, a source said.",
            "a source",
            "DUSKHAVEN, Feb 6 (Interlink) - Gunmen took a ship",
            "Gunmen took a ship",
        ),
        (
            "PORT LIND – The bridge is shut, the council said.",
            "the council",
            "PORT LIND – The bridge is shut",
            "The bridge is shut",
        ),
        (
            "Talm, Kestria (Orbis News) — The bridge is shut, the council said.",
            "the council",
            "Talm, Kestria (Orbis News) — The bridge is shut",
            "The bridge is shut",
        ),
        (
            "ORBIS - and nobody else - can decide, the council said.",
            "the council",
            "ORBIS - and nobody else - can decide",
            "ORBIS - and nobody else - can decide",
        ),
        (
            "A bridge (the last one) was shut, the council said.",
            "the council",
            "A bridge (the last one) was shut",
            "A bridge (the last one) was shut",
        ),
    ],
)
def test_a_dateline_is_no_content(
    parser: Parser, text: str, source: str, content: str, wanted: str
) -> None:
    found = find_rows(parser, text, mark(text, source, "said", (content,)))
    assert found[0][2] == wanted


@pytest.mark.parametrize(
    ("text", "label", "speaks"),
    [
        (
            "KESARPUR: Minister Darod said the loans would go.\n\nHe spoke at a rally.",
            "KESARPUR",
            0,
        ),
        ("Loans to go\n\nTOVEL: The minister said the loans would go.\n\nHe left.", "TOVEL", 0),
        ("TOVEL: I never saw the loans.\n\nThe room was quiet.", "TOVEL", 1),
        ("TOVEL: The loans are gone.\n\nMAREN: Who took them?", "TOVEL", 1),
        ("POLICE: The loans are gone.\n\nThe room was quiet.", "POLICE", 1),
    ],
)
def test_a_place_in_capitals_does_not_speak(
    parser: Parser, text: str, label: str, speaks: bool
) -> None:
    start = text.index(label) + len(label) + 2
    content = text[start : text.index(".", start)]
    found = find_rows(parser, text, mark(text, label, ":", (content,)))
    assert (label in [row[0] for row in found]) == speaks


@pytest.mark.parametrize(
    ("text", "marked", "wanted"),
    [
        (
            "Outside court, the widow's son, Tam Rell, said the port was shut.",
            "Outside court, the widow's son, Tam Rell,",
            "the widow's son, Tam Rell,",
        ),
        (
            "After the hearing, a nurse said the port was shut.",
            "After the hearing, a nurse",
            "a nurse",
        ),
        ("Of those, four said the port was shut.", "Of those, four", "Of those, four"),
        ("About 40 guests said the port was shut.", "About 40 guests", "About 40 guests"),
    ],
)
def test_where_somebody_spoke_is_no_source(
    parser: Parser, text: str, marked: str, wanted: str
) -> None:
    found = find_rows(parser, text, mark(text, marked, "said", ("the port was shut",)))
    assert found[0][0] == wanted


@pytest.mark.parametrize(
    ("whom", "wanted"),
    [
        ("him in June", "him"),
        ("the minister last week", "the minister"),
        ("a spokesman for the port", "a spokesman for the port"),
    ],
)
def test_when_somebody_was_quoted_is_no_source(parser: Parser, whom: str, wanted: str) -> None:
    text = f"The daily quoted {whom} as saying the crane had failed."
    content = f"{whom} as saying the crane had failed"
    found = find_rows(parser, text, mark(text, "The daily", "quoted", (content,)))
    assert (wanted, "as saying", "the crane had failed", 0) in found


CLAUSE = "that the deal was off"


@pytest.mark.parametrize(
    ("text", "marked", "source", "cited"),
    [
        (
            f"Earlier, the daily reported, citing two sources in the port, {CLAUSE}.",
            "Earlier",
            "the daily",
            "two sources in the port",
        ),
        (
            f"“We wait.”\n\nThe daily reported, quoting a nurse who had kept notes, {CLAUSE}.",
            "“We wait.”",
            "The daily",
            "a nurse",
        ),
        (
            f"The daily reported, quoting a nurse who had kept notes, {CLAUSE}.",
            f"a nurse who had kept notes, {CLAUSE}",
            "The daily",
            "a nurse",
        ),
    ],
)
def test_a_cue_says_its_own_clause(
    parser: Parser, text: str, marked: str, source: str, cited: str
) -> None:
    found = find_rows(parser, text, mark(text, source, "reported", (marked,)))
    assert {(row[0], row[2]) for row in found} == {(source, CLAUSE), (cited, CLAUSE)}


def test_a_quotation_in_the_sentence_stays(parser: Parser) -> None:
    text = "“We wait,” the mayor said so loudly that the crowd heard it."
    found = find_rows(parser, text, mark(text, "the mayor", "said", ("“We wait,”",)))
    assert found[0][2] == "“We wait,”"


def test_whom_a_relayer_cites_stands_in_the_relayer(parser: Parser) -> None:
    text = "A barn burned, the mayor said on Monday, Rik reports, citing the town's press service."
    found = find_rows(
        parser,
        text,
        mark(text, "the mayor", "said", ("A barn burned",)),
        mark(text, "Rik", "reports", ("A barn burned, the mayor said on Monday",)),
    )
    sources = [row[0] for row in found]
    cited = found[sources.index("the town's press service")]
    assert cited[3] == sources.index("Rik")


@pytest.mark.parametrize(
    ("text", "relayer", "told"),
    [
        (
            "Minister Holm, quoted by the Nord agency, called the plan absurd.",
            "the Nord agency",
            "Minister Holm called the plan absurd",
        ),
        (
            "Minister Holm, cited by Radio Ossar, called the plan absurd.",
            "Radio Ossar",
            "Minister Holm called the plan absurd",
        ),
        ("Minister Holm, flanked by an aide, called the plan absurd.", None, None),
    ],
)
def test_whoever_quotes_in_an_aside_relays(
    parser: Parser, text: str, relayer: str | None, told: str | None
) -> None:
    found = find_rows(parser, text, mark(text, "Minister Holm", "called", ("the plan absurd",)))
    outer = [(row[0], row[2]) for row in found if row[0] != "Minister Holm"]
    assert outer == ([] if relayer is None else [(relayer, told)])
    (inner,) = [row for row in found if row[0] == "Minister Holm"]
    assert (inner[3] is None) == (relayer is None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "'Dawn was in tears.\n\n'Nobody came. The stalls' owners left.\n\n'We wait,' Oll said.",
            [
                ("'Dawn was in tears.", True),
                ("'Nobody came. The stalls' owners left.", True),
                ("'We wait,'", False),
            ],
        ),
        (
            "‘Dawn came. The ‘lads’ left.\n\n‘We don’t know,’ Oll said.",
            [("‘Dawn came. The ‘lads’ left.", True), ("‘We don’t know,’", False)],
        ),
        (
            "'Scare quotes' are cheap.\n\n'We wait,' Oll said.",
            [("'Scare quotes'", False), ("'We wait,'", False)],
        ),
        ("'Tis late in the year.\n\n'We wait,' Oll said.", [("'We wait,'", False)]),
        ("'Dawn was in tears.\n\nNobody came.\n\n'We wait,' Oll said.", [("'We wait,'", False)]),
        (
            "'Ndrom clans met, he said.\n\n'Ndrom clans' power grows, he said.",
            [("'Ndrom clans'", False)],
        ),
    ],
)
def test_single_marks_run_on_over_paragraphs(text: str, wanted: list[tuple[str, bool]]) -> None:
    quotes = find_quotes(text, find_paragraphs(text, (0, len(text))))
    assert [(text[q.start : q.end], q.runs_on) for q in quotes] == wanted


@pytest.mark.parametrize(
    ("text", "marked", "wanted"),
    [
        (
            "The republic of Talm, which Ostvik accuses of fraud, rejected the charge.",
            ("Ostvik accuses", "rejected", "the charge"),
            "The republic of Talm",
        ),
        (
            "The union, whom the mayor calls greedy, said that the pier was shut.",
            ("the mayor", "said", "that the pier was shut"),
            "The union",
        ),
        (
            "The union, which the mayor calls greedy, closed the pier.",
            ("the mayor", "calls", "greedy"),
            "the mayor",
        ),
    ],
)
def test_whom_a_clause_is_about_speaks_outside_of_it(
    parser: Parser, text: str, marked: tuple[str, str, str], wanted: str
) -> None:
    source, cue, content = marked
    (row,) = find_rows(parser, text, mark(text, source, cue, (content,)))
    assert row[0] == wanted
