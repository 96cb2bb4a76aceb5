"""Other ways of print for the same articles, another choice each epoch.

So that the model does not lean on what one country's newspapers of two years share: quotations in
single marks, without any or with one lost, names from elsewhere, the first line of a dispatch. And
attributions inside attributions, which the corpus does not annotate, made by letting somebody say a
sentence in which somebody says something.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.records.span import Span
from training.corpus import Article, Example
from training.edits import Edit, apply_edits

SINGLE_MARKS = 0.08
NO_MARKS = 0.08
LOST_MARK = 0.10
OTHER_NAMES = 0.15
DISPATCH = 0.10
TURNS = 0.12
NESTED_SENTENCES = 0.12
SAID_SENTENCES = 0.01
REJECTED_SENTENCES = 0.012
JOINED_SENTENCES = 0.12
AS_SAYING = 0.3

_MARK = re.compile(r"[“”„\"«»]|``|''")
_SENTENCE = re.compile(r"(?:(?<=^)|(?<=[.?!] ))[A-Z][^.?!\n]{20,400}[.](?= |$)", re.MULTILINE)
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-zA-Z]+(?:[-'’][A-Z][a-zA-Z]+)*\b")
# Words that begin a sentence in capitals only because they begin it.
_PRONOUNS = frozenset(["He", "She", "They", "It", "I", "We", "You"])
_NO_SPEAKERS = frozenset(["who", "that", "which", "whom", "what"])
_LOWERED_LIST = """
    the a an he she it they we his her its their this that these those some many most several
    few one two three all both no in on at for after before when while as if there about more
    officials police people critics experts analysts
"""
_LOWERED = frozenset(_LOWERED_LIST.split())


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
        changed = article
        for sentence in reversed(list(_SENTENCE.finditer(article.text))):
            inside = [e for e in article.examples if _lies_in(e, sentence.span())]
            crossing = [
                e for e in article.examples if e not in inside and _meets(e, sentence.span())
            ]
            if crossing or _MARK.search(sentence.group()) or not sentence.start():
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


_CUES_BEFORE = (
    ("said", 6), ("said that", 4), ("says", 2), ("reported", 2), ("reported that", 2),
    ("claimed", 2), ("claimed that", 1), ("wrote that", 1), ("told reporters that", 2),
    ("confirmed that", 1), ("acknowledged that", 1), ("insisted", 1), ("noted that", 1),
    ("has said", 1), ("denied that", 1), ("announced that", 1), ("believes", 1), ("thinks", 1),
    ("testified that", 1), ("warned that", 1), ("recalled that", 1), ("added that", 1),
    ("told ADDRESSEE that", 3), ("told ADDRESSEE", 2), ("informed ADDRESSEE that", 1),
)  # fmt: skip
# Cues that "as saying" can stand for.
_SAYING_LIST = """
    said says told claimed claims argued argues insisted insists added adds noted notes explained
    stressed warned acknowledged acknowledges admitted has-said also-said
