"""Other ways of print for the same articles, another choice each epoch.

So that the model does not lean on what one country's newspapers of two years share: quotations in
single marks, without any or with one lost, names from elsewhere, rarer words for "said", the first
line of a dispatch. And attributions inside attributions, which the corpus does not annotate, made
by letting somebody say a sentence in which somebody says something.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.records.span import Span
from training.composing import (
    LOWERED,
    PRONOUNS,
    let_promise,
    let_quote_as_saying,
    let_reject,
    let_say,
)
from training.corpus import Article, Example
from training.edits import Edit, apply_edits
from training.synonyms import exchange_cues

SINGLE_MARKS = 0.08
NO_MARKS = 0.08
LOST_MARK = 0.10
OTHER_NAMES = 0.15
OTHER_CUES = 0.3
DISPATCH = 0.10
TURNS = 0.12
NESTED_SENTENCES = 0.12
SAID_SENTENCES = 0.01
REJECTED_SENTENCES = 0.012
PROMISED_SENTENCES = 0.5
JOINED_SENTENCES = 0.12
AS_SAYING = 0.3

_MARK = re.compile(r"[“”„\"«»]|``|''")
_SENTENCE = re.compile(r"(?:(?<=^)|(?<=[.?!] ))[A-Z][^.?!\n]{20,400}[.](?= |$)", re.MULTILINE)
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-zA-Z]+(?:[-'’][A-Z][a-zA-Z]+)*\b")
_NO_SPEAKERS = frozenset(["who", "that", "which", "whom", "what"])


class Variants:
    """Makes the variants of the articles of a corpus. Each (seed, epoch) gives the same ones."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self._articles = articles
        self._seed = seed
        self._sources = sorted(_find_sources(articles))

    def make(self, epoch: int) -> Iterator[Article]:
        """Yield the articles of an epoch; those of epoch 0 are the corpus as it is printed, but for
        attributions inside attributions.
        """
        for number, article in enumerate(self._articles):
            chance = random.Random(f"{self._seed} {epoch} {number}")
            changed = self._nest(join_sentences(article, chance), chance)
            if epoch:
                for share, change in (
                    (OTHER_NAMES, change_names),
                    (OTHER_CUES, exchange_cues),
                    (LOST_MARK, lose_mark),
                    (SINGLE_MARKS, use_single_marks),
                    (TURNS, let_take_turns),
                    (DISPATCH, add_dispatch_line),
                ):
                    if chance.random() < share:
                        changed = change(changed, chance)
                if chance.random() < NO_MARKS:
                    changed = remove_marks(changed)
            yield changed

    def _nest(self, article: Article, chance: random.Random) -> Article:
        if not self._sources:  # nobody who could say something: few articles
            return article
        changed = article
        for sentence in reversed(list(_SENTENCE.finditer(article.text))):
            inside = [e for e in article.examples if _lies_in(e, sentence.span())]
            crossing = [
                e for e in article.examples if e not in inside and _meets(e, sentence.span())
            ]
            if crossing or _MARK.search(sentence.group()) or not sentence.start():
                continue
            if len(inside) == 1 and chance.random() < PROMISED_SENTENCES:
                source = chance.choice(self._sources)
                promised = let_promise(changed, sentence.span(), inside[0], source, chance)
                if promised is not None:
                    changed = promised
                    continue
            if not inside and chance.random() < REJECTED_SENTENCES:
                changed = let_reject(changed, sentence.span(), self._sources, chance)
            elif chance.random() < (NESTED_SENTENCES if inside else SAID_SENTENCES):
                source = chance.choice(self._sources)
                quoted = None
                if len(inside) == 1 and chance.random() < AS_SAYING:
                    quoted = let_quote_as_saying(
                        changed, sentence.span(), inside[0], source, chance
                    )
                changed = quoted or let_say(changed, sentence.span(), source, chance)
        return changed


