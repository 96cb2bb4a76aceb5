"""The language of reports. All sentences are invented."""

from __future__ import annotations

import pytest

from sayso.read.language import detect_language, parse_language

ENGLISH = "The minister said that the harvest was late this year and the roads were closed. "
OTHERS = {
    "fr": "Le ministre a déclaré que la récolte était tardive et que les routes fermaient. ",
    "de": "Der Minister sagte, die Ernte sei in diesem Jahr spät und die Straßen seien gesperrt. ",
    "es": "El ministro dijo que la cosecha llegaba tarde este año y que las carreteras cerraban. ",
    "ru": "Министр заявил, что урожай в этом году запаздывает и что дороги закрыты для движения. ",
    "ar": "قال الوزير إن الحصاد تأخر هذا العام وإن الطرق مغلقة أمام حركة المرور في الشمال. ",
}


def test_english_is_detected() -> None:
    assert detect_language(ENGLISH) == "en"


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_detected(code: str) -> None:
    assert detect_language(OTHERS[code] * 3) == code


@pytest.mark.parametrize("text", ["", "Lodrino", "12 34 56 78 90 " * 20, '"' * 100_000, "\n" * 500])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect_language(text) is None


def test_a_foreign_quotation_does_not_change_the_language_of_a_long_report() -> None:
    assert detect_language(ENGLISH * 40 + OTHERS["fr"] + ENGLISH * 40) == "en"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-US", "en"), ("en_GB", "en"), ("eng", "en"),
        ("English", "en"), (" french ", "fr"), ("fas", "fa"), ("zh-Hans-CN", "zh"), ("gsw", "gsw"),
        ("und", None), ("klingon language", None), ("e", None), ("1", None), ("", None),
    ],
)  # fmt: skip
def test_a_language_column_is_read(value: str, code: str | None) -> None:
    assert parse_language(value) == code
