"""Which single-byte code page a text is in, where its bytes are no Unicode and nothing says.

Every page gets a cost, in nats: what it costs that the bytes above 127 mean the characters that the
page makes of them. In order: a word's letters by the language that explains them best of those the
page is used for; capitals after small letters, two scripts in one word, runs of accented letters;
marks by whether they stand where such marks stand. Each page begins with a handicap, so that
windows-1252 wins where nothing speaks against it: the usual text is English and holds a few names
and quotation marks. The cheapest page wins.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import cache

MAX_WORDS = 1_500  # distinct words looked at
MAX_WORD_BYTES = 60

# Letters outside ASCII, the commonest first, as our own list.
_LETTERS = {
    "french": "éèàêçôîâûùïœëüÿæ",
    "spanish": "óíáéñúü",
    "german": "üäößé",
    "portuguese": "ãçáéíóõêúâàôü",
    "italian": "èàòùìéî",
    "nordic": "äåöøæéüáó",
    "icelandic": "ðíáóþöúæéýø",
    "catalan": "éàóèíçòúïüëñ",
    "albanian": "ëç",
    "transcribed": "šž",  # what windows-1252 has of Slavic names
    "czech": "íáéěřščžýůúďňťóöü",
    "slovak": "áíýéčžšúľťôňďóäĺŕ",
    "polish": "łąęóżśćńźé",
    "hungarian": "áéöóőüíúűä",
    "romanian": "ăîâţşéáö",
    "croatian": "čšžćđäöü",
    "turkish": "ıışğüçöâîû",
    "lithuanian": "ėšųžįąčūęö",
    "latvian": "āīēšūņļģžķčõ",
    "russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "ukrainian": "оаиінтвресклудпмязьбгйчюхцїжєшщфґё",
    "bulgarian": "аиоетнрсвлкдпмъгзбуящчйцхшжюфь",
    "serbian": "аоиенрјстукдвмплзбгчшцжћхљњђфџ",
    "greek": "αοιετσνηυρπκμλςωδάγίέόχθήφβύώξζψϊϋ",
    "arabic": "اليمونترعبدسفهكقحجةشطصخأإذثىضغئزءظآؤًٌَُِّْ،؟ـ",
    "persian": "اینردومتهبشسکگلزفعخقجحصچپطآئضذغظثژءأ،؟",
    "hebrew": "יולהארתבמשנעםקדפחכטןצגסזךףץ־",
}
_WESTERN = (
    "french", "spanish", "german", "portuguese", "italian", "nordic", "icelandic", "catalan",
    "albanian", "transcribed",
)  # fmt: skip
_CENTRAL = ("czech", "slovak", "polish", "hungarian", "romanian", "croatian", "german")
_CYRILLIC = ("russian", "ukrainian", "bulgarian", "serbian")
# Handicap, languages. windows-1252 stands for Latin-1.
_PAGES: dict[str, tuple[float, tuple[str, ...]]] = {
    "cp1252": (0.0, _WESTERN),
    "iso8859-15": (4.0, _WESTERN),
    "cp1250": (4.0, _CENTRAL),
    "iso8859-2": (4.5, _CENTRAL),
    "cp1254": (4.0, ("turkish",)),
    "cp1257": (5.0, ("lithuanian", "latvian")),
    "mac-roman": (6.0, _WESTERN),
    "cp850": (7.0, _WESTERN),
    "cp1251": (3.0, _CYRILLIC),
    "koi8-r": (4.0, ("russian", "bulgarian")),
    "koi8-u": (6.0, ("ukrainian",)),
    "cp866": (6.0, _CYRILLIC),
    "iso8859-5": (6.0, _CYRILLIC),
    "cp1253": (3.0, ("greek",)),
    "iso8859-7": (3.5, ("greek",)),
    "cp1256": (3.0, ("arabic", "persian")),
    "iso8859-6": (5.0, ("arabic",)),
    "cp1255": (3.0, ("hebrew",)),
    "iso8859-8": (3.5, ("hebrew",)),
}
_OPENING, _CLOSING = frozenset("“‘«„‚‹"), frozenset("”’»›“")
_SEEN_OFTEN = frozenset("—–…•·\u00a0")
_BESIDE_NUMBERS = frozenset("€£°§©®™¢¥½¼¾²³×±№ªº¿¡")
_STRANGE, _UNDEFINED = 7.0, 12.0
_CAPITAL_INSIDE, _CAPITAL = 4.0, 0.7
_TWO_SCRIPTS, _ACCENTED_RUN = 4.0, 1.0
_UNSEEN = 7.0
_DECLARED = 8.0
_STEEPNESS = 4.5  # nats between the commonest letter of a language and its rarest


@dataclass(frozen=True, slots=True)
class Guess:
    """A page and what it costs for each byte above 127, in nats."""

    encoding: str
    cost: float


def guess_page(data: bytes, declared: str | None = None) -> Guess:
    """Return the single-byte page that explains the bytes above 127 best.

    declared: the page that a document says it is in, believed unless the text speaks against it.
    """
    words = _list_words(data)
    count = sum(sum(byte > 127 for byte in word) for word in words) or 1
    costs = {page: _cost_of_words(words, page) for page in _PAGES}
    handicaps = {page: handicap for page, (handicap, _) in _PAGES.items()}
    if declared is not None:
        handicaps[declared] = -_DECLARED
    best = min(costs, key=lambda page: costs[page] + handicaps[page])
    return Guess(best, costs[best] / count)


def is_page(encoding: str) -> bool:
    """Say whether `guess_page` knows a page, by Python's name of it."""
    return encoding in _PAGES


