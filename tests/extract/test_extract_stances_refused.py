"""Refusals, conditions and verbs that strict readers found wrong, over invented sentences."""

from __future__ import annotations

import pytest
from tests.extract.test_extract_stances import find, unmark

from sayso.extract.stances import Stance
from sayso.extract.tree import build_tree
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language

# What "would not" and "could not" refuse or cannot is no condition.
REFUSALS = """
confirms n|{The ministry} «would not confirm» [that two boats had sunk].
confirms n|{The police} «could not immediately confirm» [the report].
says n|{Brel} «wouldn't say» [whether he had signed].
says n|{The minister} «cannot say» [when the pier will open].
says n|{No one} at the plant «would say» [who had signed].
says n|{She} «would not tell» reporters [why she had left].
says n|{The agency} «would not give» [a reason].
mentions n|{The agency} «would not give details of» [the plan].
denies n|{The harbour office} «would neither confirm nor deny» [that the ferry had been sold].
confirms n|{The office} «would neither confirm» nor deny [that the ferry had been sold].
denies n|{The office} would neither confirm «nor deny» [that the ferry had been sold].
denies n|{Brel} «would not rule out» [a second levy].
says n h|{Orvik} «would not say» [that the boat was unsafe] if he was asked.
says n h|{Orvik} «would not have said» [that the boat was unsafe].
says n h|{Orvik} «would never say» [that the boat was unsafe].
says n h|«Would» {Orvik} «not say» [so]?
says n h|{The minister} «must not say» [when the pier will open].
says h|{Orvik} «could say» [that the boat was unsafe].
supports n h|{The union} «would not support» [the levy].
announces h|{The union} «would announce» [a strike].
"""

NO_SUCH_THING = """
says n|{She} «said» [no such thing].
says n|{Brel} «told» the court [no such thing].
promises n|{The council} «promised» [no such thing].
says|{Brel} «said» [no such rule existed].
demands|{The union} «demanded» [no such cuts in May].
"""

# Whoever does something need not exist.
ANYONE = """
claims h|Anyone {who} «claimed» [that the pier was safe] would be lying.
says h|Anybody {who} «says» [that the pier is safe] is lying.
claims h|{Anyone} «claiming» [that the pier is safe] is lying.
says h|Any officer {who} «says» [that the pier is safe] will be moved.
claims|Everyone {who} «claimed» [that the pier was safe] was arrested.
says|Orvik had not met anyone {who} «said» [that the pier was safe].
says|Any delay, {Orvik} «said», [would be costly].
"""

ADVISED = """
says h|{She} was advised «to say» [that she had been asleep].
admits h|{The council} was advised «to admit» [that the pier was closed].
says|{The clerk} is alleged «to have told» the driver [that the road was clear].
"""

CITED = """
says|«Quoting» {an informed source}, the Gazette reported [that the minister would resign].
says|[The ferry was unsafe], the Gazette said on Monday, «quoting» {the harbour master}.
says|[The ferry was unsafe], the Gazette said on Monday, «citing» {the harbour master}.
says|[the highest levy in ten years], «according to» {a letter from the council}.
mentions|{The minister} «quoted» [a line from an old song].
mentions|{The paper} «cited» [Orvik].
"""

VERBS = """
says|{The contract} «specified» [that the boats would be delivered by May].
says|{The law} «specifies» [a fine of 300 crowns].
claims|{Counsel for the union} «submitted» [that the judge had erred].
claims|{Mr Brel} «submitted» [that the case should be dismissed].
proposes|{The union} «submitted» [a plan to cut the levy].
denies|{The minister} «rubbished» [the allegation that he had sold the ferry].
denies|{The minister} «rubbished» [reports of a second levy].
condemns|{The minister} «rubbished» [the new bridge].
fears|{Tovel} «was terrified» [that her son would drown].
fears|{Residents} «were terrified of» [a second flood].
claims|{The deed} «affirms» [having received the sum of 300 crowns].
confirms|{The court} «affirmed» [that the levy was lawful].
praises|{The families} «expressed» [gratitude for the rescue].
fears|{The families} «voiced» [fears that the pier would fall].
says|{Orvik} «expressed» [the same view].
says|{Orvik} «voiced» [the words of the song].
says n|{Two residents} «declined» [to give their names].
says n|{The ministry} «declined» [to give any figures].
opposes|{The two men} «declined» [to give blood].
claims|{Counsel} «put it» to her [that she had never visited the pier].
claims|{Mr Brel} «put it to» Orvik [that he was lying].
says|{Orvik} «put it» [this way: the levy is dead].
says|[“The levy is dead,”] as {Orvik} «put it» to reporters.
believes|«In» {the opinion of Orvik}, [the levy is unlawful].
believes|«In the view of» {the union}, [the levy is too high].
says|«In» {a letter to Orvik}, [the levy was called unlawful].
"""

# One person who agrees to have done it grants it.
AGREED = """
admits|{The witness} «agreed» [that she had been turned down for the post].
admits|{He} «agreed» [he had never been to the harbour].
supports|{Orvik} «agreed» [that the levy was too high].
supports|{Orvik} «agreed» [that the boats had been late].
supports|{Both women} «agreed» [that she had been brave].
supports|{Brel and Orvik} «agreed» [that he had been brave].
supports|{The council} «agreed» [to lower the levy].
"""


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def check(parser: Parser, wanted: str, marked: str) -> None:
    text, spans = unmark(marked)
    tree = build_tree(parser.annotate(text, [(0, len(text))], None))
    stance, *flags = wanted.split()
    assert find(tree, spans) == Stance(stance, "n" in flags, "h" in flags)


def rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.split("\n") if line]


@pytest.mark.parametrize(("wanted", "marked"), rows(REFUSALS))
def test_what_is_refused_is_negated_alone(wanted: str, marked: str, parser: Parser) -> None:
    check(parser, wanted, marked)


@pytest.mark.parametrize(("wanted", "marked"), rows(NO_SUCH_THING))
def test_no_such_thing_is_a_no(wanted: str, marked: str, parser: Parser) -> None:
    check(parser, wanted, marked)


@pytest.mark.parametrize(("wanted", "marked"), rows(ANYONE) + rows(ADVISED))
def test_what_anyone_may_say_or_is_told_to_is_hypothetical(
    wanted: str, marked: str, parser: Parser
) -> None:
    check(parser, wanted, marked)


@pytest.mark.parametrize(("wanted", "marked"), rows(CITED))
def test_who_is_quoted_says_it(wanted: str, marked: str, parser: Parser) -> None:
    check(parser, wanted, marked)


@pytest.mark.parametrize(("wanted", "marked"), rows(VERBS) + rows(AGREED))
def test_a_verb_has_its_stance_by_its_frame(wanted: str, marked: str, parser: Parser) -> None:
    check(parser, wanted, marked)
