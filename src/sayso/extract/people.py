"""Which names are people although the pipeline took them for something else.

Small pipelines often miss names transliterated from other scripts. A name of two to four
capitalised words, none of them a word of organisations, is taken for a person if the report shows
it: a title or a role beside it, an age, its last word alone as a subject or as somebody else's
surname, "he" or "she" right after it, "who" behind it, or a list of people that it stands in. One
word is, where "he", "his" or the like in the same sentence go back to it, and no "its" does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from sayso.extract.kinship import is_introduced
from sayso.extract.naming import Named, find_suffix, name_run
from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.records.span import Span

_PRONOUNS = frozenset(("he", "she"))
_OF_PEOPLE = _PRONOUNS | {"his", "her", "him", "himself", "herself"}
_OF_THINGS = frozenset(("it", "its", "itself"))
_SUBJECTS = ("nsubj", "nsubjpass")
_QUOTES = ("``", "''")
_ONCE = frozenset(("ex", "-", "former", "late"))
MAX_RUN, MAX_WORDS = 8, 4
MAX_ROLE_DISTANCE = 6
MAX_PRONOUN_DISTANCE = 60
MAX_ANNOUNCED = 8
# Labels that make a transcript; words of a title before the name in one, and behind it before the
# colon (", BYLINE"); letters of initials, which are seldom a person's.
LEAST_LABELS, MAX_TITLE_TOKENS, MAX_BESIDE_LABEL, MAX_INITIALS = 3, 4, 4, 4


def find_people(tree: Tree, names: Sequence[Named], words: RoleWords) -> set[tuple[str, ...]]:
    """Return the folded words of those names that the report shows to be people."""
    surnames = find_bare_subjects(tree, names)
    votes = Counter((n.words, n.type == "person") for n in names)
    people = {n.words for n in names if votes[n.words, True] > votes[n.words, False]}
    named = {i for n in names for i in range(n.first, n.last)}
    people |= {n.words for n in names if _is_addressed(n, words)}
    people |= {n.words for n in names if _is_kin(tree, n, words)}
    people |= {n.words for n in names if _may_be_kin(n, words) and is_introduced(tree, n, words)}
    people |= _find_bare_people(tree, names, words)
    people |= _find_labelled(tree, names, words)
    family = {w[-1] for w in people if len(w) > 1}
    doubtful = [n for n in names if n.type != "person" and _may_be_person(tree, n, words)]
    for name in doubtful:
        if (
            _has_title(tree, name, words)
            or _has_role(tree, name, words)
            or (name.type == "organisation" and name.words[-1] in surnames | family)
            or _has_pronoun(tree, name, named)
            or _has_relative(tree, name)
        ):
            people.add(name.words)
    possible = {n.words for n in doubtful}
    for a, b in pairwise(names):
        if _is_list(tree, a, b):
            if a.words in people and b.words in possible:
                people.add(b.words)
            elif b.words in people and a.words in possible:
                people.add(a.words)
    return people


def find_family_first(
    tree: Tree, names: Sequence[Named], sources: set[Span], words: RoleWords
) -> set[tuple[str, ...]]:
    """Return the bare names that are the family name a full name begins with: NAME of "NAME Given".

    Taken so only where a bare one speaks, one full name begins with it, and no other name holds it;
    nor may the full name's last word stand alone, for then that is the family name.
    """
    holders: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        for word in name.words if len(name.words) > 1 else ():
            holders.setdefault(word, set()).add(name.words)
    people = {n.words for n in names if n.type == "person" and len(n.words) > 1}
    alone = {n.words[0] for n in names if len(n.words) == 1}
    spoken = {n.words for n in names if n.span in sources and n.type == "organisation"}
    found = set()
    for bare in spoken:
        full = holders.get(bare[0], set())
        if len(bare) > 1 or len(full) != 1 or not full <= people or words.is_role(bare[0]):
            continue
        (whole,) = full
        apart = alone.isdisjoint(whole[1:]) and _begins_only(tree, bare[0], whole)
        if whole[0] == bare[0] and apart:
            found.add(bare)
    others = {n.words for n in names if n.type in ("place", "group")}
    return found - others - {(w,) for w in words.organisations}


def _begins_only(tree: Tree, word: str, whole: tuple[str, ...]) -> bool:
    """Say whether a word begins no other run of proper nouns than a name: "Luo Steel"."""
    return not any(
        a.text.lower() == word and b.tag in ("NNP", "NNPS") and b.text.lower() not in whole
        for a, b in pairwise(tree.tokens)
    )


def find_listed(tree: Tree, names: Sequence[Named], words: RoleWords) -> list[Named]:
    """Return people whom the pipeline overlooked at the end of a list of people."""
    at = {i: n for n in names for i in range(n.first, n.last)}
    found = []
    for i, token in enumerate(tree.tokens):
        if i in at or token.dep not in ("conj", "appos") or token.tag != "NNP":
            continue
        other = at.get(token.head)
        if other is None or other.type != "person":
            continue
        run = range(max(tree.left[i], i - MAX_RUN), i + 1)
        while run and (tree.tokens[run.start].tag != "NNP" or run.start in at):
            run = range(run.start + 1, run.stop)
        named = name_run(tree, words, run, "person") if 2 <= len(run) <= 4 else None
        if named is not None and _may_be_person(tree, named, words):
            found.append(named)
    return found


def _may_be_person(tree: Tree, name: Named, words: RoleWords) -> bool:
    tokens = tree.tokens[name.first : name.last]
    if not 2 <= len(name.words) <= 4 or name.text.isupper() or name.type == "group":
        return False
    if name.first > 0 and tree.tokens[name.first - 1].text.lower() == "the":
        return False
    return all(t.tag in ("NNP", "HYPH", ":") or t.text == "-" for t in tokens) and not any(
        t.text.lower() in words.organisations for t in tokens
    )


def _has_title(tree: Tree, name: Named, words: RoleWords) -> bool:
    if name.title is not None:
        return True
    if find_suffix(tree, name) is not None:
        return True
    before = tree.tokens[name.first - 1] if name.first > 0 else None
    if before is not None and before.text == "," and name.first > 1:
        return _describes(tree, name, name.first - 2, words)
    return before is not None and before.tag[:2] == "NN" and before.text.lower() in words.nouns


def _describes(tree: Tree, name: Named, noun: int, words: RoleWords) -> bool:
    """Say whether a noun before a comma says what a name is: "his client, NAME"."""
    token, low = tree.tokens[noun], tree.tokens[noun].text.lower()
    if low in words.kin:
        return True
    last = tree.tokens[name.last - 1]
    beside = last.dep == "appos" and last.head == noun
    return beside and token.tag == "NN" and low in words.nouns


def _is_addressed(name: Named, words: RoleWords) -> bool:
    """Say whether one word has a title before it, so that it is no organisation: "President NAME".

    Also if the pipeline took this mention for a person: others may be taken for an organisation.
    """
    plain = len(name.words) == 1 and not name.text.isupper()
    kinds = ("organisation", "person")
    if not plain or name.type not in kinds or name.title in (None, "saint"):
        return False
    return name.words[0] not in words.organisations


def _is_kin(tree: Tree, name: Named, words: RoleWords) -> bool:
    """Say whether one word has a noun for somebody's relative before it: "her ex-husband NAME"."""
    tokens, at = tree.tokens, name.first - 1
    if len(name.words) > 1 or name.type == "group" or at < 1:
        return False
    if tokens[at].text.lower() not in words.kin:
        return False
    at -= 1
    while at > 0 and (tokens[at].text.lower() in _ONCE or tokens[at].tag == "JJ"):
        at -= 1
    return tokens[at].tag in ("PRP$", "POS")


