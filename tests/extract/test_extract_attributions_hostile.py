"""Attributions over hand-built annotations: invariants, nesting, and input meant to hurt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.timing import measure_cpu_s

from sayso.extract.attributions import find_attributions
from sayso.extract.cues import load_cues
from sayso.extract.fitting import find_parents
from sayso.extract.speakers import resolve_speakers
from sayso.extract.tree import build_tree
from sayso.records.annotation import Annotation, Name, Tagged, TaggedAttribution, Token

# Word, tag, dependency, place of the head in the sentence.
Word = tuple[str, str, str, int]


def build(words: list[Word], names: tuple[tuple[int, int, str], ...] = ()) -> Annotation:
    """Build the annotation of one sentence, words joined by spaces, punctuation close."""
    text = ""
    tokens = []
    for word, tag, dep, head in words:
        if text and word not in ",.:;”?!" and not text.endswith("“"):
            text += " "
        lemma = {"said": "say", "says": "say", "saying": "say", "quoted": "quote"}.get(word)
        start = len(text)
        text += word
        tokens.append(Token(start, len(text), word, lemma or word.lower(), tag, dep, head))
    count = len(tokens)
    found = tuple(Name((tokens[a].start, tokens[b - 1].end), a, b, kind) for a, b, kind in names)
    return Annotation(text, tuple(tokens), ((0, count),), ((0, count),), found)


SAID: list[Word] = [
    ("Lorn", "NNP", "nsubj", 1),
    ("said", "VBD", "ROOT", 1),
    ("the", "DT", "det", 3),
    ("well", "NN", "nsubj", 4),
    ("was", "VBD", "ccomp", 1),
    ("dry", "JJ", "acomp", 4),
    (".", ".", "punct", 1),
]

NESTED: list[Word] = [
    ("Pask", "NNP", "nsubj", 1),
    ("said", "VBD", "ROOT", 1),
    ("Lorn", "NNP", "nsubj", 3),
    ("said", "VBD", "ccomp", 1),
    ("the", "DT", "det", 5),
    ("well", "NN", "nsubj", 6),
    ("was", "VBD", "ccomp", 3),
    ("dry", "JJ", "acomp", 6),
    (".", ".", "punct", 1),
]


def test_a_clause_is_found_without_the_language_pipeline() -> None:
    (found,) = find_attributions(build(SAID))
    assert (found.source and found.source.text) == "Lorn"
    assert (found.cue and found.cue.text) == "said"
    assert found.content.text == "the well was dry"
    assert found.kind == "indirect"
    assert found.negated is False


def test_a_statement_inside_another_has_it_as_parent() -> None:
    outer, inner = find_attributions(build(NESTED))
    assert outer.parent is None
    assert inner.parent == 0
    assert inner.content.text == "the well was dry"
    assert outer.content.text == "Lorn said the well was dry"


def test_a_negated_cue_is_marked() -> None:
    words = [
        SAID[0],
        ("did", "VBD", "aux", 3),
        ("not", "RB", "neg", 3),
        ("say", "VB", "ROOT", 3),
        ("the", "DT", "det", 5),
        ("well", "NN", "nsubj", 6),
        ("was", "VBD", "ccomp", 3),
        ("dry", "JJ", "acomp", 6),
    ]
    words[0] = ("Lorn", "NNP", "nsubj", 3)
    (found,) = find_attributions(build(words))
    assert found.negated is True
    assert (found.cue and found.cue.text) == "did not say"


def test_same_input_gives_the_same_attributions() -> None:
    annotation = build(NESTED)
    assert find_attributions(annotation) == find_attributions(annotation)


def test_an_empty_report_has_no_attributions_and_no_speakers() -> None:
    empty = Annotation("", (), (), (), ())
    assert find_attributions(empty) == ()
    resolved = resolve_speakers(empty, "r-1", ())
    assert (resolved.mentions, resolved.entities, resolved.speakers) == ((), (), ())


TAGS = st.sampled_from(["NNP", "NN", "VBD", "VBG", "VBN", "PRP", "IN", ",", ":", "``", "''", "DT"])
DEPS = st.sampled_from(
    [
        "ROOT",
        "nsubj",
        "nsubjpass",
        "ccomp",
        "xcomp",
        "dobj",
        "prep",
        "pobj",
        "punct",
        "advcl",
        "acl",
        "relcl",
        "conj",
        "appos",
        "agent",
        "parataxis",
        "aux",
        "mark",
    ]
)
WORDS = st.sampled_from(
    [
        "Lorn",
        "said",
        "he",
        "they",
        "who",
        "according",
        "to",
        "“",
        "”",
        '"',
        ":",
        ",",
        ".",
        "that",
        "claim",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, TAGS, DEPS, st.integers(0, 40)), max_size=40))
def test_any_tree_yields_spans_inside_the_text_and_parents_that_hold_their_children(
    words: list[Word],
) -> None:
    count = max(len(words), 1)
    annotation = build(
        [(w, t, d, h % count) for w, t, d, h in words],
        ((0, min(1, len(words)), "PERSON"),) if words else (),
    )
    found = find_attributions(annotation)
    text = annotation.text
    for i, a in enumerate(found):
        for part in (a.source, a.cue, a.content):
            if part is None:
                continue
            assert part.text == " ".join(text[s:e] for s, e in part.spans)
            assert all(0 <= s < e <= len(text) for s, e in part.spans)
            assert list(part.spans) == sorted(part.spans)
        assert 0.0 <= a.confidence <= 1.0
        assert a.kind in ("direct", "indirect", "mixed")
        assert a.parent is None or (0 <= a.parent < len(found) and a.parent != i)
    resolved = resolve_speakers(annotation, "r-1", found)
    assert len(resolved.speakers) == len(found)
    assert [s is None for s in resolved.speakers] == [a.source is None for a in found]
    ids = {e.entity_id for e in resolved.entities}
    for speaker in resolved.speakers:
        assert speaker is None or set(speaker.members) <= ids


def quotation_marks(count: int) -> Annotation:
    return flat("“" * count, count, "``")


def words_without_end(count: int) -> Annotation:
    return flat("a " * count, count, "NN")


def one_long_word(count: int) -> Annotation:
    text = "x" * (10 * count)
    return Annotation(
        text, (Token(0, len(text), text, text, "NN", "ROOT", 0),), ((0, 1),), ((0, 1),), ()
    )


def flat(text: str, count: int, tag: str) -> Annotation:
    step = len(text) // count
    tokens = tuple(
        Token(i * step, i * step + 1, text[i * step], text[i * step], tag, "dep", 0)
        for i in range(count)
    )
    return Annotation(text, tokens, ((0, count),), ((0, count),), ())


def chain_of_verbs(count: int) -> Annotation:
    text = "said " * count
    tokens = tuple(
        Token(5 * i, 5 * i + 4, "said", "say", "VBD", "ccomp" if i else "ROOT", max(i - 1, 0))
        for i in range(count)
    )
    return Annotation(text, tokens, ((0, count),), ((0, count),), ())


def star_of_verbs(count: int) -> Annotation:
    text = "said " * count
    tokens = tuple(
        Token(5 * i, 5 * i + 4, "said", "say", "VBD", "advcl" if i else "ROOT", 0)
        for i in range(count)
    )
    return Annotation(text, tokens, ((0, count),), ((0, count),), ())


def many_quotations(count: int) -> Annotation:
    text = "“Go,” he said. " * count
    words = (
        ("“", "``"),
        ("Go", "VB"),
        (",", ","),
        ("”", "''"),
        ("he", "PRP"),
        ("said", "VBD"),
        (".", "."),
    )
    deps = (
        ("punct", 5),
        ("ccomp", 5),
        ("punct", 5),
        ("punct", 5),
        ("nsubj", 5),
        ("ROOT", 5),
        ("punct", 5),
    )
    starts = (0, 1, 3, 4, 6, 9, 13)
    tokens = []
    for i in range(count):
        for (word, tag), (dep, head), start in zip(words, deps, starts, strict=True):
            at = 15 * i + start
            lemma = "say" if word == "said" else word.lower()
            tokens.append(Token(at, at + len(word), word, lemma, tag, dep, 7 * i + head))
    sentences = tuple((7 * i, 7 * i + 7) for i in range(count))
    return Annotation(text, tuple(tokens), sentences, ((0, 7 * count),), ())


def many_namesakes(count: int) -> Annotation:
    words: list[Word] = []
    names = []
    for i in range(count):
        words += [(f"P{i}", "NNP", "compound", 2 * i + 1), ("Lorn", "NNP", "nsubj", 2 * i + 1)]
        names.append((2 * i, 2 * i + 2, "PERSON"))
    return build(words, tuple(names))


def verbs_that_go_on(count: int) -> Annotation:
    """One sentence of verbs that are each marked to say the next few."""
    words: list[Word] = []
    for i in range(count):
        at = 6 * i
        words += [
            (",", ",", "punct", at + 2),
            ("and", "CC", "cc", at + 2),
            ("says", "VBZ", "conj", max(0, at - 4)),
            ("that", "IN", "mark", at + 5),
            ("it", "PRP", "nsubj", at + 5),
            ("is", "VBZ", "ccomp", at + 2),
        ]
    annotation = build([("Lorn", "NNP", "nsubj", 3), *words][: 6 * count])
    tokens = annotation.tokens
    marks = tuple(
        TaggedAttribution(
            anchor=(tokens[i].start, tokens[i].end),
            source=(tokens[i + 2].start, tokens[i + 2].end) if i % 4 else (0, 4),
            cue=(tokens[i].start, tokens[i].end),
            content=((tokens[i + 1].start, tokens[min(i + 40, len(tokens) - 1)].end),),
            probability=0.9,
            source_probability=0.9,
            content_probability=0.9,
            confidence=0.9,
        )
        for i in range(3, len(tokens) - 6, 6)
    )
    return replace(annotation, tagged=Tagged(marks, 0.4, "test"))


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (quotation_marks, 5_000),
        (verbs_that_go_on, 500),
        (words_without_end, 5_000),
        (one_long_word, 12_500),
        (chain_of_verbs, 2_000),
        (star_of_verbs, 2_000),
        (many_quotations, 1_000),
        (many_namesakes, 1_500),
    ],
)
def test_time_grows_with_length_and_not_with_its_square(
    make: Callable[[int], Annotation], size: int
) -> None:
    load_cues()

    def measure(annotation: Annotation) -> float:
        return measure_cpu_s(
            lambda: resolve_speakers(annotation, "r-1", find_attributions(annotation))
        )

    small, large = measure(make(size)), measure(make(8 * size))
    # Eight times the length; quadratic would take 64 times as long.
    assert large < 24 * small + 0.1


def test_crossing_and_cyclic_heads_do_not_hang_the_tree() -> None:
    tokens = tuple(Token(i, i + 1, "a", "a", "NN", "dep", (i + 1) % 4) for i in range(4))
    tree = build_tree(Annotation("aaaa", tokens, ((0, 4),), ((0, 4),), ()))
    assert len(tree.left) == 4


def test_parents_are_the_innermost_and_never_cyclic() -> None:
    outer = (((0, 100),), 110)
    middle = (((10, 50),), 5)
    inner = (((20, 30),), 15)
    assert find_parents([outer, middle, inner]) == [None, 0, 1]
    # Two contents that hold each other's cue.
    mutual = find_parents([(((0, 10),), 25), (((20, 30),), 5)])
    assert mutual.count(None) >= 1
