"""What the pipeline runs together with a name: the next paragraph, a client, a headline's verb."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sayso.extract.naming import OWNING
from sayso.extract.outlet_names import is_outlet
from sayso.extract.tree import Tree
from sayso.records.calendar import MONTHS

# Words of a place behind a name.
MAX_PLACE = 3
_OTHERS = frozenset(("GPE", "LOC", "NORP", "ORG"))


def split_run(tree: Tree, run: range) -> Iterator[range]:
    """Yield the parts of a run that lie in one paragraph each; a date above one is no name."""
    first = run.start
    for i in range(run.start + 1, run.stop + 1):
        if i == run.stop or tree.paragraph[i] != tree.paragraph[first]:
            whole = first == run.start and i == run.stop
            if whole or not _is_date(tree, range(first, i)):
                yield range(first, i)
            first = i


def _is_date(tree: Tree, run: range) -> bool:
    words = [t.text.lower() for t in tree.tokens[run.start : run.stop] if t.text.isalnum()]
    return all(w in MONTHS or w.isdigit() for w in words)


def cut_client(tree: Tree, run: range) -> range:
    """Return an organisation's name without the outlet it works for: "the Ostvik Institute for the
    Daily Courier".
    """
    for i in run[1:-1]:
        rest = tree.span(i + 1, run.stop - 1)
        if tree.tokens[i].text == "for" and is_outlet(tree.annotation.text[slice(*rest)]):
            return range(run.start, i)
    return run


def list_others(tree: Tree) -> dict[str, str]:
    """Return the names that the pipeline gives others than people, with their labels."""
    text = tree.annotation.text
    return {
        text[slice(*tree.span(n.first, n.last - 1))]: n.type
        for n in tree.annotation.names
        if n.type in _OTHERS
    }


def skip_verb(
    tree: Tree, run: range, plain: Collection[str], others: Mapping[str, str]
) -> tuple[range, str] | None:
    """Return the name of a place or the like behind a headline's verb, with its label: "Stresses |
    Ostvik"; None where no verb is before it.

    plain: the words outside headlines; a headline's verb stands nowhere else as it does there.
    """
    last = run.stop - 1 - (tree.tokens[run.stop - 1].text in OWNING)
    rest = tree.annotation.text[slice(*tree.span(run[1], last))] if last > run.start else ""
    known = rest in others and tree.tokens[run.start].text not in plain
    return (run[1:], others[rest]) if known else None


def cut_verb(tree: Tree, run: range, plain: Collection[str]) -> range:
    """Return a person's name without the words of a headline behind it: "Sovan | Stresses Calm"."""
    for i in run[1:]:
        word = tree.tokens[i].text
        if word.isalpha() and word not in plain:
            known = all(tree.tokens[j].text in plain for j in range(run.start, i))
            return range(run.start, i) if known else run
    return run


def widen_to_bracket(tree: Tree, run: range) -> range:
    """Return an organisation's name with "of PLACE" behind it where the initials in brackets say
    that it belongs to it: "Union of Harbour Doctors of Ostvik (UHDO)".
    """
    tokens, last = tree.tokens, run.stop
    if last >= len(tokens) or tokens[last].text.lower() != "of":
        return run
    stop = last + 1
    while stop < len(tokens) and stop - last <= MAX_PLACE and tokens[stop].tag == "NNP":
        stop += 1
    if stop == last + 1 or stop + 2 >= len(tokens) or tokens[stop].text != "(":
        return run
    words = (tokens[i].text for i in range(run.start, stop))
    initials = "".join(w[0] for w in words if w[:1].isupper() and w.lower() != "the")
    closed = tokens[stop + 2].text == ")"
    return range(run.start, stop) if closed and tokens[stop + 1].text == initials else run
