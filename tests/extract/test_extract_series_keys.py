"""Where, by what, of which mode and from which day figures are, in sentences about invented places."""

from __future__ import annotations

from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.timing import measure_cpu_s

from sayso import annotate
from sayso.extract.dates import find_dates
from sayso.extract.figures import find_figures
from sayso.extract.series_keys import key_figures
from sayso.parse.pipeline import Parser, load_parser
from sayso.read.moments import parse_published
from sayso.records.figure import MODES, Figure

pytestmark = pytest.mark.language
PUBLISHED = "2031-04-14"  # a Monday


@cache
def get_parser() -> Parser:
    return load_parser(with_tagger=False)


def find(text: str, published: str | None = PUBLISHED) -> tuple[Figure, ...]:
    annotation = get_parser().annotate(text, segments=[(0, len(text))], title=None)
    moment = None if published is None else parse_published(published, "published")
    dates = find_dates(annotation, moment)
    return key_figures(annotation, find_figures(annotation, "r-1", "0" * 64), dates, moment)


# sentence, then (place, event, mode) of each figure; the names are ones that the pipeline knows
KEYS = [
    (
        "At least 12 people were killed in an earthquake in Cairo on Tuesday.",
        [("Cairo", "earthquake", "incident")],
    ),
    (
        "The blast killed 12 people at a market in the port city of Talm.",
        [("Talm", "blast", "incident")],
    ),
    ("Bomb kills 12 in Talm market", [("Talm", "Bomb", "incident")]),
    ("31 hurt in Osk train crash", [(None, "Osk train crash", "incident")]),
    ("Twelve dead in Talm blast", [("Talm", "Talm blast", "incident")]),
    (
        "In Tuesday's attack on the market, 14 people died.",
        [(None, "attack on the market", "incident")],
    ),
    (
        "He was one of five men killed in Tuesday's bombing of a mosque in Talm.",
        [("Talm", "bombing of a mosque", "incident")],
    ),
    ("Kestria's army killed 30 fighters in a raid outside Talm.", [("Talm", "raid", "incident")]),
    ("The war in Kestria has displaced 1.2 million people.", [("Kestria", "war", "cumulative")]),
    (
        "Nine people were killed and 31 injured in a clash near Osk on Sunday, officials said.",
        [("Osk", "clash", "incident"), ("Osk", "clash", "incident")],
    ),
    (
        "A fire at a mill killed 14 workers and injured 30.",
        [(None, "fire", "incident"), (None, "fire", "incident")],
    ),
    (
        "The death toll from Hurricane Orla climbed to 45 on Monday.",
        [(None, "Hurricane Orla", "cumulative")],
    ),
    (
        "Operation Grey Dawn has killed 120 fighters since it began on 3 March.",
        [(None, "Operation Grey Dawn", "cumulative")],
    ),
    ("The number of dead has risen to 78, officials in Oslo said.", [(None, None, "cumulative")]),
    (
        "The toll now stands at 78, including 12 children.",
        [(None, None, "cumulative"), (None, None, "cumulative")],
    ),
    ("As of Friday, 120 people had died in the floods.", [(None, "floods", "cumulative")]),
    (
        "Some 4,000 people have fled the fighting in eastern Kestria.",
        [("Kestria", "fighting", "cumulative")],
    ),
    (
        "At least 20 died in clashes across the country over the past week.",
        [(None, "clashes", "period")],
    ),
    ("On average, 12 people are killed each day in Kestria.", [("Kestria", None, "period")]),
    ("The ministry spends $45 million a year on roads.", [(None, None, "period")]),
    (
        "The party won 45,000 votes in Sunday's election in Talm.",
        [("Talm", "election", "incident")],
    ),
    ("Thousands attended a rally in Cairo on Saturday.", [("Cairo", "rally", "incident")]),
    ("The rebels shelled the port on Sunday, killing 30.", [(None, None, "incident")]),
    (
        "At least 12 were killed and dozens wounded when shells hit a school in Cairo on Monday.",
        [("Cairo", None, "incident"), ("Cairo", None, "incident")],
    ),
    (
        "More than 100,000 people have been infected in Italy, where 12,000 have died.",
        [("Italy", None, "cumulative"), ("Italy", None, "cumulative")],
    ),
    (
        "The storm sank 12 boats in Italy on Tuesday, bringing the total to 60.",
        [("Italy", "storm", "incident"), ("Italy", "storm", "cumulative")],
    ),
    (
        "The number of people reported killed in the Kestrian town of Cairo rose to 31.",
        [("Cairo", None, "cumulative")],
    ),
    # a doer, a speaker's place, a way, a future, a state: none of these is told
    ("A U.S. drone strike killed three men.", [(None, "U.S. drone strike", "incident")]),
    ("Officials said in Geneva that 30 soldiers had died.", [(None, None, None)]),
    ("Some 300 people left Oslo for Cairo.", [(None, None, None)]),
    ("The storm could kill 500 people in Kestria.", [("Kestria", "storm", None)]),
    ("Nine people are in custody over the attack.", [(None, None, None)]),
    ("He resigned since 90 people had been killed.", [(None, None, None)]),
    ("Police opened fire, and 30 people fled.", [(None, None, "incident")]),
    (
        "The trip came after the blast that killed 12 people, and he flew to Cairo.",
        [(None, "blast", "incident")],
    ),
    ("Prices rose by 4 percent last year.", [(None, None, None)]),
    ("She waited in Oslo for 40 days.", [(None, None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), KEYS, ids=[c[0][:50] for c in KEYS])
def test_place_event_and_mode(text: str, expected: list[tuple[str | None, ...]]) -> None:
    assert [(f.place, f.event, f.mode) for f in find(text)] == expected


# sentence, then mode, words after "since", first and last day
DAYS = [
    ("The war has so far killed at least 5,200 Taverians.", "cumulative", None, None, None),
    (
        "The army has shelled the coast since early March, killing almost 900 people.",
        "cumulative", "early March", "2031-03-01", "2031-03-31",
    ),
    ("More than 230 people have died since 2002.", "cumulative", "2002", "2002-01-01",
     "2002-12-31"),
    ("At least 90 people have died since the start of the rains.", "cumulative",
     "the start of the rains", None, None),
    ("Since the conflict began in 2029, 40,000 people have been killed.", "cumulative",
     "the conflict began in 2029", "2029-01-01", "2029-12-31"),
    ("The 12 people arrested since Friday were released.", "cumulative", "Friday", "2031-04-11",
     "2031-04-11"),
    ("Some 50 have died since the 2030 floods, the worst on record.", "cumulative",
     "the 2030 floods", "2030-01-01", "2030-12-31"),
    ("Strikes have killed 340 people over the past 24 hours.", "period", None, "2031-04-13",
     "2031-04-14"),
    ("Floods have killed at least 40 people and displaced thousands since Friday.", "cumulative",
     "Friday", "2031-04-11", "2031-04-11"),
    ("Police arrested 43 people during the protests over the weekend.", "period", None,
     "2031-04-12", "2031-04-13"),
    ("Some 300 houses were destroyed by floods last week.", "period", None, "2031-04-07",
     "2031-04-13"),
    ("About 900 people were arrested over the last month.", "period", None, "2031-03-14",
     "2031-04-14"),
    ("The company sold 12,000 cars in 2030.", "period", None, "2030-01-01", "2030-12-31"),
    ("More than 2,500 people were detained in the first two months of 2031.", "period", None,
     "2031-01-01", "2031-02-28"),
    ("Between 10 May and 12 June 2030, 410 people were arrested.", "period", None, "2030-05-10",
     "2030-06-12"),
    ("Some 60 people die a day.", "period", None, None, None),
    ("The attack in 2029 that killed four men was the first.", "incident", None, None, None),
    ("Three men were arrested in March.", "incident", None, None, None),
    ("The plan needs $40 million over the next year.", None, None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mode", "since", "lo", "hi"), DAYS, ids=[c[0][:50] for c in DAYS])
def test_the_days_it_counts_from(
    text: str, mode: str | None, since: str | None, lo: str | None, hi: str | None
) -> None:
    figure = find(text)[0]
    assert (figure.mode, figure.since) == (mode, since)
    assert (figure.since_lo, figure.since_hi) == (lo, hi)


def test_without_a_publication_only_what_says_its_year_has_days() -> None:
    assert find("More than 230 people have died since 2002.", None)[0].since_lo == "2002-01-01"
    assert find("Police arrested 43 people over the last month.", None)[0].since_lo is None


def test_two_places_joined_are_one_place() -> None:
    (figure,) = find("Floods have killed 300 people in Egypt and Sudan.")
    assert figure.place == "Egypt and Sudan"


def test_a_report_has_them() -> None:
    findings = annotate("An earthquake killed 12 people in Cairo on Monday.", published=PUBLISHED)
    (figure,) = findings.figures
    assert (figure.place, figure.event, figure.mode) == ("Cairo", "earthquake", "incident")
    assert findings.failures == ()


SAMPLED = (
    "12 300 thousands people killed were died in at on since the a of attack war Cairo "
    "Talm Monday March 2030 last year , . and which that “ ” - \u200b toll rose to by"
)
WORDS = st.lists(st.sampled_from(SAMPLED.split(" ")), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_spans_lie_inside_the_text_and_are_its_words(text: str) -> None:
    for figure in find(text):
        for words, span in ((figure.place, figure.place_span), (figure.event, figure.event_span)):
            assert (words is None) == (span is None)
            assert span is None or (0 <= span[0] < span[1] and text[slice(*span)] == words)
        assert figure.mode in (None, *MODES)
        assert (figure.since_lo is None) == (figure.since_hi is None)
        assert figure.since_lo is None or figure.since_lo <= str(figure.since_hi)


@pytest.mark.parametrize(
    "piece", ["12 killed in Cairo and ", "12 of 13 of ", "since 2030 ", "the attack in Cairo on 3 "]
)
def test_a_sentence_without_end_costs_no_more_than_its_length(piece: str) -> None:
    took = []
    for times in (300, 1200):
        annotation = get_parser().annotate(piece * times, [(0, len(piece) * times)])
        figures, dates = find_figures(annotation, "r-1", "0" * 64), find_dates(annotation, None)
        took.append(measure_cpu_s(partial(key_figures, annotation, figures, dates, None)))
    assert took[1] < 12 * took[0] + 0.5
