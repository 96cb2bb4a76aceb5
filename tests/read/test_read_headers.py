"""Headers in the forms in which archives hold them. All texts, people and places are invented."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.headers import Header, read_header
from sayso.read.text import normalise_text

BODY = (
    "The harbour of Lodrino will close for repairs, the minister said on Monday. Traders objected."
)


@dataclass(frozen=True)
class Case:
    """A header before BODY, and what it says; `body` where the body begins earlier than BODY.

    lo: the first moment that fits, in UTC, its last zeros left out.
    """

    head: str
    title: str | None = None
    lo: str | None = None
    precision: str | None = None
    evidence: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    body: str = BODY


T = "Harbour of Lodrino to close"
DAY = {"lo": "2020-03-03", "precision": "day"}
SPRING = {"lo": "2024-04-14T22:03", "precision": "minute", "evidence": "14 April 2024 - 22:03"}
LABELS = [
    Case("News ID: 126\nPublish Date : 14 April 2024 - 22:03\n\n" + T + "\n\nKALVA COAST (KPA) – ",
         title=T, **SPRING, outlet="KPA", dateline="KALVA COAST"),
    Case("News ID: 126\nPublish Date : 14 April 2024 - 22:03\nLODRINO (Dispatches) – ",
         **SPRING, dateline="LODRINO"),
    Case("Published: 3 March 2020\n\n", **DAY, evidence="3 March 2020"),
    Case("PUBLISHED ON: March 3, 2020\n\n", **DAY, evidence="March 3, 2020"),
    Case("Published：2020-03-03\n", **DAY),
    Case("Date: Tuesday 3 March 2020\n\n", **DAY, evidence="Tuesday 3 March 2020"),
    Case("Date: 03/04/2024\n\n", lo="2024-03-04", precision="interval", evidence="03/04/2024"),
    Case("Updated: 3 March 2020, 5 p.m. EST\n\n", lo="2020-03-03T22", precision="hour"),
    Case("Updated: 4 March 2020\nPublished: 3 March 2020\n\n", **DAY, evidence="3 March 2020"),
    Case("Published: 3 March 2020 | Updated: 4 March 2020\n\n", **DAY),
    Case("Updated at 5 p.m. ET\n\n"),
    Case("Published: None\nOutlet: N/A\nAuthor: -\n\n"),
    Case("Published: 3 March\n\n"),
    Case("Publish Date: 1403/01/26\n\n"),
    Case("Publish Date: April 2024\n\n", lo="2024-04-01", precision="month"),
    Case("Source: Kavria Post\nDate: 2020-03-03\n\n", **DAY, outlet="Kavria Post"),
    Case("Outlet: The Lodrino Observer\n\n", outlet="The Lodrino Observer"),
    Case("Source: Channel 4 of Kavria\n\n", outlet="Channel 4 of Kavria"),
    Case("Source: army to leave the hills\n\n", title="Source: army to leave the hills"),
    Case("Title: " + T + "\nAuthor: Ana Ruiz\n\n", title=T, byline="Ana Ruiz"),
    Case("Headline: " + T + "\n\nText: ", title=T),
    Case("Headline: " + T + "\nBody:\n", title=T),
    Case("Title: " + T + "\nAuthor: Ana Ruiz\nSource: Lodrino Times\n"
         "Date: 2020-03-03T10:00:00+02:00\nURL: https://kavria.example/1\nLanguage: English\n"
         "Tags: ports, trade\nWord count: 300\n\n",
         title=T, byline="Ana Ruiz", outlet="Lodrino Times", lo="2020-03-03T08",
         precision="second", evidence="2020-03-03T10:00:00+02:00"),
    Case("Location: Kalva Valley\nDate: 2020-03-03\n\n", **DAY, dateline="Kalva Valley"),
]  # fmt: skip
DATES = [
    Case("11/23/2023 10:00:15 AM\n\n" + T + "\n\n", title=T, lo="2023-11-23T10:00:15",
         precision="second", evidence="11/23/2023 10:00:15 AM"),
    Case("3 March 2020\n\n", **DAY),
    Case("Tuesday, March 3, 2020\n" + T + "\n\n", title=T, **DAY),
    Case("03/04/2024\n" + T + "\n\n", title=T, lo="2024-03-04", precision="interval"),
    Case("2020-03-03T14:05:00Z\n\n", lo="2020-03-03T14:05", precision="second"),
    Case("Updated 5:04 PM ET, Tue March 3, 2020\n\n", lo="2020-03-03T22:04", precision="minute"),
    Case("Published March 3, 2020 at 9:05 a.m. PT\n\n", lo="2020-03-03T17:05", precision="minute"),
    Case("Last updated on 3 March 2020\n\n", **DAY),
    # a date, an outlet and a dash on the body's own line
    Case(" date 2024-02-11 Kavria Post - ", lo="2024-02-11", precision="day",
         evidence="2024-02-11", outlet="Kavria Post"),
    Case("2024-02-11 Kavria Post – ", lo="2024-02-11", precision="day", outlet="Kavria Post"),
    Case("date: 11 February 2024 KPA - ", lo="2024-02-11", precision="day", outlet="KPA"),
    Case("2024-02-11 LODRINO — ", lo="2024-02-11", precision="day", dateline="LODRINO"),
    Case("March 3, 2020 – ", **DAY),
]  # fmt: skip
CREDITS = [
    Case("By Ana Ruiz\n\n", byline="Ana Ruiz"),
    Case("(By Ana Ruiz)\n\n", byline="Ana Ruiz"),
    Case("BY ANA RUIZ AND TOM OKELLO\n\n", byline="ANA RUIZ AND TOM OKELLO"),
    Case("Written by Ana María de la Vega\n\n", byline="Ana María de la Vega"),
    Case("By Ziad al-Hamra\nLodrino Times\n\n", byline="Ziad al-Hamra", outlet="Lodrino Times"),
    Case(T + "\n\nBy Ana Ruiz and Tom Okello, Staff Writer\n\n", title=T,
         byline="Ana Ruiz and Tom Okello, Staff Writer"),
    Case(T + "\nBy Ana Ruiz\nStaff Writer\n3 March 2020\n\n", title=T, byline="Ana Ruiz", **DAY),
    Case(T + "\n\nAna Ruiz | The Lodrino Herald\n\n", title=T, byline="Ana Ruiz",
         outlet="The Lodrino Herald"),
    Case(T + "\n\nAna Ruiz, Lodrino Times\n\n", title=T, byline="Ana Ruiz, Lodrino Times",
         outlet="Lodrino Times"),
    Case(T + "\n\nAna Ruiz\n3 March 2020\n\n", title=T, byline="Ana Ruiz", **DAY),
    Case(T + "\n\nBy ANA RUIZ | March 3, 2020 | 4 min read\n\n", title=T, byline="ANA RUIZ", **DAY),
    Case(T + "\n\nBy Ana Ruiz, March 3, 2020\n\n", title=T, byline="Ana Ruiz", **DAY),
    Case(T + "\n\nBy Ana Ruiz on 3 March 2020\n\n", title=T, byline="Ana Ruiz", **DAY),
    Case("Posted on March 3, 2020 by Ana Ruiz\n\n", byline="Ana Ruiz", **DAY),
    Case("March 3, 2020 • Ana Ruiz • Politics\n\n", byline="Ana Ruiz", **DAY),
    Case("Harbour Reopens | 3 March 2020\n\n", title="Harbour Reopens", **DAY),
]  # fmt: skip
HEADLINES = [
    Case(""),
    Case(T + "\n\n", title=T),
    Case(T + "?\n\n", title=T + "?"),
    Case("“We will rebuild”: minister closes harbour\n\n",
         title="“We will rebuild”: minister closes harbour"),
    Case(T + "\n\nMinister promises help\n\nBy Ana Ruiz\n\n", title=T, byline="Ana Ruiz"),
    Case(T + ".\n\nLODRINO, Sept. 26 (KPA) — ", title=T + ".", outlet="KPA",
         dateline="LODRINO"),
    Case("Lodrino Times\n\n" + T + "\n\nTuesday, March 3, 2020\n\n", title=T,
         outlet="Lodrino Times", **DAY),
    Case(T + "\n\nThe minister promised help.\n\nBy Ana Ruiz | March 3, 2020\n\n", title=T,
         byline="Ana Ruiz", **DAY,
         body="The minister promised help.\n\nBy Ana Ruiz | March 3, 2020\n\n" + BODY),
]  # fmt: skip
DATELINES = [
    Case("CALDERA (KPA) — ", dateline="CALDERA", outlet="KPA"),
    Case("LODRINO — ", dateline="LODRINO"),
    Case("LODRINO—", dateline="LODRINO"),
    Case("LODRINO -- ", dateline="LODRINO"),
    Case("LODRINO - ", dateline="LODRINO"),
    Case("LODRINO –\n", dateline="LODRINO"),
    Case("LODRINO (AP)\n\n", dateline="LODRINO", outlet="AP"),
    Case("LODRINO, Sentonia (AP) _ ", dateline="LODRINO, Sentonia", outlet="AP"),
    Case("LODRINO, Oct 3 (Reuters) - ", dateline="LODRINO", outlet="Reuters"),
    Case("LODRINO, 3 March 2020 (Dispatches) – ", dateline="LODRINO", **DAY,
         evidence="3 March 2020"),
    Case("LODRINO, March 3: ", dateline="LODRINO"),
    Case("PORT ANSEL, Kalva — ", dateline="PORT ANSEL, Kalva"),
    Case("FORT ANSEL, N.K. (Reuters) - ", dateline="FORT ANSEL, N.K.", outlet="Reuters"),
    Case("LODRINO/KALVA (Reuters) - ", dateline="LODRINO/KALVA", outlet="Reuters"),
    Case("SÃO LUCIANO — ", dateline="SÃO LUCIANO"),
    Case("ЛОДРИНО — ", dateline="ЛОДРИНО"),
    Case("Lodrino, Sentonia - ", dateline="Lodrino, Sentonia"),
    Case("New Lodrino (CNN) ", dateline="New Lodrino", outlet="CNN"),
    Case("Lodrino, Feb 11, IRNA - ", dateline="Lodrino", outlet="IRNA"),
    Case("LODRINO, February 11. /TASS/. ", dateline="LODRINO", outlet="TASS"),
    Case("(Reuters) - ", outlet="Reuters"),
    Case("(AFP) — ", outlet="AFP"),
]  # fmt: skip
CASES = LABELS + DATES + CREDITS + HEADLINES + DATELINES

# The whole text is body and says nothing of date, author or place.
PLAIN = [
    "On 3 March 2020 the minister closed the harbour.\nBy Monday it was open again.",
    "By Monday, the harbour of Lodrino was closed.\n\n" + BODY,
    "By midnight the ships had left.\n\n" + BODY,
    "March 3, 2020 was a quiet day in Lodrino, the mayor said.\n\n" + BODY,
    "2020-03-03 was the day, she said.\n\n" + BODY,
    "NATO — the alliance — said it would close the harbour.\n\n" + BODY,
    "EXCLUSIVE - " + BODY,
    "FILE - In this March 3, 2020 photo, ships leave the harbour.\n\n" + BODY,
    "Lodrino — the old one — lies on a hill.\n\n" + BODY,
    "Sen. Vell (R-Kalva) - Nobody asked him - said no.\n\n" + BODY,
    "“We will close the harbour,” he said.\n\n" + BODY,
    "The harbour - closed since March - will open, he said.",
    "Hill of Lodrino, March 3, 2020. (Tom Okello/Reuters)\n\n" + BODY,
    "The minister of trade said on Monday that the harbour in the north of\n"
    "the country will close for repairs and that traders will be helped.",
    "Update: The harbour has reopened.\n\n" + BODY,
    "It was the most ordinary—and the longest—of days.\n\n" + BODY,
]


def _spans(header: Header, text: str) -> dict[str, str | None]:
    evidence = header.published.evidence if header.published else None
    return {
        "title": header.title and text[slice(*header.title)],
        "outlet": header.outlet and text[slice(*header.outlet)],
        "evidence": text[slice(*evidence)] if isinstance(evidence, tuple) else None,
        "body": text[slice(*header.body)],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case.head[:50]))
def test_a_header_is_read_and_is_not_body(case: Case) -> None:
    text = case.head + BODY
    header = read_header(text)
    spans = _spans(header, text)
    assert spans["body"] == case.body
    assert spans["title"] == case.title
    assert spans["outlet"] == case.outlet
    assert (header.byline, header.dateline) == (case.byline, case.dateline)
    published = header.published
    low = case.lo and case.lo + "0000-00-00T00:00:00"[len(case.lo) :]
    assert (published and published.lo.isoformat()[:19]) == low
    assert (published and published.precision) == case.precision
    if case.evidence is not None:
        assert spans["evidence"] == case.evidence


def test_the_table_holds_at_least_sixty_forms() -> None:
    assert len({case.head for case in CASES}) >= 60


@pytest.mark.parametrize("text", PLAIN)
def test_running_text_is_no_header(text: str) -> None:
    header = read_header(text)
    assert header.published is None
    assert header.byline is None
    assert header.dateline is None
    assert header.outlet is None
    assert header.title is None
    assert header.body == (0, len(text))


def test_an_ambiguous_day_and_month_reach_from_the_first_candidate_to_the_last() -> None:
    published = read_header("03/04/2024\n\n" + BODY).published
    assert published is not None
    assert published.lo.isoformat() == "2024-03-04T00:00:00+00:00"
    assert published.hi.isoformat() == "2024-04-03T23:59:59+00:00"


@pytest.mark.parametrize(
    ("title", "text", "printed"),
    [
        ("Harbour to close", "Harbour to close\n\n" + BODY, "Harbour to close"),
        ("Harbour to Close", "HARBOUR TO CLOSE\n\nNews ID: 3\n" + BODY, "HARBOUR TO CLOSE"),
        ("Vell's harbour to close", "Vell’s harbour to close\n" + BODY, "Vell’s harbour to close"),
        ("Harbour  to close", "News ID: 3\n\nHarbour to close\n\n" + BODY, "Harbour to close"),
        ("Harbour to close", "Harbour to close. " + BODY, "Harbour to close"),
        ("Harbour to close", BODY, None),
        ("Harbour to close", "Harbour to close, he said.\n\n" + BODY, None),
        ("The harbour", BODY, None),
    ],
)
def test_a_given_title_is_found_where_it_is_printed(
    title: str, text: str, printed: str | None
) -> None:
    header = read_header(text, title=title)
    assert _spans(header, text)["title"] == printed
    assert _spans(header, text)["body"] == (text if printed is None else BODY)


def test_with_a_given_title_no_other_headline_is_guessed() -> None:
    text = "Sunset over the harbour\n\n" + BODY
    assert read_header(text, title="Harbour to close").body == (0, len(text))


def test_lines_with_the_given_outlets_name_are_header() -> None:
    text = "Ana Ruiz\n\nKAVRIA TODAY\n\nLODRINO — " + BODY
    header = read_header(text, title="Harbour to close", outlet="Kavria Today")
    assert (header.byline, header.dateline) == ("Ana Ruiz", "LODRINO")
    assert text[slice(*header.body)] == BODY


def test_no_header_is_looked_for_far_down() -> None:
    text = "\n".join([BODY] * 60) + "\nPublished: 3 March 2020\nBy Ana Ruiz\n"
    header = read_header(text)
    assert (header.published, header.byline) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 1_000_000,
        "AB " * 400_000,
        "LODRINO" + " -" * 500_000,
        "(" * 1_000_000,
        "By " * 400_000,
        "Date: x\n" * 200_000,
        ":" * 1_000_000,
        "1/" * 500_000,
        "| " * 500_000,
        '"' * 100_000,
        "LODRINO, " * 100_000,
        "\n" * 1_000_000,
        " " * 1_000_000 + "x",
    ],
    ids=lambda text: repr(text[:9]),
)
def test_hostile_text_takes_no_time(text: str) -> None:
    begin = time.process_time()
    header = read_header(text)
    assert time.process_time() - begin < 20
    assert 0 <= header.body[0] <= header.body[1] <= len(text)


LINES = st.sampled_from([case.head for case in CASES] + PLAIN + ["\n", " ", "—", "By ", "\u200f"])


@given(st.lists(LINES | st.text(max_size=30), max_size=8))
def test_spans_lie_inside_any_text_and_in_order(parts: list[str]) -> None:
    text = normalise_text("".join(parts))
    header = read_header(text)
    assert 0 <= header.body[0] <= header.body[1] <= len(text)
    if header.title is not None:
        assert 0 <= header.title[0] < header.title[1] <= header.body[0]
    if header.outlet is not None:
        assert text[slice(*header.outlet)].strip()
    if header.published is not None:
        assert isinstance(header.published.evidence, tuple)
        assert text[slice(*header.published.evidence)].strip()


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b", "\u2060", "\xad", "\u202a"])
def test_what_prints_nothing_hides_no_header(mark: str) -> None:
    lines = [
        "Harbour to close", "By Ana Ruiz", "Nordlys Tribune | 3 March 2031",
        "LODRINO, March 3 (KPA) - The harbour will close.",
    ]  # fmt: skip
    text = "\n\n".join(f"{mark}{line}{mark}" for line in lines)
    header = read_header(text)
    assert header.title is not None
    assert header.outlet is not None
    assert header.published is not None
    assert isinstance(header.published.evidence, tuple)
    spans = (header.title, header.outlet, header.published.evidence, header.body)
    assert [text[slice(*span)] for span in spans] == [
        "Harbour to close", "Nordlys Tribune", "3 March 2031", "The harbour will close.",
    ]  # fmt: skip
    assert (header.byline, header.dateline) == ("Ana Ruiz", "LODRINO")
    assert read_header(mark) == read_header("")
