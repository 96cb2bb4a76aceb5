"""Where the names of a report are: the pipeline's names repaired, and those it overlooked.

Its names are cut at their edges (titles, "the", possessives), widened where a word was cut off, and
given the type that their words show; then come surnames, and names that head a source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.extract.name_cuts import (
    cut_client,
    cut_verb,
    list_others,
    skip_verb,
    widen_to_bracket,
)
from sayso.extract.name_halves import list_runs
from sayso.extract.name_types import TYPES, find_type, is_command
from sayso.extract.naming import (
    OWNING,
    Named,
    fold_words,
    get_bracket,
    is_hyphened,
    name_run,
    skip_lead,
    stands_before,
)
from sayso.extract.roles import RoleWords, load_given_names
from sayso.extract.tree import Tree
from sayso.records.span import Span

# Verbs that stand before whoever speaks, at the beginning of a sentence.
_SAYING = frozenset(
    ("said", "says", "asked", "asks", "added", "adds", "wrote", "writes", "tweeted", "replied")
)
_OPENING, _CLOSING = frozenset(("“", '"', "‘", "«", "„")), frozenset(("”", '"', "’", "»", "“"))
MAX_NAME_TOKENS = 12
MAX_INITIALS = 3
# A headline has a capital on nearly each of its longer words, and no full stop.
MIN_HEADLINE_WORDS = 4
HEADLINE_SHARE = 0.85


def collect_names(tree: Tree, words: RoleWords, sources: Iterable[Span]) -> list[Named]:
    """Return the names of a report in order, disjoint. sources: spans that name a speaker."""
    found: dict[int, Named] = {}
    taken: set[int] = set()
    for run, kind in _list_kinds(tree, words):
        cut, before = _part_bearer(tree, words, run, kind)
        for part, type_ in ((range(run.start, cut), before), (range(cut, run.stop), "person")):
            if not part:
                continue
            wide = (
                _widen(tree, words, part, taken)
                if type_ == "person"
                else _unquote(tree, part, taken)
            )
            named = name_run(tree, words, wide, type_)
            if named is not None and not taken.intersection(range(named.first, named.last)):
                found[named.first] = named
                taken.update(range(named.first, named.last))
    _cut_verbs(tree, words, found)
    full = [n for n in found.values() if len(n.words) > 1]
    surnames = {n.words[-1] for n in full if n.type == "person"}
    for run in _missed_runs(tree, taken, surnames):
        _add(name_run(tree, words, run, "person"), found, taken)
    for run in _find_bracketed(tree, list(found.values()), taken):
        _add(name_run(tree, words, run, "organisation"), found, taken)
    last_words = {n.words[-1] for n in full}
    for span in sources:
        _add(_source_name(tree, words, span, (taken, last_words)), found, taken)
    for i in _find_given(tree, found.values(), taken):
        _add(name_run(tree, words, range(i, i + 1), "person"), found, taken)
    return [found[i] for i in sorted(found)]


def _list_kinds(tree: Tree, words: RoleWords) -> Iterator[tuple[range, str]]:
    """Yield the pipeline's names without what is none of them, each with its type."""
    plain, others = _words_of_prose(tree), list_others(tree)
    for found, said in list_runs(tree, words):
        run, label = skip_verb(tree, found, plain, others) or (found, said)
        kind = find_type(tree, words, run, label)
        if kind is None or len(run) > MAX_NAME_TOKENS:
            continue
        if kind == "organisation":
            run = widen_to_bracket(tree, cut_client(tree, run))
        elif kind == "person":
            run = cut_verb(tree, run, plain)
            word = [t for i in run if (t := tree.tokens[i].text)[:1].isalpha()]
            if len(word) > 1 and word[-1] not in plain:
                continue  # "NAME Makes", in a headline
        yield run, kind


def _add(name: Named | None, found: dict[int, Named], taken: set[int]) -> None:
    if name is not None:
        found[name.first] = name
        taken.update(range(name.first, name.last))


