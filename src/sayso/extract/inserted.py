"""What a page sets into a report and nobody in it says: lines that lead to other reports, and the
words of a link run together with the sentence it stands in.

"( Also on THE COURIER: Mara Tovel quits )", "SEE ALSO: Port shut again"; "Mayor Tovel Mara Ann
TovelPort is shut Harbour strike goes on MORE said …", of which "Mayor Tovel said" is the report's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.extract.reading import Placed
from sayso.extract.tree import Tree
from sayso.records.annotation import Annotation
from sayso.records.span import Fragments, Span, cut_fragments, overlaps, trim_span

MAX_LINE, MAX_LINK = 200, 800
# Words of a title before the name that a link stands on.
MAX_TITLE = 6
_LINE = re.compile(
    r"[(\[]?\s{0,2}(?:(?:also on|more (?:from|on|at)|read more (?:from|on|at)) [^:\n]{1,40}"
    r"|see also|also (?:read|see)|read (?:also|more|next)|related(?: (?:story|stories|coverage|"
    r"articles?))?|photos|watch|more): ?\S",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b([A-Z][\w’'-]{2,29})\s(?:[A-Z][\w.’'-]{0,29}\s){1,4}\1(?=[A-Z0-9“\"‘'])", re.ASCII
)
_END = re.compile(r"\sMORE\b")


def find_lines(annotation: Annotation) -> Iterator[Span]:
    """Yield the lines that lead to other reports: short, with no full stop, behind the first."""
    tokens, text = annotation.tokens, annotation.text
    for first, last in annotation.paragraphs[1:]:
        if first >= last:
            continue
        span = (tokens[first].start, tokens[last - 1].end)
        short = span[1] - span[0] <= MAX_LINE and text[span[1] - 1] != "."
        if short and _LINE.match(text, *span) is not None:
            yield span


def find_links(annotation: Annotation) -> Iterator[Span]:
    """Yield what a link adds behind the name it stands on. Linear in the report."""
    tokens, text = annotation.tokens, annotation.text
    for first, last in annotation.paragraphs:
        if first >= last:
            continue
        at, stop = tokens[first].start, tokens[last - 1].end
        while (found := _LINK.search(text, at, stop)) is not None:
            end = _END.search(text, found.end(), min(stop, found.end() + MAX_LINK))
            at = found.end() if end is None else end.end()
            if end is not None:
                yield found.end(1), end.end()


def leave_inserted(tree: Tree, built: Iterable[Placed]) -> list[Placed]:
    """Return attributions without what is only inserted: none that has its cue there; who speaks
    behind a link is whom it stands on.
    """
    lines = list(find_lines(tree.annotation))
    links = list(find_links(tree.annotation))
    if not lines and not links:
        return list(built)
    kept = []
    for attribution, place in built:
        cue, source = attribution.cue, attribution.source
        inside = cue is not None and any(
            overlaps(s, c) for s in (*lines, *links) for c in cue.spans
        )
        content = None if inside else _leave_links(tree, attribution.content, links)
        if content is None:
            continue
        if source is not None:
            source = _mend_source(tree, source, links)
        kept.append((replace(attribution, source=source, content=content), place))
    return kept


def _leave_links(tree: Tree, content: Fragments, links: Iterable[Span]) -> Fragments | None:
    """Return a content without the words of links; what broke off in one goes on behind it."""
    text, spans = tree.annotation.text, list(content.spans)
    for start, end in links:
        parts: list[Span] = []
        for first, last in spans:
            if last <= start or end <= first:
                parts.append((first, last))
                continue
            parts.append((first, min(last, start)))
            broken = first < start < last < end
            behind = (end, _end_sentence(tree, end) if broken else last)
            parts.append(trim_span(text, (max(end, first), max(behind[1], end))))
        spans = [s for s in parts if s[0] < s[1]]
    return content if tuple(spans) == content.spans else cut_fragments(text, spans)


def _end_sentence(tree: Tree, place: int) -> int:
    """Return where the sentence around a place ends, without its full stop."""
    _, last = tree.annotation.sentences[tree.sentence[tree.token_at(place)]]
    stop = tree.tokens[last - 1].end
    return tree.tokens[last - 1].start if tree.tokens[last - 1].text == "." else stop


def _mend_source(tree: Tree, source: Fragments, links: Iterable[Span]) -> Fragments:
    """Return a source; what lies in a link or right behind it and a comma is whom it stands on."""
    text = tree.annotation.text
    for start, end in links:
        if source.start < start < source.end <= end:
            return cut_fragments(text, [(source.start, start)]) or source
        within = start <= source.start and source.end <= end
        behind = end <= source.start and not text[end : source.start].strip(", \xa0")
        if not within and not behind:
            continue
        name = tree.token_at(start - 1)
        first = name
        while name - first < MAX_TITLE and first > 0 and _is_title(tree, first - 1, name):
            first -= 1
        return cut_fragments(text, [tree.span(first, name)]) or source
    return source


def _is_title(tree: Tree, token: int, name: int) -> bool:
    """Say whether a word belongs to the title or the name before the last word of a name."""
    same = tree.paragraph[token] == tree.paragraph[name]
    return same and tree.tokens[token].tag in ("NNP", "JJ") and tree.tokens[token].text[0].isupper()
