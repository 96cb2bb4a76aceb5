"""The table of cues: chances that follow from counts, and data that names its source."""

from __future__ import annotations

from importlib import resources

import pytest

from sayso.extract.cues import load_cues, read_cues
from sayso.extract.roles import load_role_words

TABLE = """
threshold = 0.5
[rates]
that = 0.6
obj = 0.1
[weights]
modal = -1.0
[cues]
say = { that = [100, 95], obj = [10, 4] }
build = { that = [20, 0] }
"""


def test_a_word_seen_often_is_judged_by_its_counts() -> None:
    cues = read_cues(TABLE, "deeds = []")
    assert cues.chance("say", "that") == pytest.approx(0.95, abs=0.02)
    assert cues.chance("build", "that") < 0.1


def test_a_word_never_seen_is_judged_by_its_frame() -> None:
    cues = read_cues(TABLE, "deeds = []")
    assert cues.chance("mumble", "that") == pytest.approx(0.6)
    assert cues.chance("mumble", "obj") == pytest.approx(0.1)
    assert cues.chance("mumble", "never-seen-frame") < 0.01


def test_context_moves_the_chance_and_keeps_it_one() -> None:
    cues = read_cues(TABLE, "deeds = []")
    plain = cues.confidence("say", "that", ())
    assert 0.0 < cues.confidence("say", "that", ("modal",)) < plain < 1.0
    assert cues.confidence("say", "that", ("unknown",)) == plain


def test_the_shipped_table_knows_common_cues_and_refuses_deeds() -> None:
    cues = load_cues()
    assert cues.chance("say", "clause") > 0.8
    assert cues.chance("ensure", "that") < cues.threshold
    assert {"impose", "sign"} <= cues.deeds
    assert not {"say", "tell", "deny", "criticize"} & cues.deeds
    assert 0.0 < cues.threshold < 1.0
    for frames in cues.counts.values():
        assert all(0 <= right <= seen for seen, right in frames.values())


@pytest.mark.parametrize("name", ["cues.toml", "deeds.toml", "given_names.toml", "roles.toml"])
def test_every_list_of_words_names_its_source_and_licence(name: str) -> None:
    text = resources.files("sayso.extract").joinpath(f"data/{name}").read_text(encoding="utf-8")
    head = text.split("\n\n")[0]
    assert "# Source:" in head
    assert "Licence" in head


def test_titles_do_not_contradict_the_gender_of_nouns() -> None:
    words = load_role_words()
    for word, kind in words.genders.items():
        assert words.titles.get(word, kind) in (kind, "any")
