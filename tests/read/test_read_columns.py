"""Which column is what, which cells say nothing, which addresses count. All names are invented."""

from __future__ import annotations

import pytest

from sayso.read.columns import guess_columns, is_absent, to_address
from sayso.read.csv_rows import guess_delimiter


def test_a_value_that_only_contains_such_a_word_is_kept() -> None:
    assert not any(is_absent(value) for value in ("Nona", "None of them", "n", "null hypothesis"))


@pytest.mark.parametrize(
    ("columns", "chosen"),
    [
        (["Text"], {"text": "Text"}),
        (["body", "content"], {"text": "body"}),
        (["Article Text", "HEADLINE", "Pub-Date", "Link"],
         {"text": "Article Text", "title": "HEADLINE", "published": "Pub-Date", "url": "Link"}),
        (["text", "Source", "Authors", "LANG", "_id"],
         {"text": "text", "outlet": "Source", "byline": "Authors", "language": "LANG",
          "id": "_id"}),
        (["text", "Text"], {"text": "text"}),
        (["a", "b"], {}),
    ],
)  # fmt: skip
def test_columns_are_guessed(columns: list[str], chosen: dict[str, str]) -> None:
    assert guess_columns(columns, {}) == chosen


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("HTTPS://Kavria.Example/A?b=C#top", "https://kavria.example/A?b=C"),
        (" http://kavria.example/1 ", "http://kavria.example/1"),
        ("http://kavria.example:8080/", "http://kavria.example:8080/"),
        ("javascript:alert(1)", None), ("file:///etc/passwd", None), ("kavria.example/1", None),
        ("http://", None), ("http://[::1", None), ("http://user:pw@kavria.example/", None),
        ("http://kavria.example/a b", None), ("http://k.example/" + "a" * 3000, None), ("", None),
    ],
)  # fmt: skip
def test_only_web_addresses_are_addresses(url: str, address: str | None) -> None:
    assert to_address(url) == address


@pytest.mark.parametrize(
    ("head", "path", "delimiter"),
    [
        ("id,text\n", "a.csv", ","), ("id;text;x,y\n", "a.csv", ";"), ("id\ttext\n", "a.csv", "\t"),
        ("id|text\n", "a.csv", "|"), ("text\n", "a.csv", ","), ("a,b", "a.tsv.gz", "\t"),
        ('"a;b;c;d",text\n', "a.csv", ","), ("", "a.csv", ","),
    ],
)  # fmt: skip
def test_the_delimiter_is_guessed(head: str, path: str, delimiter: str) -> None:
    assert guess_delimiter(head, path) == delimiter
