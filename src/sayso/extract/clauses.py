"""What the clauses around a pronoun tell: whose verb it hangs on, and where the clause stands."""

from __future__ import annotations

from collections.abc import Collection

from sayso.extract.tree import Tree

MAX_CLIMB = 6
# Words between somebody's words and a clause about them.
MAX_BETWEEN = 12
SUBJECTS = ("nsubj", "nsubjpass")
# What parsers make of a noun in front of a whole clause; "The last time, he" is none.
_LOOSE = (*SUBJECTS, "dep", "advcl", "appos")
# What somebody's words are called: whoever owns them says what is in them.
_WORDS = frozenset(
    (
        "account",
        "address",
        "announcement",
        "answer",
        "appearance",
        "article",
        "broadcast",
        "column",
        "comment",
        "essay",
        "interview",
        "letter",
        "memo",
        "message",
        "note",
        "op-ed",
        "post",
        "presentation",
        "remark",
        "reply",
        "response",
        "sermon",
        "speech",
        "statement",
        "testimony",
        "tweet",
        "video",
    )
)


def list_subjects_above(tree: Tree, pronoun: int) -> tuple[tuple[int, bool], ...]:
    """Return the subjects before a pronoun whose verbs its clause hangs on, the nearest first.

    NAME in "NAME said she would go", "NAME left when she heard it", "NAME gave his view". With each
    whether it is the clause's own: not across "and" ("NAME hit her and she …") but where both
    verbs have one subject ("NAME left and said she …"), nor out of a relative clause ("… that NAME
    had a box, which she said …").
    """
    tokens = tree.tokens
    found = []
    at, own = pronoun, True
    for _ in range(2 * MAX_CLIMB):
        subject = tree.child(at, *SUBJECTS)
        inside = subject is not None and tree.left[subject] <= pronoun <= tree.right[subject]
        verb = tokens[at].tag[:1] in ("V", "M")
        if subject is not None and subject < pronoun and verb and not inside:
            found.append((subject, own))
        joined = tokens[at].dep == "conj" and verb and subject is None
        own = own and (joined or tokens[at].dep not in ("conj", "relcl"))
        if tokens[at].head == at:
            break
        at = tokens[at].head
    return tuple(found)


def opens_sentence(tree: Tree, token: int, pronoun: int) -> bool:
    """Say whether a word stands in a phrase before the clause of a pronoun: "In NAME’s case, he".

    Not in "Recalling NAME’s work, he said": there the pronoun is the subject of both.
    """
    return _find_phrase_before(tree, token, pronoun) in ("prep", "finite")


def is_passed_by(tree: Tree, token: int, pronoun: int) -> bool:
    """Say whether a word stands in a clause whose unsaid subject a pronoun is."""
    return _find_phrase_before(tree, token, pronoun) == "bare"


def _find_phrase_before(tree: Tree, token: int, pronoun: int) -> str | None:
    tokens = tree.tokens
    verb = tokens[pronoun].head
    if tokens[pronoun].dep not in SUBJECTS or tree.sentence[token] != tree.sentence[pronoun]:
        return None
    at = token
    for _ in range(MAX_CLIMB):
        if tokens[at].head == verb and at != verb:
            if at > pronoun or tokens[at].dep not in ("prep", "advcl"):
                return None
            if tokens[at].dep == "prep":
                return "bare" if tree.child(at, "pcomp") is not None else "prep"
            return "finite" if tree.child(at, *SUBJECTS) is not None else "bare"
        if tokens[at].head == at:
            return None
        at = tokens[at].head
    return None


def stands_for_subject(tree: Tree, noun: int) -> bool:
    """Say whether a noun only tells what the pronoun behind it is: "A nurse in NAME, she said"."""
    tokens = tree.tokens
    after = tree.right[noun] + 2
    if after >= len(tokens) or tokens[after - 1].text != "," or tokens[after].tag != "PRP":
        return False
    if tokens[noun].tag != "NN" or tokens[noun].dep not in _LOOSE:
        return False
    return tokens[after].dep in SUBJECTS and tokens[after].head == tokens[noun].head


def has_who(tree: Tree, noun: int, people: Collection[str]) -> bool:
    """Say whether "who" goes on behind a noun and a comma: "the owner of the account, who".

    people: nouns for what people are, none of which may stand between.
    """
    for i in range(noun + 1, min(tree.right[noun], noun + MAX_BETWEEN) + 1):
        token = tree.tokens[i]
        if token.text.lower() == "who":
            return token.dep in SUBJECTS and tree.tokens[i - 1].text == ","
        if token.lemma in people or token.tag[:1] in ("V", "M"):
            break
    return False


def cut_clause(tree: Tree, words: range) -> range:
    """Return the words of a noun phrase before a comma and "who" or "which", which only add."""
    for i in words[1:-1]:
        if tree.tokens[i].text == "," and tree.tokens[i + 1].tag in ("WP", "WDT", "WP$"):
            return range(words.start, i)
    return words


