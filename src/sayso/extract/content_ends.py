"""Where what is said begins and ends within its sentence, told by the parse around its cue.

"X's claim that ballots were missing was wrong": what X claims ends before "was". "If X tells us
that he was paid, we will act": it ends at the comma. "X said the same day that …": it begins at
"that".
"""

from __future__ import annotations

from sayso.extract.cues import load_cues
from sayso.extract.reading import Reading
from sayso.extract.subjects import AUXILIARIES, FINITE, MAX_CLIMB
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote, is_unquoted
from sayso.records.span import Span

# What stands before the verb of its clause, and holds the cue: the clause goes on behind it.
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
_BEFORE = frozenset(("advcl", "prep"))
# Between a subject and its verb they begin another clause.
_OPENING = frozenset(("mark", "nsubj", "nsubjpass", "expl", "cc"))
_CLAUSAL_SUBJECTS = ("csubj", "csubjpass")
# What may stand between a verb and the "that" of its clause, and is of the verb.
_BESIDE_VERB = frozenset(("npadvmod", "advmod", "punct", "tmod"))
_ENDS = frozenset(".?!")
# A sentence may end in them without another period.
HALVES_OF_DAY = frozenset(("a.m.", "p.m."))
_CLOSING = frozenset(("”", "’", '"', "'", "''", "»", ")"))
# "…, without elaborating": how somebody spoke. The others take what is not told.
_WITHHELD = frozenset(("elaborate", "specify"))
_WITHHOLDING = frozenset(("give", "provide", "offer", "cite", "present"))
_NOT_TOLD = frozenset(
    ("detail", "evidence", "proof", "explanation", "example", "reason", "specifics", "figure")
)
MAX_WITHHELD, MAX_BESIDE = 10, 12
# What begins a clause that is put in before what is said, and how long that may be.
_ASIDE = frozenset(("because", "since", "as", "if", "when", "though", "although", "while"))
MIN_ASIDE, MAX_ASIDE, MAX_CLAUSE = 5, 30, 60
_LOOSE = frozenset((".", ",", ";", ":", "?", "!", "-", "–", "—", "”", "''", '"'))
# A verb that so often has a clause without "that" for its content in PolNeAR train takes one.
MIN_CLAUSES = 4


def fit_ends(reading: Reading, anchor: Span, cue: Span, span: Span) -> Span:
    """Return a piece of a content from where the clause that is said begins to where it ends."""
    begun = _begin_behind_aside(reading, cue, _begin_at_that(reading, anchor, span))
    whole = _end_with_clause(reading, cue, begun)
    inside = _leave_comment(reading, cue, _end_before_main(reading, anchor, whole))
    return _leave_withheld(reading, cue, _end_with_sentence(reading, cue, inside))


def _end_before_main(reading: Reading, anchor: Span, span: Span) -> Span:
    """Return a piece behind a cue up to the end of the subject, the clause or the phrase that holds
    both and stands before a verb: "those who threatened to leave are back".
    """
    tree = reading.tree
    inside = tree.tokens_in(span)
    at = first = tree.token_at(anchor[0])
    if not len(inside) or inside[0] <= at:
        return span
    last = find_end_of_subject(tree, first, inside)
    for _ in range(MAX_CLIMB):
        head = tree.tokens[at].head
        if last is not None or head == at or not 0 <= head < len(tree.tokens):
            break
        if inside[0] <= tree.right[at] < inside[-1] and _goes_before(tree, at, first):
            last = tree.right[at]
        at = head
    if last is None:
        return span
    while last > inside[0] and tree.tokens[last].text == ",":
        last -= 1
    cut = tree.tokens[last].end
    whole = cut >= span[1] or not any(map(str.isalnum, tree.annotation.text[span[0] : cut]))
    return span if whole or not _may_cut(reading, anchor, span, cut) else (span[0], cut)


