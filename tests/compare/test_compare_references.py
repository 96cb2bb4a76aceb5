"""By which words reports refer to somebody."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

sys.path[:0] = [str(Path(__file__).parent)]

from word_samples import GAZETTE, TIMES, Told, make_told, make_words, say  # noqa: E402

from sayso.compare.references import cite_wordings, find_references  # noqa: E402
from sayso.errors import NotFoundError  # noqa: E402
from sayso.ledger.database import open_reader  # noqa: E402
from sayso.ledger.word_sides import Side  # noqa: E402


def test_wordings_are_listed_by_outlet_and_voice_each_with_its_sentence(tmp_path: Path) -> None:
    random = Random(1)
    found = [
        make_told(Told(n, GAZETTE, (say(random), "The strongman left."), (say(random),)))
        for n in range(3)
    ]
    found += [
        make_told(Told(n, TIMES, (say(random),), ("Nobody calls me the strongman here.",)))
        for n in range(3, 5)
    ]
    with closing(open_reader(make_words(tmp_path, found))) as reader:
        told = find_references(reader, "Ana Kovel")
        seen = {
            (w.wording, w.form, w.voice, w.outlet): (w.reports, len(w.places))
            for w in told.wordings
        }
        assert seen == {
            ("ana kovel", "name", "own", GAZETTE): (3, 3),
            ("ana kovel", "name", "own", TIMES): (2, 2),
            ("harbour minister", "title", "own", GAZETTE): (3, 3),
            ("harbour minister", "title", "own", TIMES): (2, 2),
            # The same line three times is one; the words of a title are where they stand.
            ("strongman", "description", "own", GAZETTE): (3, 3),
            ("strongman", "description", "quoted", TIMES): (2, 2),
        }
        assert told.reports == 5
        rows = cite_wordings(reader, told.wordings)
        assert all(str(row["text"]).lower().endswith(str(row["wording"])) for row in rows)
        only = find_references(reader, "Ana Kovel", Side((TIMES,)))
        assert {w.outlet for w in only.wordings} == {TIMES}
        with pytest.raises(NotFoundError, match="nobody"):
            find_references(reader, "Ida Marsh")


def test_others_who_have_the_words_in_their_name_are_told(tmp_path: Path) -> None:
    random = Random(2)
    found = [make_told(Told(n, GAZETTE, (say(random),), (say(random),))) for n in range(3)]
    with closing(open_reader(make_words(tmp_path, found))) as reader:
        assert find_references(reader, "Ana Kovel").others == ()
        with pytest.raises(NotFoundError, match=r"part of a name: Ana Kovel \(3\)"):
            find_references(reader, "Kovel")
