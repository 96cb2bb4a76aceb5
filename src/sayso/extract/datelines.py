"""The dateline before the text of a paragraph: "DUSKHAVEN, Feb 6 (Interlink) - ", "VARSK: ".

It says where and by whom a report was written, so it is part of no content.
"""

from __future__ import annotations

import re

from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree
from sayso.records.span import Span

MAX_DATELINE = 100
# Headings that may stand before the first paragraph of text, and their words.
MAX_HEADINGS, MAX_HEADING_TOKENS = 4, 30
MAX_PLACE_TOKENS = 4
# And with the marks between them.
MAX_LABEL_TOKENS = 12
_WORD = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'’.]"
_CAPITALS = rf"{_WORD}{{2,24}}(?:[ -]{_WORD}{{1,24}}){{0,3}}"
# A place in capitals, what else is told of it and of the day, a dash; or an agency in brackets.
_SHOUTED = re.compile(
    rf"{_CAPITALS}(?:, [^\n()–—:;]{{2,40}})?(?P<by> ?\([^()\n]{{2,40}}\))? ?[-–—]{{1,2}}\s"
)
_SIGNED = re.compile(r"[A-Z\u00c0-\u00de][^\n()–—:;.]{1,50}\([^()\n]{2,40}\) ?[-–—]{1,2}\s")
_ASIDE_END = re.compile(r"\s[-–—]+\s|—")
_STOPS = frozenset(".?!”’\"'")
_FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
# Who else may stand before a colon in capitals, and speaks.
SPEAKERS = frozenset(("police", "military", "officials", "sources", "source"))
_QUESTION_AND_ANSWER = frozenset(("q", "a"))


def leave_dateline(tree: Tree, span: Span) -> Span:
    """Return a span without the part of it that is the dateline of its paragraph, which may be all
    of it.
    """
    paragraph = tree.annotation.paragraphs[tree.paragraph[tree.token_at(span[0])]]
    if paragraph[0] >= paragraph[1]:
        return span
    start, end = tree.span(paragraph[0], paragraph[1] - 1)
    if span[0] >= start + MAX_DATELINE:
        return span
    behind = _find_end(tree, (start, end))
    return (min(max(span[0], behind), span[1]), span[1]) if behind else span


def _find_end(tree: Tree, paragraph: Span) -> int:
    """Return where the text behind a paragraph's dateline begins, 0 if it has none."""
    text, (start, end) = tree.annotation.text, paragraph
    found = _SHOUTED.match(text, start, end) or _SIGNED.match(text, start, end)
    if found is None:
        return 0
    # "NATO — and nobody else — decides": what stands between two dashes is an aside.
    first, last = tree.annotation.sentences[tree.sentence[tree.token_at(found.end())]]
    stop = tree.tokens[last - 1].end if last > first else end
    signed = found.re is _SHOUTED and found["by"] is not None
    aside = not signed and _ASIDE_END.search(text, found.end(), min(stop, end))
    return 0 if aside else found.end()


def is_place_label(tree: Tree, colon: int) -> bool:
    """Say whether what stands before a colon at the beginning of a report's text is the place it
    was written at: words in capitals that name nobody who speaks, before a whole sentence.
    """
    number = tree.paragraph[colon]
    first, last = tree.annotation.paragraphs[number]
    if colon - first > MAX_LABEL_TOKENS:
        return False
    words = [t.text for t in tree.tokens[first:colon] if t.text not in (",", ".", "-")]
    if not 0 < len(words) <= MAX_PLACE_TOKENS or colon + 1 >= last:
        return False
    if not all(w.isupper() and w.isalpha() for w in words) or len(words[0]) < 3:
        return False
    if tree.tokens[last - 1].text[-1] not in _STOPS or not _begins_text(tree, number):
        return False
    return not _may_speak(tree, words, range(first, colon))


def _begins_text(tree: Tree, number: int) -> bool:
    """Say whether nothing but headings stands before a paragraph."""
    if number > MAX_HEADINGS:
        return False
    for first, last in tree.annotation.paragraphs[:number]:
        if last - first > MAX_HEADING_TOKENS:
            return False
        if first < last and tree.tokens[last - 1].text[-1] in ".!?":
            return False
    return True


def _may_speak(tree: Tree, words: list[str], label: range) -> bool:
    """Say whether a label in capitals may be somebody: a role, an organisation, a name that the
    report has for one, one of several labels, or whoever speaks of "me" behind it.
    """
    roles, tokens = load_role_words(), tree.tokens
    low = [w.lower() for w in words]
    speakers = SPEAKERS | _QUESTION_AND_ANSWER
    if any(w in speakers or w in roles.organisations or roles.is_role(w) for w in low):
        return True
    paragraphs = tree.annotation.paragraphs
    here = paragraphs[tree.paragraph[label.start]]
    if any(t.text.lower() in _FIRST_PERSON for t in tokens[label.stop : here[1]]):
        return True
    if any(_is_in_capitals(tree, *p) for p in paragraphs if p[0] > label.start):
        return True
    for name in tree.annotation.names:
        called = [t.text for t in tokens[name.first : name.last] if t.text.lower() != "the"]
        if name.first in label or not called:
            continue
        person = name.type == "PERSON" and called[-1].upper() == words[-1]
        body = name.type == "ORG" and [w.upper() for w in called] == words
        if person or body:
            return True
    return False


def _is_in_capitals(tree: Tree, first: int, last: int) -> bool:
    """Say whether a paragraph begins with a label in capitals."""
    for i in range(first, min(last, first + MAX_PLACE_TOKENS + 1)):
        if tree.tokens[i].text == ":":
            return i > first
        if not tree.tokens[i].text.isupper():
            return False
    return False
