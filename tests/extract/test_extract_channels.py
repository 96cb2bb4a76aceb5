"""Outlets through which words reached a report: as sources, spoken to, in credits."""

from __future__ import annotations

from time import process_time

import pytest

from sayso import annotate
from sayso.extract.credit_lines import find_credits
from sayso.extract.outlet_names import is_outlet
from sayso.records.ids import hash_text
from sayso.records.relay import Relay, fold_outlet, is_same_outlet, is_short_for
from sayso.records.report import Report


def find(text: str) -> list[tuple[str, str]]:
    """Return kind and outlet of each relay, in order; spans are checked."""
    found = annotate(text)
    statements = {s.statement_id for s in found.statements}
    for relay in found.relays:
        start, end = relay.span
        assert 0 <= start < end <= len(text) and text[start:end].strip() == text[start:end]
        assert relay.statement_id is None or relay.statement_id in statements
    return [(r.kind, r.outlet) for r in found.relays]


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("Orbis News reported that the port was shut.", [("reported", "Orbis News")]),
        ("The port was shut, according to the Varsk Gazette.", [("reported", "Varsk Gazette")]),
        ("State news agency Xinhua said the port was shut.", [("reported", "Xinhua")]),
        ("A Varsk Gazette report said the port was shut.", [("reported", "Varsk Gazette")]),
        (
            "According to a report in the Varsk Gazette, the port was shut.",
            [("reported", "Varsk Gazette")],
        ),
        ("The Globe and Mail reported that the port was shut.", [("reported", "Globe and Mail")]),
        ("“The port is shut,” Mirela Sovan told Orbis News.", [("told", "Orbis News")]),
        (
            "Mirela Sovan told the Varsk Gazette on Sunday the port was shut.",
            [("told", "Varsk Gazette")],
        ),
        (
            "“The port is shut,” Mirela Sovan said in an interview with Orbis News.",
            [("told", "Orbis News")],
        ),
        ("“The port is shut,” Mirela Sovan told Orbis News' Ina Veld.", [("told", "Orbis News")]),
        (
            "“The port is shut,” Mirela Sovan told Orbis News host Ina Veld.",
            [("told", "Orbis News")],
        ),
        (
            "Officials told the Varsk Gazette and Reuters that the port was shut.",
            [("told", "Varsk Gazette"), ("told", "Reuters")],
        ),
        (
            "Ana Ruiz told Reuters, the BBC and CNN that the port was shut.",
            [("told", "Reuters"), ("told", "BBC"), ("told", "CNN")],
        ),
        (
            "“The port is shut,” Ana Ruiz told the Varsk Gazette, Orbis News, Reuters and CNN.",
            [
                ("told", "Varsk Gazette"),
                ("told", "Orbis News"),
                ("told", "Reuters"),
                ("told", "CNN"),
            ],
        ),
        (
            "The port was shut, according to South Korean news agency Yonhap. "
            "The ferry sails on Monday, Yonhap added.",
            [("reported", "Yonhap"), ("reported", "Yonhap")],
        ),
        # Nobody's words came through an outlet:
        ("Mirela Sovan told reporters that the port was shut.", []),
        ("Mirela Sovan told parliament that the port was shut.", []),
        ("Ina Veld, a reporter for Orbis News, said the port was shut.", []),
        ("Mirela Sovan said that Orbis News had shut its office.", []),
        ("The post office said that the port was shut.", []),
        ("He told Army Post 12 that the port was shut.", []),
    ],
)
def test_statements_come_through_outlets(text: str, relays: list[tuple[str, str]]) -> None:
    assert find(text) == relays


