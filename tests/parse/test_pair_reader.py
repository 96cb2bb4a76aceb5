"""Who reads two sayings side by side: which says all that the other says, what tells them apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.parse.model_files import SHIPPED as TAGGER
from sayso.parse.pair_reader import (
    DESCRIPTION,
    ITSELF,
    MAX_PIECES,
    READER,
    SHIPPED,
    PairReader,
    join_pair,
    load_pair_reader,
)
from sayso.parse.word_pieces import WordPieces

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def reader() -> PairReader:
    found = load_pair_reader()
    assert found is not None
    return found


CLAIM = "The council of Halvik closed the bridge on Monday."


def test_what_says_the_same_is_told_from_what_is_about_something_else(reader: PairReader) -> None:
    same = reader.read(CLAIM, "On Monday the bridge was shut by Halvik’s council.")
    assert min(same[:2]) > 1 and max(same[2:]) < -1
    assert max(reader.read(CLAIM, "Fishermen in Velmora want higher prices.")) < -1


@pytest.mark.parametrize(
    "other",
    [
        "The council of Halvik did not close the bridge on Monday.",
        "There is no evidence that Halvik’s council closed the bridge.",
    ],
)
def test_what_denies_another_contradicts_it_rather_than_says_it(
    reader: PairReader, other: str
) -> None:
    read = reader.read(CLAIM, other)
    assert read.contradicts == max(read) > -1


def test_another_number_of_one_thing_is_no_contradiction(reader: PairReader) -> None:
    read = reader.read(
        "At least 40 people died when the ferry sank off Marelle.",
        "The sinking of the ferry off Marelle killed 63 people.",
    )
    assert read.number == max(read) > 0


@pytest.mark.parametrize(
    "further",
    ["It dismissed the engineer and fined the firm.", "Prices of fish in Velmora have risen."],
)
def test_of_a_text_and_the_same_with_more_the_longer_says_all_rather(
    reader: PairReader, further: str
) -> None:
    forward, back, *_ = reader.read(CLAIM, f"{CLAIM} {further}")
    assert back > forward + 1


@pytest.mark.parametrize(
    "text", ["Velmora has low support.", "29 to 22, of 1,001 adults.", "a council", "Нет"]
)
def test_a_text_says_all_that_it_says(reader: PairReader, text: str) -> None:
    assert reader.read(text, f" {text.upper()}\n") == (ITSELF, ITSELF, -ITSELF, -ITSELF)


@pytest.mark.parametrize("text", ["", "—", "ferry " * 4_000, "A" * 5_000, "é  \u200b Zzyx-" * 300])
def test_any_text_is_read_and_the_order_does_not_matter(reader: PairReader, text: str) -> None:
    odds = reader.read(text, CLAIM)
    assert reader.read(CLAIM, text) == (odds.back, odds.forward, *odds[2:])
    assert odds == reader.read(text, CLAIM)


def test_either_text_has_its_place() -> None:
    spelling = WordPieces((TAGGER / "vocabulary.txt").read_text("utf-8").splitlines())
    pieces, types = join_pair(spelling, "ferry " * 4_000, "a bridge")
    assert len(pieces) == len(types) == 1 + MAX_PIECES + 1 + 2 + 1
    assert types == [0] * (MAX_PIECES + 2) + [1] * 3
    assert pieces.count(spelling.end) == 2 and pieces[0] == spelling.start


def test_a_damaged_folder_is_refused_and_none_is_none(tmp_path: Path) -> None:
    assert load_pair_reader(tmp_path) is None
    (tmp_path / DESCRIPTION).write_text("{", "utf-8")
    with pytest.raises(SaysoError):
        load_pair_reader(tmp_path)
    shutil.copy(SHIPPED / DESCRIPTION, tmp_path)
    with pytest.raises(SaysoError, match="cannot be read"):
        load_pair_reader(tmp_path)
    (tmp_path / READER).write_bytes(b"other")
    with pytest.raises(SaysoError, match="not the file its model was made with"):
        load_pair_reader(tmp_path)


def test_what_is_shipped_is_described() -> None:
    described = json.loads((SHIPPED / DESCRIPTION).read_text("utf-8"))
    assert described["name"] in (SHIPPED / "README.md").read_text("utf-8")
    assert (SHIPPED / READER).stat().st_size < 25_000_000
