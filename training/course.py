"""What is learned in each epoch: a variant of every article, in pieces."""

from __future__ import annotations

from sayso.parse.word_pieces import WordPieces
from training.corpus import Article, Lesson, count_anchor_words, make_lesson
from training.variants import Variants


class Course:
    """The lessons of each epoch: variants of the articles, with words that may be anchors inside
    contents left open.
    """

    def __init__(self, articles: list[Article], spelling: WordPieces, seed: int) -> None:
        self.spelling = spelling
        self._variants = Variants(articles, seed)
        self._anchor_words = count_anchor_words((a, make_lesson(a, spelling)) for a in articles)

    def make(self, epoch: int) -> list[Lesson]:
        """Return the lessons of an epoch."""
        variants = self._variants.make(epoch)
        return [make_lesson(a, self.spelling, self._anchor_words) for a in variants]