def _list_words(data: bytes) -> list[bytes]:
    """Return the distinct runs without white space that hold a byte above 127, in their order.

    A name that comes forty times says no more than once. What is UTF-8 among other words says
    nothing of their page.
    """
    found: dict[bytes, None] = {}
    for word in data.split():
        if not word.isascii():
            found.setdefault(word[:MAX_WORD_BYTES])
            if len(found) >= MAX_WORDS:
                break
    return [word for word in found if not _is_utf8(word)] or list(found)


def _is_utf8(word: bytes) -> bool:
    """Say whether a word is UTF-8 and Latin; by chance words of other pages give anything."""
    try:
        text = word.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(char < "\u0250" or "\u2010" <= char < "\u20d0" for char in text)


def _cost_of_words(words: list[bytes], page: str) -> float:
    """Return the cost of all words: in one language, but for names of others among them."""
    languages = _PAGES[page][1]
    totals = dict.fromkeys(languages, 0.0)
    fixed, other = 0.0, math.log(len(languages))
    for word in words:
        cost, letters = _split_word(word.decode(page, "replace"))
        fixed += cost
        by_language = {
            language: sum(_rank_letters(language).get(letter, _UNSEEN) for letter in letters)
            for language in languages
        }
        least = min(by_language.values()) + other
        for language, cost in by_language.items():
            totals[language] += min(cost, least)
    return fixed + min(totals.values())


def _split_word(text: str) -> tuple[float, list[str]]:
    """Return what all but the letters themselves costs, and the letters outside ASCII."""
    letters: list[str] = []
    cost = 0.0
    for position, char in enumerate(text):
        if char.isascii():
            continue
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < len(text) else " "
        if not char.isalpha() or char in "ªº":
            cost += _cost_of_mark(char, before, after)
            continue
        letters.append(char.lower())
        if char.isupper():
            cost += _CAPITAL_INSIDE if before.islower() else _CAPITAL
        cost += sum(_TWO_SCRIPTS for other in (before, after) if _is_other_script(char, other))
        if char <= "\u024f" and before > "\x7f" and before.isalpha():
            cost += _ACCENTED_RUN
    return cost, letters


def _cost_of_mark(char: str, before: str, after: str) -> float:
    category = unicodedata.category(char)
    inside = before.isalpha() and after.isalpha()
    if char == "\ufffd" or category == "Cc":
        return _UNDEFINED
    if char in _SEEN_OFTEN or char == "’":
        return _cost_of_usual(char, before, after)
    opens = char in _OPENING and not before.isalnum() and not after.isspace()
    closes = char in _CLOSING and not before.isspace() and not after.isalnum()
    if opens or closes:
        return 1.0
    if char in _BESIDE_NUMBERS and not inside:
        return 3.0 if before.isdigit() or after.isdigit() else 4.5
    strange = 5.0 if category in ("Mn", "Cf") else _STRANGE
    return _UNDEFINED if inside and category not in ("Mn", "Cf") else strange


def _cost_of_usual(char: str, before: str, after: str) -> float:
    """Return the cost of a dash, dots, or an apostrophe: low, but for some inside words."""
    if char == "’":
        return 0.5 if before.isalpha() and after.isalpha() else 1.0
    if char in "–•·" and before.islower() and after.islower():
        return 0.5 if before == after == "l" else 4.0  # Catalan "col·legi"
    return 1.5


@cache
def _rank_letters(language: str) -> dict[str, float]:
    """Return what each letter of a language costs: its chance falls evenly with its rank."""
    letters = _LETTERS[language]
    step = _STEEPNESS / len(letters)
    total = math.log(sum(math.exp(-step * rank) for rank in range(len(letters))))
    return {letter: total + step * rank for rank, letter in enumerate(letters)}


def _is_other_script(char: str, other: str) -> bool:
    """Say whether one of two letters that touch is Latin and the other is not."""
    return other.isalpha() and (char > "\u024f") != (other > "\u024f")
