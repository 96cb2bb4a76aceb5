"""Words of two sides of a ledger: by voice, around somebody, once where they are copied."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "identify")]

from copied_samples import link  # noqa: E402
from word_samples import GAZETTE, PLAIN, TIMES, Told, make_told, make_two, make_words, say  # noqa: E402

from sayso.compare.word_groups import Asked, WordQuestion, make_sides, name_sides  # noqa: E402
from sayso.compare.word_sentences import cite_rows, list_places  # noqa: E402
from sayso.compare.word_use import Wording, compare_wording, explain_deal  # noqa: E402
from sayso.errors import UsageError  # noqa: E402
from sayso.ledger.database import open_reader  # noqa: E402
from sayso.ledger.word_sides import Side, find_topic  # noqa: E402
from sayso.records.findings import Findings  # noqa: E402

BOTH = make_sides(Asked((GAZETTE,), (TIMES,)))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(open_reader(make_words(tmp_path_factory.mktemp("two"), make_two()))) as reader:
        yield reader


def ask(folder: Path, found: list[Findings], question: WordQuestion) -> Wording:
    with closing(open_reader(make_words(folder, found))) as reader:
        return compare_wording(reader, question)


def list_findings(found: Wording) -> dict[tuple[str, str], str]:
    return {(r.word, r.voice): r.side for r in found.rows if r.is_finding and " " not in r.word}


def test_voices_are_told_apart_and_the_findings_are_what_was_planted(
    two: sqlite3.Connection,
) -> None:
    found = compare_wording(two, BOTH)
    assert list_findings(found) == {
        ("regime", "own"): "first",
        ("government", "own"): "second",
        ("storm", "quoted"): "first",
        ("breeze", "quoted"): "second",
    }
    row = next(r for r in found.rows if r.word == "regime")
    assert (row.first_reports, row.second_reports, row.first_outlets) == (20, 0, 1)
    assert row.log_odds > 3 and row.p == 0.001
    assert found.within == "length" and "as long in either voice" in explain_deal(found)


def test_one_voice_alone_can_be_asked_for(two: sqlite3.Connection) -> None:
    found = compare_wording(two, replace(BOTH, voice="quoted"))
    assert {voice for _, voice in list_findings(found)} == {"quoted"}
    with pytest.raises(UsageError, match="own, quoted"):
        compare_wording(two, replace(BOTH, voice="loud"))


def test_every_count_opens_as_many_reports_and_exact_spans(two: sqlite3.Connection) -> None:
    found = compare_wording(two, BOTH)
    texts = dict(two.execute("SELECT report_id, text FROM report_text"))
    for row in found.rows[:60]:
        for side, count in (("first", row.first_reports), ("second", row.second_reports)):
            places = list_places(two, replace(BOTH, voice=row.voice), row.word, side)
            assert len({place[0] for place in places}) == count, row
            for report_id, (start, end), sentence, words in places:
                assert texts[report_id][start:end].lower() == row.word
                assert texts[report_id][slice(*sentence)] == words
                assert sentence[0] <= start and end <= sentence[1]


def test_every_row_cites_a_sentence_of_the_side_that_has_it_more(two: sqlite3.Connection) -> None:
    found = compare_wording(two, BOTH)
    rows = cite_rows(two, BOTH, found.rows, (20, 20))
    assert len(rows) == len(found.rows) > 50
    for row in rows:
        assert str(row["text"]).lower() == row["word"]
        assert row["outlet"] == (GAZETTE if row["more_in"] == "first" else TIMES)
        assert (row["statement_id"] is None) == (row["voice"] == "own")
    assert next(r for r in rows if r["word"] == "storm")["speaker"] == "Ana Kovel"


def test_a_word_of_the_sentences_around_somebody(tmp_path: Path) -> None:
    random = Random(2)
    found = []
    for n in range(24):
        near, far = ("tyrant", "gentle") if n % 2 else ("gentle", "tyrant")
        own = (f"Ana Kovel, a {near} {say(random).lower()}", say(random, far))
        told = make_told(Told(n, TIMES if n % 2 else GAZETTE, own, (say(random),)))
        found.append(told)
    question = replace(BOTH, around="Velmora Kovel")
    assert ask(tmp_path / "a", found, question).first.reports == 0
    near_words = ask(tmp_path / "b", found, replace(BOTH, around='"ana kovel"', voice="own"))
    assert list_findings(near_words) == {("gentle", "own"): "first", ("tyrant", "own"): "second"}
    assert near_words.topic is not None and near_words.topic.identity_id is None
    assert list_findings(ask(tmp_path / "c", found, replace(BOTH, voice="own"))) == {}


def test_somebody_of_the_ledger_is_found_by_mentions(two: sqlite3.Connection) -> None:
    found = compare_wording(two, replace(BOTH, around="Ana Kovel", voice="quoted"))
    assert found.topic is not None and found.topic.identity_id is not None
    assert find_topic(two, '"Ana Kovel"').identity_id is None
    with pytest.raises(UsageError, match="no letter"):
        find_topic(two, "“—”")


def test_days_are_sides_and_outlets_are_held_fixed(tmp_path: Path) -> None:
    random = Random(8)
    found = [
        make_told(
            Told(
                n,
                GAZETTE if n % 2 else TIMES,
                (say(random, "flood" if n < 30 else "drought", "x" if n % 2 else "y"),),
                month=3 if n < 30 else 5,
            )
        )
        for n in range(60)
    ]
    asked = Asked(until="2031-04", against_since="2031-05")
    told = ask(tmp_path, found, make_sides(asked))
    assert list_findings(told) == {("flood", "own"): "first", ("drought", "own"): "second"}
    assert told.within == "both"
    assert name_sides(asked) == ("to 2031-04", "from 2031-05")


def test_reports_that_name_somebody_beside_those_that_do_not(tmp_path: Path) -> None:
    random = Random(9)
    found = [
        make_told(
            Told(
                n,
                GAZETTE,
                (say(random, "dredging" if n % 2 else "teachers"), say(random)),
                (say(random),) if n % 2 else (),
            )
        )
        for n in range(40)
    ]
    named = replace(make_sides(Asked(naming="Ana Kovel")), within="outlet")
    words = list_findings(ask(tmp_path, found, named))
    assert words["dredging", "own"] == "first" and words["teachers", "own"] == "second"
    assert not any("kovel" in word or word == "ana" for word, _ in words)  # they make the sides


def test_reports_that_match_a_search_beside_those_that_do_not(tmp_path: Path) -> None:
    random = Random(14)
    found = [
        make_told(Told(n, GAZETTE, (say(random, *(("pilots", "tugs") if n % 2 else ("a", "b"))),)))
        for n in range(40)
    ]
    told = ask(tmp_path, found, make_sides(Asked(naming='"pilots"')))
    assert list_findings(told)["tugs", "own"] == "first"
    assert "pilots" not in {row.word for row in told.rows}


def test_a_passage_that_many_print_counts_once(tmp_path: Path) -> None:
    random = Random(4)
    wire = (
        "Divers of the port found a rusted anchor under the eastern pier on Tuesday morning while "
        "they looked for the cause of the leak that has kept two ferries in the dock since autumn."
    )
    found = [
        make_told(Told(n, GAZETTE if n < 15 else TIMES, (say(random), *([wire] if n < 8 else []))))
        for n in range(30)
    ]
    paths = make_words(tmp_path, found)
    link(paths)
    with closing(open_reader(paths)) as reader:
        once = compare_wording(reader, BOTH)
        every = compare_wording(reader, replace(BOTH, copies="all"))
        assert "anchor" not in {r.word for r in once.rows}
        anchor = next(r for r in every.rows if r.word == "anchor")
        assert (anchor.first_reports, anchor.second_reports) == (8, 0)
        assert len({p[0] for p in list_places(reader, BOTH, "anchor", "first")}) == 1
        assert list_places(reader, replace(BOTH, copies="none"), "anchor") == []


def test_a_line_that_reports_have_in_common_counts_once(tmp_path: Path) -> None:
    random = Random(6)
    found = [
        make_told(
            Told(
                n,
                GAZETTE if n < 15 else TIMES,
                (
                    say(random),
                    *(["The Kestrin Wire contributed to this report."] if n < 15 else []),
                ),
            )
        )
        for n in range(30)
    ]
    assert list_findings(ask(tmp_path / "once", found, BOTH)) == {}
    every = ask(tmp_path / "all", found, replace(BOTH, copies="all"))
    assert ("contributed", "own") in list_findings(every)


def test_lines_that_differ_only_in_a_number_are_not_the_same_line(tmp_path: Path) -> None:
    random = Random(11)

    def count_rescued(folder: str, numbers: list[int]) -> int:
        found = [
            make_told(
                Told(
                    n,
                    GAZETTE if n % 2 else TIMES,
                    (say(random), f"Rescuers counted {number} boats."),
                )
            )
            for n, number in enumerate(numbers)
        ]
        with closing(open_reader(make_words(tmp_path / folder, found))) as reader:
            sides = ("first", "second")
            return sum(len(list_places(reader, BOTH, "rescuers", side)) for side in sides)

    assert count_rescued("other numbers", [10 + 7 * n for n in range(10)]) == 10
    assert count_rescued("the same number", [10] * 10) == 1


def test_longer_reports_are_no_other_wording(tmp_path: Path) -> None:
    random = Random(10)
    found = [
        make_told(
            Told(n, GAZETTE if n % 3 else TIMES, tuple(say(random) for _ in range(1 + 2 * (n % 3))))
        )
        for n in range(120)
    ]
    for month in range(40):  # some of the Times are as long, some of the Gazette as short
        n = 200 + month
        outlet = TIMES if month % 2 else GAZETTE
        found.append(make_told(Told(n, outlet, tuple(say(random) for _ in range(1 + month % 5)))))
    plain = ask(tmp_path / "plain", found, replace(BOTH, within="none"))
    assert len(list_findings(plain)) > 5
    assert list_findings(ask(tmp_path / "length", found, BOTH)) == {}


def test_a_table_of_leanings_makes_sides() -> None:
    table = {"A": "East", "B": "east", "C": "west"}
    question = make_sides(Asked(("east",), ("west", "D")), table)
    assert question.first == Side(("A", "B"), of_table=("A", "B"))
    assert question.second == Side(("C", "D"), of_table=("C",))


@pytest.mark.parametrize(
    ("asked", "first", "second", "scope"),
    [
        (Asked(("A",), ("B",), since="2031"), Side(("A",), "2031"), Side(("B",), "2031"), Side()),
        (Asked(("A",)), Side(("A",)), None, Side()),
        (Asked(("A",), since="2031"), Side(("A",), "2031"), None, Side((), "2031")),
        (Asked(("A",), naming="X"), Side(("A",), naming="X"), None, Side(("A",))),
        (Asked(("A",), ("B",), naming="X"), Side(("A",), naming="X"), Side(("B",), naming="X"), Side()),
        (Asked(since="2031"), Side((), "2031"), None, Side()),
        (
            Asked(("A",), until="2030", against_since="2031"),
            Side(("A",), None, "2030"),
            Side(("A",), "2031"),
            Side(),
        ),
    ],
)  # fmt: skip
def test_what_is_given_makes_the_sides(
    asked: Asked, first: Side, second: Side | None, scope: Side
) -> None:
    question = make_sides(asked)
    assert (question.first, question.second, question.scope) == (first, second, scope)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Asked(), "which reports"),
        (Asked((), ("B",)), "first side too"),
        (Asked((GAZETTE,), (GAZETTE,)), "both sides"),
        (Asked(("Nobody's Paper",)), "no report"),
        (Asked((GAZETTE,), since="yesterday"), "not a date"),
    ],
)
def test_what_makes_no_sides_is_refused(
    two: sqlite3.Connection, asked: Asked, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        compare_wording(two, make_sides(asked))


def test_whole_outlets_cannot_be_dealt_where_one_is_on_both_sides(two: sqlite3.Connection) -> None:
    days = make_sides(Asked(until="2031-04", against_since="2031-05"))
    with pytest.raises(UsageError, match="both sides"):
        compare_wording(two, replace(days, dealt="outlets"))
    found = compare_wording(two, replace(BOTH, dealt="outlets"))
    assert found.exact and found.findings == 0
    assert "no p can be below 0.5" in explain_deal(found)


def test_a_side_of_one_report_and_a_side_of_none(tmp_path: Path) -> None:
    random = Random(3)
    found = [make_told(Told(n, GAZETTE if n else TIMES, (say(random),))) for n in range(12)]
    one = ask(tmp_path, found, replace(BOTH, within="none"))
    assert (one.first.reports, one.second.reports) == (11, 1)
    assert one.exact and one.findings == 0
    with closing(open_reader(make_words(tmp_path / "again", found))) as reader:
        nobody = compare_wording(reader, make_sides(Asked((GAZETTE,), (TIMES,), since="2040")))
        assert nobody.rows == () and nobody.first.reports == 0


def test_a_report_of_a_hundred_thousand_words_and_words_of_any_script(tmp_path: Path) -> None:
    random = Random(1)
    long = " ".join(f"w{n}x" for n in range(100_000)) + "."
    found = [
        make_told(
            Told(
                n,
                GAZETTE if n % 2 else TIMES,
                (say(random, "हिन्दी" if n % 2 else "режим"), *((long,) if n == 0 else ())),
            )
        )
        for n in range(24)
    ]
    told = ask(tmp_path, found, replace(BOTH, within="none"))
    assert list_findings(told) == {("हिन्दी", "own"): "first", ("режим", "own"): "second"}


def test_a_larger_side_is_sampled_and_that_is_said(two: sqlite3.Connection) -> None:
    found = compare_wording(two, replace(BOTH, most_reports=12))
    assert (found.first.reports, found.first.found) == (12, 20)
    again = compare_wording(two, replace(BOTH, most_reports=12))
    assert found == again


@pytest.mark.parametrize("word", ["", "three words here", "12", "—"])
def test_sentences_of_what_is_no_word_are_refused(two: sqlite3.Connection, word: str) -> None:
    with pytest.raises(UsageError, match="one word, or two"):
        list_places(two, BOTH, word)


def test_sentences_with_words_of_the_page_can_be_left_out(tmp_path: Path) -> None:
    random = Random(12)
    found = [
        make_told(
            Told(
                n,
                GAZETTE if n % 2 else TIMES,
                (say(random), *([f"Read more {random.choice(PLAIN)} {n} here."] if n % 2 else [])),
            )
        )
        for n in range(40)
    ]
    plain = replace(BOTH, within="none")
    with closing(open_reader(make_words(tmp_path, found))) as reader:
        assert ("more", "own") in list_findings(compare_wording(reader, plain))
        without = replace(plain, without=("read more",))
        assert list_findings(compare_wording(reader, without)) == {}
        assert list_places(reader, without, "here") == []


def test_numbers_in_words_that_are_sought_are_these_numbers(tmp_path: Path) -> None:
    random = Random(13)
    own = [(say(random, "tariff") + f" Article {5 + n % 2} came up again.",) for n in range(40)]
    found = [make_told(Told(n, GAZETTE if n < 20 else TIMES, own[n])) for n in range(40)]
    with closing(open_reader(make_words(tmp_path, found))) as reader:
        for asked, reports in (("article 5", 10), ("6", 10), ("article 7", 0), ("77", 0)):
            compared = compare_wording(reader, replace(BOTH, around=asked, copies="all"))
            assert (compared.first.reports, compared.second.reports) == (reports, reports), asked
        without = replace(BOTH, without=("5",), copies="all")
        assert len(list_places(reader, without, "article")) == 20
        with pytest.raises(UsageError, match="no letter or digit"):
            compare_wording(reader, replace(BOTH, without=("!",)))


def test_an_outlet_of_a_table_is_meant_by_its_whole_name(two: sqlite3.Connection) -> None:
    leanings = {"Gazette": "up", "oller times": "up", "Nowhere Post": "up", "Times": "down"}
    up, down = Asked(("up",), ("down",)), Asked(("down",), ("up",))
    for asked, reports in ((up, (20, 0)), (down, (0, 20))):
        found = compare_wording(two, make_sides(asked, leanings))
        assert (found.first.reports, found.second.reports) == reports
    by_hand = compare_wording(two, make_sides(Asked(("Gazette",), ("up",)), leanings))
    assert (by_hand.first.reports, by_hand.second.reports) == (20, 20)
