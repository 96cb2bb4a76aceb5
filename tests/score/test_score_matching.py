from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records.span import Fragments, cut_fragments
from sayso.score.matching import Roles, TokenIndex, match_attributions

TEXT = "Ana Ruel said on Friday that the old bridge was safe. He said it was not."


def roles(source: str | None, cue: str | None, content: str | None) -> Roles:
    def cut(words: str | None) -> Fragments | None:
        if words is None:
            return None
        at = TEXT.index(words)
        return cut_fragments(TEXT, [(at, at + len(words))])

    return Roles(cut(source), cut(cue), cut(content))


GOLD = roles("Ana Ruel", "said", "that the old bridge was safe")


@pytest.mark.parametrize(
    ("guess", "found", "linked", "with_cue"),
    [
        (GOLD, 1, 1, 1),
        (roles("Ruel", "said", "the old bridge was safe"), 1, 1, 1),
        (roles("Ana Ruel", "on", "that the old bridge was safe"), 1, 1, 0),
        (roles("He", "said", "that the old bridge was safe"), 1, 0, 0),
        (roles(None, "said", "that the old bridge was safe"), 1, 0, 0),
        (roles("Ana Ruel", "said", "safe"), 0, 0, 0),
        (roles("Ana Ruel", "said", "it was not"), 0, 0, 0),
    ],
)
def test_pairs_need_half_the_content_then_the_source_then_the_cue(
    guess: Roles, found: int, linked: int, with_cue: int
) -> None:
    matches = match_attributions(TEXT, [GOLD], [guess])
    assert (len(matches.found), len(matches.linked), len(matches.linked_with_cue)) == (
        found,
        linked,
        with_cue,
    )


def test_half_the_tokens_shared_is_enough_and_less_is_not() -> None:
    # "old bridge" shares 2 tokens of 6 + 2: F1 is exactly 0.5; "bridge" shares 1 of 6 + 1.
    assert match_attributions(TEXT, [GOLD], [roles("Ana", "said", "old bridge")]).linked == (
        (0, 0),
    )
    assert match_attributions(TEXT, [GOLD], [roles("Ana", "said", "bridge")]).linked == ()


def test_pronoun_is_a_source_that_agrees_with_itself() -> None:
    gold = roles("He", "said", "it was not")
    assert match_attributions(TEXT, [gold], [gold]).linked == ((0, 0),)


def test_shared_stop_word_is_no_agreement_unless_the_gold_source_has_only_such() -> None:
    text = "the mayor of the town said no. Some of the town said yes."
    content = cut_fragments(text, [(text.index("no"), text.index("no") + 2)])
    mayor = cut_fragments(text, [(0, len("the mayor"))])
    article = cut_fragments(text, [(0, len("the"))])
    long, short = Roles(mayor, None, content), Roles(article, None, content)
    assert match_attributions(text, [long], [short]).linked == ()
    assert match_attributions(text, [short], [long]).linked == ((0, 0),)


def test_best_pair_is_taken_first_and_each_item_once() -> None:
    part = roles("Ana Ruel", "said", "the old bridge was")
    matches = match_attributions(TEXT, [GOLD, GOLD], [part, GOLD, part])
    assert matches.linked == ((0, 1), (1, 0))


def test_missing_source_agrees_with_missing_source_only() -> None:
    bare = roles(None, None, "that the old bridge was safe")
    assert match_attributions(TEXT, [bare], [bare]).linked == ((0, 0),)
    assert match_attributions(TEXT, [bare], [GOLD]).linked == ()


def test_punctuation_cue_agrees_by_its_mark() -> None:
    text = "Ruel: Bridge is safe"
    colon = cut_fragments(text, [(4, 5)])
    content, source = cut_fragments(text, [(6, 20)]), cut_fragments(text, [(0, 4)])
    gold = Roles(source, colon, content)
    assert match_attributions(text, [gold], [gold]).linked_with_cue == ((0, 0),)
    assert match_attributions(text, [gold], [Roles(source, None, content)]).linked_with_cue == ()


def test_contents_of_a_hundred_thousand_tokens_are_matched() -> None:
    text = "word " * 100_000
    whole = Roles(None, None, cut_fragments(text, [(0, len(text))]))
    assert match_attributions(text, [whole], [whole]).linked == ((0, 0),)


@given(st.text(alphabet="ab, “”\n", max_size=60), st.data())
def test_tokens_found_are_those_that_share_a_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    index = TokenIndex(text)
    whole = index.find([(0, len(text))])
    found = index.find([(start, end)])
    assert found <= whole
    assert bool(found) == bool(text[start:end].strip())