def _cut_verbs(tree: Tree, words: RoleWords, found: dict[int, Named]) -> None:
    """Cut off the verb that a sentence begins with: "Said NAME: …".

    Said is a given name too: only where the report has the rest by itself or behind another name,
    and the whole at the beginning of sentences only.
    """
    people = [n for n in found.values() if n.type == "person"]
    others = {n.words[i:] for n in people for i in range(len(n.words)) if n.words[0] not in _SAYING}
    inside = {n.words for n in people if not tree.opens_sentence(n.first)}
    for name in people:
        rest = name.words[1:]
        if name.words[0] in _SAYING and name.words not in inside and rest in others:
            cut = name_run(tree, words, range(name.first + 1, name.last), "person")
            if cut is not None:
                del found[name.first]
                found[cut.first] = cut


def _words_of_prose(tree: Tree) -> set[str]:
    """Return the words outside headlines, where not every word has a capital; all if none is."""
    found: set[str] = set()
    for first, last in tree.annotation.sentences:
        words = [t.text for t in tree.tokens[first:last] if len(t.text) > 3 and t.text.isalpha()]
        capitals = sum(w[0].isupper() for w in words)
        stopped = last > first and tree.tokens[last - 1].text in (".", "”", '"')
        if stopped or len(words) < MIN_HEADLINE_WORDS or capitals < HEADLINE_SHARE * len(words):
            found.update(t.text for t in tree.tokens[first:last])
    return found or {t.text for t in tree.tokens}


def _widen(tree: Tree, words: RoleWords, run: range, taken: set[int]) -> range:
    """Return a person's name with the word before it or the hyphened end that was cut off it."""
    tokens = tree.tokens
    first, last = run.start, run.stop
    if last - first == 1 and first > 0 and first - 1 not in taken:
        before = tokens[first - 1]
        low = before.text.lower().rstrip(".")
        known = words.is_role(low) or low in words.organisations
        mine = before.tag == "NNP" and before.dep == "compound" and before.head == first
        plain = before.text.isalpha() and before.text[:1].isupper() and not before.text.isupper()
        # "Sec. of State NAME"
        titled = first > 1 and tokens[first - 2].text.lower() in words.titles
        alone = first < 2 or not (_continues(tree, first - 2) or tokens[first - 2].text == "of")
        if mine and plain and (alone or titled) and not known:
            first -= 1
    if _goes_on(tree, words, run, taken):
        last += 1
    if len(run) > 1 and last + 1 < len(tokens) and is_hyphened(tree, last + 1):
        last += 2 if tokens[last + 1].tag[:1] not in ("N", "J", "V") else 0
    return range(first, last)


def _goes_on(tree: Tree, words: RoleWords, run: range, taken: set[int]) -> bool:
    """Say whether a title and a word of a name go on with the word behind: "Shri Given | NAME"."""
    tokens, last = tree.tokens, run.stop
    if len(run) != 2 or last >= len(tokens) or last in taken:
        return False
    title = tokens[run.start].text.lower().rstrip(".") in words.titles
    mine = tokens[last - 1].dep == "compound" and tokens[last - 1].head == last
    low = tokens[last].text.lower()
    plain = tokens[last].tag == "NNP" and tokens[last].text[1:].islower()
    return title and mine and plain and not words.is_role(low) and low not in words.organisations


def _unquote(tree: Tree, run: range, taken: set[int]) -> range:
    """Return an organisation's name with the words before it in its own marks: “Marsh Republic”."""
    tokens = tree.tokens
    closed = run.stop < len(tokens) and tokens[run.stop].text in _CLOSING
    first = run.start
    while closed and first > 0 and run.start - first < MAX_NAME_TOKENS:
        if tokens[first - 1].text in _OPENING:
            return range(first, run.stop)
        upper = tokens[first - 1].text[:1].isupper() or tokens[first - 1].tag == "POS"
        if first - 1 in taken or not upper:
            break
        first -= 1
    return run


def _person_behind(tree: Tree, words: RoleWords, run: range) -> int:
    """Return where a person's name begins that was joined to the organisation before it.

    "head of the Reed Movement NAME": behind a role, an organisation's last word, then two or three
    proper nouns.
    """
    tokens = tree.tokens
    before = range(max(run.start - 3, 0), run.start)
    if not any(tokens[i].text.lower() in words.nouns or tokens[i].text == "of" for i in before):
        return run.stop
    for cut in (run.stop - 2, run.stop - 3):
        rest = [tokens[i] for i in range(cut, run.stop)] if cut > run.start else []
        if (
            rest
            and tokens[cut - 1].text.lower() in words.organisations
            and all(t.tag == "NNP" and t.text.lower() not in words.organisations for t in rest)
        ):
            return cut
    return run.stop


