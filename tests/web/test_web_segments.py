"""Texts cut at their spans: whole, in order, and each piece with the spans that cover it."""

from __future__ import annotations

import itertools
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from sayso.web.segments import (
    MAX_COVERING,
    PART_CHARS,
    PART_SPANS,
    Mark,
    cut_parts,
    cut_segments,
    split_lines,
)
from sayso.web.text_markup import list_hidden, render_lines

texts = st.text(alphabet=st.sampled_from("ab <>&\"'\n\r\té🚢سלא\u202e\u200b\x1b"), max_size=60)
spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda s: (min(s), max(s)))
keys = st.sampled_from(["c1", "c2", "c3", "o1", "u2", "m1", "f1", "f2", "t", "e-date"])
marks = st.lists(st.builds(Mark, spans, keys), max_size=8)


class Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        self.text += data


@given(spans, marks)
def test_segments_cover_the_window_and_name_what_covers_them(
    window: tuple[int, int], marked: list[Mark]
) -> None:
    found = list(cut_segments(window, marked))
    assert [s.start for s in found] == [window[0], *(s.end for s in found[:-1])] or not found
    assert "".join(str(s.end - s.start) for s in found) or window[0] == window[1]
    if found:
        assert found[-1].end == window[1]
    begun = [key for segment in found for key in segment.begins]
    assert len(begun) == len(set(begun))
    for segment in found:
        expected = {
            m.key for m in marked if m.span[0] <= segment.start and segment.end <= m.span[1]
        }
        assert set(segment.keys) == expected or len(expected) > MAX_COVERING


@given(texts, marks)
def test_the_markup_has_the_characters_of_the_text(text: str, marked: list[Mark]) -> None:
    window = (0, len(text))
    kinds = {"c1": "direct", "c2": "mixed"}
    lines = list(render_lines(text, window, [*marked, *list_hidden(text, window)], kinds))
    collector = Collector()
    collector.feed("".join(line.markup for line in lines))
    collector.close()
    assert collector.text == text
    assert collector.tags <= {"a", "span"}
    assert len(collector.ids) == len(set(collector.ids))
    assert [line.start for line in lines] == sorted({line.start for line in lines})
    for line in lines[1:]:
        assert text[line.start - 1] == "\n"


def test_a_hidden_character_carries_its_code() -> None:
    text = "a \u202eb"
    [line] = render_lines(text, (0, len(text)), list_hidden(text, (0, len(text))), {})
    assert 'data-code="U+202E"' in line.markup
    assert list_hidden("👩\u200d👩 naïve soft\u00adhyphen", (0, 20)) == []


def test_lines_are_the_text() -> None:
    text = "one\n\ntwo\nthree"
    segments = cut_segments((0, len(text)), [Mark((1, 9), "c1")])
    lines = list(split_lines(text, segments))
    assert [start for start, _ in lines] == [0, 4, 5, 9]
    assert "".join(text[s.start : s.end] for _, line in lines for s in line) == text


@given(st.integers(0, 4), st.integers(0, 3_000))
def test_parts_are_the_text_and_no_part_is_too_long(pages: int, starts: int) -> None:
    text = "words of a report. " * (pages * PART_CHARS // 19)
    begins = sorted(n % (len(text) + 1) for n in range(0, starts * 7, 7))
    parts = cut_parts(text, begins)
    assert parts[0][0] == 0 and parts[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(parts))
    assert all(end - start <= PART_CHARS for start, end in parts)
    for start, end in parts:
        distinct = {b for b in begins if start <= b < end}
        assert len(distinct) <= PART_SPANS + 1
