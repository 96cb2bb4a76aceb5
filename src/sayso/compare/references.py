"""By which words reports refer to one person or organisation: each wording, by outlet and voice."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import NotFoundError
from sayso.ledger.cited_spans import CITED_COLUMNS, Place, cite_places
from sayso.ledger.people import list_called
from sayso.ledger.references import Reference, list_references
from sayso.ledger.word_sides import (
    ONCE,
    Side,
    Topic,
    WordText,
    find_repeated,
    find_topic,
    iterate_texts,
    list_members,
)
from sayso.link.word_places import list_sentences
from sayso.records.span import Span, covers, find_covering, join_spans

# A longer one is no wording but a passage that a finder took for one.
MAX_WORDING_CHARS = 80
SENTENCE_CHARS = 600
REFERENCE_COLUMNS = (
    *("wording", "form", "voice", "outlet", "mentions", "reports"),
    *(column.name for column in CITED_COLUMNS if column.name not in ("voice", "outlet")),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording in one voice of one outlet: where it stands, by date."""

    wording: str
    form: str
    voice: str
    outlet: str | None
    places: tuple[Place, ...]

    @property
    def reports(self) -> int:
        return len({place[0] for place in self.places})


@dataclass(frozen=True, slots=True)
class References:
    """How reports refer to `topic`: wordings, those of the most reports first. others: who else has
    a name with these words in it, and in how many reports."""

    topic: Topic
    wordings: tuple[Wording, ...]
    reports: int
    others: tuple[tuple[str, int], ...] = ()


def find_references(
    connection: sqlite3.Connection, name: str, side: Side | None = None, copies: str = ONCE
) -> References:
    """Return by which words the reports of a side refer to somebody.

    copies: as in `find_repeated`. NotFoundError where nobody of the ledger is called so.
    """
    topic = find_topic(connection, name)
    if not topic.numbers:
        there = ", ".join(f"{one} ({count})" for one, count in list_called(connection, name))
        more = f"; in reports as part of a name: {there}" if there else ""
        raise NotFoundError(f"{name!r}: nobody of this ledger is called so{more}")
    others = list_called(connection, name, without=topic.identity_id)
    members = {m.report_id: m for m in list_members(connection, side or Side())}
    by_report: dict[str, list[Reference]] = defaultdict(list)
    for reference in list_references(connection, topic):
        if reference.report_id in members:
            by_report[reference.report_id].append(reference)
    ordered = sorted(by_report, key=lambda one: members[one].age)
    repeated = find_repeated(connection, ordered, copies)
    grouped: dict[tuple[str, str, str | None], list[tuple[str, str, Place]]] = defaultdict(list)
    for text in iterate_texts(connection, ordered):
        outlet = members[text.report_id].outlet
        kept = _leave_out(by_report[text.report_id], repeated.get(text.report_id, ()))
        for printed, voice, form, place in _read(text, kept):
            grouped[(_normalise(printed), voice, outlet)].append((printed, form, place))
    wordings = _order([_make(key, found) for key, found in grouped.items()])
    return References(topic, tuple(wordings), len(by_report), tuple(others))


def _leave_out(found: Iterable[Reference], spans: Iterable[Span]) -> list[Reference]:
    repeated = join_spans(list(spans))
    return [one for one in found if find_covering(repeated, (one.start, one.end)) is None]


def _read(text: WordText, found: Sequence[Reference]) -> Iterator[tuple[str, str, str, Place]]:
    sentences = list_sentences(text.text, text.windows)
    starts = [start for start, _ in sentences]
    contents = join_spans(text.contents)
    for one in found:
        printed = text.text[one.start : one.end]
        at = bisect_right(starts, one.start) - 1
        if (
            at < 0
            or len(printed) > MAX_WORDING_CHARS
            or not covers(text.windows, (one.start, one.end))
        ):
            continue
        start, end = sentences[at]
        end = max(end, one.end)
        if end - start > SENTENCE_CHARS:
            start = max(start, one.start - SENTENCE_CHARS // 2)
            end = min(end, max(one.end, start + SENTENCE_CHARS))
        inside = find_covering(contents, (one.start, one.start + 1)) is not None
        place = (text.report_id, (one.start, one.end), (start, end), text.text[start:end])
        yield printed, "quoted" if inside else "own", one.form, place


def _normalise(printed: str) -> str:
    """Return what wordings are one by: small letters, one space, no article and no possessive."""
    words = printed.casefold().replace("’", "'").split()
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    joined = " ".join(words)
    return joined.removesuffix("'s").removesuffix("'").strip(".,;: ") or joined


def _make(key: tuple[str, str, str | None], found: Sequence[tuple[str, str, Place]]) -> Wording:
    normal, voice, outlet = key
    form = Counter(form for _, form, _ in found).most_common(1)[0][0]
    return Wording(normal, form, voice, outlet, tuple(place for *_, place in found))


def _order(wordings: Sequence[Wording]) -> list[Wording]:
    total: Counter[str] = Counter()
    for one in wordings:
        total[one.wording] += one.reports
    return sorted(
        wordings,
        key=lambda one: (
            -total[one.wording],
            one.wording,
            one.voice,
            -one.reports,
            one.outlet or "",
        ),
    )


def cite_wordings(
    connection: sqlite3.Connection, wordings: Sequence[Wording]
) -> list[dict[str, object]]:
    """Return wordings as rows of REFERENCE_COLUMNS, each with its first sentence."""
    cited = cite_places(connection, [one.places[0] for one in wordings])
    rows = []
    for one, citation in zip(wordings, cited, strict=True):
        own = {
            "wording": one.wording,
            "form": one.form,
            "voice": one.voice,
            "outlet": one.outlet,
            "mentions": len(one.places),
            "reports": one.reports,
        }
        rows.append({name: own.get(name, citation.get(name)) for name in REFERENCE_COLUMNS})
    return rows
