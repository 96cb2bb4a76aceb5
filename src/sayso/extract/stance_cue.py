"""The words of a cue, with the source and content around it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.stance_words import StanceWords
from sayso.extract.tree import Tree


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens of a cue, and of the source and content around it."""

    tree: Tree
    words: StanceWords
    tokens: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    form: str
    root: int | None

    def lemma(self, token: int) -> str:
        """Return the lemma of a token."""
        return self.tree.tokens[token].lemma

    def tag(self, token: int) -> str:
        """Return the tag of a token."""
        return self.tree.tokens[token].tag