def _find_sources(articles: Sequence[Article]) -> set[str]:
    found = set()
    for article in articles:
        for example in article.examples:
            if len(example.spans[0]) == 1:
                start, end = example.spans[0][0]
                words = article.text[start:end]
                plain = words[0].isalpha() and words[-1].isalpha() and "\n" not in words
                if plain and 2 < len(words) < 60 and words.lower() not in _NO_SPEAKERS:
                    found.add(words)
    return found


def _lies_in(example: Example, span: Span) -> bool:
    return all(span[0] <= s and e <= span[1] for part in example.spans for s, e in part)


def _meets(example: Example, span: Span) -> bool:
    return any(s < span[1] and span[0] < e for part in example.spans for s, e in part)


def join_sentences(article: Article, chance: random.Random) -> Article:
    """Return the article with some sentences that report something joined to the next one that
    does: "X said …, and Y said …".
    """
    begins = {e.spans[0][0][0] for e in article.examples if e.spans[0] and e.spans[2]}
    ends = {e.spans[2][-1][1] for e in article.examples if e.spans[2]}
    edits = []
    before = -1  # where a sentence ends whose last words are a content
    for sentence in _SENTENCE.finditer(article.text):
        start, end = sentence.span()
        plain = _MARK.search(sentence.group()) is None
        follows = article.text[before:start] == " " and start in begins
        if follows and chance.random() < JOINED_SENTENCES:
            joint = chance.choice((", and ", ", and ", ", while ", ", but ", "; "))
            edits.append(Edit(before - 1, start, joint))
            if sentence.group().split()[0].lower() in LOWERED:
                edits.append(Edit(start, start + 1, article.text[start].lower()))
            plain = False  # three in a row are rare
        before = end if plain and end - 1 in ends else -1
    return apply_edits(article, edits)[0]


def remove_marks(article: Article) -> Article:
    """Return the article without its double quotation marks."""
    edits = [Edit(m.start(), m.end(), "") for m in _MARK.finditer(article.text)]
    return apply_edits(article, edits)[0]


def straighten_marks(article: Article) -> Article:
    """Return the article with straight double marks for all double ones."""
    edits = [Edit(m.start(), m.end(), '"') for m in _MARK.finditer(article.text)]
    return apply_edits(article, edits)[0]


def lose_mark(article: Article, chance: random.Random) -> Article:
    """Return the article with some of its quotation marks lost."""
    edits = [
        Edit(m.start(), m.end(), "") for m in _MARK.finditer(article.text) if chance.random() < 0.06
    ]
    return apply_edits(article, edits)[0]


def use_single_marks(article: Article, chance: random.Random) -> Article:
    """Return the article with single marks for its double ones."""
    straight = chance.random() < 0.5
    edits = []
    opened = False
    at = 0
    for m in _MARK.finditer(article.text):
        if "\n" in article.text[at : m.start()]:
            opened = False
        at = m.end()
        opened = m.group() in "“„«" or (m.group() in ('"', "``", "''") and not opened)
        mark = "'" if straight else "‘" if opened else "’"
        edits.append(Edit(m.start(), m.end(), mark))
    return apply_edits(article, edits)[0]


def let_take_turns(article: Article, chance: random.Random) -> Article:
    """Return the article with paragraphs that are all one quotation set as a transcript or as
    letters are: "NAME: Words." or "“Words” ― Name".
    """
    as_transcript = chance.random() < 0.6
    marked = not as_transcript or chance.random() < 0.2
    capitals = as_transcript and chance.random() < 0.6
    changed = article
    for paragraph in reversed(list(re.finditer(r"[^\n]+", article.text))):
        inside = [e for e in article.examples if _meets(e, paragraph.span())]
        if len(inside) == 1 and _is_all(article.text, inside[0], paragraph.span()):
            source, _, content = inside[0].spans
            who = article.text[slice(*source[0])].rstrip(",")
            parts = (article.text[slice(*s)].strip("“”\"', ") for s in content)
            said = " ".join(part if part[-1:] in ".?!…" else part + "." for part in parts)
            words = f"“{said}”" if marked else said
            who = who.upper() if capitals else who
            changed = _set_turn(changed, paragraph.span(), inside[0], (who, words), as_transcript)
    return changed