def _goes_before(tree: Tree, at: int, anchor: int) -> bool:
    """Say whether a word is the subject of the verb behind it, or a clause or phrase that stands
    before that between commas. anchor: the word of a cue, which hangs on it.
    """
    tokens = tree.tokens
    dep, head, last = tokens[at].dep, tokens[at].head, tree.right[at]
    if last >= head or at > anchor:
        return False
    if dep in _BEFORE:
        whether = tokens[tree.left[at]].text.lower() == "whether"
        parted = whether or tokens[last + 1].text == ","
        return parted and (_tells_when(tree, at) if dep == "advcl" else at != anchor)
    clausal = dep in _CLAUSAL_SUBJECTS
    if dep not in _SUBJECTS or clausal != (tokens[at].tag[:1] in "VM"):
        return False
    if clausal and not _can_be_subject(tree, at):
        return False
    between = [i for i in tree.children[head] if last < i < head]
    parts = [head, *(i for i in between if tokens[i].dep in AUXILIARIES)]
    plain = not any(tokens[i].dep in _OPENING or tokens[i].tag == "TO" for i in between)
    finite = tokens[head].tag == "VBN" or any(tokens[i].tag in FINITE for i in parts)
    return plain and finite and not _is_that(tree, head) and not _takes_clause(tree, anchor, last)


def _tells_when(tree: Tree, clause: int) -> bool:
    """Say whether a word of "if" or "when" begins a clause, or it is a participle: not "as he said,
    …", which says what follows.
    """
    first = tree.tokens[tree.left[clause]]
    if first.text.lower() in ("as", "like"):
        return False
    return first.tag in ("IN", "WRB") or tree.tokens[clause].tag in ("VBG", "VBN")


def _is_that(tree: Tree, verb: int) -> bool:
    """Say whether a verb is "is" before what somebody says: "my answer to this is that …"."""
    behind = tree.tokens[min(verb + 1, len(tree.tokens) - 1)]
    return tree.tokens[verb].lemma == "be" and behind.text.lower() in ("that", ":", ",")


def _takes_clause(tree: Tree, anchor: int, last: int) -> bool:
    """Say whether words that end in the object of a verb may be the subject of a clause that it
    takes: "those claiming the dam | is full".
    """
    at, clauses = last, load_cues().counts
    for _ in range(MAX_CLIMB):
        head = tree.tokens[at].head
        if at <= anchor or head == at:
            return False
        said = clauses.get(tree.tokens[head].lemma, {}).get("clause", (0, 0))[1]
        if tree.tokens[at].dep == "dobj" and tree.left[at] == head + 1 and said >= MIN_CLAUSES:
            return True
        at = head
    return False


def _can_be_subject(tree: Tree, clause: int) -> bool:
    """Say whether a clause can be a subject: "saying so", "what he says", not "he says so"."""
    tokens, first = tree.tokens, tree.tokens[tree.left[clause]]
    if tree.child(clause, "nsubj", "nsubjpass", "aux") is None:
        head = tokens[clause].head
        # "Claiming the vote was fair, X told …" begins with no subject.
        fronted = tree.opens_sentence(tree.left[clause]) and tokens[head].head > head
        return tokens[clause].tag in ("VBG", "VB") and not fronted
    return first.tag[:1] == "W" or first.dep == "mark" or tokens[clause].tag == "VBG"


def find_end_of_subject(tree: Tree, anchor: int, inside: range) -> int | None:
    """Return the last word of a clause behind a noun that was parsed as the subject of the verb
    behind it, though "that" begins it: "the claim that the dam leaks | was made". None if there is
    none.
    """
    noun = tree.tokens[anchor]
    alone = noun.tag[:2] == "NN" and noun.head == anchor
    if not alone or tree.tokens[inside[0]].text.lower() != "that":
        return None
    verb = tree.tokens[inside[0]].head
    clause = tree.child(verb, *_CLAUSAL_SUBJECTS) if inside[0] < verb <= inside[-1] else None
    if clause is None or not inside[0] < tree.left[clause] <= clause < verb:
        return None
    subject = tree.child(clause, "nsubj", "nsubjpass", "expl")
    finite = tree.tokens[clause].tag in FINITE or tree.child(clause, "aux", "auxpass") is not None
    begins = (
        subject is not None
        and tree.left[subject] == tree.left[clause]
        and tree.tokens[subject].tag[:1] != "W"
    )
    return tree.right[clause] if finite and begins and tree.right[clause] < verb else None