def _part_bearer(tree: Tree, words: RoleWords, run: range, kind: str) -> tuple[int, str]:
    """Return where a person's name begins that was joined to what is before it, and what that is;
    the end of the run where none does.
    """
    cut = _person_behind(tree, words, run) if kind == "organisation" else run.stop
    if cut != run.stop:
        return cut, kind
    cut = _bearer_behind(tree, words, run)
    cut = _bearer_beside(tree, words, run) if cut == run.stop else cut
    return cut, kind if cut == run.stop else "place"


def _bearer_behind(tree: Tree, words: RoleWords, run: range) -> int:
    """Return where a person's name begins that was joined to the place of their office: "Mayor of
    PLACE Given NAME". Behind a role and "of", before a given name that everybody knows.
    """
    tokens, cut = tree.tokens, run.stop - 2
    of = run.start - 1 - (run.start > 0 and tokens[run.start - 1].text.lower() == "the")
    if not run.start < cut or of < 1 or tokens[of].text.lower() != "of":
        return run.stop
    rest = [tokens[i] for i in range(cut, run.stop)]
    role = words.is_role(tokens[of - 1].text.lower())
    plain = all(t.tag == "NNP" and t.text.lower() not in words.organisations for t in rest)
    known = rest[0].text.lower() in load_given_names()
    return cut if role and plain and known else run.stop


def _bearer_beside(tree: Tree, words: RoleWords, run: range) -> int:
    """Return where a person's name begins that was joined to the place of their office by a comma:
    "the mayor of PLACE, Given NAME,". It stands beside the noun for the office.
    """
    tokens, last = tree.tokens, run.stop - 1
    commas = [i for i in run if tokens[i].text == ","]
    above = tokens[last].head
    if len(commas) != 1 or tokens[last].dep != "appos" or above >= run.start:
        return run.stop
    plain = all(t.tag == "NNP" for t in tokens[commas[0] + 1 : run.stop])
    office = words.is_role(tokens[above].text.lower())
    return commas[0] + 1 if plain and office and commas[0] < last else run.stop


def _missed_runs(tree: Tree, taken: set[int], surnames: set[str]) -> Iterator[range]:
    """Yield proper nouns outside all names: a known surname, or a run after a title.

    A surname may be any word ("Pickering", "Cummings"): with a capital inside a sentence, as a
    subject, or as an owner ("Cummings' letter") it is taken for the name.
    """
    tokens = tree.tokens
    i = 0
    while i < len(tokens):
        if i in taken or (tokens[i].tag != "NNP" and not _is_surname(tree, i, surnames)):
            i += 1
            continue
        stop = i
        while stop < len(tokens) and stop not in taken and _continues(tree, stop):
            stop += 1
        stop = max(stop, i + 1)
        last = fold_words(tokens[stop - 1].text)
        if last and last[-1] in surnames and stop - i <= 4 and not is_initials(tokens[i].text):
            yield range(i, stop)
        i = stop


def _find_given(tree: Tree, names: Iterable[Named], taken: set[int]) -> list[int]:
    """Return the tokens of given names that stand alone as a subject and were overlooked."""
    given = {n.words[0] for n in names if n.type == "person" and len(n.words) > 1}
    dated = {
        i for n in tree.annotation.names if n.type not in TYPES for i in range(n.first, n.last)
    }
    return [
        i
        for i, t in enumerate(tree.tokens)
        if t.tag == "NNP"
        and t.text.lower() in given
        and t.dep in ("nsubj", "nsubjpass")
        and tree.left[i] == tree.right[i] == i
        and tree.tokens[min(i + 1, len(tree.tokens) - 1)].tag[:2] != "NN"
        and i not in taken
        and i not in dated
    ]


