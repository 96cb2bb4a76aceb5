"""What of a marked attribution lies beyond its edges: in another paragraph, in a dateline, in the
verb behind a source.

A source is a noun phrase in the paragraph of its cue. An unquoted content has no heading, caption
or time of day of the paragraphs around it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.datelines import leave_dateline
from sayso.extract.overruns import leave_overrun
from sayso.extract.reading import Reading
from sayso.extract.roles import load_role_words
from sayso.extract.subjects import MAX_CLIMB, find_subject
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.annotation import TaggedAttribution, Token
from sayso.records.span import Span, overlaps

# What relays somebody's words: "citing two sources".
RELAYING = frozenset(("cite", "quote"))
# Words of a source that are looked at; and below a heading, for its verb.
MAX_SOURCE_TOKENS, MAX_LOOK_BELOW = 60, 600
MAX_HEADING_TOKENS = 40
MAX_OPENING_TOKENS = 12
# Words in which somebody may be cited between a verb and what it says.
MAX_ASIDE_TOKENS = 40
MAX_INVERTED_TOKENS = 6
_FINITE = frozenset(("VBZ", "VBP", "MD"))
_RELATIVE = frozenset(("WDT", "WP", "WP$", "WRB"))
_ENDS = frozenset(".?!")
_BEFORE_A_SOURCE = frozenset("“‘\"'«([@#$£€")
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PLURALS = frozenset(("NNS", "NNP", "NNPS"))
_INSIDE = frozenset(("amod", "compound", "nmod", "relcl"))
_ASIDES = frozenset((",", "(", "“", '"', "-", "–", "—"))
# What begins a phrase of place that the parser takes for something else.
_PLACING = frozenset(("outside", "inside", "near", "behind"))
# "Among 40 guests, …" says where; "about 40", "of those, four" say how many.
_COUNTING = frozenset(("about", "over", "under", "around", "of", "some", "between", "that", "like"))
_PHRASE = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "POS", "DT"))
_BEHIND = frozenset((",", ".", ":", "IN", "WRB", "WP", "CC", "TO"))
_BEGINS = frozenset(("DT", "PRP$", "NNP", "NN", "NNS", "NNPS", "JJ", "CD", "PRP"))


def fit_edges(reading: Reading, mark: TaggedAttribution) -> TaggedAttribution | None:
    """Return a mark without what lies beyond its edges; None if nothing of its content is left."""
    tree = reading.tree
    cue = _cut_to_paragraph(tree, mark.anchor, mark.cue)
    content = [_leave_dateline(reading, mark, span) for span in _stay_near(reading, mark)]
    told = (leave_overrun(reading, mark, (start, end)) for start, end in content if start < end)
    content = [span for span in told if span is not None]
    content = _take_clause(reading, mark.anchor, content)
    if not content:
        return None
    source = mark.source
    if source is not None:
        source = _cut_to_paragraph(tree, mark.anchor, source)
        source = _leave_relative(tree, mark.anchor, source)
        source = fit_noun_phrase(tree, cue, source)
    else:
        source = _find_inverted(reading, cue, content)
        content = [span for span in content if source is None or not overlaps(span, source)]
    return replace(mark, source=source, cue=cue, content=tuple(content))


def _find_inverted(reading: Reading, cue: Span, content: list[Span]) -> Span | None:
    """Return who stands right behind a cue in a heading that a quotation begins: "“…”, vows
    governor after riots". None if nobody does.
    """
    tree = reading.tree
    quote = find_quote(reading.quotes, content[0][0])
    verb = tree.token_at(cue[1] - 1)
    begins = quote is not None and quote.closed and quote.end <= cue[0]
    if quote is None or not begins or not _is_heading(tree, verb):
        return None
    if tree.tokens[verb].tag[:2] not in ("VB", "NN") or tree.annotation.text[
        quote.end : cue[0]
    ].strip(" ,"):
        return None
    _, last = tree.annotation.paragraphs[tree.paragraph[verb]]
    at = verb + 1
    while at < min(last, verb + 1 + MAX_INVERTED_TOKENS) and tree.tokens[at].tag in _PHRASE:
        at += 1
    if at == verb + 1:
        return None
    head, words = tree.tokens[at - 1], load_role_words()
    low = head.text.lower()
    somebody = words.is_role(low) or words.is_role(head.lemma) or low in words.organisations
    stops = at == last or tree.tokens[at].tag in _BEHIND
    return tree.span(verb + 1, at - 1) if stops and (somebody or _is_name(tree, at - 1)) else None


def _is_name(tree: Tree, token: int) -> bool:
    names = tree.annotation.names
    at = bisect_right(names, token, key=lambda n: n.first) - 1
    return at >= 0 and names[at].last == token + 1 and names[at].type in ("PERSON", "ORG")


def _leave_relative(tree: Tree, anchor: Span, source: Span) -> Span:
    """Return a source, for words in a clause about the subject of the cue that subject: "the union"
    in "the union, which NAME accuses of fraud, said".
    """
    verb, words = tree.token_at(anchor[0]), tree.tokens_in(source)
    subject = find_subject(tree, verb)
    if subject is None or not len(words) or not subject < words[0] <= words[-1] < verb:
        return source
    if words[-1] > tree.right[subject] or tree.tokens[words[0]].tag in _RELATIVE:
        return source
    at = words[0]
    for _ in range(MAX_CLIMB):
        if tree.tokens[at].dep == "relcl" or not subject < tree.tokens[at].head:
            break
        at = tree.tokens[at].head
    first, begin = tree.left[subject], tree.left[at]
    if tree.tokens[at].dep != "relcl" or not subject < begin <= words[0]:
        return source
    return fitting.trim_loose(tree.annotation.text, tree.span(first, begin - 1))


def _cut_to_paragraph(tree: Tree, anchor: Span, span: Span) -> Span:
    """Return the part of a span that is in the paragraph of a cue, the span if none of it is."""
    words = tree.tokens_in(span)
    if not len(words) or tree.paragraph[words[0]] == tree.paragraph[words[-1]]:
        return span
    first, last = tree.annotation.paragraphs[tree.paragraph[tree.token_at(anchor[0])]]
    first, last = max(first, words[0]), min(last - 1, words[-1])
    if first > last:
        return span
    start, end = tree.span(first, last)
    return max(start, span[0]), min(end, span[1])


def _stay_near(reading: Reading, mark: TaggedAttribution) -> list[Span]:
    """Return the pieces of a content without unquoted words of other paragraphs than its cue's; as
    they are if nothing else is said, or a colon leads on to them.
    """
    tree = reading.tree
    here = tree.paragraph[tree.token_at(mark.anchor[0])]
    last = tree.tokens[tree.annotation.paragraphs[here][1] - 1]
    kept = []
    for span in mark.content:
        words = tree.tokens_in(span)
        set_out = last.text == ":" and span[0] > last.start
        near = set_out or all(tree.paragraph[i] == here for i in words)
        part = span if near else _cut_to_near(reading, here, span)
        if part is not None:
            kept.append(part)
    return kept or list(mark.content)


def _cut_to_near(reading: Reading, here: int, span: Span) -> Span | None:
    """Return a piece without the unquoted words of other paragraphs at its ends; None where little
    else is left, outside the paragraph of its cue.
    """
    tree = reading.tree
    words = tree.tokens_in(span)
    inside = [
        i
        for i in words
        if tree.paragraph[i] == here or find_quote(reading.quotes, tree.tokens[i].start)
    ]
    beside = any(tree.paragraph[i] == here for i in inside)
    if not inside or (not beside and 2 * len(inside) < len(words)):
        return None
    first, last = tree.span(inside[0], inside[-1])
    return max(span[0], first), min(span[1], max(last, first))


def _leave_dateline(reading: Reading, mark: TaggedAttribution, span: Span) -> Span:
    """Return a piece of a content without a dateline; what a cue stands in is none."""
    if find_quote(reading.quotes, span[0]):
        return span
    start, end = leave_dateline(reading.tree, span)
    tree, begin = reading.tree, mark.anchor[0]
    here = tree.paragraph[tree.token_at(begin)] == tree.paragraph[tree.token_at(span[0])]
    return span if here and begin < start else (start, end)


def _take_clause(reading: Reading, anchor: Span, content: list[Span]) -> list[Span]:
    """Return a content; what a cue says with a clause of its own that other words part from it is
    that clause: "Earlier, X reported, citing Y, that …", "X said, quoting Y, who …, that …".
    """
    tree = reading.tree
    verb = tree.token_at(anchor[0])
    clause = _find_clause(tree, verb)
    if clause is None or not content:
        return content
    begin = clause[0]
    for span in content:
        near = tree.sentence[tree.token_at(span[0])] == tree.sentence[verb]
        if near and find_quote(reading.quotes, span[0]):
            return content
    between = tree.tokens[verb + 1 : tree.token_at(begin)]
    cites = any(_is_citing(token) for token in between) and content[0][0] < begin
    before = all(span[1] <= anchor[0] for span in content)
    if before or (cites and any(span[1] > anchor[0] for span in content)):
        return [clause]
    return content


def _is_citing(token: Token) -> bool:
    return token.tag == "VBG" and token.lemma in RELAYING


def _find_clause(tree: Tree, verb: int) -> Span | None:
    """Return the clause behind a verb that a "that" begins and other words part from it."""
    tokens = tree.tokens
    if tokens[verb].tag[:2] != "VB":
        return None
    marks = (tree.child(clause, "mark") for clause in tree.with_dep(verb, "ccomp"))
    found = next((m for m in marks if m is not None and _begins_clause(tree, verb, m)), None)
    if found is None:
        found = _find_clause_behind(tree, verb)
    if found is None:
        return None
    last = max(found, tree.right[tokens[found].head])
    return fitting.trim_loose(tree.annotation.text, tree.span(found, last))


def _begins_clause(tree: Tree, verb: int, mark: int) -> bool:
    token = tree.tokens[mark]
    return verb + 1 < mark < token.head and token.text.lower() == "that"


def _find_clause_behind(tree: Tree, verb: int) -> int | None:
    """Return the "that" behind the aside right behind a verb in which somebody is cited."""
    tokens = tree.tokens
    _, last = tree.annotation.sentences[tree.sentence[verb]]
    if verb + 2 >= last or tokens[verb + 1].text != "," or not _is_citing(tokens[verb + 2]):
        return None
    for i in range(verb + 3, min(last, verb + MAX_ASIDE_TOKENS)):
        if tokens[i].dep == "mark" and tokens[i - 1].text == "," and _begins_clause(tree, verb, i):
            return i
    return None


def fit_noun_phrase(tree: Tree, cue: Span, source: Span) -> Span | None:
    """Return a source without the words around its noun phrase: a bullet or "Outside court," before
    it, a verb of its own in a heading behind it. None if it has no noun.
    """
    start, end = _leave_bullet(tree, source)
    if start == end:
        return None
    words = tree.tokens_in((start, end))
    if not len(words) or len(words) > MAX_SOURCE_TOKENS:
        return start, end
    last = _find_verb(tree, cue, words)
    if last == words[0]:
        return None
    if last is not None:
        while last > words[0] and tree.tokens[last - 1].tag in ("CC", "IN", "RB"):
            last -= 1
        if last == words[0]:
            return None
        end = min(end, tree.tokens[last - 1].end)
    elif len(words) > 2 and _is_relayed(tree, words[-1]):
        end = tree.tokens[words[-1] - 2].end
    first = _find_beginning(tree, range(words[0], words[-1] + 1 if last is None else last))
    if first > words[0]:
        start = tree.tokens[first].start
    return start, end


def _is_relayed(tree: Tree, last: int) -> bool:
    """Say whether a source ends in the participle of an aside: "NAME, quoted" by others."""
    token = tree.tokens[last]
    return token.lemma in RELAYING and token.tag == "VBN" and tree.tokens[last - 1].text == ","


def _leave_bullet(tree: Tree, span: Span) -> Span:
    text, (start, end) = tree.annotation.text, span
    while start < end and not text[start].isalnum() and text[start] not in _BEFORE_A_SOURCE:
        start += 1
    whole = start == end or tree.tokens[tree.token_at(start)].start == start
    return (start, end) if whole else span


def _find_verb(tree: Tree, cue: Span, words: range) -> int | None:
    """Return the first verb in a source in a heading: "minister resigns", "NAME Receives". None
    where there is none, and of a source in which a clause may say who it is.
    """
    tokens = tree.tokens
    if not _is_heading(tree, words[0]):
        return None
    for i in words:
        token = tokens[i]
        if token.tag in _RELATIVE or token.text in _ASIDES:
            return None
        if token.tag in _FINITE and token.dep not in _INSIDE:
            return i
        if _looks_like_verb(tree, i) and tree.token_at(cue[0]) != words[-1] + 1:
            return i
    return None


def _is_heading(tree: Tree, token: int) -> bool:
    """Say whether a word stands in a headline, or a short paragraph that ends without a stop."""
    title = tree.annotation.title
    if title[0] <= token < title[1]:
        return True
    first, last = tree.annotation.paragraphs[tree.paragraph[token]]
    return last - first <= MAX_HEADING_TOKENS and tree.tokens[last - 1].text[-1] not in _ENDS


def _looks_like_verb(tree: Tree, token: int) -> bool:
    """Say whether a word with a capital behind a name or a noun is a verb in the text below, as the
    parser cannot tell in a heading.
    """
    word, before = tree.tokens[token], tree.tokens[max(token - 1, 0)]
    if word.tag not in _PLURALS or not word.text.istitle() or word.text[-1] != "s":
        return False
    if before.tag not in _NOUNS or tree.paragraph[token] != tree.paragraph[token - 1]:
        return False
    low = word.text.lower()
    stems = {low[:-1], low.removesuffix("es"), low.removesuffix("ies") + "y"}
    below = tree.tokens[token + 1 : token + 1 + MAX_LOOK_BELOW]
    verb = any(t.tag[:2] == "VB" and t.lemma in stems and t.text.islower() for t in below)
    return verb and not any(t.tag == "NNS" and t.text == low for t in below)


def _find_beginning(tree: Tree, words: range) -> int:
    """Return the first word of a source behind a phrase that says where or when: "Outside court,"
    in "Outside court, NAME, her son,".
    """
    tokens = tree.tokens
    first = words.start
    low = tokens[first].text.lower()
    opens = tokens[first].tag == "IN" or low in _PLACING
    if not opens or low in _COUNTING or not tree.opens_sentence(first):
        return first
    for i in range(first + 1, min(words.stop - 1, first + MAX_OPENING_TOKENS)):
        if tokens[i].text == ",":
            behind = tokens[i + 1]
            return i + 1 if behind.tag in _BEGINS else first
        if tokens[i].tag[:2] in ("VB", "MD") or tokens[i].tag in _RELATIVE:
            return first
    return first