def _may_cut(reading: Reading, anchor: Span, span: Span, cut: int) -> bool:
    """Say whether a piece can end at an offset: no quotation that begins in it goes on there."""
    quote = find_quote(reading.quotes, cut)
    return quote is None or quote.start <= anchor[0] or quote.start >= cut or quote.end <= span[0]


def _begin_at_that(reading: Reading, anchor: Span, span: Span) -> Span:
    """Return a piece behind a cue from its "that" on, without the words before it that tell when or
    how it was said: "said the same day that …".
    """
    tree = reading.tree
    inside, verb = tree.tokens_in(span), tree.token_at(anchor[0])
    clause = tree.child(verb, "ccomp")
    if not len(inside) or clause is None or not verb < inside[0] < clause <= inside[-1]:
        return span
    that = tree.left[clause]
    marks = tree.tokens[that].text.lower() == "that" and tree.tokens[that].dep == "mark"
    between = range(max(inside[0], that - MAX_BESIDE), that)
    if not marks or inside[0] != between.start or tree.tokens[verb].tag[:2] != "VB" or not between:
        return span
    for i in between:
        at = i
        while tree.tokens[at].head in between and tree.tokens[at].head != at:
            at = tree.tokens[at].head
        quotes = tree.tokens[at].tag in ("``", "''")
        if quotes or tree.tokens[at].head != verb or tree.tokens[at].dep not in _BESIDE_VERB:
            return span
    begin = tree.tokens[that].start
    free = find_quote(reading.quotes, span[0]) == find_quote(reading.quotes, begin)
    return (begin, span[1]) if free else span


def _begin_behind_aside(reading: Reading, cue: Span, span: Span) -> Span:
    """Return a piece from its "that" on, without a clause that is put in between commas before it:
    "X knows, because her aides told her, that …".
    """
    tree = reading.tree
    tokens, inside = tree.tokens, tree.tokens_in(span)
    last = tree.token_at(cue[1] - 1)
    if len(inside) < MIN_ASIDE or not last < inside[0] <= last + 2:
        return span
    first = tokens[inside[0]]
    opens = first.text.lower() in _ASIDE and first.tag in ("IN", "WRB")
    if not opens or tokens[last].tag[:2] != "VB" or tokens[last + 1].text != ",":
        return span
    for i in inside[2:MAX_ASIDE]:
        if tokens[i].text.lower() == "that" and tokens[i - 1].text == ",":
            plain = is_unquoted(reading.quotes, (span[0], tokens[i].start))
            return (tokens[i].start, span[1]) if plain and tokens[i].dep == "mark" else span
    return span


def _end_with_clause(reading: Reading, cue: Span, span: Span) -> Span:
    """Return a piece that ends in a word that begins a clause up to the end of that: "it was late
    when, as X pointed out, | the train left".
    """
    tree = reading.tree
    inside = tree.tokens_in(span)
    last = inside[-1] if len(inside) else 0
    while last > (inside[0] if len(inside) else 0) and tree.tokens[last].text == ",":
        last -= 1
    verb = tree.tokens[last].head
    opens = tree.tokens[last].dep in ("mark", "advmod") and tree.tokens[last].tag in ("IN", "WRB")
    if not opens or span[0] < cue[1] or not last < verb < min(last + MAX_CLAUSE, len(tree.tokens)):
        return span
    end = tree.right[verb]
    while end > verb and tree.tokens[end].text in _LOOSE:
        end -= 1
    longer = span[0], tree.tokens[end].end
    near = tree.sentence[last] == tree.sentence[end] and end < last + MAX_CLAUSE
    return (
        longer
        if near and is_unquoted(reading.quotes, (tree.tokens[last].start, longer[1]))
        else span
    )


