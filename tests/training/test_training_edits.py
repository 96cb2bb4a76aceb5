"""Variants of annotated articles: what was annotated is still what it was."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.composing import (
    let_promise,
    let_quote_as_saying,
    let_reject,
    let_say,
    shift_back,
)
from training.corpus import Article, Example, make_lesson, turn_swapped
from training.edits import Edit, apply_edits
from training.synonyms import exchange_cues
from training.variants import (
    Variants,
    add_dispatch_line,
    change_names,
    join_sentences,
    let_take_turns,
    lose_mark,
    remove_marks,
    straighten_marks,
    use_single_marks,
)

from sayso.parse.word_pieces import WordPieces

TEXT = (
    "Harbour Shut\n\n“The port is shut,” Mara Tovel said. “It stays shut.”\n\n"
    "The mayor said that nine boats had sunk on Monday. Nobody was hurt.\n"
)


def find(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


ARTICLE = Article(
    "a",
    TEXT,
    (
        Example(
            (
                (find("Mara Tovel"),),
                (find("said"),),
                (find("“The port is shut,”"), find("“It stays shut.”")),
            )
        ),
        Example(
            (
                (find("The mayor"),),
                ((TEXT.index("said that"), TEXT.index("said that") + 4),),
                (find("that nine boats had sunk on Monday"),),
            )
        ),
    ),
)
SENTENCE = find("The mayor said that nine boats had sunk on Monday.")


def read(article: Article, example: Example) -> list[list[str]]:
    return [[article.text[start:end] for start, end in part] for part in example.spans]


@given(st.data())
def test_spans_move_with_their_characters(data: st.DataObject) -> None:
    edits = []
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(TEXT)))
        end = data.draw(st.integers(start, min(len(TEXT), start + 5)))
        edits.append(Edit(start, end, data.draw(st.text("xyz", max_size=4))))
    changed, _ = apply_edits(ARTICLE, edits)
    for example in changed.examples:
        for part in example.spans:
            for start, end in part:
                assert 0 <= start < end <= len(changed.text)


def test_words_put_in_at_an_edge_stay_outside() -> None:
    start, end = find("The mayor")
    changed, _ = apply_edits(ARTICLE, [Edit(start, start, "But "), Edit(end, end, " later")])
    assert read(changed, changed.examples[1])[0] == ["The mayor"]


@pytest.mark.parametrize(
    "change",
    [
        lambda a, c: remove_marks(a),
        lambda a, c: straighten_marks(a),
        use_single_marks,
        lose_mark,
        add_dispatch_line,
    ],
)
def test_a_variant_keeps_every_word(change: Callable[..., Article]) -> None:
    changed = change(ARTICLE, random.Random(3))
    for before, after in zip(ARTICLE.examples, changed.examples, strict=True):
        for old, new in zip(read(ARTICLE, before), read(changed, after), strict=True):
            assert [_bare(w) for w in new] == [_bare(w) for w in old]


def _bare(words: str) -> str:
    return words.strip("“”\"'‘’")


def test_names_are_exchanged_all_through() -> None:
    changed = change_names(ARTICLE, random.Random(1))
    (source,) = read(changed, changed.examples[0])[0]
    assert "Mara" not in changed.text and "Tovel" not in changed.text
    assert source in changed.text and source[0].isalpha()


@given(st.integers(0, 10_000))
def test_a_sentence_that_is_said_becomes_a_content(seed: int) -> None:
    changed = let_say(ARTICLE, SENTENCE, "the agency", random.Random(seed))
    *others, outer = changed.examples
    (source,), (cue,), (content,) = read(changed, outer)
    assert source.lower() == "the agency"
    assert cue in changed.text and cue.split()[0].isalpha()
    assert "said that nine boats had sunk on Monday" in content
    inner = read(changed, others[1])
    assert inner[2] == ["that nine boats had sunk on Monday"]
    assert inner[0][0].lower() == "the mayor"
    for part in outer.spans:
        for start, end in part:
            assert changed.text[start:end] == changed.text[start:end].strip()


@given(st.integers(0, 200))
def test_quoted_as_saying(seed: int) -> None:
    chance = random.Random(seed)
    changed = let_quote_as_saying(ARTICLE, SENTENCE, ARTICLE.examples[1], "the agency", chance)
    assert changed is not None
    inner, outer = changed.examples[-2:]
    said = "that nine boats had sunk on Monday"
    (source,), (cue,), content = read(changed, outer)
    assert source.lower() == "the agency" and cue.split()[-1] in ("quoted", "quotes", "cited")
    assert content in ([f"the mayor as saying {said}"], ["The mayor", f"as saying {said}"])
    assert read(changed, inner)[1:] == [["as saying"], [said]]
    assert read(changed, inner)[0][0].lower() == "the mayor"
    assert read(changed, changed.examples[0]) == read(ARTICLE, ARTICLE.examples[0])


@given(st.integers(0, 200))
def test_a_sentence_becomes_a_rejected_claim(seed: int) -> None:
    changed = let_reject(ARTICLE, find("Nobody was hurt."), ["the agency"], random.Random(seed))
    inner = changed.examples[-1]
    owner, (noun,), (claimed,) = read(changed, inner)
    assert claimed == "that Nobody was hurt"
    assert owner in ([], ["the agency’s"])
    assert f" {noun} {claimed}." in changed.text
    if len(changed.examples) > len(ARTICLE.examples) + 1:
        (source,), (cue,), (content,) = read(changed, changed.examples[-2])
        assert source == "The agency"
        assert content.endswith(f"{noun} {claimed}")
        assert f"{source} {cue} {content}." in changed.text


def test_of_claims_some_are_only_met_with_deeds() -> None:
    counts = {
        len(let_reject(ARTICLE, find("Nobody was hurt."), ["he"], random.Random(n)).examples)
        for n in range(40)
    }
    assert counts == {3, 4}


@given(st.integers(0, 200))
def test_sentences_that_report_are_joined(seed: int) -> None:
    text = "The mayor said the port was shut. The clerk said it was open. Boats lay idle."
    said = [
        Example((((0, 9),), ((10, 14),), ((15, 32),))),
        Example((((34, 43),), ((44, 48),), ((49, 60),))),
    ]
    article = Article("a", text, tuple(said))
    changed = join_sentences(article, random.Random(seed))
    assert "open. Boats" in changed.text
    before, after = read(changed, changed.examples[0]), read(changed, changed.examples[1])
    assert before == [["The mayor"], ["said"], ["the port was shut"]]
    assert after[1:] == [["said"], ["it was open"]]
    joined = "shut. The" not in changed.text
    assert after[0] == (["the clerk"] if joined else ["The clerk"])


def test_what_may_be_a_cue_counts_neither_way() -> None:
    spelling = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]"])
    open_ = Example(((), (find("sunk"),), ()))
    article = Article("a", TEXT, (*ARTICLE.examples, open_))
    moved, _ = apply_edits(article, [Edit(0, 0, "x ")])
    lesson = make_lesson(moved, spelling)
    words = [moved.text[slice(*lesson.encoded.spans[word])] for word in lesson.unsure]
    assert words == ["sunk"]
    assert len(lesson.anchors) == 2


@given(st.integers(0, 200))
def test_a_quotation_becomes_a_turn(seed: int) -> None:
    changed = let_take_turns(ARTICLE, random.Random(seed))
    turn = next(e for e in changed.examples if read(changed, e)[1][0] in (":", "―"))
    (source,), _, (content,) = read(changed, turn)
    assert source.title() == "Mara Tovel"
    assert _bare(content) == "The port is shut. It stays shut."


def test_source_and_cue_in_each_others_place_are_turned() -> None:
    swapped = Example((ARTICLE.examples[0].spans[1], ARTICLE.examples[0].spans[0], ((0, 3),)))
    many = Article("b", TEXT, ARTICLE.examples * 40)
    *_, article = turn_swapped([many, Article("c", TEXT, (swapped,))])
    assert read(article, article.examples[0])[:2] == [["Mara Tovel"], ["said"]]


def test_the_same_seed_gives_the_same_variants() -> None:
    one, other = (list(Variants([ARTICLE] * 20, 5).make(3)) for _ in range(2))
    assert one == other
    assert one != list(Variants([ARTICLE] * 20, 6).make(3))


def test_a_promise_becomes_a_noun() -> None:
    text = "Yesterday the mayor promised to rebuild the harbour. Nobody came."
    at = text.index
    spans = (
        ((at("the mayor"), at(" promised")),),
        ((at("promised"), at(" to rebuild")),),
        ((at("to rebuild"), at(". Nobody")),),
    )
    article = Article("a", text, (Example(spans),))
    sentence = (0, at(" Nobody"))
    seen = set()
    for seed in range(40):
        changed = let_promise(
            article, sentence, article.examples[0], "critics", random.Random(seed)
        )
        assert changed is not None
        found = [read(changed, e) for e in changed.examples]
        assert found[-1] == [["the mayor’s"], ["promise"], ["to rebuild the harbour"]]
        assert changed.text.startswith("Critics ")
        assert changed.text.endswith(" the mayor’s promise to rebuild the harbour. Nobody came.")
        if len(found) == 2:
            assert found[0][0] == ["Critics"]
            assert found[0][2] == ["the mayor’s promise to rebuild the harbour"]
        seen.add(len(found))
    assert seen == {1, 2}


def test_cues_shift_back() -> None:
    changed = shift_back(ARTICLE, SENTENCE)
    assert changed.examples[0].spans[1] == ARTICLE.examples[0].spans[1]
    assert read(changed, changed.examples[1])[1] == ["had said"]
    assert "The mayor had said that nine" in changed.text


def test_cues_are_exchanged_for_others_of_one_frame() -> None:
    seen = set()
    for seed in range(60):
        changed = exchange_cues(ARTICLE, random.Random(seed))
        for before, after in zip(ARTICLE.examples, changed.examples, strict=True):
            old, new = read(ARTICLE, before), read(changed, after)
            assert (old[0], old[2]) == (new[0], new[2])
            seen.add(new[1][0])
    assert {"said", "maintained", "remarked"} <= seen
    assert all(word.endswith(("ed", "id")) for word in seen)  # the tense stays


def test_articles_in_which_nobody_speaks_have_variants_too() -> None:
    text = "Nobody came to the harbour. It was said that nine boats had sunk there."
    spans = ((), ((text.index("said"), text.index(" that")),), ((text.index("that"), 71),))
    articles = [Article("a", text, (Example(spans),))] * 200
    assert len(list(Variants(articles, 1).make(0))) == 200