def find_subject_above(tree: Tree, token: int) -> int | None:
    """Return the subject that a token belongs to, None if it is part of none."""
    for _ in range(MAX_CLIMB):
        if tree.tokens[token].dep in SUBJECTS:
            return token
        if tree.tokens[token].head == token:
            return None
        token = tree.tokens[token].head
    return None


def in_clause(tree: Tree, verb: int) -> bool:
    """Say whether a verb stands in a relative or an adverbial clause."""
    for _ in range(MAX_CLIMB):
        if tree.tokens[verb].dep in ("relcl", "advcl", "acl"):
            return True
        if tree.tokens[verb].head == verb:
            return False
        verb = tree.tokens[verb].head
    return False


def get_relative_head(tree: Tree, pronoun: int) -> int | None:
    """Return the noun of a relative clause whose subject a pronoun is: it is somebody else.

    The noun is NAME in "NAME, whom she met".
    """
    tokens = tree.tokens
    verb = tokens[pronoun].head
    if tokens[pronoun].dep not in SUBJECTS or tokens[verb].dep != "relcl":
        return None
    return tokens[verb].head


def climb_name(tree: Tree, token: int) -> int:
    """Return the last word of a name from its first: NAME in "Mr. NAME"."""
    for _ in range(MAX_CLIMB):
        if tree.tokens[token].dep != "compound":
            break
        token = tree.tokens[token].head
    return token


def is_actor(tree: Tree, token: int) -> bool:
    """Say whether a name acts without being the subject: "was made by NAME", "one of the X, NAME,".

    Who is said to have asked is no actor: whoever was asked speaks next.
    """
    tokens = tree.tokens
    above = tokens[token].head
    if tokens[token].dep == "pobj" and tokens[above].dep == "agent":
        return tokens[tokens[above].head].lemma != "ask"
    if tokens[token].dep != "appos":
        return False
    if tokens[above].dep == "pobj" and tokens[tokens[above].head].lemma == "of":
        whole = tokens[tokens[above].head].head
        above = whole if tokens[whole].lemma == "one" else above
    return tokens[above].dep in SUBJECTS


def is_asker(tree: Tree, token: int) -> bool:
    """Say whether a word is of whom a participle in front of a clause names: "Asked by NAME, he".

    Whoever was asked speaks in the clause, and goes on speaking.
    """
    tokens = tree.tokens
    for _ in range(MAX_CLIMB):
        above = tokens[token].head
        if tokens[token].dep == "pobj" and tokens[above].dep == "agent":
            verb = tokens[above].head
            return tokens[verb].tag == "VBN" and tokens[verb].dep == "advcl"
        if tokens[token].dep not in ("det", "compound", "amod", "poss", "appos") or above == token:
            return False
        token = above
    return False


def owns_words(tree: Tree, token: int, pronoun: int) -> bool:
    """Say whether a name owns the words that a clause is about: "NAME's reply to it, in which he".

    Whose words are nearer to the clause owns it: "NAME's reply to X's letter in which he".
    """
    tokens = tree.tokens
    noun = tokens[token].head
    clause = _find_which(tree, pronoun)
    if tokens[token].dep != "poss" or tokens[noun].lemma not in _WORDS or clause is None:
        return False
    start, about = tree.left[clause], tokens[clause].head
    between = range(noun + 1, start)
    if len(between) > MAX_BETWEEN or tree.sentence[noun] != tree.sentence[start]:
        return False
    if about == noun:
        return noun < start
    for i in between:
        nearer = tokens[i].lemma in _WORDS and tree.child(i, "poss") is not None
        if nearer or tokens[i].tag[:1] in ("V", "M"):
            return False
    # Where the clause hangs on what is farther away, and is no words, the parser missed it.
    return noun < start and (about in between or tokens[about].lemma not in _WORDS)


def _find_which(tree: Tree, pronoun: int) -> int | None:
    """Return the verb of the clause with "in which" whose subject a pronoun is."""
    tokens = tree.tokens
    verb = tokens[pronoun].head
    if tokens[pronoun].dep not in SUBJECTS or tokens[verb].dep != "relcl":
        return None
    first = tree.left[verb]
    begun = tokens[first].tag == "IN" and tokens[first + 1].text.lower() == "which"
    return verb if begun else None


def is_owned(tree: Tree, noun: int, people: Collection[str]) -> bool:
    """Say whether a noun is somebody's: "her lawyer", "the nurse's son", no "ferry's owner".

    people: nouns for what people are.
    """
    owner = tree.child(noun, "poss")
    if owner is None:
        return False
    token = tree.tokens[owner]
    return token.tag not in ("NN", "NNS") or token.lemma in people


def owns_head(tree: Tree, token: int, pronoun: int) -> bool:
    """Say whether a name owns what a pronoun's clause hangs on: "NAME's reply, when he said"."""
    tokens = tree.tokens
    noun = tokens[token].head
    if tokens[token].dep != "poss" or not noun < pronoun <= tree.right[noun]:
        return False
    at = pronoun
    for _ in range(2 * MAX_CLIMB):
        if tokens[at].head in (noun, at):
            break
        at = tokens[at].head
    return tokens[at].head == noun and tokens[at].dep in ("relcl", "acl", "advcl")