def _may_be_kin(name: Named, words: RoleWords) -> bool:
    plain = name.type != "group" and not name.text.isupper() and len(name.words) <= MAX_WORDS
    return plain and words.organisations.isdisjoint(name.words)


def _find_labelled(tree: Tree, names: Sequence[Named], words: RoleWords) -> set[tuple[str, ...]]:
    """Return the names in capitals that begin paragraphs of a transcript as labels: "NAME: …"."""
    labels: dict[int, tuple[str, ...]] = {}
    for name in names:
        number = tree.paragraph[name.first]
        first, last = tree.annotation.paragraphs[number]
        near = tree.tokens[name.last : min(last, name.last + MAX_BESIDE_LABEL)]
        begins = name.first <= first + MAX_TITLE_TOKENS and name.text.isupper()
        label = begins and len(name.text) > MAX_INITIALS and any(t.text == ":" for t in near)
        if label and words.organisations.isdisjoint(name.words):
            labels.setdefault(number, name.words)
    return set(labels.values()) if len(labels) >= LEAST_LABELS else set()


def _has_role(tree: Tree, name: Named, words: RoleWords) -> bool:
    tokens = tree.tokens
    if name.last >= len(tokens) or tokens[name.last].text != ",":
        return False
    for i in range(name.last + 1, min(len(tokens), name.last + 1 + MAX_ROLE_DISTANCE)):
        token = tokens[i]
        if i == name.last + 1 and token.text.isdigit():
            return True
        if token.lemma in words.nouns and token.tag[:2] == "NN":
            return True
        if token.text in (",", ".") or token.tag in ("VBD", "VBZ", "VBP", "IN", "CC"):
            return False
    return False


