"""Names in one report and who is who among them, over hand-built annotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.clusters import is_short_for
from sayso.extract.mentions import find_mentions
from sayso.extract.naming import fold_words
from sayso.records.annotation import Annotation, Name, Token


def build(text: str, *names: tuple[str, str]) -> Annotation:
    """Build an annotation: words split at white space, each name found from left to right."""
    tokens: list[Token] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        tag = "NNP" if word[0].isupper() else "NN" if word[0].isalpha() else "."
        tokens.append(Token(start, at, word, word.lower(), tag, "dep", 0))
    found = []
    at = 0
    for words, kind in names:
        start = text.index(words, at)
        at = start + len(words)
        inside = [i for i, t in enumerate(tokens) if start <= t.start < at]
        found.append(Name((start, at), inside[0], inside[-1] + 1, kind))
    return Annotation(text, tuple(tokens), ((0, len(tokens)),), ((0, len(tokens)),), tuple(found))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ziyad al-Farsani", ("ziyad", "farsani")),
        ("Ziyad Al-Farsani", ("ziyad", "farsani")),
        ("Zoë Ångström", ("zoe", "angstrom")),
        ("Orin Pask Jr.", ("orin", "pask")),
        ("Orin Pask's", ("orin", "pask")),
        ("the Reed Party", ("reed", "party")),
        ("Amir-Tovel", ("amir", "tovel")),
        ("", ()),
    ],
)
def test_names_are_folded_to_words(text: str, words: tuple[str, ...]) -> None:
    assert fold_words(text) == words


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("Pask", "Orin Pask", True),
        ("Ald Pask", "Orin Ald Pask", True),
        ("Orin Pask", "Orin Ald Pask", True),
        ("O. Pask", "Orin Pask", True),
        ("Orin A. Pask", "Orin Ald Pask", True),
        ("Mara Pask", "Orin Pask", False),
        ("Orin", "Orin Pask", False),
        ("Orin Tovel", "Orin Pask", False),
        ("Pask Orin", "Orin Pask", False),
    ],
)
def test_an_omitted_word_is_cheap_and_a_contradicted_one_fatal(
    short: str, full: str, fits: bool
) -> None:
    assert is_short_for(fold_words(short), fold_words(full)) is fits


def test_a_surname_joins_its_one_bearer() -> None:
    annotation = build("Orin Pask left . Pask wept", ("Orin Pask", "PERSON"), ("Pask", "ORG"))
    mentions, entities = find_mentions(annotation, "r-1")
    assert [m.entity_id for m in mentions] == [entities[0].entity_id] * 2
    assert [m.type for m in mentions] == ["person", "person"]
    assert entities[0].name == "Orin Pask"
    assert entities[0].spellings == (("Orin Pask", 1), ("Pask", 1))


def test_a_surname_of_two_people_stays_with_neither() -> None:
    annotation = build(
        "Orin Pask met Mara Pask . Pask wept",
        ("Orin Pask", "PERSON"),
        ("Mara Pask", "PERSON"),
        ("Pask", "PERSON"),
    )
    mentions, entities = find_mentions(annotation, "r-1")
    assert len(entities) == 2
    assert mentions[2].entity_id is None


def test_a_surname_that_the_pipeline_missed_is_found() -> None:
    annotation = build("Orin Pask left . Pask wept", ("Orin Pask", "PERSON"))
    mentions, entities = find_mentions(annotation, "r-1")
    assert [m.text for m in mentions] == ["Orin Pask", "Pask"]
    assert len(entities) == 1


def test_a_name_takes_the_type_it_mostly_has() -> None:
    annotation = build(
        "Ostvik Ostvik Ostvik", ("Ostvik", "GPE"), ("Ostvik", "PERSON"), ("Ostvik", "GPE")
    )
    mentions, entities = find_mentions(annotation, "r-1")
    assert {m.type for m in mentions} == {"place"}
    assert len(entities) == 1


def test_a_title_before_one_word_makes_all_its_mentions_a_persons() -> None:
    text = "President Orvel spoke . Orvel left . Orvel met . Orvel ate"
    names = [("Orvel", "PERSON"), *[("Orvel", "ORG")] * 3]
    mentions, entities = find_mentions(build(text, *names), "r-1")
    assert [e.type for e in entities] == ["person"]
    assert [m.type for m in mentions] == ["person"] * 4


def test_articles_titles_and_possessives_are_no_part_of_a_name() -> None:
    annotation = build(
        "the Reed Party and Mr. Pask", ("the Reed Party", "ORG"), ("Mr. Pask", "PERSON")
    )
    mentions, _ = find_mentions(annotation, "r-1")
    assert [m.text for m in mentions] == ["Reed Party", "Pask"]


def test_initials_join_the_one_organisation_they_fit() -> None:
    annotation = build(
        "Kesh Water Board met . KWB spoke", ("Kesh Water Board", "ORG"), ("KWB", "ORG")
    )
    mentions, entities = find_mentions(annotation, "r-1")
    assert len(entities) == 1
    assert mentions[1].entity_id == entities[0].entity_id


@pytest.mark.parametrize(
    ("text", "marked", "kind", "found"),
    [
        ("Talks with another Reed Council failed", "another Reed Council", "ORG", "Reed Council"),
        ("Some Reed Council members left", "Some Reed Council", "ORG", "Reed Council"),
        ("Leaders of Some Reed met", "Some Reed", "ORG", "Some Reed"),
        ("They met Army Sgt. Orin", "Army Sgt.", "ORG", "Army"),
        ("Next Gen America won", "Next Gen America", "ORG", "Next Gen America"),
        ("The Aviation Adm. ruled", "Aviation Adm.", "ORG", "Aviation Adm."),
        ("They met Robert Pask Robert ( Odo ) Pask", "Robert Pask Robert", "PERSON", "Robert Pask"),
        ("Robert Pask Robert said", "Robert Pask Robert", "PERSON", "Robert Pask Robert"),
        ("They met Amir Pask Amir ( Odo )", "Amir Pask Amir", "PERSON", "Amir Pask Amir"),
    ],
)
def test_what_stands_around_a_name_is_none_of_it(
    text: str, marked: str, kind: str, found: str
) -> None:
    mentions, _ = find_mentions(build(text, (marked, kind)), "r-1")
    assert found in {m.text for m in mentions}


@pytest.mark.parametrize(
    ("text", "marked", "type_"),
    [
        ("Sailors of the Robert Pask .", "Robert Pask", "organisation"),
        ("Sailors of the Robert Pask drowned", "Robert Pask", "person"),  # tagged as a noun here
        ("Sailors met Robert Pask .", "Robert Pask", "person"),
        ("He was the Robert Pask . later on Pask was tired .", "Robert Pask", "person"),
        ("They heard the Orin Pask .", "Orin Pask", "person"),  # the Dalai Lama
        ("They saw the Robert Bay .", "Robert Bay", "place"),
    ],
)
def test_a_full_name_with_an_article_is_no_persons(text: str, marked: str, type_: str) -> None:
    kind = "GPE" if type_ == "place" else "PERSON"
    mentions, _ = find_mentions(build(text, (marked, kind)), "r-1")
    assert {m.text: m.type for m in mentions}.get(marked) == type_


def test_numbers_and_dates_are_not_mentions() -> None:
    annotation = build("Pask came Monday", ("Pask", "PERSON"), ("Monday", "DATE"))
    assert [m.text for m in find_mentions(annotation, "r-1")[0]] == ["Pask"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["Orin Pask", "Pask", "Mara Pask", "Reed Party", "al-Farsani", "Mr. Lorn"]
            ),
            st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "DATE"]),
        ),
        max_size=12,
    )
)
def test_mentions_are_in_order_and_every_entity_id_is_an_entity(
    names: list[tuple[str, str]],
) -> None:
    annotation = build(" and ".join(n for n, _ in names), *names)
    mentions, entities = find_mentions(annotation, "r-1")
    spans = [m.span for m in mentions]
    assert spans == sorted(spans)
    assert all(annotation.text[s:e] == m.text for m in mentions for s, e in [m.span])
    ids = [e.entity_id for e in entities]
    assert len(ids) == len(set(ids))
    assert {m.entity_id for m in mentions} - {None} == set(ids)
    assert all(sum(count for _, count in e.spellings) >= 1 for e in entities)