def _find_bracketed(tree: Tree, names: Iterable[Named], taken: set[int]) -> Iterator[range]:
    """Yield the initials that brackets give an organisation, wherever no name was seen in them; and
    one word that is an organisation's name elsewhere, as a subject.
    """
    bodies = [n for n in names if n.type == "organisation"]
    given = {get_bracket(tree, n) for n in bodies} - {None}
    alone = {n.text for n in bodies if n.last - n.first == 1}
    alone -= {t.text.capitalize() for t in tree.tokens if t.text.islower()}
    for i, token in enumerate(tree.tokens if given or alone else ()):
        again = token.text in alone and token.dep in ("nsubj", "nsubjpass")
        again = again and tree.left[i] == tree.right[i] == i
        if (token.text in given or again) and i not in taken:
            yield range(i, i + 1)


def _is_surname(tree: Tree, i: int, surnames: set[str]) -> bool:
    """Say whether a token that is no proper noun to the tagger is a known surname."""
    token = tree.tokens[i]
    if not token.text[:1].isupper() or token.text.lower() not in surnames:
        return False
    subject = token.dep in ("nsubj", "nsubjpass")
    after = tree.tokens[i + 1] if i + 1 < len(tree.tokens) else token
    if token.text.isupper():  # "NAME: …" in a transcript
        return after.text == ":" and i == tree.annotation.paragraphs[tree.paragraph[i]][0]
    owns = after.text in OWNING and after.start == token.end
    return subject or owns or (not tree.opens_sentence(i) and token.text[1:].islower())


def _continues(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    if token.tag in ("NNP", "NNPS"):
        return True
    return token.text in ("-", "‐") and i > 0 and tree.tokens[i - 1].end == token.start


def _source_name(
    tree: Tree, words: RoleWords, span: Span, known: tuple[set[int], set[str]]
) -> Named | None:
    """Return the name that heads a source although the pipeline saw no name there.

    known: tokens of the names found, and the last words of the longer ones.
    """
    taken, last_words = known
    inside = tree.tokens_in(span)
    if not inside or len(inside) > 40:
        return None
    inside = skip_lead(tree, words, inside)
    heads = [i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i]
    head = next((i for i in heads if tree.tokens[i].dep != "punct"), None)
    if head is None or head in taken:
        return None
    token = tree.tokens[head]
    if token.lemma in words.nouns and token.tag == "NN":
        return _name_at_end(tree, words, range(head + 1, inside.stop), taken)
    if token.tag not in ("NNP", "NNPS") and not _is_surname(tree, head, last_words):
        return None
    return _read_run(tree, words, inside, head, taken)


def _read_run(
    tree: Tree, words: RoleWords, inside: range, head: int, taken: set[int]
) -> Named | None:
    """Return the name around the word that heads a source."""
    first = last = head
    while first - 1 in inside and first - 1 not in taken and _continues(tree, first - 1):
        first -= 1
    while last + 1 in inside and last + 1 not in taken and _continues(tree, last + 1):
        last += 1
    while first < last and stands_before(tree, first):
        first += 1
    run = [tree.tokens[i].text.lower() for i in range(first, last + 1)]
    company = any(w in words.organisations for w in run) or is_command(run)
    if run[-1] in words.nouns or run[-1] in words.titles:
        return None
    short = 2 <= len([w for w in run if w.isalpha()]) <= 4
    if short and not company:
        return name_run(tree, words, range(first, last + 1), "person")
    return name_run(tree, words, _unquote(tree, range(first, last + 1), taken), "organisation")


def _name_at_end(tree: Tree, words: RoleWords, run: range, taken: set[int]) -> Named | None:
    """Return the name that ends a source behind a comma: "the minister of works, NAME"."""
    first = run.stop
    while first > run.start and first - 1 not in taken and _continues(tree, first - 1):
        first -= 1
    set_off = first > run.start and tree.tokens[first - 1].text == ","
    name = range(first, run.stop)
    plain = all(
        t.text.lower() not in words.organisations and t.text[1:].islower()
        for t in tree.tokens[first : run.stop]
    )
    return (
        name_run(tree, words, name, "person") if set_off and 2 <= len(name) <= 4 and plain else None
    )


def is_initials(text: str) -> bool:
    """Say whether a word looks like initials ("UN") and no surname."""
    return text.isupper() and 1 < len(text) <= MAX_INITIALS