def _has_pronoun(tree: Tree, name: Named, named: set[int]) -> bool:
    tokens = tree.tokens
    if tokens[name.last - 1].dep not in _SUBJECTS:
        return False
    sentence = tree.sentence[name.last - 1]
    for i in range(name.last, min(len(tokens), name.last + MAX_PRONOUN_DISTANCE)):
        if tree.sentence[i] > sentence + 1:
            return False
        if tokens[i].text.lower() in _PRONOUNS and tokens[i].dep in _SUBJECTS:
            return True
        if i in named:
            return False
    return False


def _find_bare_people(tree: Tree, names: Sequence[Named], words: RoleWords) -> set[tuple[str, ...]]:
    """Return the names of one word, taken for bodies or peoples, that pronouns show to be people.

    Some mentions may have been taken for a person's: there "he" of the next sentence counts too.
    Places are left: "Ostvik said he would be sent home" tells nothing of Ostvik.
    """
    first = {n.first for n in names}
    doubtful = {n.words for n in names if n.type in ("organisation", "group")}
    votes: Counter[tuple[str, ...]] = Counter()
    for name in names:
        plain = len(name.words) == 1 == name.last - name.first and not name.text.isupper()
        possible = name.type in ("organisation", "group", "person") and name.words in doubtful
        if not plain or not possible:
            continue
        token = tree.tokens[name.first]
        alone = tree.left[name.first] == name.first and token.tag == "NNP"
        if alone and token.dep in _SUBJECTS and name.words[0] not in words.organisations:
            votes[name.words] += _next_pronoun(tree, name.last, first)
            votes[name.words] += _is_announced(tree, name.first, first)
            votes[name.words] += name.type == "person" and _is_gone_on(tree, name.first)
    return {name for name, count in votes.items() if count > 0}


def _next_pronoun(tree: Tree, start: int, names: set[int]) -> int:
    """Return 1 if the next pronoun of a sentence is a person's, -1 if a thing's.

    0: a name is. names: the first tokens of all names. What is quoted between is passed over.
    """
    quoted = False
    for i in range(start, min(len(tree.tokens), start + MAX_PRONOUN_DISTANCE)):
        low = tree.tokens[i].text.lower()
        if tree.sentence[i] != tree.sentence[start - 1] or i in names:
            return 0
        if tree.tokens[i].tag in _QUOTES:
            quoted = tree.tokens[i].tag == _QUOTES[0]
        elif quoted:
            continue
        if low in _OF_PEOPLE:
            return 1
        if low in _OF_THINGS:
            return -1
    return 0


def _is_announced(tree: Tree, name: int, names: set[int]) -> bool:
    """Say whether "his" before a subject and its comma is its own: "In his speech, NAME"."""
    if name == 0 or tree.tokens[name - 1].text != ",":
        return False
    for i in range(name - 1, max(name - MAX_ANNOUNCED, 0) - 1, -1):
        if tree.sentence[i] != tree.sentence[name] or i in names:
            return False
        if tree.tokens[i].tag == "PRP$":
            opens = i < 2 or tree.sentence[i - 2] != tree.sentence[name]
            return opens and tree.tokens[i].text.lower() in _OF_PEOPLE
    return False


def _is_gone_on(tree: Tree, name: int) -> bool:
    """Say whether the sentence behind a subject's begins with "he": "NAME left. He said …"."""
    tokens, sentences = tree.tokens, tree.annotation.sentences
    behind = tree.sentence[name] + 1
    if behind >= len(sentences) or tokens[tokens[name].head].dep != "ROOT":
        return False
    first, last = sentences[behind]
    if first >= last or tree.paragraph[first] != tree.paragraph[name]:
        return False
    return tokens[first].text.lower() in _PRONOUNS and tokens[first].dep in _SUBJECTS


def _has_relative(tree: Tree, name: Named) -> bool:
    """Say whether "who" follows a name: NAME, who …."""
    tokens = tree.tokens
    at = name.last + (name.last < len(tokens) and tokens[name.last].text == ",")
    if at >= len(tokens) or tokens[at].text.lower() != "who":
        return False
    verb = tokens[at].head
    return tokens[verb].dep == "relcl" and name.first <= tokens[verb].head < name.last


def find_bare_subjects(tree: Tree, names: Sequence[Named]) -> set[str]:
    """Return the proper nouns that stand alone as a subject, folded."""
    inside = {i for n in names if n.last - n.first > 1 for i in range(n.first, n.last)}
    found = set()
    for i, token in enumerate(tree.tokens):
        # The tagger may take a surname for a common word: "Pickering denied it".
        nominal = token.tag[:1] in ("N", "J") or token.tag == "VBG"
        if i in inside or not nominal or token.dep not in _SUBJECTS:
            continue
        if tree.left[i] == i and token.text[:1].isupper():
            found.add(token.text.lower())
    return found


def _is_list(tree: Tree, a: Named, b: Named) -> bool:
    between = [tree.tokens[i].text.lower() for i in range(a.last, b.first)]
    return 1 <= len(between) <= 2 and set(between) <= {",", "and", "&"}