@pytest.mark.language
@pytest.mark.parametrize(
    "text",
    [
        "Emily Courier said the ferry was too slow.",
        "Prime Minister Ivo Kan visited Varsk on Monday. Kan said the plant was safe.",
        "Cardinal Davor Rai spoke in Varsk. Rai said the port was shut.",
        "Petra Olin runs the clinic in Varsk. Petra said the clinic was shut.",
        "Ana Ruiz told Kan that the port was shut.",
        "“The port is shut,” Ana Ruiz told Emily Post.",
        "Tom Mail, a farmer, said the port was shut. He said it would open.",
    ],
)
def test_people_are_no_outlets(text: str) -> None:
    assert find(text) == []


@pytest.mark.language
def test_a_short_name_is_told_in_full() -> None:
    text = (
        "The Varsk Times reported that the port was shut. "
        "The Times said the ferry sails again on Monday."
    )
    assert find(text) == [("reported", "Varsk Times")] * 2


def credit(header: str, body: str, footer: str = "", outlet: str | None = None) -> list[Relay]:
    text = header + body + footer
    report = Report(
        report_id="r-1",
        text=text,
        text_sha256=hash_text(text),
        body=(len(header), len(header) + len(body)),
        outlet=outlet,
    )
    found = find_credits(report)
    for relay in found:
        assert text[relay.span[0] : relay.span[1]] == relay.outlet
    return list(found)


def tell(relays: list[Relay]) -> list[tuple[str, str]]:
    return [(r.kind, r.outlet) for r in relays]


BODY = "The port of Ostvik was shut on Monday after a storm."


@pytest.mark.parametrize(
    ("header", "body", "footer", "relays"),
    [
        ("Port shut\n\nOSTVIK (Reuters) - ", BODY, "", [("credit", "Reuters")]),
        ("", "OSTVIK (Reuters) – " + BODY, "", [("credit", "Reuters")]),
        ("", "The port (Reuters) of Ostvik was shut.", "", []),
        ("OSTVIK, March 3 /TASS/. ", BODY, "", [("credit", "TASS")]),
        ("By Ana Ruiz, Varsk Press\n\n", BODY, "", [("credit", "Varsk Press")]),
        ("Port shut\nVarsk Press\n\n", BODY, "", [("credit", "Varsk Press")]),
        ("", "Ana Ruiz\n\nThe Varsk Press\n\n" + BODY, "", [("credit", "Varsk Press")]),
        ("", BODY + "\nSource: Orbis News", "", [("credit", "Orbis News")]),
        ("", BODY, "\n(Reuters)", [("credit", "Reuters")]),
        (
            "",
            BODY + "\nThis article originally appeared in the Varsk Gazette.",
            "",
            [("credit", "Varsk Gazette")],
        ),
        (
            "",
            BODY + "\nAna Ruiz and The Varsk Press contributed to this report.",
            "",
            [("contributed", "Varsk Press")],
        ),
        ("", BODY + "\nWith files from Reuters", "", [("contributed", "Reuters")]),
        ("", BODY + "\nAna Ruiz contributed to this report.", "", []),
        ("By Ana Ruiz, Special to the Varsk Gazette\n\n", BODY, "", []),
        ("", "Source: the ministry of ports. " + BODY, "", []),
        ("OSTVIK (Dispatches) - ", BODY, "", []),
        # Bylines: of several people, after other lines, with no comma, and people alone.
        ("By Ana Ruiz, Bo Lind, Varsk Press\n", BODY, "", [("credit", "Varsk Press")]),
        (
            "By ANA RUIZ, BO LIND and CY DORN, Associated Press\n",
            BODY,
            "",
            [("credit", "Associated Press")],
        ),
        ("Port shut\nBy Ana Ruiz | Orbis News | March 3\n", BODY, "", [("credit", "Orbis News")]),
        ("By Ana Ruiz, The Globe and Mail\n", BODY, "", [("credit", "Globe and Mail")]),
        (
            "By Ana Ruiz and Bo Lind Associated Press\n",
            BODY,
            "",
            [("credit", "Associated Press")],
        ),
        ("By Associated Press\n", BODY, "", [("credit", "Associated Press")]),
        ("By Orbis News\n", BODY, "", [("credit", "Orbis News")]),
        ("By Ana Ruiz Orbis News\n", BODY, "", []),
        ("By Ana Ruiz and Ivo Kan\n", BODY, "", []),
        ("By Mirela Post\n", BODY, "", []),
        ("By\nMirela Post\n", BODY, "", []),
        ("By\nAna Ruiz, Varsk Press\n", BODY, "", [("credit", "Varsk Press")]),
        ("By Lena Olin, Emily Post\n", BODY, "", []),
        ("Emily Post\n", BODY, "", []),
        ("", "Jim R. Courier\n" + BODY, "", []),
        # What appeared elsewhere is the report, or something that it is about.
        ("", BODY + "\nOriginally published by Orbis News.", "", [("credit", "Orbis News")]),
        ("", BODY + " First appeared in the Lantern Gazette", "", [("credit", "Lantern Gazette")]),
        (
            "",
            BODY + "\nThis Ana B. Ruiz column was originally published by Orbis News.",
            "",
            [("credit", "Orbis News")],
        ),
        ("", BODY + " The claim was first published by Orbis News, but was false.", "", []),
        ("", BODY + " The video, first posted on Orbis News, shows a bridge.", "", []),
        ("", BODY + " A photo of it first appeared in the Varsk Gazette.", "", []),
        ("", BODY + " First published by Orbis News, the claim was false.", "", []),
    ],
)
def test_credits_name_whose_text_it_is(
    header: str, body: str, footer: str, relays: list[tuple[str, str]]
) -> None:
    assert tell(credit(header, body, footer)) == relays


