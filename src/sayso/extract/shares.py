"""Parts of a figure told in words: "30 people, mostly children", "most of whom were women".

Order: the figures that can be a whole; from each on, to the end of the sentence after it, words of
a share that a comma, dash or bracket sets off or that begin a sentence, and what they count. The
whole is the figure that stands right before the share, else the nearest that is no part itself;
right behind a sum of money it may be a part of that, and is left out.
How much "most" is, is a convention (`data/shares.toml`); all of a part is as much as its whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from sayso.extract.figure_modes import is_measured
from sayso.extract.tree import Tree
from sayso.extract.wordlists import Percents, Vague, load_measures, load_shares
from sayso.records.figure import Figure
from sayso.records.ids import make_id
from sayso.records.span import Span

FOUND_BY = "shares/1"

# Of one report, one sentence; real ones have far fewer.
MAX_SHARES = 200
MAX_IN_SENTENCE = 4
# So many tokens before a share, a figure stands right before it.
RIGHT_BEFORE = 3
# Words from a whole to its share ("30 people in the strip since the war began, mostly children").
MAX_WORDS_BACK = 40
MAX_WORDS_COUNTED = 5
MAX_COPULAS = 5
# The longest words of a share, in tokens.
MAX_WORDS_OF_SHARE = 3

ALL = "all"

_OPENING = frozenset((",", "(", "–", "—", "-", "--", ";", "["))
_CLOSING = frozenset(
    (",", ")", ".", ";", ":", "–", "—", "-", "--", "]", "!", "?", "\n", "”", '"', "’")
)
_WHOM = frozenset(("them", "whom"))
_HAVE = frozenset(("have", "has", "had"))
_BE = frozenset(("were", "are"))
_MODIFIERS = frozenset(
    ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "PRP$")
)
_NO_WHOLES = ("percent", "share", "age", "times", "other:number", "money", "percentage_points")


@dataclass(frozen=True, slots=True)
class _Share:
    """kind: of the words; first, last: their tokens; counted: the characters of what they count.

    whole_named: of whom they are said to be part ("the dead"), None if only of the figure before;
    begins: whether they begin a sentence.
    """

    kind: str
    first: int
    last: int
    counted: Span
    whole_named: str | None = None
    begins: bool = False


def add_shares(
    tree: Tree, figures: Sequence[Figure], text_sha256: str, vague: Vague
) -> tuple[Figure, ...]:
    """Return the figures and the shares told in words of them, in order, disjoint."""
    wholes = [figure for figure in figures if _can_be_whole(figure)]
    taken = {i for figure in figures for i in tree.tokens_in(figure.span)}
    sums = {tree.token_at(f.span[1] - 1) for f in figures if (f.measure or "").startswith("money")}
    shares: list[Figure] = []
    done = -1
    for at, whole in enumerate(wholes):
        begin = max(tree.token_at(whole.span[1] - 1) + 1, done)
        end = _end_after(tree, begin, wholes[at + 1] if at + 1 < len(wholes) else None)
        done = max(done, end)
        for share in _find_shares(tree, begin, end, taken):
            of = _find_whole(tree, share, wholes[: at + 1])
            near = set(range(share.first - RIGHT_BEFORE, share.first))
            if of is not None and not near & sums and len(shares) < MAX_SHARES:
                made = _make_figure(tree, share, of, vague.shares)
                figure_id = make_id("f", of.report_id, text_sha256, *made.span)
                shares.append(replace(made, figure_id=figure_id))
    return tuple(sorted((*figures, *shares), key=lambda figure: figure.span))


def _can_be_whole(figure: Figure) -> bool:
    measure = figure.measure or ""
    return (
        not is_measured(measure)
        and not measure.startswith(_NO_WHOLES)
        and figure.value not in (Decimal(0), Decimal(1))
    )


def _end_after(tree: Tree, begin: int, following: Figure | None) -> int:
    """Return where the words after a figure end: with the next sentence of its paragraph, or
    where the next figure stands.
    """
    tokens = tree.tokens
    limit = len(tokens) if following is None else tree.token_at(following.span[0])
    limit = min(limit, begin + MAX_WORDS_BACK * 2)
    here = tree.sentence[begin - 1]
    end = begin
    while (
        end < limit
        and tree.sentence[end] - here <= 1
        and tree.paragraph[end] == tree.paragraph[begin - 1]
    ):
        end += 1
    return end


def _find_shares(tree: Tree, begin: int, end: int, taken: set[int]) -> list[_Share]:
    found: list[_Share] = []
    i = begin
    while i < end and len(found) < MAX_IN_SENTENCE:
        share = _read_share(tree, i, taken)
        if share is not None:
            found.append(share)
            i = tree.token_at(share.counted[1] - 1)
        i += 1
    return found


def _read_share(tree: Tree, i: int, taken: set[int]) -> _Share | None:
    """Return the share whose words begin at a token, None if none do."""
    tokens, words = tree.tokens, load_shares()
    begins = tree.sentence[i] != tree.sentence[i - 1]
    before = tokens[i - 1].text
    # No hyphen within a word ("the third-most seats").
    is_set_off = before in _OPENING and (before != "-" or tokens[i - 1].end < tokens[i].start)
    is_told = _is_told_of(tree, i)
    for size in range(MAX_WORDS_OF_SHARE, 0, -1):
        key = tuple(t.text.lower() for t in tokens[i : i + size])
        span = (i, i + size - 1)
        if key in words.before_noun and (is_set_off or is_told):
            share = _count(tree, words.before_noun[key], span, i + size, taken)
            return share if share is None else replace(share, begins=is_told)
        if key not in words.before_of:
            continue
        if before.lower() == "including":
            of = tokens[i + size : i + size + 1]
            at = i + size + (of != () and of[0].text.lower() == "of")
            return _count(tree, words.before_of[key], span, at, taken)
        if is_set_off or begins or before.lower() == "and":
            share = _read_of(tree, words.before_of[key], span, begins=begins, taken=taken)
            is_bare = share is not None and share.last == span[1]
            return None if is_bare and not (is_set_off or begins) else share
    return None


def _is_told_of(tree: Tree, i: int) -> bool:
    """Say whether "mostly" stands behind "who were", "They were"."""
    tokens = tree.tokens
    return (
        i >= 2
        and tokens[i - 1].text.lower() in _BE
        and tokens[i - 2].text.lower() in ("who", "they")
    )


def _read_of(
    tree: Tree, kind: str, span: tuple[int, int], *, begins: bool, taken: set[int]
) -> _Share | None:
    """Return the share of "most of them children", "most were children", ", most children"."""
    tokens, words = tree.tokens, load_shares()
    first, last = span
    named = None
    at = last + 1
    following = [t.text.lower() for t in tokens[at : at + 3]]
    if following[:1] == ["of"] and len(following) > 1 and following[1] in _WHOM:
        last, at = at + 1, at + 2
    elif following[:2] == ["of", "the"] and len(following) == 3:
        named, last, at = following[2], at + 2, at + 3
        if not any(named in nouns for nouns in words.wholes.values()):
            return None
    elif kind != "most":
        return None  # ", some children", "Many were children" may be said of others
    links = 0
    while at < len(tokens) and links < MAX_COPULAS and tokens[at].text.lower() in words.copulas:
        links, at = links + 1, at + 1
    if links and tokens[at - 1].text.lower() in _HAVE:
        return None  # "many of whom have children"
    if not links and (begins or named is not None):
        return None  # "Most children stayed"
    share = _count(tree, kind, (first, last), at, taken)
    if share is None or (not links and last == span[1] and not _is_closed(tree, share)):
        return None
    return replace(share, whole_named=named, begins=begins)


def _is_closed(tree: Tree, share: _Share) -> bool:
    """Say whether nothing goes on behind what is counted (", most women and children,")."""
    after = tree.token_at(share.counted[1] - 1) + 1
    return after >= len(tree.tokens) or tree.tokens[after].text[:1] in _CLOSING


def _count(tree: Tree, kind: str, span: tuple[int, int], at: int, taken: set[int]) -> _Share | None:
    """Return a share with what it counts from a token on: nouns in the plural, two joined by
    "and" among them; None where that is none.
    """
    tokens = tree.tokens
    if at < len(tokens) and tokens[at].text.lower() in (*load_shares().adverbs, "the"):
        at += 1
    noun = _find_plural(tree, at, taken)
    if noun is None or tree.sentence[noun] != tree.sentence[span[0]]:
        return None
    last = noun
    if noun + 1 < len(tokens) and tokens[noun + 1].text.lower() in ("and", "or"):
        joined = _find_plural(tree, noun + 2, taken)
        if joined is not None and not _begins_clause(tree, joined):
            last = joined
    if last + 1 < len(tokens) and tokens[last + 1].tag == "POS":
        return None
    if _begins_clause(tree, last):
        return None
    return _Share(kind, span[0], span[1], (tokens[at].start, tokens[last].end))


def _begins_clause(tree: Tree, noun: int) -> bool:
    """Say whether a noun is the subject of a verb behind it ("mostly, people stayed")."""
    token = tree.tokens[noun]
    head = tree.tokens[token.head]
    if noun + 1 == len(tree.tokens) or tree.tokens[noun + 1].text[:1] in _CLOSING:
        return False
    return (
        token.dep in ("nsubj", "nsubjpass")
        and token.head > noun
        and head.tag[:2]
        in (
            "VB",
            "MD",
        )
    )


def _find_plural(tree: Tree, at: int, taken: set[int]) -> int | None:
    """Return the noun in the plural at the end of the words from a token on."""
    tokens, measures = tree.tokens, load_measures()
    noun = None
    if at < len(tokens) and tokens[at].tag == "VBG":
        return None  # "mostly making toys"
    for j in range(at, min(at + MAX_WORDS_COUNTED, len(tokens))):
        if j in taken or tokens[j].tag not in _MODIFIERS or tree.sentence[j] != tree.sentence[at]:
            break
        if tokens[j].tag[:2] == "NN":
            noun = j
    if noun is None or tokens[noun].text.lower() == "others":
        return None
    token, word = tokens[noun], tokens[noun].text.lower()
    is_many = token.tag in ("NNS", "NNPS") or (token.lemma in measures.people and word != "family")
    is_time = word in measures.units or token.lemma in measures.units
    return noun if is_many and not is_time and word not in measures.nouns else None


def _find_whole(tree: Tree, share: _Share, wholes: Sequence[Figure]) -> Figure | None:
    """Return the figure that a share is part of: the one right before it, else the nearest that
    is no part; one it can be part of by its measure, where the share says of whom.
    """
    accepted, named = load_shares().wholes, share.whole_named
    for whole in reversed(wholes[-MAX_IN_SENTENCE * 2 :]):
        at = tree.token_at(whole.span[1] - 1)
        between = tree.sentence[share.first] - tree.sentence[at]
        if share.first - at > MAX_WORDS_BACK or between > share.begins:
            return None
        is_meant = named is None or named in accepted.get(whole.measure or "", ())
        if is_meant and (whole.subset_of is None or share.first - at <= RIGHT_BEFORE):
            return whole
    return None


def _make_figure(tree: Tree, share: _Share, whole: Figure, percents: Percents) -> Figure:
    """Return a share as a figure, but for its id."""
    text = tree.annotation.text
    span = tree.span(share.first, share.last)
    start, end = share.counted
    figure = replace(
        whole,
        figure_id="",
        span=span,
        text=text[span[0] : span[1]],
        counted=text[start:end],
        found_by=FOUND_BY,
        subset_of=whole.figure_id,
    )
    if share.kind == ALL:
        return figure
    lo, hi = _get_interval(percents.get(share.kind), whole)
    return replace(figure, value=None, value_lo=lo, value_hi=hi, bound="vague")


def _get_interval(
    percent: tuple[Decimal, Decimal] | None, whole: Figure
) -> tuple[Decimal | None, Decimal | None]:
    """Return how many a share may be, whole ones: over the first per cent of the least that its
    whole may be, up to the second of the most.
    """
    if percent is None:
        return None, None
    lo, hi = whole.value_lo, whole.value_hi
    least = None if lo is None else _floor(lo * percent[0] / 100) + 1
    most = None if hi is None else _floor(hi * percent[1] / 100)
    return least, most


def _floor(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_FLOOR)
