"""Marks that nest, cross and crowd: cut against a slow and plain account of the same, and drawn as
markup that a parser reads back."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from sayso.safe_text import find_hidden
from sayso.web.segments import MAX_COVERING, Mark, cut_segments, split_lines
from sayso.web.text_markup import list_hidden, render_lines

SIZE = 40
texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab <>&\"'`=/\n\r\t\u00a0"),
        st.sampled_from("🚢👩\u0301שא\u061c\u0600\u202e\u2066\u200b\u200d\ufeff\u2028\x7f\x85\x1b"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=SIZE,
)
spans = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(lambda s: (min(s), max(s)))
keys = st.one_of(
    st.builds(lambda kind, n: f"{kind}{n}", st.sampled_from("coumf"), st.integers(1, 12)),
    st.sampled_from(["t", "a", "e-date", "e-outlet"]),
)
few = st.lists(st.builds(Mark, spans, keys), max_size=10)
many = st.lists(st.builds(Mark, spans, keys), min_size=MAX_COVERING, max_size=3 * MAX_COVERING)


class Reader(HTMLParser):
    """Reads markup into its text and elements, and refuses what is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None], int]] = []
        self.coded: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.open.append(tag)
        self.elements.append((tag, dict(attrs), len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and (code := self.elements[-1][1].get("data-code")):
            self.coded.append((code, data))
        self.text += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert not reader.open
    return reader


def draw(text: str, window: tuple[int, int], marks: list[Mark]) -> str:
    hidden = list_hidden(text, window)
    return "".join(line.markup for line in render_lines(text, window, [*marks, *hidden], {}))


def covering(marks: list[Mark], start: int, end: int) -> list[Mark]:
    return [m for m in marks if m.span[0] <= start and end <= m.span[1]]


@given(spans, st.one_of(few, many))
def test_each_character_is_in_one_segment_that_names_its_marks(
    window: tuple[int, int], marks: list[Mark]
) -> None:
    seen = []
    for segment in cut_segments(window, marks):
        assert segment.start < segment.end
        seen += range(segment.start, segment.end)
        held = covering(marks, segment.start, segment.end)
        assert len(segment.keys) == len(set(segment.keys)) <= MAX_COVERING
        for place in range(segment.start, segment.end):
            assert covering(marks, place, place + 1) == held
        if len(held) <= MAX_COVERING:
            assert set(segment.keys) == {m.key for m in held}
        else:
            assert set(segment.keys) <= {m.key for m in held}
    assert seen == list(range(*window))


@given(spans, st.one_of(few, many))
def test_a_key_begins_once_where_its_first_mark_does(
    window: tuple[int, int], marks: list[Mark]
) -> None:
    lo, hi = window
    first: dict[str, int] = {}
    for mark in marks:
        if max(mark.span[0], lo) < min(mark.span[1], hi):
            start = max(mark.span[0], lo)
            first[mark.key] = min(start, first.get(mark.key, start))
    found = [(key, segment.start) for segment in cut_segments(window, marks)
             for key in segment.begins]  # fmt: skip
    assert len(found) == len(first)
    assert dict(found) == first


@given(st.integers(1, SIZE), st.integers(0, 30))
def test_in_a_crowd_the_shortest_marks_are_named(place: int, more: int) -> None:
    marks = [Mark((0, place + n), f"c{n}") for n in range(MAX_COVERING + more)]
    first = next(iter(cut_segments((0, SIZE * 2), marks)))
    assert set(first.keys) == {f"c{n}" for n in range(MAX_COVERING)}
    assert first.keys[-1] == "c0" and first.keys[0] == f"c{MAX_COVERING - 1}"


@given(texts, spans, few)
def test_lines_of_a_window_join_to_it(
    text: str, window: tuple[int, int], marks: list[Mark]
) -> None:
    window = (min(window[0], len(text)), min(window[1], len(text)))
    whole = list(cut_segments(window, marks))
    lines = list(split_lines(text, whole))
    pieces = [piece for _, line in lines for piece in line]
    assert "".join(text[p.start : p.end] for p in pieces) == text[slice(*window)]
    assert [key for p in pieces for key in p.begins] == [k for s in whole for k in s.begins]
    for start, line in lines:
        assert line[0].start == start
        assert "\n" not in text[start : line[-1].end - 1]
    assert len(lines) == text[slice(*window)].count("\n") + (
        window[0] < window[1] and text[window[1] - 1] != "\n"
    )


@given(texts, spans, st.one_of(few, many))
def test_markup_reads_back_as_the_text_of_its_window(
    text: str, window: tuple[int, int], marks: list[Mark]
) -> None:
    window = (min(window[0], len(text)), min(window[1], len(text)))
    reader = read(draw(text, window, marks))
    assert reader.text == text[slice(*window)]
    for tag, attributes, _ in reader.elements:
        assert tag in ("a", "span")
        assert set(attributes) <= {"class", "data-k", "href", "id", "data-code"}
        assert (tag == "a") == ("href" in attributes)
        assert (attributes.get("href") or "#card-").startswith("#card-")
    ids = [a["id"] for _, a, _ in reader.elements if "id" in a]
    assert len(ids) == len(set(ids))


@given(texts, few)
def test_what_hides_carries_its_code_and_nothing_else_does(text: str, marks: list[Mark]) -> None:
    marks = [m for m in marks if m.span[1] <= len(text)]
    reader = read(draw(text, (0, len(text)), marks))
    expected = [(f"U+{ord(text[n]):04X}", text[n]) for n in find_hidden(text)]
    assert reader.coded == expected


@given(texts, few)
def test_each_statement_and_figure_can_be_jumped_to_from_its_card_and_back(
    text: str, marks: list[Mark]
) -> None:
    reader = read(draw(text, (0, len(text)), marks))
    places = {str(a["id"]): at for _, a, at in reader.elements if "id" in a}
    names = {"c": "s", "f": "f"}
    for mark in marks:
        if mark.key[0] in names and mark.span[0] < min(mark.span[1], len(text)):
            anchor = names[mark.key[0]] + mark.key[1:]
            first = min(m.span[0] for m in marks
                        if m.key == mark.key and m.span[0] < min(m.span[1], len(text)))  # fmt: skip
            assert places[anchor] == first
    targets = {a["href"] for _, a, _ in reader.elements if "href" in a}
    assert {str(t).removeprefix("#card-") for t in targets} <= set(places)
