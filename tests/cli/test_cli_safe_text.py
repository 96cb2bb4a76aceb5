"""What a report holds cannot act on a terminal, and JSON stays the same value."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.safe_text import escape_json, neutralise, one_line

CASES = [
    ("The council met.", "The council met."),
    ("“Señor Ålesund” said – 5 €", "“Señor Ålesund” said – 5 €"),
    ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
    ("\x1b]0;title\x07", "␛]0;title␇"),
    ("a\x00b", "a␀b"),
    ("a\x7fb", "a␡b"),
    ("one\ntwo\tthree\r", "one␊two␉three␍"),
    ("\x9b31m", "\\x9b31m"),
    ("\x85", "\\x85"),
    ("\u202eesrever", "‹U+202E›esrever"),
    ("\u202a\u202b\u202c\u202d", "‹U+202A›‹U+202B›‹U+202C›‹U+202D›"),
    ("\u2066\u2067\u2068\u2069", "‹U+2066›‹U+2067›‹U+2068›‹U+2069›"),
    ("\u200e\u200f\u061c", "‹U+200E›‹U+200F›‹U+061C›"),
    ("So\u200bvan", "So‹U+200B›van"),
    ("\ufeffSovan", "‹U+FEFF›Sovan"),
    ("so\u00adft", "so‹U+00AD›ft"),
    ("a\u2028b\u2029", "a‹U+2028›b‹U+2029›"),
    ("lone \udcff half", "lone ‹U+DCFF› half"),
    ("tag\U000e0041", "tag‹U+E0041›"),
    ("filler\u3164", "filler‹U+3164›"),
    ("شهر ۱۲", "شهر ۱۲"),
    ("\u0600\u0661", "\u0600\u0661"),  # an Arabic number sign is printed
    ("e\u0301, 漢字, 🌊", "e\u0301, 漢字, 🌊"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_what_acts_or_hides_is_made_visible(text: str, shown: str) -> None:
    assert neutralise(text) == shown


def test_kept_controls_are_left_and_others_are_not() -> None:
    assert neutralise("one\ntwo\x1b\u200e\n", keep="\n") == "one\ntwo␛‹U+200E›\n"


def test_a_cell_is_one_line() -> None:
    assert one_line("  one\n\ttwo \x1b three\u2028four ") == "one two ␛ three four"


@given(st.text(st.characters(codec=None)))
def test_neutral_text_holds_no_control_and_no_format_character(text: str) -> None:
    hidden = {c for c in neutralise(text) if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
    bidi = {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert not hidden
    assert not {c for c in neutralise(text) if unicodedata.bidirectional(c) in bidi}


@given(st.text())
def test_neutralising_twice_changes_nothing(text: str) -> None:
    assert neutralise(neutralise(text)) == neutralise(text)


@given(st.dictionaries(st.text(), st.text()), st.booleans())
def test_escaped_json_is_the_same_value(value: dict[str, str], terminal: bool) -> None:
    line = json.dumps(value, ensure_ascii=False)
    assert json.loads(escape_json(line, terminal=terminal)) == value


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\ufeff", "\U000e0041", "\u00ad", "\u3164"])
def test_json_on_a_terminal_escapes_what_hides(hidden: str) -> None:
    line = json.dumps({"a\\": f"x\\{hidden}y"}, ensure_ascii=False)
    escaped = escape_json(line, terminal=True)
    assert hidden not in escaped
    assert json.loads(escaped) == {"a\\": f"x\\{hidden}y"}
    assert escape_json(line, terminal=False) == line


def test_json_never_holds_what_breaks_lines_or_cannot_be_encoded() -> None:
    line = json.dumps("a\x7f\x85\u2028\u2029\udc80b", ensure_ascii=False)
    escaped = escape_json(line, terminal=False)
    assert escaped == '"a\\u007f\\u0085\\u2028\\u2029\\udc80b"'
    assert len(escaped.splitlines()) == 1
    escaped.encode("utf-8")


def test_json_on_a_terminal_keeps_letters_readable() -> None:
    line = json.dumps("“Ålesund”, 漢字 🌊 شهر", ensure_ascii=False)
    assert escape_json(line, terminal=True) == line