"""
_SAYING = frozenset(cue.replace("-", " ") for cue in _SAYING_LIST.split())
_ADDRESSEES = (
    "the court", "lawmakers", "the inquiry", "him", "them", "staff", "a crowd of supporters",
    "the agency", "the committee", "a local paper", "her", "colleagues", "the newspaper",
)  # fmt: skip
_REJECTIONS = (
    "rejected", "dismissed", "repeated", "questioned", "denied", "challenged", "defended",
    "brushed aside", "seized on", "was asked about", "disputed", "echoed",
)  # fmt: skip
_ASSERTIONS = (
    "claim", "claim", "allegation", "assertion", "suggestion", "accusation", "contention",
    "warning", "prediction", "report", "reports", "promise", "fears", "belief", "view", "argument",
    "rumours",
)  # fmt: skip
_CUES_AFTER = ("said", "said", "said", "says", "reported", "told reporters", "wrote", "added")


def let_quote_as_saying(
    article: Article, sentence: Span, example: Example, source: str, chance: random.Random
) -> Article | None:
    """Return the article with "SOURCE quoted X as saying …" or "X was quoted by SOURCE as saying …"
    for a sentence "X said …", None if the sentence is of another form.
    """
    (who, cue, content), (start, end) = example.spans, sentence
    simple = len(who) == len(cue) == len(content) == 1
    if not (simple and who[0][0] == start and who[0][1] < cue[0][0] < cue[0][1] < content[0][0]):
        return None
    if content[0][1] != end - 1 or article.text[slice(*cue[0])].lower() not in _SAYING:
        return None
    verb = chance.choice(("quoted", "quoted", "quotes", "cited", "has quoted"))
    first = article.text[start : who[0][1]]
    word = first.split()[0]
    lowered = first[0].lower() + first[1:] if word.lower() in _LOWERED else first
    active = chance.random() < 0.6
    if active:
        parts = [(_begin(source), 0), (verb, 1), (lowered, 3), ("as saying", 4)]
    else:
        parts = [(first, 3), ("was quoted", 1), ("by", 9), (source, 0), ("as saying", 4)]
    new = " ".join(words for words, _ in parts) + " "
    others = tuple(e for e in article.examples if e is not example)
    edit = Edit(start, content[0][0], new)
    edited, places = apply_edits(replace(article, examples=others), [edit])
    last = places.move(content[0])[1]
    at: dict[int, Span] = {}
    for words, role in parts:
        begin = max((end for _, end in at.values()), default=start - 1) + 1
        at[role] = (begin, begin + len(words))
    inner = Example(((at[3],), (at[4],), ((at[4][1] + 1, last),)))
    content_of_outer = ((at[3][0], last),) if active else (at[3], (at[4][0], last))
    outer = Example(((at[0],), (at[1],), content_of_outer))
    return replace(edited, examples=(*edited.examples, inner, outer))


def let_say(article: Article, sentence: Span, source: str, chance: random.Random) -> Article:
    """Return the article with a source put before or after a sentence, which becomes its content.

    The cue never holds "that" or whom the words were told, as PolNeAR has it.
    """
    text = article.text
    start, end = sentence
    shape = chance.random()
    word = re.match(r"\w+", text[start:end])
    lowers = word is not None and word.group().lower() in _LOWERED
    first = Edit(start, start + 1, text[start].lower() if lowers and shape < 0.85 else text[start])
    if shape < 0.55:
        words = chance.choices([c for c, _ in _CUES_BEFORE], [w for _, w in _CUES_BEFORE])[0]
        cue = words.removesuffix(" that").removesuffix(" reporters").removesuffix(" ADDRESSEE")
        words = words.replace("ADDRESSEE", chance.choice(_ADDRESSEES))
        head = f"{_begin(source)} {words} "
        edits = [Edit(start, start, head), first]
        content_from = len(head) - (5 if words.endswith(" that") else 0)
        source_at = (0, len(source))
        cue_at = (len(source) + 1, len(source) + 1 + len(cue))
    elif shape < 0.7:
        head = f"According to {source}, "
        edits = [Edit(start, start, head), first]
        content_from, source_at, cue_at = len(head), (13, 13 + len(source)), (0, 12)
    elif shape < 0.85:
        return _let_quote(article, sentence, source, chance)
    else:
        cue = chance.choice(_CUES_AFTER)
        tail = f", {source} {cue}"
        edited, places = apply_edits(article, [Edit(end - 1, end - 1, tail)])
        begin = places.move((start, end - 1))[0]
        last = end - 1 + begin - start
        spans = (
            ((last + 2, last + 2 + len(source)),),
            (
                (
                    last + 3 + len(source),
                    last + len(tail) if cue != "told reporters" else last + len(tail) - 10,
                ),
            ),
            ((begin, last),),
        )
        return replace(edited, examples=(*edited.examples, Example(spans)))
    edited, places = apply_edits(article, edits)
    begin = start  # nothing before the sentence was edited
    last = places.move((start + 1, end - 1))[1]
    spans = (
        ((begin + source_at[0], begin + source_at[1]),),
        ((begin + cue_at[0], begin + cue_at[1]),),
        ((begin + content_from, last),),
    )
    return replace(edited, examples=(*edited.examples, Example(spans)))


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
            if sentence.group().split()[0].lower() in _LOWERED:
                edits.append(Edit(start, start + 1, article.text[start].lower()))
            plain = False  # three in a row are rare
        before = end if plain and end - 1 in ends else -1
    return apply_edits(article, edits)[0]


def let_reject(
    article: Article, sentence: Span, sources: Sequence[str], chance: random.Random
) -> Article:
    """Return the article with "SOURCE rejected X's claim that …" for a sentence."""
    text, (start, end) = article.text, sentence
    source, whose = _begin(chance.choice(sources)), chance.choice(sources)
    owner = whose + ("’" if whose.endswith("s") else "’s")
    verb, noun = chance.choice(_REJECTIONS), chance.choice(_ASSERTIONS)
    owned = chance.random() < 0.7
    holder = owner if owned else "the" if chance.random() < 0.8 else "a"
    head = f"{source} {verb} {holder} {noun} that "
    word = text[start:end].split()[0]
    first = text[start].lower() if word.lower() in _LOWERED else text[start]
    edited, _ = apply_edits(article, [Edit(start, start + 1, head + first)])
    last = end - 1 + len(head)
    told = start + len(source) + 1
    held = told + len(verb) + 1
    named = held + len(holder) + 1
    content = (named + len(noun) + 1, last)
    outer = (((start, told - 1),), ((told, held - 1),), ((held, last),))
    inner = (((held, named - 1),) if owned else (), ((named, named + len(noun)),), (content,))
    return replace(edited, examples=(*edited.examples, Example(outer), Example(inner)))


def _let_quote(article: Article, sentence: Span, source: str, chance: random.Random) -> Article:
    start, end = sentence
    cue = chance.choice(("said", "said", "says", "wrote", "told reporters"))
    opened, tail = "“", f",” {source} {cue}"
    edited, _ = apply_edits(article, [Edit(start, start, opened), Edit(end - 1, end - 1, tail)])
    last = end + len(opened) - 1 + 2
    cue_length = len(cue.removesuffix(" reporters"))
    spans = (
        ((last + 1, last + 1 + len(source)),),
        ((last + 2 + len(source), last + 2 + len(source) + cue_length),),
        ((start, last),),
    )
    return replace(edited, examples=(*edited.examples, Example(spans)))


def _begin(words: str) -> str:
    return words[0].upper() + words[1:]


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
    return not any(c.isalnum() for c in left) and who[0].isupper() and who not in _PRONOUNS


def _set_turn(
    article: Article, paragraph: Span, example: Example, turn: tuple[str, str], first: bool
) -> Article:
    who, words = turn
    others = tuple(e for e in article.examples if e is not example)
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
