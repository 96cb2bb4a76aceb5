"""Words with their places, sentences and running text."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.word_places import (
    MAX_WORDS,
    NO_WORD,
    Vocabulary,
    find_running,
    list_lines,
    list_sentences,
    normalise_word,
    place_words,
)


def read(text: str) -> list[str]:
    vocabulary = Vocabulary()
    words = place_words(text, [(0, len(text))], vocabulary)
    return [vocabulary.words[n] for n in words.numbers.tolist() if n != NO_WORD]


def pairs(text: str) -> list[str]:
    words = place_words(text, [(0, len(text))], Vocabulary())
    return [text[words.starts[n] : words.ends[n + 1]] for n in np.flatnonzero(words.joined)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Regime’s envoy DIDN'T stay", ["the", "regime", "envoy", "didn't", "stay"]),
        ("the U.S. Senate, U.N. rules", ["the", "u.s.", "senate", "u.n.", "rules"]),
        ("far-right Kovel's far right", ["far", "right", "kovel", "far", "right"]),
        ("12 boats, 3rd quay, 4.5 %", ["boats", "3rd", "quay"]),
        ("zero\u200bwidth and soft\u00adhyphen", ["zerowidth", "and", "softhyphen"]),
        ("हिन्दी में लिखा", ["हिन्दी", "में", "लिखा"]),
        ("قالَ الوزيرُ", ["قالَ", "الوزيرُ"]),
        ("Ελλάδα Ärzte İstanbul", ["ελλάδα", "ärzte", "i̇stanbul"]),
        ("<b>bold</b> &amp;", ["b", "bold", "b", "amp"]),
        ("", []),
    ],
)
def test_words_are_lower_case_in_any_script(text: str, words: list[str]) -> None:
    assert read(text) == words


def test_a_run_without_spaces_is_no_word() -> None:
    assert normalise_word("河" * 41) == ""
    assert normalise_word("河" * 40) == "河" * 40


def test_a_pair_has_nothing_but_a_space_or_a_hyphen_between() -> None:
    assert pairs("Far-right mob, he said. New pier\nopens 12 days later") == [
        "Far-right", "right mob", "he said", "New pier", "days later",
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_places_are_those_of_the_words(text: str) -> None:
    vocabulary = Vocabulary()
    words = place_words(text, [(0, len(text))], vocabulary)
    assert (words.starts < words.ends).all() and (words.ends <= len(text)).all()
    assert (words.starts[1:] >= words.ends[:-1]).all()
    for number, start, end in zip(words.numbers, words.starts, words.ends, strict=True):
        if number != NO_WORD:
            assert read(text[start:end]) == [vocabulary.words[number]]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One ended. Two did not! “Three?” Four", ["One ended.", "Two did not!", "“Three?”", "Four"]),
        ("Mr. Kovel met Sen. Marsh at St. Ives. He left.", ["Mr. Kovel met Sen. Marsh at St. Ives.", "He left."]),
        ("The U.S. Senate voted. J. R. Lund wrote.", ["The U.S. Senate voted.", "J. R. Lund wrote."]),
        ("It rose 4.5 percent... and fell. Done.", ["It rose 4.5 percent... and fell.", "Done."]),
        ("A heading\nA line.", ["A heading", "A line."]),
        ("他来了。她走了。", ["他来了。", "她走了。"]),
        ("  \n ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in list_sentences(text, [(0, len(text))])] == sentences


def keep_running(text: str) -> str:
    words = place_words(text, [(0, len(text))], Vocabulary())
    running = find_running(text, words, [(0, len(text))])
    return " ".join(
        text[a:b] for a, b, kept in zip(words.starts, words.ends, running, strict=True) if kept
    )


def test_headings_captions_and_buttons_are_no_running_text() -> None:
    text = (
        "Related topics\nThe ferry stopped on Monday. Watch more\nHe said:\n“It is late.”\n"
        "Enlarge picture\n"
    )
    assert keep_running(text) == "The ferry stopped on Monday He said It is late"


def test_a_text_without_such_ends_is_all_running_text() -> None:
    text = "the ferry stopped on\nMonday and the crew went\nhome by bus"
    assert keep_running(text) == " ".join(text.split())


def test_lines_are_runs_of_words() -> None:
    text = "One two\n\n—\nthree\nfour five six"
    words = place_words(text, [(0, len(text))], Vocabulary())
    assert list_lines(text, words) == [(0, 2), (2, 3), (3, 6)]
    assert list_lines("—", place_words("—", [(0, 1)], Vocabulary())) == []


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "U." * 200_000,
        "a'" * 200_000,
        "?!" * 200_000,
        "\u0301" * 400_000,
        "a\u0301" * 200_000,
        "Mr. " * 100_000,
        "x\n" * 200_000,
        "河" * 400_000,
    ],
    ids=range(9),
)
def test_hostile_texts_take_time_in_proportion(text: str) -> None:
    began = time.process_time()
    vocabulary = Vocabulary()
    words = place_words(text, [(0, len(text))], vocabulary)
    list_sentences(text, [(0, len(text))])
    find_running(text, words, [(0, len(text))])
    list_lines(text, words)
    assert len(words.numbers) <= MAX_WORDS
    assert time.process_time() - began < 4
