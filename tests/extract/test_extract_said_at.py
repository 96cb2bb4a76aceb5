"""The day on which a statement was made: one that hangs on its cue, else none."""

from __future__ import annotations

import pytest

from sayso import annotate

PUBLISHED = "2031-04-14"  # a Monday
SUNDAY, SATURDAY = "2031-04-13", "2031-04-12"


def find(text: str, published: str | None = PUBLISHED) -> list[str | None]:
    """Return the day of each statement, in the order of the text."""
    return [s.said_at for s in annotate(text, published=published).statements]


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The ministry said on Sunday that the port was shut.", SUNDAY),
        ("The ministry said Sunday that the port was shut.", SUNDAY),
        ("“The port is shut,” Mirela Sovan told reporters on Sunday.", SUNDAY),
        ("“The port is shut,” Mirela Sovan told reporters in Ostvik on Sunday.", SUNDAY),
        ("“The port is shut,” the ministry said in a statement on Sunday.", SUNDAY),
        ("“The port is shut,” the ministry said in a statement released on Sunday.", SUNDAY),
        ("“The port is shut,” she said late on Saturday night.", SATURDAY),
        ("“The port is shut,” she said at a news conference on 12 April 2031.", SATURDAY),
        ("Speaking on Sunday, Mirela Sovan said that the port was shut.", SUNDAY),
        ("On Sunday, Mirela Sovan said that the port was shut.", SUNDAY),
        ("According to a statement issued on Sunday, the port was shut.", SUNDAY),
        ("A report published on Sunday said that the port was shut.", SUNDAY),
        ("Sunday's report said that the port was shut.", SUNDAY),
        ("“The port is shut,” she said in a Sunday interview.", SUNDAY),
        ("“The port is shut,” she said at Sunday's briefing.", SUNDAY),
        ("The captain resigned on Sunday, saying that the port was shut.", SUNDAY),
        ("On Sunday, the envoy urged calm and said that the port was shut.", SUNDAY),
        # Not when it was said:
        ("The port is shut, she said Sunday, but he added that the ferry sails.", SUNDAY),
        ("The captain was arrested on Sunday and said that the port was shut.", None),
        ("The ministry said that the port was shut on Sunday.", None),
        ("The ministry said the port was shut.", None),
        ("The captain arrested on Sunday said that the port was shut.", None),
        ("The ministry has said since Sunday that the port was shut.", None),
        ("Asked about the raid on Sunday, she said that the port was shut.", None),
        ("She told the Sunday Herald that the port was shut.", None),
        ("The ministry said in April that the port was shut.", None),
        ("The ministry will say on Friday that the port is shut.", None),
    ],
)
def test_a_statement_has_the_day_that_hangs_on_its_cue(text: str, day: str | None) -> None:
    assert set(find(text)) == {day}


@pytest.mark.language
def test_a_statement_inside_another_has_its_own_day() -> None:
    text = "The envoy said on Sunday that the ministry had admitted that the port was shut."
    assert sorted(find(text), key=str) == [SUNDAY, None]


@pytest.mark.language
def test_without_a_publication_only_a_whole_date_is_known() -> None:
    assert find("The ministry said on Sunday that the port was shut.", None) == [None]
    assert find("The ministry said on 12 April 2031 that the port was shut.", None) == [SATURDAY]
