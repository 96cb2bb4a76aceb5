"""The tagger: windows, and what becomes of what the network says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parse.tagging import PIECES, PLAIN, KnowingEncoder, make_spelling

from sayso.parse.calibration import Calibration
from sayso.parse.encoding import EncodedText, encode_text
from sayso.parse.role_labels import CONTENT, CUE, SOURCE, find_first
from sayso.parse.tagger import REACHES, WINDOW, Tagger, cut_windows
from sayso.records.span import Span

SAID = PIECES.index("said")


def find(text: str, labels: dict[int, int], calibration: Calibration = PLAIN) -> list[object]:
    tagger = Tagger(KnowingEncoder(SAID, labels), make_spelling(), calibration, "test")
    return list(tagger.tag(text, [(0, len(text))]))


def split_paragraphs(text: str) -> list[Span]:
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


LABELS = {
    -2: find_first(SOURCE),
    -1: find_first(SOURCE) + 1,
    0: find_first(CUE),
    1: find_first(CONTENT),
    2: find_first(CONTENT) + 1,
    3: find_first(CONTENT) + 1,
}


def test_spans_come_from_the_text() -> None:
    text = "On Monday the minister said boats sank on monday"
    (mark,) = find(text, LABELS)
    assert text[slice(*mark.source)] == "the minister"
    assert text[slice(*mark.cue)] == "said" == text[slice(*mark.anchor)]
    assert [text[slice(*s)] for s in mark.content] == ["boats sank on"]
    assert mark.confidence == pytest.approx(mark.probability)


def test_an_anchor_without_a_content_is_none() -> None:
    assert find("the minister said that", {-1: find_first(SOURCE), 0: find_first(CUE)}) == []


def test_the_surest_of_two_sources_counts() -> None:
    text = "the minister said boats sank he"
    labels = {-1: find_first(SOURCE), 1: find_first(CONTENT), 3: find_first(SOURCE)}
    (mark,) = find(text, labels)
    assert text[slice(*mark.source)] in ("minister", "he")


def test_labels_beyond_the_text_are_not_read() -> None:
    text = "he said boats"
    labels = {**LABELS, -3: find_first(CONTENT), 4: find_first(CONTENT)}
    (mark,) = find(text, labels)
    assert [text[slice(*s)] for s in mark.content] == ["boats"]
    assert mark.source is None or text[slice(*mark.source)] == "he"


@pytest.mark.parametrize("words", [30, REACHES[0] - 1, REACHES[0], REACHES[0] + 20])
def test_a_content_that_leaves_what_is_read_first_is_read_whole(words: int) -> None:
    text = "he said " + "boats " * words + "he on"
    labels = {-1: find_first(SOURCE), 0: find_first(CUE), 1: find_first(CONTENT)}
    labels |= {place: find_first(CONTENT) + 1 for place in range(2, words + 1)}
    (mark,) = find(text, labels)
    assert [text[slice(*s)] for s in mark.content] == [("boats " * words).strip()]
    assert mark.source is not None and text[slice(*mark.source)] == "he"


def test_calibration_weighs_what_is_said() -> None:
    sure = Calibration(5.0, 0.0, 0.0, 0.0, 0.0, threshold=0.5, floor=0.1)
    (mark,) = find("he said boats sank", LABELS, sure)
    assert mark.confidence == pytest.approx(1 / (1 + np.exp(-5)))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=4), st.integers(5, 9))
def test_every_anchor_is_decided_once_in_a_window_that_fits(sizes: list[int], every: int) -> None:
    words = ["said" if i % every == 0 else "boats" for i in range(400)]
    text = "\n".join(" ".join(words[:size]) for size in sizes)
    encoder = KnowingEncoder(SAID, {0: find_first(CUE), 1: find_first(CONTENT)})
    tagger = Tagger(encoder, make_spelling(), PLAIN, "test")
    found = [mark.anchor for mark in tagger.tag(text, split_paragraphs(text))]
    assert found == sorted(set(found))
    assert max(encoder.lengths) <= WINDOW
    # The last word of a text has nothing behind it that could be its content.
    wanted = [m for m in _find_all(text, "said") if m[1] != len(text)]
    assert [m for m in found if m[1] != len(text)] == wanted


def _find_all(text: str, word: str) -> list[Span]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append((at, at + len(word)))
        at = text.find(word, at + 1)
    return found


@pytest.mark.parametrize(("bias", "again"), [(1.0, True), (5.0, False)])
def test_a_content_with_something_unsure_is_read_again_by_itself(bias: float, again: bool) -> None:
    text = "he said that the minister said boats sank"
    calibration = Calibration(bias, 0.0, 0.0, 0.0, 0.0, threshold=0.4, floor=0.1)
    labels = {0: find_first(CUE), 1: find_first(CONTENT)} | {
        distance: find_first(CONTENT) + 1 for distance in range(2, 7)
    }
    encoder = KnowingEncoder(SAID, labels)
    found = Tagger(encoder, make_spelling(), calibration, "test").tag(text, [(0, len(text))])
    assert (len(encoder.lengths) > 1) is again
    assert (min(encoder.lengths) < max(encoder.lengths)) is again
    inner = [m for m in found if m.anchor[0] == text.rindex("said")]
    assert {text[slice(*s)] for m in inner for s in m.content} == {"boats sank"}


def test_what_stands_inside_a_kept_content_is_as_sure_as_what_is_inside_is() -> None:
    text = "he said that the minister said boats sank"
    labels = {0: find_first(CUE), 1: find_first(CONTENT)} | {
        distance: find_first(CONTENT) + 1 for distance in range(2, 7)
    }
    inside = Calibration(-1.0, 0.0, 0.0, 0.0, 0.0, threshold=0.5, floor=0.1)
    for bias, expected in ((5.0, [5.0, -1.0]), (-5.0, [-5.0, -5.0])):
        calibration = Calibration(bias, 0.0, 0.0, 0.0, 0.0, threshold=0.4, floor=0.1, inside=inside)
        found = find(text, labels, calibration)
        assert [m.confidence for m in found] == pytest.approx(
            [1 / (1 + np.exp(-b)) for b in expected]
        )


def test_windows_decide_every_piece_once() -> None:
    text = "\n".join(["boats sank on monday " * 30] * 9)
    encoded = encode_text(text, split_paragraphs(text), make_spelling())
    windows = list(cut_windows(encoded))
    assert windows[0].decide_from == 0
    assert windows[-1].decide_to == len(encoded.pieces)
    for one, other in pairwise(windows):
        assert one.decide_to == other.decide_from
        assert other.first < other.decide_from
    assert all(w.first <= w.decide_from < w.decide_to <= w.last for w in windows)


def test_nothing_is_found_in_nothing() -> None:
    tagger = Tagger(KnowingEncoder(SAID, {}), make_spelling(), PLAIN, "test")
    assert tagger.tag("", []) == ()
    assert tagger.tag(" \n ", [(0, 3)]) == ()


def test_windows_of_an_endless_word() -> None:
    pieces = np.ones(1000, np.int32)
    word_of = np.full(1000, -1, np.int32)
    word_of[0] = 0
    first = np.zeros(1, np.int32)
    encoded = EncodedText(pieces, pieces, word_of, first, first, ((0, 1000),))
    windows = list(cut_windows(encoded))
    assert windows[-1].decide_to == 1000
    assert all(w.last - w.first <= WINDOW for w in windows)
