"""Decoding and normalising. All texts are invented."""

from __future__ import annotations

import os
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.text import decode, describe_binary, guess_encoding, normalise_text

FRENCH = "Le ministre a déclaré que la récolte était tardive et que l’école fermerait. " * 8
RUSSIAN = "Министр заявил, что урожай запаздывает и что дороги закрыты для движения. " * 8
ARABIC = "قال الوزير إن الحصاد تأخر هذا العام وإن الطرق مغلقة أمام حركة المرور. " * 8


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (ARABIC, "cp1256"),
    ],
)
def test_encodings_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).removeprefix("\ufeff") == text


def test_one_broken_byte_does_not_change_the_encoding_of_the_rest() -> None:
    data = FRENCH.encode() + b"\xff" + RUSSIAN.encode()
    assert decode(data) == FRENCH + "\ufffd" + RUSSIAN


NAMED = "“No,” said Zoë Muñoz – mayor of Besançon."


@pytest.mark.parametrize(
    "text", [NAMED, FRENCH, RUSSIAN, "Zoë Muñoz", "Report by Núria of Kavria — €"]
)
def test_utf8_cut_inside_a_character_stays_utf8(text: str) -> None:
    data = text.encode()
    first = next(i for i, byte in enumerate(data) if byte > 127) + 2
    for end in range(first, min(len(data), 400)):
        assert decode(data[:end]) == data[:end].decode("utf-8", "replace")


def test_utf8_cut_inside_its_only_character_stays_utf8() -> None:
    assert decode(b"The mayor, Mu\xc3") == "The mayor, Mu\ufffd"
    assert decode(b"He said: \xe2\x80") == "He said: \ufffd"


@pytest.mark.parametrize("stray", [b"\x92", b"\xe9", b"\xff", b"\x85", b"\xa0"])
@pytest.mark.parametrize("text", [NAMED, RUSSIAN[:70], "Zoë Muñoz"])
def test_a_stray_byte_is_replaced_and_the_rest_stays_utf8(text: str, stray: bytes) -> None:
    assert decode(text.encode() + b" it" + stray + b"s late") == f"{text} it\ufffds late"
    assert decode(b"it" + stray + b"s late " + text.encode()) == f"it\ufffds late {text}"


def test_damage_far_from_the_other_letters_does_not_change_the_encoding() -> None:
    filler = b"The minister said it again. " * 3_000
    data = b"caf\xe9 " + filler + (NAMED * 3).encode()
    assert decode(data).endswith(NAMED)


@pytest.mark.parametrize("name", ["José", "CAFÉ", "Groß", "MANHÃ", "“SCÉ”"])
def test_a_word_of_another_page_is_not_taken_for_damaged_utf8(name: str) -> None:
    assert decode(f"It is called {name}".encode("cp1252")) == f"It is called {name}"


@pytest.mark.parametrize("text", [NAMED, RUSSIAN, ARABIC])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_text_even_if_its_last_byte_is_lost(
    text: str, encoding: str
) -> None:
    data = text.encode(encoding)
    assert describe_binary(data) is None
    assert decode(data) == text
    assert decode(data[:-1])[:-1] == text[:-1]


def test_an_encoding_that_a_page_declares_is_tried_before_a_guess() -> None:
    assert (
        decode("Öl für Lodrino: 5 €".encode("iso8859-15"), "iso-8859-15") == "Öl für Lodrino: 5 €"
    )


@pytest.mark.parametrize("declared", ["no-such-code", "zip", "rot13", "hex", "idna", ""])
def test_a_false_declaration_does_no_harm(declared: str) -> None:
    assert decode(FRENCH.encode("cp1252"), declared).startswith("Le ministre a d")


def test_a_sample_cut_inside_a_character_still_is_utf8() -> None:
    data = RUSSIAN.encode()
    assert [guess_encoding(data[:end]) for end in range(51, 56)] == ["utf-8"] * 5


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04....", "a ZIP archive or an office document"),
        (b"\x89PNG\r\n", "an image"),
        (bytes(range(256)) * 40, "binary data"),
        (b"\x00" * 500 + b"text", "binary data"),
        (b"plain text", None),
        (b"text with one \x00 null byte in it", None),
        (FRENCH.encode("utf-16"), None),
        (FRENCH.encode("utf-16-le"), None),
        (b"", None),
    ],
)
def test_binary_data_is_told_from_text(data: bytes, kind: str | None) -> None:
    assert describe_binary(data) == kind


def test_random_bytes_are_binary() -> None:
    assert all(describe_binary(os.urandom(5000)) is not None for _ in range(20))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\r\r\nb\r\rc", "a\nb\n\nc"),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x07c\x1b[31md\x7fe", "abc[31mde"),
        ("\x93Yes,\x94 he said\x85 it\x92s \x80 5", "“Yes,” he said… it’s € 5"),
        ("it\xe2\x80\x99s \xe2\x80\x9cMu\xc3\xb1oz\xe2\x80\x9d", "it’s “Muñoz”"),
        ("\xc3\x89cole \xc0\x80", "École À€"),
        ("\x93The caf\xe9\x94\x97 he said", "“The café”— he said"),
        ("a\x81b\x8dc", "abc"),
        ("tab\tstays", "tab\tstays"),
        ("e\u0301cole", "école"),
        ("\ufefftext", "text"),
        ("lone \ud800 surrogate \udfff", "lone \ufffd surrogate \ufffd"),
        ("zero\u200bwidth \u202eto left\u202c \u200f",
         "zero\u200bwidth \u202eto left\u202c \u200f"),
    ],
)  # fmt: skip
def test_text_is_normalised(text: str, normal: str) -> None:
    assert normalise_text(text) == normal


@given(st.text(alphabet=st.characters()))
def test_normal_text_is_nfc_encodes_and_stays_as_it_is(text: str) -> None:
    normal = normalise_text(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert normal.encode("utf-8").decode("utf-8") == normal
    assert "\r" not in normal
    assert "\x00" not in normal
    assert normalise_text(normal.removeprefix("\ufeff")) == normal.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(normalise_text(decode(data)), str)


def test_a_long_run_of_combining_marks_is_cut_and_takes_no_time() -> None:
    begin = time.process_time()
    normal = normalise_text("a" + "\u0301\u0316" * 200_000 + "b")
    assert time.process_time() - begin < 20
    assert len(normal) < 40
    assert normal[-1] == "b"
