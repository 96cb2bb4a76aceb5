"""What documents show or somebody says, named behind a whole sentence: "…, papers seen by the Post
show", "…, a judge ruled".
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract import fitting
from sayso.extract.frames import Candidate
from sayso.extract.held_verbs import SPOKEN
from sayso.extract.reading import RULES, Placed, Reading
from sayso.extract.roles import load_role_words
from sayso.extract.stance_words import load_stance_words
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import is_unquoted
from sayso.records.span import Span, cut_fragments
from sayso.records.statement import Attribution

# What documents do, of one and of many. The parser often takes it for a noun.
_OF_ONE = frozenset(("shows", "suggests", "reveals", "indicates", "says", "alleges"))
_OF_MANY = frozenset(("show", "suggest", "reveal", "indicate", "say", "allege"))
_IN_THE_PAST = frozenset(("showed", "suggested", "revealed", "indicated", "said", "alleged"))
_FORMS = _OF_ONE | _OF_MANY | _IN_THE_PAST
# Nouns that are many without an "s" at their end.
_MANY = frozenset(("data", "footage"))
# What the parser leaves of "e-mails".
_MAILS = frozenset(("mail", "mails"))
# So many words at most say when and where somebody said it.
MAX_BEHIND = 6
# So many words at most name what shows it, and so many at least are shown.
MAX_SOURCE, MIN_CONTENT = 14, 4
# What is "seen by" or "obtained by" somebody is a document, whatever it is called.
_SEEN = frozenset(
    ("seen", "obtained", "reviewed", "examined", "analysed", "analyzed", "published", "leaked")
)
# What stands before a noun, or is part of its name.
_BEFORE_NOUN = frozenset(
    (
        "DT",
        "JJ",
        "JJR",
        "JJS",
        "CD",
        "PRP$",
        "POS",
        "VBN",
        "VBG",
        "HYPH",
        "NN",
        "NNP",
        "NNPS",
        "NNS",
    )
)
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
# As sure as a label is: the words are plain, but nobody counted them.
CONFIDENCE = 0.75


def find_closing_frames(reading: Reading) -> Iterator[Placed]:
    """Yield what is said to be shown in sentences that end in documents and their verb."""
    for first, stop in reading.tree.annotation.sentences:
        found = _read_sentence(reading, first, stop)
        if found is not None:
            yield found


def closes_sentence(tree: Tree, candidate: Candidate) -> bool:
    """Say whether a candidate is somebody and a verb of saying behind a comma, with no more than
    when or where it was said behind them: "…, a judge ruled on Monday".
    """
    if candidate.frame != "front" or candidate.source is None:
        return False
    first, last = candidate.source
    comma, verb = first - 1, candidate.cue
    stop = tree.annotation.sentences[tree.sentence[verb]][1]
    if comma < 1 or tree.tokens[comma].text != "," or last + 1 != candidate.cue_words[0][0]:
        return False
    said = load_stance_words().verbs.get(candidate.lemma) in SPOKEN
    behind = [t for t in tree.tokens[verb + 1 : stop] if t.tag[:1].isalpha()]
    quiet = not any(t.tag[:2] in ("VB", "MD", "WP", "WD") for t in behind)
    return said and quiet and len(behind) <= MAX_BEHIND and tree.child(verb, "dobj") is None


def _read_sentence(reading: Reading, first: int, stop: int) -> Placed | None:
    tree = reading.tree
    verb = stop - 1
    while verb > first and not tree.tokens[verb].text[0].isalnum():
        verb -= 1
    if verb <= first or tree.tokens[verb].text.lower() not in _FORMS:
        return None
    comma = verb - 1
    while comma > max(first, verb - MAX_SOURCE - 1) and tree.tokens[comma].text != ",":
        comma -= 1
    if tree.tokens[comma].text != "," or not _shows(tree, range(comma + 1, verb), verb):
        return None
    if tree.tokens[first].tag == "CC":
        first += 1
    told = comma - first >= MIN_CONTENT and tree.holds_clause(range(first, comma))
    frame = tree.span(comma, verb)
    if not told or not is_unquoted(reading.quotes, frame):
        return None
    return _build(reading, tree.span(first, comma - 1), (tree.tokens[comma + 1].start, frame[1]))


def _build(reading: Reading, said: Span, frame: Span) -> Placed | None:
    tree, text = reading.tree, reading.tree.annotation.text
    verb = tree.tokens[tree.token_at(frame[1] - 1)]
    source = cut_fragments(text, [(frame[0], verb.start)])
    cue = cut_fragments(text, [(verb.start, verb.end)])
    content = cut_fragments(text, [fitting.snap_to_quotes(reading.quotes, said, [frame])])
    if source is None or cue is None or content is None:
        return None
    kind = fitting.get_kind(tree, reading.quoted, content)
    found = Attribution(
        kind=kind,
        source=source,
        cue=cue,
        content=content,
        confidence=CONFIDENCE,
        found_by=RULES,
    )
    return found, verb.start


def _shows(tree: Tree, words: range, verb: int) -> bool:
    """Say whether some words are a noun for documents, with who has them, and agree with a verb."""
    noun = None
    for i in words:
        if tree.tokens[i].tag not in _BEFORE_NOUN or (
            noun and tree.tokens[i].tag in ("VBN", "VBG")
        ):
            break
        noun = i if tree.tokens[i].tag in _NOUNS else noun
    if noun is None:
        return False
    behind = range(noun + 1, words.stop)
    seen = [tree.tokens[i].text.lower() for i in behind[:2]]
    shown_to = seen[:1] != [] and seen[0] in _SEEN and seen[1:] == ["by"]
    if not shown_to and not _is_document(tree, noun):
        return False
    if any(tree.tokens[i].tag in FINITE and not _is_participle(tree, i) for i in behind):
        return False
    many = tree.tokens[noun].text.lower()
    form = tree.tokens[verb].text.lower()
    if form in _IN_THE_PAST:
        return True
    return (many.endswith("s") or many in _MANY) == (form in _OF_MANY)


def _is_participle(tree: Tree, word: int) -> bool:
    """Say whether a verb in the past is a participle: "seen by", "released on"."""
    return tree.tokens[word].tag == "VBD" and tree.tokens[word + 1].tag in ("IN", "RP", "NNP")


def _is_document(tree: Tree, noun: int) -> bool:
    words = load_role_words().documents | load_stance_words().things
    text = tree.tokens[noun].text.lower()
    forms = {tree.tokens[noun].lemma, text, text.removesuffix("s"), text.removesuffix("es")}
    return not forms.isdisjoint(words) or text in _MAILS
