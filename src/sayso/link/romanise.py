"""Names in Latin letters: lower case, no accents, whatever script they were in.

Arabic script writes few vowels, so what comes of it is marked as bare: only its consonants and long
vowels can be compared. Other scripts by anyascii's tables.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_HEBREW = re.compile("[\u0590-\u05ff]")
# Vowel points, the lengthening stroke, joiners: not compared.
_POINTS = re.compile("[\u064b-\u065f\u0670\u0640\u200c\u200d\u0591-\u05c7]")
_LETTERS = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ء": "", "ئ": "i", "ؤ": "u", "ب": "b",
    "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ک": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "u",
    "ي": "i", "ی": "i", "ى": "a", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ۀ": "eh", "ە": "e",
}  # fmt: skip
_ARTICLE = re.compile(r"\bال(?=\w{3})")
_APOSTROPHES = re.compile("[’'`ʿʾ‘ʼʹʺ′´ʻ]")


def romanise(name: str) -> tuple[str, bool]:
    """Return a name in lower-case ASCII, apostrophes left out, and whether its script leaves most
    vowels out.
    """
    if name.isascii():
        return _APOSTROPHES.sub("", name.lower()), False
    plain = unicodedata.normalize("NFKC", name)
    bare = _ARABIC.search(plain) is not None
    if bare:
        plain = _ARTICLE.sub("ال ", _POINTS.sub("", plain))
        plain = "".join(_LETTERS.get(c, c) for c in plain)
    bare = bare or _HEBREW.search(plain) is not None
    return _APOSTROPHES.sub("", anyascii(_APOSTROPHES.sub("", plain)).lower()), bare
