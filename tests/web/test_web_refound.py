"""A passage of another text: its own words and no others, in their order, quickly, or nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.web.anchors import Target, find_target, make_quote, parse_spans

words = st.lists(
    st.sampled_from(["ferry", "line", "a", "…", "40", "4", "no.", "“Ten", "crates”", "سلام", "🚢"]),
    min_size=1,
    max_size=40,
)
spaces = st.sampled_from([" ", "\n", "  ", "\n\n", "\t", "\u00a0"])


def seek(text: str, spans: str, *, old: str | None = None, quote: str | None = None) -> Target:
    return find_target(text, parse_spans(spans), same_text=False, old_text=old, quote=quote)


@given(words, words, words, st.data())
def test_what_moved_has_the_same_words(
    before: list[str], passage: list[str], after: list[str], data: st.DataObject
) -> None:
    old = " ".join([*before, *passage, *after])
    start = len(" ".join(before)) + 1
    end = start + len(" ".join(passage))
    joined = "".join(word + data.draw(spaces) for word in passage)
    new = f"{data.draw(spaces)}Corrected. {joined}{' '.join(after)}"
    for given_old, quote in ((old, None), (None, make_quote(old[start:end]))):
        target = seek(new, f"{start}-{end}", old=given_old, quote=quote)
        assert target.state == "moved"
        [(lo, hi)] = target.spans
        found = new[lo:hi].split()
        if given_old or len(passage) <= 12:
            assert found == passage
        else:
            assert found[:5] == passage[:5] and found[-5:] == passage[-5:]
        assert not new[lo].isspace() and not new[hi - 1].isspace()


@given(words, words, st.integers(0, 200), st.integers(1, 200))
def test_nothing_else_is_ever_marked(
    old_words: list[str], new_words: list[str], start: int, length: int
) -> None:
    old, new = " ".join(old_words), " ".join(new_words)
    start = min(start, len(old) - 1)
    end = min(len(old), start + length)
    target = seek(new, f"{start}-{end}", old=old)
    assert target.state in ("moved", "lost")
    for lo, hi in target.spans:
        assert new[lo:hi].split() == old[start:end].split()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He named art.", "A party was named."),
        ("It was 40.", "It was 1,040."),
        ("It was 40.", "It was 40.5 on 240."),
        ("Ana spoke.", "Anatole spoke. Susana too."),
    ],
)
def test_words_are_not_found_inside_other_words(old: str, new: str) -> None:
    word = next(w for w in ("art", "40", "Ana") if w in old)
    start = old.index(word)
    spans = f"{start}-{start + len(word)}"
    assert seek(new, spans, old=old).state == "lost"
    assert seek(new, spans, quote=word).state == "lost"
    assert seek(f"{new} {word}", spans, old=old).spans[0][0] == len(new) + 1
    assert seek(f"{new} {word}, so", spans, quote=word).spans[0][0] == len(new) + 1


def test_a_passage_that_began_inside_a_word_is_found_there() -> None:
    assert seek("New: reopening.", "2-6", old="reopened").spans == ((7, 11),)
    assert seek("报告说渡轮线路重新开放。", "0-2", quote="渡轮").spans == ((3, 5),)


def test_fragments_keep_their_order_or_are_lost() -> None:
    old = "alpha said one beta said two"
    spans = "6-10,20-24"
    new = "Later. alpha said one, then beta said two. said"
    found = seek(new, spans, old=old).spans
    assert [new[a:b] for a, b in found] == ["said", "said"]
    assert found[0][1] <= found[1][0]
    assert seek("two one", "11-14,25-28", old=old).state == "lost"
    assert len(seek("x one two one", "11-14,25-28", old=old).spans) == 2


def test_a_quote_of_fragments_is_found_over_its_gap() -> None:
    text = "Notice. that ferry line, he said, would reopen."
    quote = make_quote("that ferry … would reopen")
    [(start, end)] = seek(text, "0-10,24-36", quote=quote).spans
    assert text[start:end] == "that ferry line, he said, would reopen"


def test_an_ellipsis_in_the_words_is_no_gap_too_many() -> None:
    passage = "one … two three four five six seven eight nine ten eleven … twelve thirteen"
    quote = make_quote(passage)
    [(start, end)] = seek(f"Before. {passage}. After.", f"0-{len(passage)}", quote=quote).spans
    assert (start, end) == (8, 8 + len(passage))


def test_no_span_reaches_beyond_the_text() -> None:
    for spans in ("0-99", "0-99,2-3", "2-3,0-99", ",".join(["0-99"] * 60)):
        for same in (True, None):
            target = find_target(
                "short", parse_spans(spans), same_text=same, old_text=None, quote=None
            )
            assert (target.spans, target.state) == ((), "wrong")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a " * 200_000, "a " * 5 + "… " + "z " * 5),
        ("a " * 200_000, "a " * 900 + "z"),
        ("a" * 400_000, "a" * 1_900 + "z"),
        (" " * 400_000 + "a", "a b"),
        ("a" * 400_000, "a" * 1_999),
        ("a … " * 100_000, " … ".join(["a"] * 400) + " … z"),
    ],
)
def test_hostile_texts_and_quotes_take_no_time(text: str, quote: str) -> None:
    begun = time.process_time()
    assert seek(text, "100000-140000", quote=quote).state == "lost"
    seek(text, "0-200000", old=text[1:] + "x" * 400_000)
    seek(text, "0-200000,200010-200020", old=text)
    assert time.process_time() - begun < 5
