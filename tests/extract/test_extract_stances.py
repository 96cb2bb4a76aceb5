"""The stance of a cue, and whether it is negated or hypothetical, over invented sentences."""

from __future__ import annotations

import re
import time
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from sayso.extract import extractor
from sayso.extract.stance_words import load_stance_words
from sayso.extract.stances import Stance, find_stance
from sayso.extract.tree import Tree, build_tree
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Annotation, Token
from sayso.records.span import Fragments, Span, cut_fragments
from sayso.records.statement import STANCES
from sayso.run.annotating import annotate

TABLE = Path(__file__).with_name("stance_cases.txt")
PAIRS = {"}": "{", "»": "«", "]": "["}
DOCS = Path(__file__).parents[2] / "docs"


def read_cases() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [
        (line.split("|")[0], line.split("|", 1)[1])
        for line in lines
        if line and not line.startswith("#")
    ]


def unmark(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """Return a sentence without its brackets, and the spans of {source}, «cue» and [content]."""
    text = ""
    begun: dict[str, int] = {}
    spans: dict[str, list[Span]] = {"{": [], "«": [], "[": []}
    for character in marked:
        if character in spans:
            begun[character] = len(text)
        elif character in PAIRS:
            opening = PAIRS[character]
            spans[opening].append((begun[opening], len(text)))
        else:
            text += character
    return text, spans


def find(tree: Tree, spans: dict[str, list[Span]]) -> Stance:
    text = tree.annotation.text
    content = cut_fragments(text, spans["["])
    assert content is not None
    return find_stance(
        tree, cut_fragments(text, spans["{"]), cut_fragments(text, spans["«"]), content
    )


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.mark.language
@pytest.mark.parametrize(("wanted", "marked"), read_cases())
def test_a_cue_has_its_stance(wanted: str, marked: str, parser: Parser) -> None:
    text, spans = unmark(marked)
    tree = build_tree(parser.annotate(text, [(0, len(text))], None))
    stance, *flags = wanted.split()
    assert find(tree, spans) == Stance(stance, "n" in flags, "h" in flags)


@pytest.mark.language
def test_every_statement_of_a_report_has_a_stance_and_both_flags() -> None:
    text = (
        "The harbour master denied that the pier was unsafe. The owner did not say who had signed. "
        "“The ice is thin,” Orvik warned. The ministry will announce that the port closes."
    )
    found = [(s.stance, s.negated, s.hypothetical) for s in annotate(text).statements]
    assert found == [
        ("denies", False, False),
        ("says", True, False),
        ("warns", False, False),
        ("announces", False, True),
    ]


@pytest.mark.language
def test_a_stance_that_fails_costs_no_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Stance:
        raise ValueError

    monkeypatch.setattr(extractor, "find_stance", fail)
    findings = annotate("The owner did not say who had signed.")
    assert [(s.stance, s.hypothetical) for s in findings.statements] == [(None, None)]
    assert [(f.stage, f.error) for f in findings.failures] == [("stances", "ValueError")]


def test_the_table_holds_every_stance() -> None:
    assert {wanted.split()[0] for wanted, _ in read_cases()} == set(STANCES)


def test_without_a_cue_somebody_says_it() -> None:
    annotation = Annotation(
        "“No.”", (Token(0, 5, "“No.”", "no", "UH", "ROOT", 0),), ((0, 1),), ((0, 1),), ()
    )
    content = Fragments(((0, 5),), "“No.”")
    assert find_stance(build_tree(annotation), None, None, content) == Stance("says", False, False)


@pytest.mark.parametrize("dep", ["xcomp", "conj", "nsubj", "mark"])
def test_a_hostile_tree_of_one_long_chain_takes_no_time(dep: str) -> None:
    count = 20_000
    text = "say " * count
    tokens = tuple(
        Token(4 * i, 4 * i + 3, "say", "say", "VB", "ROOT" if i == 0 else dep, max(i - 1, 0))
        for i in range(count)
    )
    tree = build_tree(Annotation(text, tokens, ((0, count),), ((0, count),), ()))
    whole = Fragments(((0, len(text) - 1),), text[:-1])
    began = time.process_time()
    for i in range(0, 400):
        cue = Fragments(((4 * i, len(text) - 1),), text[4 * i : -1])
        assert find_stance(tree, whole, cue, Fragments(((0, 3),), "say")).stance in STANCES
    assert time.process_time() - began < 10


def test_every_word_of_the_lists_leads_to_a_known_stance() -> None:
    words = load_stance_words()
    for table in (words.verbs, words.nouns, words.adjectives, words.openers):
        assert set(table.values()) <= set(STANCES)
    for entries in words.phrases.values():
        assert all(beside and stance in STANCES for beside, stance in entries)
    for frames in words.frames.values():
        assert set(frames.values()) <= set(STANCES)


@pytest.mark.parametrize("table", ["verbs", "nouns", "adjectives", "phrases", "openers"])
def test_no_word_stands_in_a_list_twice(table: str) -> None:
    path = resources.files("sayso.extract").joinpath("data/stances.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = [word for words in data[table].values() for word in words.split()]
    assert sorted(listed) == sorted(set(listed))


@pytest.mark.parametrize("name", ["stances.toml", "stance_frames.toml", "stance_verbs.toml"])
def test_every_list_of_words_names_its_source_and_licence(name: str) -> None:
    text = resources.files("sayso.extract").joinpath(f"data/{name}").read_text(encoding="utf-8")
    head = text.split("\n[")[0]
    assert "# Source:" in head
    assert "# Licence:" in head


def test_the_definitions_and_the_data_model_name_every_stance() -> None:
    defined = re.findall(r"^\| `(\w+)` \|", (DOCS / "stances.md").read_text(), re.MULTILINE)
    assert tuple(defined) == STANCES
    row = re.search(r"\| `stance` \| (.*)", (DOCS / "data-model.md").read_text())
    assert row is not None
    assert ", ".join(STANCES) in row[1]
