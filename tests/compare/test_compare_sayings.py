"""What a saying says does not depend on what is read with it."""

from __future__ import annotations

import pytest

from sayso.compare.sayings import SayingReader

pytestmark = pytest.mark.language

TEXTS = (
    "the northern pier of Kestrin harbour closed after divers found cracks in four piles",
    "nobody in the lower valley lacks water, and 40 pumps were mended by Friday",
    "the ferry to Halvik",
)


def test_each_text_is_read_alone() -> None:
    reader = SayingReader()
    together = reader.read(TEXTS)
    assert reader.read(TEXTS[::-1]) == together[::-1]
    assert [reader.read([text])[0] for text in TEXTS] == together
    assert [q.measure for q in together[1].quantities]
    vectors = reader.embed(TEXTS)
    assert reader.embed(TEXTS[1:]) == vectors[1:]
    assert {len(vector) for vector in vectors} == {384}


def test_it_says_what_its_answers_depend_on() -> None:
    version = SayingReader().version
    assert version is not None
    assert version == SayingReader().version
