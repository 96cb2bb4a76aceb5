"""What shares telling words with a sentence, in statements and in own voice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from ledger_samples import dated_reports, make_ledger

from sayso.errors import UsageError
from sayso.ledger.candidates import MAX_WORDS, get_candidate, list_words, nominate
from sayso.ledger.database import open_reader
from sayso.ledger.filters import Filters


def test_statements_and_assertions_are_nominated_by_rank(tmp_path: Path) -> None:
    with closing(open_reader(make_ledger(tmp_path / "l", dated_reports(6)))) as connection:
        rows = list(nominate(connection, "Ferry line 3 is reopening, they say", Filters()))
        assert {row["voice"] for row in rows} == {"own", "quoted"}
        best = min(rows, key=lambda row: row["rank"])
        assert "3" in best["text"]
        for row in rows:
            again = get_candidate(connection, row["id"])
            assert again is not None and again["text"] == row["text"]
            assert row["start"] < row["end"] and row["text_sha256"]
        own = list(nominate(connection, "ferry", Filters(voice="own")))
        assert own and {row["voice"] for row in own} == {"own"}
        named = list(nominate(connection, "ferry crates", Filters(speaker="Kovel")))
        assert named and {row["voice"] for row in named} == {"quoted"}
        assert len(list(nominate(connection, "ferry", Filters(), most=1))) == 2
        assert list(nominate(connection, "zeppelin", Filters())) == []
        assert get_candidate(connection, "s-none") is None


@pytest.mark.parametrize("text", ["", "— …", "the of and", '"'])
def test_a_text_without_telling_words_is_refused(tmp_path: Path, text: str) -> None:
    with (
        closing(open_reader(make_ledger(tmp_path / "l", dated_reports(1)))) as connection,
        pytest.raises(UsageError),
    ):
        nominate(connection, text, Filters())


def test_words_are_terms_of_a_search_whatever_they_hold() -> None:
    assert list_words("Ferries closing; NEAR(x) OR \"y*\"") == [
        '"ferri" *', '"clos" *', '"near"', '"x"', '"y"',
    ]  # fmt: skip
    assert len(list_words(" ".join(f"word{n}" for n in range(500)))) == MAX_WORDS
    assert list_words("a" * 100) == []
