"""Whom a question is put to, whom witnesses speak of, titles and letters around names."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.extract.marking import annotate, mark

from sayso.extract.attributions import find_attributions
from sayso.extract.mentions import find_mentions
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import TaggedAttribution

pytestmark = pytest.mark.language

Mark = tuple[str, str, str]
"""Words of a source, of the first cue like it and of the content."""


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def make(text: str, marked: Mark) -> TaggedAttribution:
    """Return a mark whose source is the nearest of its words to the cue."""
    source, cue, content = marked
    whole = re.search(rf"\b{cue}\b", text)
    assert whole is not None
    places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(source)}(?!\w)", text)]
    near = min(places, key=lambda p: min(abs(p[1] - whole.start()), abs(whole.end() - p[0])))
    one = mark(text, None, cue, (content,))
    return replace(one, anchor=whole.span(), cue=whole.span(), source=near, source_probability=0.9)


def find_last(parser: Parser, text: str, *marks: Mark) -> str | None:
    """Return the speaker of the last of some statements."""
    made = [make(text, m) for m in marks]
    annotation = annotate(parser, text, *made)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r_test", found).speakers
    start = made[-1].cue[0]
    by_cue = [
        s
        for a, s in zip(found, speakers, strict=True)
        if a.cue is not None and a.cue.start <= start < a.cue.end
    ]
    assert by_cue, "the statement is not found"
    return None if by_cue[-1] is None else by_cue[-1].name


CLERK = "Karl Osten, a former clerk, gave evidence. "
ASKED = CLERK + "Prosecutor Karin Delm asked Karl Osten whether he thought that Bela Wrin had lied."
# A text, its statements, the speaker of the last.
PUT: tuple[tuple[str, tuple[Mark, ...], str | None], ...] = (
    # who is asked, not who asks
    (
        ASKED,
        (
            ("Prosecutor Karin Delm", "asked", "whether he thought that Bela Wrin had lied"),
            ("he", "thought", "that Bela Wrin had lied"),
        ),
        "Karl Osten",
    ),
    (
        f"{ASKED} “No,” he answered.",
        (
            ("Prosecutor Karin Delm", "asked", "whether he thought that Bela Wrin had lied"),
            ("he", "answered", "“No,”"),
        ),
        "Karl Osten",
    ),
    # who answers a question that names nobody is not who puts it
    (
        "Judge Otto Lenk asked about the car. “It was red,” he replied.",
        (("Judge Otto Lenk", "asked about", "the car"), ("he", "replied", "“It was red,”")),
        None,
    ),
    # who is warned, by somebody without a name
    (
        "Lena Marsk told the court that a clerk had warned her that she would be charged if she "
        "revealed the sum.",
        (
            ("Lena Marsk", "told", "that a clerk had warned her that she would be charged"),
            ("she", "revealed", "the sum"),
        ),
        "Lena Marsk",
    ),
    (
        "Hanna Weil warned Mira Sand that she would be held if she denied the theft.",
        (
            ("Hanna Weil", "warned", "that she would be held if she denied the theft"),
            ("she", "denied", "the theft"),
        ),
        "Mira Sand",
    ),
    # who is told something of somebody is not who does it
    (
        "Mayor Peter Quist told Karl Osten that he opposed the plan.",
        (
            ("Mayor Peter Quist", "told", "that he opposed the plan"),
            ("he", "opposed", "the plan"),
        ),
        "Peter Quist",
    ),
    # who asks whether they may is who is meant
    (
        "Minister Ivo Brant asked Karl Osten if he could deny the report.",
        (
            ("Minister Ivo Brant", "asked", "if he could deny the report"),
            ("he", "deny", "the report"),
        ),
        "Ivo Brant",
    ),
    # who goes on after a question is who put it
    (
        "Judge Otto Lenk asked Emil Stroh about the car. He added that it was late.",
        (("Judge Otto Lenk", "asked", "about the car"), ("He", "added", "that it was late")),
        "Otto Lenk",
    ),
    # a question put to whom the main clause names
    (
        "Asked whether she believed that the army acted alone, Mayor Vera Lind replied that "
        "nobody knew.",
        (("she", "believed", "that the army acted alone"),),
        "Vera Lind",
    ),
    (
        "Mayor Anna Holt came. Pressed on why she denied the report, Anna Holt left.",
        (("she", "denied", "the report"),),
        "Anna Holt",
    ),
    # in a condition of what somebody says they are not meant, in a clause of time they are
    (
        "President Toman Hask met officers. If he admits the error, Ivar Rook warned, the court "
        "will ask for proof.",
        (
            ("Ivar Rook", "warned", "If he admits the error, Ivar Rook warned, the court"),
            ("he", "admits", "the error"),
        ),
        "Toman Hask",
    ),
    (
        "President Toman Hask met officers. When he admitted the error, Ivar Rook wept.",
        (("he", "admitted", "the error"),),
        "Ivar Rook",
    ),
    # who asks for something speaks of it, and whom it is asked is no more than that
    (
        "Karl Osten asked the judge for mercy. “I did it,” he said.",
        (("he", "said", "“I did it,”"),),
        "Karl Osten",
    ),
    (
        "Karl Osten asked Otto Lenk to resign. “It is time,” he said.",
        (("he", "said", "“It is time,”"),),
        "Karl Osten",
    ),
    (
        "Karl Osten reminded Otto Lenk that he had warned that the ice was thin.",
        (
            ("Karl Osten", "reminded", "that he had warned that the ice was thin"),
            ("he", "warned", "that the ice was thin"),
        ),
        "Karl Osten",
    ),
    # whose denial it is that what they said is held against
    (
        "Edda Marsk said that Oskar Brin’s denial contradicted what he told the Mirror.",
        (
            ("Edda Marsk", "said", "that Oskar Brin’s denial contradicted what he told the Mirror"),
            ("he", "told", "what"),
        ),
        "Oskar Brin",
    ),
    # whoever tells of a claim is not whom it is about, unless they have a name
    (
        "Karl Osten left in May. An aide said that the claim that he denied the theft was false.",
        (
            ("An aide", "said", "that the claim that he denied the theft was false"),
            ("he", "denied", "the theft"),
        ),
        "Karl Osten",
    ),
    (
        "Otto Lenk left in May. Karl Osten said that the claim that he denied the theft was false.",
        (
            ("Karl Osten", "said", "that the claim that he denied the theft was false"),
            ("he", "denied", "the theft"),
        ),
        "Karl Osten",
    ),
)


@pytest.mark.parametrize(("text", "marks", "speaker"), PUT)
def test_he_is_whom_a_question_is_put_to(
    text: str, marks: tuple[Mark, ...], speaker: str | None, parser: Parser
) -> None:
    assert find_last(parser, text, *marks) == speaker


def test_nobody_is_he_in_their_own_quotation_by_another_name(parser: Parser) -> None:
    text = (
        "Karl Osten is said to be ill. An aide said it was a lie. “He told us, ‘I am well,’” the "
        "aide, Mirel Osk, insisted."
    )
    outer = ("the aide, Mirel Osk,", "insisted", "“He told us, ‘I am well,’”")
    aide = ("An aide", "said", "it was a lie")
    assert find_last(parser, text, aide, outer, ("He", "told", "‘I am well,’")) == "Karl Osten"


MANY: tuple[tuple[str, tuple[Mark, ...], str | None], ...] = (
    # a witness speaks of whom the sentence before tells
    (
        "The army said it had closed the road. Farmer Ila Brem saw two gunmen near the mill. “They "
        "threatened to burn it,” she recalled.",
        (
            ("The army", "said", "it had closed the road"),
            ("she", "recalled", "“They threatened to burn it,”"),
            ("They", "threatened", "to burn it"),
        ),
        None,
    ),
    (
        "The teachers said they were tired. Colonel Issa Bal announced the arrest of a gang of "
        "thieves. “They admitted three thefts,” he declared.",
        (
            ("The teachers", "said", "they were tired"),
            ("he", "declared", "“They admitted three thefts,”"),
            ("They", "admitted", "three thefts"),
        ),
        None,
    ),
    # with nobody else told of it is who spoke, and in the outlet's own words
    (
        "The teachers said it was late. “They demanded more pay,” Mayor Ivo Brant recalled.",
        (
            ("The teachers", "said", "it was late"),
            ("Mayor Ivo Brant", "recalled", "“They demanded more pay,”"),
            ("They", "demanded", "more pay"),
        ),
        "The teachers",
    ),
    (
        "The teachers said it was late at a meeting with farmers. “They demanded more pay,” Mayor "
        "Ivo Brant recalled.",
        (
            ("The teachers", "said", "it was late"),
            ("Mayor Ivo Brant", "recalled", "“They demanded more pay,”"),
            ("They", "demanded", "more pay"),
        ),
        "The teachers",
    ),
)


@pytest.mark.parametrize(("text", "marks", "speaker"), MANY)
def test_a_witness_speaks_of_the_nearest(
    text: str, marks: tuple[Mark, ...], speaker: str | None, parser: Parser
) -> None:
    assert find_last(parser, text, *marks) == speaker


def test_a_given_name_in_a_quotation_is_whose_the_report_knows(parser: Parser) -> None:
    text = (
        "Dancer Lara Quint left the show. Judge Tom Hale was sorry.\n"
        "A friend told the Ostvik Mail: ‘Lara was in tears. She vowed to sue.’"
    )
    outer = ("A friend", "told", "‘Lara was in tears. She vowed to sue.’")
    assert find_last(parser, text, outer, ("She", "vowed", "to sue")) == "Lara Quint"


TITLED = (
    ("Prosecutor Imogen Strake KC", "Imogen Strake"),
    ("Jon Aske MP", "Jon Aske"),
    ("Ada Ruiz MEP", "Ada Ruiz"),
    ("Dr Alan Moss MBE", "Alan Moss"),
    ("Maria Stone, PhD,", "Maria Stone"),
    ("Brig Tom Ardle (Retd)", "Tom Ardle"),
    ("Shri Prabhat Venkole", "Prabhat Venkole"),
    ("Smt. Sulabha Tirwade", "Sulabha Tirwade"),
    ("Alhaji Musa Baloni", "Musa Baloni"),
    ("Comrade Renata Shumil", "Renata Shumil"),
    ("A lawyer, Barr. Tonye Pepplewari,", "Tonye Pepplewari"),
    ("Leader of the Opposition Smt. Sulabha Tirwade", "Sulabha Tirwade"),
    ("Police Public Relations Officer, DSP Kofi Annorbah", "Kofi Annorbah"),
    ("The Chief Medical Officer, Dr. R.K. Malhorkar,", "R.K. Malhorkar"),
    ("Deputy Foreign Minister of Rusovia Gleb Starodub", "Gleb Starodub"),
    ("The mayor of Dunmarrow, Eda Foss,", "Eda Foss"),
    ("The Telegram channel Severny Veter", "Severny Veter"),
    ("FURIOUS Dawn Hackley", "Dawn Hackley"),
    # letters and titles that are none
    ("General Motors", "General Motors"),
    ("The Green Party", "Green Party"),
    ("Attorney General Ada Barr", "Ada Barr"),
    ("The Ostvik Council", "Ostvik Council"),
)


@pytest.mark.parametrize(("source", "name"), TITLED)
def test_a_speaker_is_called_by_the_name(source: str, name: str, parser: Parser) -> None:
    text = f"{source} told reporters on Monday that the bridge was closed."
    assert find_last(parser, text, (source, "told", "that the bridge was closed")) == name


def test_titles_stay_where_they_are_a_name(parser: Parser) -> None:
    def find_names(text: str) -> set[str]:
        annotation = parser.annotate(text, [(0, len(text))], None)
        return {m.text for m in find_mentions(annotation, "r_test")[0]}

    assert "Ada Barr" in find_names("Ada Barr left on Monday. Barr. Then it rained.")
    assert "Jon Aske" in find_names("The MP Jon Aske left. The MP said nothing.")
    assert "MP" not in find_names("Jon Aske MP left on Monday.")


def test_a_role_is_whose_it_is_told_of(parser: Parser) -> None:
    text = (
        "The minister met her Ostvian counterpart, Foreign Minister Lenno Vash, on Monday. She told "
        "him that it rained.\nLater the minister warned that it was late."
    )
    she = ("She", "told", "that it rained")
    later = ("the minister", "warned", "that it was late")
    assert find_last(parser, text, she, later) == "The minister"
    text = (
        "Foreign Minister Lenno Vash met farmers on Monday. He told them that it rained.\n"
        "Later the minister warned that it was late."
    )
    assert find_last(parser, text, ("He", *she[1:]), later) == "Lenno Vash"


def test_her_speech_is_no_mans(parser: Parser) -> None:
    text = (
        "Foreign Minister Lenno Vash met farmers. Mr. Vash waved. Later the minister said in {} speech "
        "that it was late."
    )
    marks = ("the minister", "said", "that it was late")
    assert find_last(parser, text.format("his"), marks) == "Lenno Vash"
    assert find_last(parser, text.format("her"), marks) == "the minister"


def test_a_service_is_the_one_told_of_last(parser: Parser) -> None:
    text = (
        "The Ostvik Mirror reported a theft. A denial from the {} followed. The service said it was "
        "false."
    )
    marks = ("The service", "said", "it was false")
    report = ("The Ostvik Mirror", "reported", "a theft")
    assert find_last(parser, text.format("intelligence service"), report, marks) == "The service"
    assert find_last(parser, text.format("mayor"), report, marks) == "Ostvik Mirror"


def test_a_team_is_not_its_coach(parser: Parser) -> None:
    text = (
        "The coach of the Lirien national team, Bodo Hanak, left. Ursel Kad wept. Later the coach "
        "said that it was late."
    )
    assert find_last(parser, text, ("the coach", "said", "that it was late")) == "Bodo Hanak"
