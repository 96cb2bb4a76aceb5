"""Names as the text has them: the tokens, the edges trimmed, the words folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.given_names import load_given_names
from sayso.records.span import Span

_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|an|ad|at)[-‐‑]", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_HYPHENS = ("-", "‐", "‑")
_DASHES = ("–", "—", "-", "--")
_PARTY_AND_PLACE = re.compile(r"[A-Z]-[A-Z]")
# What an owner's name has behind it, as tokens; parsers take some for quotation marks.
OWNING = frozenset(("'s", "’s", "'", "’"))
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
# Words of a name that is not run together with the next one.
MIN_REPEATED = 2
# Letters behind a person's name, without dots: "NAME KC", "NAME (rtd.)".
_ORDERS = "KC QC SAN MP MEP MSP MLA OBE CBE MBE DBE KBE PhD DPhil FRS Esq"
_RETIRED = "rtd Rtd RTD retd Retd RETD"
LETTERS = frozenset(f"{_ORDERS} {_RETIRED}".split())
# What addresses somebody and is none of their name, whatever its case: "Alhaji NAME".
_ADDRESSING = frozenset(
    ("alhaja", "alhaji", "hajia", "hajiya", "hojatoleslam", "mallam", "monsignor", "shri")
)
MAX_TITLE = 4  # letters and more of a title that is part of a name
# Before a role: "Prime Minister", "Vice President".
_RANKED = frozenset(("prime", "vice", "deputy", "chief"))
# Longer ones that are printed with a dot; "Barr." is a surname as well.
_DOTTED = frozenset(("brig", "cllr", "cmdr", "comr", "engr", "insp", "prof", "supt"))
MAX_BRACKET = 8  # characters of initials in brackets
# What stands before a name and is none of it, in small letters or at the beginning of a sentence:
# "another Harbour Council".
_BEFORE = frozenset(
    (
        "another",
        "some",
        "any",
        "every",
        "each",
        "such",
        "these",
        "those",
        "neighbouring",
        "neighboring",
    )
)
# What stands behind a name that nothing more is said of.
_ENDS_A_NAME = frozenset((".", "''", "POS", "VBD", "VBZ", "MD", "-RRB-"))
# Ranks behind an arm of the service, without the name of whom they belong to ("Army Sgt").
_RANKS = frozenset(("gen", "lt", "col", "maj", "capt", "sgt", "cpl", "adm"))
_ARMS = frozenset(("army", "navy", "force", "marine", "marines", "corps", "guard", "police"))
_MARKS = frozenset(("``", "''"))
_LEAD_TAGS = frozenset(("RB", "UH", "CC", "IN", "WRB"))
_TAIL_TAGS = frozenset(("POS", ".", ",", ":", "-LRB-", "''", "``", "CC", "IN"))


@dataclass(frozen=True, slots=True)
class Named:
    """One name in the text: tokens [first, last), its type and its folded words; owner: those of
    whose body it is. Letters behind a name ("NAME KC") are among its tokens and not in its text.
    """

    first: int
    last: int
    span: Span
    text: str
    type: str
    words: tuple[str, ...]
    title: str | None
    owner: tuple[str, ...] = ()


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a name for comparing: no case, accents, articles (al-) or suffixes."""
    plain = unicodedata.normalize("NFD", text.replace("’", "'").replace("‑", "-"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words: list[str] = []
    for raw in plain.split():
        word = _ARTICLE.sub("", _POSSESSIVE.sub("", raw.strip(".,;:()[]\"“”'")))
        words.extend(w.lower() for w in word.split("-") if w)
    while len(words) > 1 and words[-1].rstrip(".") in SUFFIXES:
        words.pop()
    return tuple(w for w in words if w != "the") or tuple(words)


def find_suffix(tree: Tree, name: Named) -> str | None:
    """Return what tells a person from a namesake, in lower case: "jr" in or behind a name."""
    tokens = tree.tokens
    last = tokens[name.last - 1].text.lower().rstrip(".")
    if last in SUFFIXES and name.last - name.first > 1:
        return last
    behind = tokens[name.last].text.lower().rstrip(".") if name.last < len(tokens) else ""
    return behind if behind in SUFFIXES else None


def get_bracket(tree: Tree, name: Named) -> str | None:
    """Return the initials that stand in brackets behind a name, as in "Harbour Union (HU)"."""
    tokens = tree.tokens[name.last : name.last + 3]
    if len(tokens) < 3 or tokens[0].text != "(" or tokens[2].text != ")":
        return None
    short = tokens[1].text
    letters = {w[0] for w in name.words}
    plain = short.isalnum() and 1 < len(short) <= MAX_BRACKET
    capital = short[:1].lower() in letters and sum(c.isupper() for c in short) > 1
    return short if plain and capital else None


def name_run(tree: Tree, words: RoleWords, run: range, kind: str) -> Named | None:
    """Return the name in a run of tokens, its edges trimmed, None if nothing is left of it."""
    tokens = tree.tokens
    paragraph = tree.paragraph[run.stop - 1]
    run = range(max(run.start, tree.annotation.paragraphs[paragraph][0]), run.stop)
    last = run.stop
    first, title = _find_start(tree, words, run, kind)
    while last > first and _is_tail(tree, last - 1):
        last -= 1
    for i in range(first, last):
        rank = kind == "organisation" and first < i == last - 1 and _is_rank(tree, i)
        colon = tokens[i].text == ":" and i + 1 < last and tokens[i + 1].tag in _MARKS
        if rank or colon or tokens[i].text == "(" or (i > first and _is_dash(tree, i)):
            last = i
            break
    half, rest = divmod(last - first, 2)
    if half and not rest and _same_text(tree, first, first + half, half):
        first += half  # a caption or a headline run together: "NAME NAME said"
    elif half and kind == "person" and _begins_again(tree, first, last):
        last -= 1
    if first >= last or not any(c.isalpha() for c in tokens[last - 1].text):
        return None
    if kind == "person" and _is_no_person(tree, words, range(first, last)):
        return None
    if last - first == 1 and (_is_apart(tree, first) or is_dotted_title(tree, words, first)):
        return None
    if title is None and first > 0:
        before = tokens[first - 1].text.lower().rstrip(".")
        title = before if before in words.titles else None
    span = tree.span(first, _skip_letters(tree, range(first, last), kind) - 1)
    text = tree.annotation.text[span[0] : span[1]]
    folded = fold_words(text)
    if not folded:
        return None
    return Named(first, last, span, text, kind, folded, title)


def _find_start(tree: Tree, words: RoleWords, run: range, kind: str) -> tuple[int, str | None]:
    """Return where the name in a run begins, and the title before it."""
    tokens = tree.tokens
    first, last = run.start, run.stop
    title = None
    while first < last:
        inner = kind == "person" and first + 1 < last
        first_of_two = inner and tokens[first].text.lower() in _RANKED and first + 2 < last
        if first_of_two and words.is_role(tokens[first + 1].text.lower()):
            first += 1  # "PRIME MINISTER NAME"
        elif not _is_edge(tokens[first].text, words, inner):
            break
        title = tokens[first].text.lower().rstrip(".")
        first += 1
    while first + 1 < last and stands_before(tree, first):
        first += 1
    while first + 1 < last and kind == "person" and tokens[first].tag in _LEAD_TAGS:
        first += 1  # "Maybe NAME"
    if kind == "person" and first + 2 < last and _is_loud(tree, first):
        first += 1
    return first, title


def _is_loud(tree: Tree, i: int) -> bool:
    """Say whether a word of no name is in capitals before one that is not: "FURIOUS NAME"."""
    word, name = tree.tokens[i], tree.tokens[i + 1]
    loud = word.text.isupper() and len(word.text) >= MAX_TITLE and name.text[1:].islower()
    return loud and word.tag[:1] in ("J", "V", "R")


def has_letters(tree: Tree, run: range) -> bool:
    """Say whether a run ends with letters behind a name: NAME MP; not where all is in capitals."""
    tokens = [tree.tokens[i] for i in run]
    behind = tokens[-1].text.replace(".", "") in LETTERS
    return behind and any(not t.text.isupper() for t in tokens[:-1])


def _skip_letters(tree: Tree, run: range, kind: str) -> int:
    """Return where a person's name ends before the letters behind it."""
    while kind == "person" and len(run) > 1 and has_letters(tree, run):
        run = run[:-1]
    return run.stop


def _is_apart(tree: Tree, i: int) -> bool:
    """Say whether a word is letters that stand apart behind a name: the KC of "Given NAME KC" where
    the pipeline saw nothing but that, "(rtd.)".
    """
    before = tree.tokens[i - 1] if i else None
    if before is None or tree.tokens[i].text.replace(".", "") not in LETTERS:
        return False
    plain = before.tag == "NNP" and before.text[1:].islower()
    return before.text == "(" or (plain and tree.sentence[i] == tree.sentence[i - 1])


def is_dotted_title(tree: Tree, words: RoleWords, i: int) -> bool:
    """Say whether a word is a title whose dot was taken for the end of a sentence: "Smt. NAME".

    It begins its sentence, stands behind a comma ("a lawyer, Barr. NAME"), or can be nothing else.
    """
    tokens = tree.tokens
    low = tokens[i].text.lower()
    if low not in words.titles or i + 2 >= len(tokens):
        return False
    dotted = tokens[i + 1].text == "." and tokens[i + 1].start == tokens[i].end
    ends = tree.sentence[i + 2] != tree.sentence[i + 1] and tokens[i + 2].tag == "NNP"
    opens = tree.opens_sentence(i) or tokens[i - 1].text == ","
    short = opens or low in _DOTTED or len(low) < MAX_TITLE
    return dotted and ends and short and tree.paragraph[i + 2] == tree.paragraph[i]


def skip_lead(tree: Tree, words: RoleWords, source: range) -> range:
    """Return a source without what was taken for another sentence before a name: "Smt. | NAME", a
    word in capitals: "FURIOUS | NAME".
    """
    tokens = tree.tokens
    at = next((i for i in source[1:] if tree.sentence[i] != tree.sentence[i - 1]), None)
    if at is None or tokens[at].tag != "NNP" or tree.sentence[source[-1]] != tree.sentence[at]:
        return source
    title = at - 2 in source and is_dotted_title(tree, words, at - 2)
    loud = at == source.start + 1 and tokens[at - 1].text.isupper() and tokens[at - 1].tag != "NNP"
    return range(at, source.stop) if title or (loud and len(tokens[at - 1].text) > 1) else source


def _begins_again(tree: Tree, first: int, last: int) -> bool:
    """Say whether a name of three words and more ends with the given name that it begins with,
    where another name begins: "Mike Sovan Mike (Odo) Sovan", as headlines are run together.
    """
    tokens = tree.tokens
    if last - first <= MIN_REPEATED or tokens[last - 1].text != tokens[first].text:
        return False
    begins = last < len(tokens) and (tokens[last].text == "(" or tokens[last].tag == "NNP")
    return begins and tokens[first].text.lower() in load_given_names().western


def stands_before(tree: Tree, i: int) -> bool:
    """Say whether a word only stands before a name: "another", "Some" that begins a sentence."""
    word = tree.tokens[i].text
    return word.lower() in _BEFORE and (word.islower() or _opens(tree, i))


def _opens(tree: Tree, i: int) -> bool:
    """Say whether a sentence begins with a word, perhaps behind a bullet."""
    mark = i > 0 and not any(c.isalnum() for c in tree.tokens[i - 1].text)
    return tree.opens_sentence(i) or (mark and tree.opens_sentence(i - 1))


def _is_rank(tree: Tree, i: int) -> bool:
    """Say whether a name ends with a rank behind an arm of the service."""
    rank = tree.tokens[i].text
    arm = tree.tokens[i - 1].text.lower() in _ARMS
    return arm and rank[:1].isupper() and rank.lower().rstrip(".") in _RANKS


def is_called_the(tree: Tree, name: Named) -> bool:
    """Say whether a name like a Western person's has an article of its own, as a ship or a prize
    has and a person has not: "the Robert Sovan sailed", but neither "the Robert Sovan campaign" nor
    "the Robert Sovan who", "the Robert Sovan of old".
    """
    tokens = tree.tokens
    if len(name.words) == 1 or name.first == 0 or tokens[name.first - 1].text.lower() != "the":
        return False
    given = tokens[name.first].text.lower() in load_given_names().western
    behind = tokens[name.last].tag if name.last < len(tokens) else "."
    return given and behind in _ENDS_A_NAME


def _is_tail(tree: Tree, i: int) -> bool:
    """Say whether a token at the end of a run is none of the name: NAME's, "NAME's coming"."""
    if tree.tokens[i].text in OWNING:
        return True
    return tree.tokens[i].tag in _TAIL_TAGS and not is_hyphened(tree, i)


def _is_dash(tree: Tree, i: int) -> bool:
    """Say whether a token is a dash between words, as in "NAME – a father", and no hyphen."""
    return tree.tokens[i].text in _DASHES and tree.tokens[i - 1].end < tree.tokens[i].start


def _same_text(tree: Tree, a: int, b: int, count: int) -> bool:
    return all(tree.tokens[a + i].text == tree.tokens[b + i].text for i in range(count))


def is_hyphened(tree: Tree, i: int) -> bool:
    """Say whether a word hangs on the one before by a hyphen, whatever its tag: NAME-in."""
    tokens = tree.tokens
    if i < 2 or tokens[i - 1].text not in _HYPHENS or not tokens[i].text.isalpha():
        return False
    return tokens[i - 2].end == tokens[i - 1].start and tokens[i - 1].end == tokens[i].start


def _is_no_person(tree: Tree, words: RoleWords, run: range) -> bool:
    """Say whether a run is the role before a name, "D-Ostvik", or a first word with a capital."""
    tokens = tree.tokens
    last = tokens[run.stop - 1]
    if _PARTY_AND_PLACE.match(tree.annotation.text, tree.tokens[run.start].start) is not None:
        return True
    if len(run) > 1:
        named = run.stop < len(tokens) and tokens[run.stop].tag == "NNP"
        return named and words.is_role(last.text.lower())
    return tree.opens_sentence(run.start) and last.tag[:2] in ("VB", "JJ")


def _is_edge(text: str, words: RoleWords, person: bool) -> bool:
    low = text.lower().rstrip(".")
    if low in ("the", "a", "an") or not any(c.isalnum() for c in text):
        return True
    short = len(low) < MAX_TITLE and (person or not text.isupper())
    if low in words.titles and text[:1].isupper() and (text.endswith(".") or short):
        return True
    if person and low in _ADDRESSING | _DOTTED:
        return True
    # "Spokeswoman NAME" is a person's name with a role; "King NAME" is how kings are called.
    return person and low in words.nouns and words.titles.get(low, "any") == "any"
