"""The blocks of a page's element, as a reader sees them: paragraphs, headings, items, rows, lines.

trafilatura finds the article in a page full of other things, but on a short one it may give all of
its text as one run, or leave out a list. `read_blocks` gives the text of an element with every
block apart: a blank line between blocks, `<br>` and the lines of `<pre>` as line ends, list items
with "- ", rows of a table of short cells as "| a | b |". What is no part of an article by its
element (navigation, forms, scripts, figures, what is hidden) is left out, and so is a block that is
nothing but links.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_CELL_CHARS = 80
MAX_ARTICLES = 20
MIN_COVERED = 0.9  # share of the words found by trafilatura that an element must hold
MIN_SHARE = 0.5  # of the characters, for the only article of several that has a headline
MAX_RATIO, MAX_MORE_CHARS = 1.5, 400

_BLOCKS = frozenset(
    str.split(
        """
        address article blockquote body caption center dd details dir div dl dt fieldset
        figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table
        tbody td tfoot th thead tr ul
        """
    )
)
_LEFT_OUT = frozenset(
    str.split(
        """
        aside audio button canvas datalist dialog embed figcaption figure head iframe input map
        math menu meta nav noframes noscript object script select style svg template textarea title
        video
        """
    )
)
_CELLS = ("td", "th")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_BREAK_HINTS = re.compile("[\xad\u200b\u2060\ufeff]")
_WORDS = re.compile(r"\w+")


def read_blocks(root: HtmlElement) -> str:
    """Return the text of an element, its blocks apart."""
    from lxml import etree  # noqa: PLC0415 - for pages alone

    blocks = _Blocks()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            blocks.end(tag, element.tail if element is not root else None)
        elif _is_left_out(tag, element):
            walker.skip_subtree()
        elif tag == "tr" and (row := _read_row(element)) is not None:
            blocks.add_block(row)
            walker.skip_subtree()
        else:
            blocks.begin(tag, element.text)
    blocks.flush()
    return drop_break_hints("\n\n".join(blocks.found))


def drop_break_hints(text: str) -> str:
    """Return `text` without soft hyphens and other marks that only say where a line may break."""
    return _BREAK_HINTS.sub("", text)


def choose_container(tree: HtmlElement, text: str) -> str | None:
    """Return the blocks of the first of articles, main and body that is the article found.

    text: what trafilatura found. None if each holds much more than that, or not nearly all of it.
    Of several articles the one with a headline of the first rank is enough.
    """
    wanted = Counter(_WORDS.findall(text.lower()))
    articles = list(islice(tree.iter("article"), MAX_ARTICLES))
    headed = [article for article in articles if any(True for _ in article.iter("h1"))]
    if len(articles) > 1 and len(headed) == 1:  # the others lead to other pages
        own = read_blocks(headed[0])
        if MIN_SHARE * len(text) <= len(own) <= MAX_RATIO * len(text) + MAX_MORE_CHARS:
            return own
    for element in chain(articles, islice(tree.iter("main"), 1), islice(tree.iter("body"), 1)):
        own = read_blocks(element)
        there = Counter(_WORDS.findall(own.lower()))
        if (wanted & there).total() < MIN_COVERED * wanted.total():
            continue
        if len(own) <= MAX_RATIO * len(text) + MAX_MORE_CHARS:
            return own
    return None


class _Blocks:
    """The blocks so far, and the one that is being read. Depths count open elements of a kind."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._marker = ""
        self._links = self._pre = 0
        self._in_links = self._outside = 0  # characters
        self._kind = ""

    def begin(self, tag: str, text: str | None) -> None:
        if tag in _BLOCKS:
            self.flush()
            self._kind = tag
            self._marker = "- " if tag == "li" else self._marker
        elif tag == "br":
            self._parts.append("\n")
        self._links += tag == "a"
        self._pre += tag == "pre"
        self._add(text)

    def end(self, tag: str, tail: str | None) -> None:
        if tag in _BLOCKS:
            self.flush()
            self._kind = ""
            self._marker = "" if tag == "li" else self._marker
        self._links -= tag == "a" and self._links > 0
        self._pre -= tag == "pre" and self._pre > 0
        self._add(tail)

    def add_block(self, text: str) -> None:
        self.flush()
        self.found.append(text)

    def flush(self) -> None:
        """End the block that is being read; blank lines inside it part it further."""
        parts, self._parts = "".join(self._parts), []
        only_links = self._in_links > 0 and self._outside == 0
        self._in_links = self._outside = 0
        if only_links and self._kind != "p" and self._kind not in _HEADINGS:
            return
        for block in _BLANK_LINES.split(parts):
            lines = [line.strip(" \t") for line in block.split("\n")]
            text = "\n".join(line for line in lines if line)
            if text:
                self.found.append(self._marker + text)
                self._marker = ""

    def _add(self, text: str | None) -> None:
        if not text:
            return
        words = text if self._pre else _WHITE.sub(" ", text)
        if not self._pre and words.startswith(" ") and (not self._parts or _ends(self._parts)):
            words = words[1:]
        letters = sum(char.isalnum() for char in words)
        self._in_links += letters if self._links else 0
        self._outside += 0 if self._links else letters
        self._parts.append(words)


def _ends(parts: list[str]) -> bool:
    return parts[-1][-1:] in (" ", "\n")


def _is_left_out(tag: str, element: HtmlElement) -> bool:
    if tag in _LEFT_OUT or not tag or element.get("hidden") is not None:
        return True
    if _HIDDEN.search(element.get("style") or "") or element.get("aria-hidden") == "true":
        return True
    if tag == "form":  # some sites put the whole page into one
        return not any(True for _ in element.iter("p"))
    if tag not in ("header", "footer"):
        return False
    # A site's own, not that of an article or a quotation.
    if any(True for _ in element.iterancestors("article", "blockquote")):
        return False
    return tag == "footer" or not any(True for _ in element.iter("h1"))


def _read_row(row: HtmlElement) -> str | None:
    """Return a row of short cells on one line; None of a row that only lays out a page."""
    cells = []
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text = " ".join(cell.text_content().split())
        if len(text) > MAX_CELL_CHARS or any(e.tag in _BLOCKS or e.tag == "br" for e in cell):
            return None
        cells.append(text)
    return f"| {' | '.join(cells)} |" if len(cells) > 1 and any(cells) else None