@pytest.mark.parametrize("outlet", ["Reuters", "The Reuters", "REUTERS", "Reuters (World)"])
def test_a_reports_own_outlet_is_no_relay(outlet: str) -> None:
    assert credit("OSTVIK (Reuters) - ", BODY, outlet=outlet) == []


def test_a_reports_own_outlet_has_a_short_name() -> None:
    assert is_short_for("the Lantern", "Varsk Lantern") and is_short_for("Lantern", "The Lantern")
    assert not is_short_for("Varsk", "Varsk Lantern") and not is_short_for("Lantern", "Ossar Voice")
    assert credit("The Lantern\n\n", BODY, outlet="Varsk Lantern") == []


def test_initials_are_the_same_outlet() -> None:
    assert is_same_outlet("VP", "The Varsk Press") and is_same_outlet("Varsk Press", "V.P.")
    assert not is_same_outlet("VP", "Varsk Gazette") and not is_same_outlet("Vp", "Varsk Press")


@pytest.mark.parametrize("name", ["", "   ", "\u201c", "(", "news", "the news", "Post", "a" * 5000])
def test_what_is_no_name_is_no_outlet(name: str) -> None:
    assert not is_outlet(name)


@pytest.mark.parametrize(
    "name", ["Emily Post", "EMILY POST", "Jim Courier", "J. Press", "E.R. Mail"]
)
def test_given_names_before_a_family_name_are_a_persons(name: str) -> None:
    assert not is_outlet(name)


@pytest.mark.parametrize("name", ["Varsk Post", "The Emily Post", "Emily News", "Emily Varsk Post"])
def test_other_names_with_such_words_are_outlets(name: str) -> None:
    assert is_outlet(name)


def test_hostile_ends_are_read_in_time() -> None:
    for piece in (
        "with files from , and ",
        "contributed ",
        "(",
        "originally published in ",
        ". a",
        "this article by ",
        "this a ",
    ):
        assert credit("", piece * 20_000) == []


@pytest.mark.parametrize("between", [" " * 100_000, "(" * 100_000, "(Web) " * 20_000])
def test_a_name_of_white_space_or_brackets_costs_no_square(between: str) -> None:
    started = process_time()
    assert fold_outlet(f"Varsk{between}").startswith("varsk")
    assert process_time() - started < 1
