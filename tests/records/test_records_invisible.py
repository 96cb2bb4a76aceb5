"""Characters that print nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records.invisible import strip_invisible


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\ufeff“Stay,” he said.", "“Stay,” he said."),
        ("har\xadbour\u200b", "harbour"),
        ("\u202aOrvel\u202c \u2060\u200d", "Orvel "),
        ("a\x00b\x1b[0m", "ab[0m"),
        (
            "white\t space\n\r\x0b\x0c\x85\xa0\u2028 stays",
            "white\t space\n\r\x0b\x0c\x85\xa0\u2028 stays",
        ),
        ("", ""),
    ],
)
def test_characters_that_print_nothing_are_left_out(text: str, plain: str) -> None:
    assert strip_invisible(text)[0] == plain


@given(st.text(alphabet=st.characters() | st.sampled_from("\ufeff\u200b\xad\u202e\n ")))
def test_every_character_left_stands_where_it_is_said_to(text: str) -> None:
    plain, places = strip_invisible(text)
    assert "".join(text[place] for place in places) == plain
    assert list(places) == sorted(set(places))
    left_out = set(range(len(text))) - set(places)
    assert all(unicodedata.category(text[i]) in ("Cc", "Cf", "Cn") for i in left_out)
    assert strip_invisible(plain)[0] == plain
