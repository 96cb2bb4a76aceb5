"""What the language pipeline says about one report: tokens, sentences, paragraphs and names.

Only `sayso.parse` knows which pipeline made it. Finders read this and nothing else, so a test can
build one by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.span import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `head` is the index of its syntactic head (its own index at a root).

    text: without characters that print nothing; tag: Penn Treebank part of speech; dep: ClearNLP
    dependency label as spaCy's English pipelines use them; lemma: lower-case base form of verbs and
    nouns, the lower-case word otherwise.
    """

    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Name:
    """One named entity: its span, its token range [first, last) and its OntoNotes type (PERSON,
    ORG …).
    """

    span: Span
    first: int
    last: int
    type: str


@dataclass(frozen=True, slots=True)
class TaggedAttribution:
    """One attribution as a trained tagger marks it, before anything is fitted or linked.

    anchor: the word of the cue it hangs on. probability: of the anchor being one; the others: mean
    probability of the words of the source, None without one, and of the least sure piece of the
    content. confidence: how often such an attribution is right, source and content and all. All in
    [0, 1].
    """

    anchor: Span
    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    probability: float
    source_probability: float | None
    content_probability: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Tagged:
    """All that a tagger marked in a text. threshold: the confidence from which up it is kept unless
    another is wished.
    """

    attributions: tuple[TaggedAttribution, ...]
    threshold: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """The linguistic annotation of one report's title and body.

    text: the whole report text that the spans index. tokens: in order of the text, none of them
    white space. sentences, paragraphs: [first, last) token ranges, in order, covering all tokens;
    a sentence lies in one paragraph. title: the token range of the title, empty if there is none.
    tagged: None where no tagger read the text.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    names: tuple[Name, ...]
    title: tuple[int, int] = (0, 0)
    found_by: str = "hand"
    tagged: Tagged | None = None