def _leave_comment(reading: Reading, cue: Span, span: Span) -> Span:
    """Return a piece up to a quotation that ends in a comma, without the outlet's "which" behind it
    ("called it a “farce,” which it was").

    Of 14 such clauses beside contents of PolNeAR without a quotation in them, one is part of it.
    """
    tree, quotes = reading.tree, reading.quotes
    inside = tree.tokens_in(span)
    if span[0] < cue[1]:
        return span
    for i in inside[2:]:
        if tree.tokens[i].text.lower() != "which" or tree.tokens[i].tag != "WDT":
            continue
        quote = find_quote(quotes, tree.tokens[i - 1].start)
        ends = quote is not None and quote.closed and quote.end == tree.tokens[i - 1].end
        if quote is None or not ends or tree.tokens[i - 2].text != ",":
            continue
        behind = tree.tokens[i].start, span[1]
        return (span[0], quote.end) if is_unquoted(quotes, behind) else span
    return span


def _end_with_sentence(reading: Reading, cue: Span, span: Span) -> Span:
    """Return a piece behind a verb in its sentence without the next sentence, which is not quoted:
    "gushed that the plan is “deeply human.” Imagine …".
    """
    tree, text = reading.tree, reading.tree.annotation.text
    inside = tree.tokens_in(span)
    speaks = any(tree.tokens[i].tag[:2] == "VB" for i in tree.tokens_in(cue))
    if not len(inside) or not speaks or text[cue[1] : span[0]].strip(" “\"‘'"):
        return span
    if cue[1] > span[0] or tree.sentence[inside[0]] == tree.sentence[inside[-1]]:
        return span
    if find_quote(reading.quotes, cue[0]) is not None:
        return span
    for i in inside[1:]:
        opens = tree.opens_sentence(i) and tree.tokens[i].text[:1].isupper()
        if not opens or not is_unquoted(reading.quotes, (tree.tokens[i].start, span[1])):
            continue
        last = i - 1
        while last > inside[0] and tree.tokens[last].text in _CLOSING:
            last -= 1
        ended = tree.tokens[last].text in _ENDS or text[tree.tokens[last].end - 1] in "?!…"
        if ended or tree.tokens[last].text.lower() in HALVES_OF_DAY:
            return span[0], tree.tokens[i - 1].end
    return span


def _leave_withheld(reading: Reading, cue: Span, span: Span) -> Span:
    """Return a piece without what somebody did not tell at its end: "…, without elaborating"."""
    tree = reading.tree
    inside = tree.tokens_in(span)
    for i in reversed(inside[-MAX_WITHHELD:]):
        if tree.tokens[i].text.lower() != "without":
            continue
        if i < inside[0] + 2 or tree.tokens[i - 1].text != "," or span[0] < cue[1]:
            return span
        quoted = find_quote(reading.quotes, tree.tokens[i].start) is not None
        told = _withholds(tree, range(i + 1, inside[-1] + 1))
        return (span[0], tree.tokens[i - 2].end) if told and not quoted else span
    return span


def _withholds(tree: Tree, words: range) -> bool:
    """Say whether words behind "without" say that something is not told: "giving details"."""
    first = next((i for i in words if tree.tokens[i].tag != "RB"), None)
    if first is None or tree.tokens[first].tag != "VBG" or tree.tokens[first].dep != "pcomp":
        return False
    lemma, thing = tree.tokens[first].lemma, tree.child(first, "dobj")
    if lemma in _WITHHELD:
        return True
    return lemma in _WITHHOLDING and thing is not None and tree.tokens[thing].lemma in _NOT_TOLD


def begin_opening(tree: Tree, first: int, comma: int) -> int | None:
    """Return where the words before somebody who is put in between commas begin that are said: at
    the "because" of "X left because, she said, …". first, comma: the first word of the sentence,
    and the comma. None if none of them is said.
    """
    last = tree.tokens[comma - 1]
    if last.dep == "mark" and last.tag == "IN":
        return comma - 1
    return None if last.tag == "CC" else first