def _is_all(text: str, example: Example, paragraph: Span) -> bool:
    """Say whether a paragraph is one quotation with whoever said it and nothing else."""
    if len(example.spans[0]) != 1 or not _lies_in(example, paragraph):
        return False
    if not all(text[start] in "“\"'" for start, _ in example.spans[2]):
        return False
    left = list(text[slice(*paragraph)])
    for part in example.spans:
        for start, end in part:
            left[start - paragraph[0] : end - paragraph[0]] = " " * (end - start)
    who = text[slice(*example.spans[0][0])]
    return not any(c.isalnum() for c in left) and who[0].isupper() and who not in PRONOUNS


def _set_turn(
    article: Article, paragraph: Span, example: Example, turn: tuple[str, str], first: bool
) -> Article:
    who, words = turn
    others = tuple(e for e in article.examples if e != example)
    new = f"{who}: {words}" if first else f"{words} ― {who}"
    edited, _ = apply_edits(replace(article, examples=others), [Edit(*paragraph, new)])
    at = paragraph[0]
    if first:
        spans = ((0, len(who)), (len(who), len(who) + 1), (len(who) + 2, len(new)))
    else:
        end = len(words)
        spans = ((end + 3, len(new)), (end + 1, end + 2), (0, end))
    moved = tuple(((at + start, at + stop),) for start, stop in spans)
    return replace(edited, examples=(*edited.examples, Example(moved)))  # type: ignore[arg-type]


def add_dispatch_line(article: Article, chance: random.Random) -> Article:
    """Return the article with the place and the agency of a dispatch before its first words."""
    place, agency = make_name(chance).upper(), make_name(chance)
    line = chance.choice(
        (
            f"{place} ({agency}) – ",
            f"{place} — ",
            f"{place}, {agency} News Agency: ",
            f"{agency} - ",
        )
    )
    return apply_edits(article, [Edit(0, 0, line)])[0]


def change_names(article: Article, chance: random.Random) -> Article:
    """Return the article with other names for the people who speak in it, each the same one all
    through.
    """
    text = article.text
    new: dict[str, str] = {}
    for example in article.examples:
        for start, end in example.spans[0]:
            for match in _FULL_NAME.finditer(text, start, end):
                words = match.group().split()
                new.setdefault(words[0], make_name(chance, given=True))
                new.setdefault(words[-1], make_name(chance))
    if not new:
        return article
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(new, key=len)[::-1])) + r")\b")
    edits = [Edit(m.start(), m.end(), new[m.group()]) for m in pattern.finditer(text)]
    return apply_edits(article, edits)[0]


_ONSETS = """
    b d f g h j k kh l m n q r s sh t v w y z zh ch ts dzh gh th p br dr tr st sk
    """.split()  # noqa: SIM905
_VOWELS = ("a", "a", "a", "e", "i", "o", "u", "aa", "ee", "ou", "ei", "ai")
_CODAS = """
    - - - b d f h k l m n q r t z sh kh ng yev enko ic ski oglu zadeh pour
    """.replace("-", "").split(" ")


def make_name(chance: random.Random, *, given: bool = False) -> str:
    """Return an invented name as one might be written in Latin letters: Qaseem, al-Shadouri."""
    syllables = chance.randint(1, 3)
    name = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
    name = (name + chance.choice(_CODAS)).capitalize()
    if chance.random() < 0.25:
        article = chance.choice(("al-", "Al-", "el-", "El ", "ben ", "bin ", "Abu ", "de ", "van "))
        return f"Abd {article}{name}" if given and chance.random() < 0.3 else article + name
    return name
