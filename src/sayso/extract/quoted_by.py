"""Who relays somebody's words in an aside: "NAME, quoted by the agency, said the port was shut"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract import fitting
from sayso.extract.reading import Placed, Reading
from sayso.extract.source_edges import RELAYING
from sayso.extract.tree import Tree
from sayso.records.span import Span, cut_fragments, overlaps
from sayso.records.statement import Attribution

# Words between a source and its cue that are looked through for an aside.
MAX_BETWEEN = 30


def find_quoted_by(reading: Reading, built: Sequence[Placed], found_by: str) -> Iterator[Placed]:
    """Yield for each attribution with such an aside behind its source that of whoever relays it:
    the source, its cue and its content are what is relayed.
    """
    tree, text = reading.tree, reading.tree.annotation.text
    for one, _ in built:
        if one.source is None or one.cue is None or one.cue.start < one.source.start:
            continue
        aside = _find_aside(tree, one.source.start, one.cue.start)
        if aside is None:
            continue
        verb, relayer = aside
        begin = (one.source.start, min(one.source.end, tree.tokens[verb].start))
        told = [fitting.trim_loose(text, begin), *one.cue.spans, *one.content.spans]
        content = cut_fragments(text, told)
        source = cut_fragments(text, [relayer])
        shown = tree.span(verb, verb)
        if source is None or content is None or any(overlaps(shown, s) for s in content.spans):
            continue
        if any(overlaps(relayer, span) for span in content.spans):
            continue
        yield (
            Attribution(
                kind=fitting.get_kind(tree, reading.quoted, content),
                source=source,
                cue=cut_fragments(text, [shown]),
                content=content,
                confidence=one.confidence,
                found_by=found_by,
            ),
            shown[0],
        )


def _find_aside(tree: Tree, start: int, end: int) -> tuple[int, Span] | None:
    """Return the participle of an aside between commas, and who stands behind its "by"."""
    tokens = tree.tokens
    words = tree.tokens_in((start, end))
    for verb in words[1:MAX_BETWEEN]:
        token = tokens[verb]
        if token.lemma not in RELAYING or token.tag not in ("VBN", "VBD"):
            continue
        before = verb - 1 - (tokens[verb - 1].tag == "RB")
        agent = tree.child(verb, "agent")
        noun = None if agent is None else tree.child(agent, "pobj")
        if tokens[before].text != "," or noun is None or noun not in words:
            continue
        last = noun
        while last + 1 < words.stop and tokens[last + 1].text not in (",", "-", "–", "—"):
            last += 1
        behind = range(noun + 1, last + 1)
        if last + 1 == words.stop or any(tokens[i].text.lower() == "as" for i in behind):
            continue
        right = min(last, tree.right[noun])
        return verb, fitting.trim_loose(tree.annotation.text, tree.span(tree.left[noun], right))
    return None
