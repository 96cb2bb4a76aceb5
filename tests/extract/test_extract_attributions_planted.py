"""Planted truth: invented sentences with marked source {S:…}, cue {Q:…} and content {C:…}."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.statement import Attribution

pytestmark = pytest.mark.language

Roles = dict[str, tuple[tuple[int, int], ...]]

# A digit behind the role's letter tells attributions of one text apart: {S1:…}.
CASES = (
    # straight statements, that-clauses, tenses
    "{S:Mara Tovel} {Q:said} {C:the bridge was closed on Monday}.",
    "{S:The harbour master} {Q:says} {C:that no ship has left the port}.",
    "{S:Officials} {Q:have said} {C:the dam is safe}.",
    "{S:The mayor of Ostvik} {Q:announced} {C:that the market would reopen in May}.",
    "{S:She} {Q:added} {C:that two schools had lost their roofs}.",
    "{S:He} {Q:insisted} {C:he had never met the lender}.",
    "{S:Doctors} {Q:warned} {C:that the clinic was running out of water}.",
    "{S:The ministry} {Q:denied} {C:that its patrols had crossed the river}.",
    "{S:The union} {Q:claims} {C:the company owes its members three months of pay}.",
    "{S:A spokesman for the airline} {Q:confirmed} {C:that the flight had turned back}.",
    "{S:Investigators} {Q:believe} {C:that the fire began in the kitchen}.",
    "{S:Pask} {Q:thinks} {C:the vote was fair}.",
    "{S:The report} {Q:found} {C:that one in five wells was dry}.",
    "{S:Villagers} {Q:complained} {C:that nobody had warned them}.",
    "{S:The captain} {Q:acknowledged} {C:that the map was old}.",
    # direct, verb after
    "{C:“The road is open,”} {S:Mara Tovel} {Q:said}.",
    "{C:“The road is open,”} {Q:said} {S:Mara Tovel}.",
    '{C:"We have no fuel left,"} {S:he} {Q:said}.',
    "{C:''We have no fuel left,''} {S:he} {Q:said}.",
    "{C:“Who gave the order?”} {S:she} {Q:asked}.",
    "{C:“Nobody moves until the rain stops!”} {S:the guide} {Q:shouted}.",
    "{C:“The harvest is lost,”} {Q:wrote} {S:Edda Lorn, a farmer in the north}, in a letter.",
    "{C:«The harvest is lost»}, {S:she} {Q:said}.",
    # direct, verb before
    "{S:Mara Tovel} {Q:said}, {C:“The road is open.”}",
    "{S:The minister} {Q:told} reporters: {C:“Nobody was hurt in the landslide.”}",
    "{S:He} {Q:added}: {C:“We will rebuild every house.”}",
    '{S:She} {Q:replied}, {C:"That is not what the treaty says."}',
    # interrupted and running on: one quotation, several fragments
    "{C:“The road is open,”} {S:Tovel} {Q:said}. {C:“But drive slowly.”}",
    "{C:“The road,”} {S:Tovel} {Q:said}, {C:“is open again.”}",
    "{C:“We waited all night,”} {S:he} {Q:said}. {C:“Nobody came. Then the water rose.”}",
    "{S:Lorn} {Q:said}:\n{C:“The wells are dry.”}",
    "{S:Lorn} {Q:said} {C:the wells were dry}. {C:“We drink from the river.”}",
    "{C:“The wells are dry,”} {Q:said} {S:Orin Pask}. {C:“We drink from the river.”}",
    "{C:“We will vote in June,”} {S:Lorn} {Q:said}.\n{C:“Nothing will delay it.”}",
    "{S:Pask} {Q:said}, {C:“We lost the north field.}\n{C:“Then we lost the south field.”}",
    # a clause whose subject was parsed into the source before it
    "{Q:According to} {S:a United Relief report seen by NPA}, {C:between 2,500 and 3,000 families "
    "have fled since April}.",
    "{Q:According to} {S:a leaked report seen by NPA} {C:between 20 and 30 boats have left}.",
    # several in one text
    "{C1:“The road is open,”} {S1:Tovel} {Q1:said}. {C2:“It is not,”} {S2:Pask} {Q2:replied}.",
    "{S1:Lorn} {Q1:said} {C1:the well was deep}. {S2:Her brother} {Q2:said} {C2:it was not}.",
    # mixed
    "{S:Tovel} {Q:said} {C:the raid was “a serious mistake” by the patrol}.",
    "{S:The judge} {Q:described} {C:the plan as “reckless and unlawful”}.",
    "{S:Pask} {Q:called} {C:the offer “an insult”}.",
    "{S:The envoy} {Q:stressed} {C:that the truce is “a priority”}.",
    # parenthetical and fronted
    "{C:The bridge will reopen in June}, {S:officials} {Q:said}.",
    "{C:The bridge will reopen in June}, {S:the ministry} {Q:announced} on Friday.",
    # according to
    "{Q:According to} {S:the harbour office}, {C:four boats are missing}.",
    "{C:Four boats are missing}, {Q:according to} {S:the harbour office}.",
    # infinitives and objects
    "{S:The council} {Q:promised} {C:to repair the pumps}.",
    "{S:The president} {Q:vowed} {C:to rebuild the port}.",
    "{S:The rebels} {Q:refused} {C:to leave the valley}.",
    "{S:The group} {Q:criticized} {C:the decision}.",
    "{S:The senator} {Q:praised} {C:the agreement}.",
    "{S:The party} {Q:called for} {C:a new vote}.",
    # participles share the subject
    "{S1:Tovel} {Q1:said} {C1:the talks had failed}, {Q2:adding} {C2:that no date was set}.",
    "{C1:“We are leaving,”} {S1:he} {Q1:said}, {Q2:stressing} {C2:that the choice was his}.",
    # relative pronouns, chains, negation
    "Pask, {S:who} {Q:said} {C:the dam was safe}, left the room.",
    "{S:Tovel} {Q:went on to say} {C:that the canal would be dug}.",
    "{S:The minister} {Q:did not say} {C:when the border would open}.",
    # names as transliteration prints them
    "{S:Ziyad al-Farsani} {Q:said} {C:the crossing would stay shut}.",
    "{S:Abd el-Karim Osso} {Q:said} {C:the convoy had arrived}.",
    # odd apostrophes, nested singles, initials
    "{C:“He told us, ‘Stay inside,’ and left,”} {S:Lorn} {Q:said}.",
    "{C:“The farmers' wells aren't deep,”} {S:J. R. Pask} {Q:said}.",
    # unbalanced marks lose nothing behind them
    "He is 6'2\" tall.\n{S:Lorn} {Q:said} {C:the well was deep}.",
    "The “ship was late.\n{C:“It sank,”} {S:Pask} {Q:said}.",
    # headline
    "{S:Mara Tovel}{Q::} {C:The Bridge Is Safe}\n\nMayor Mara Tovel spoke on Monday.",
    # a quotation that no verb of speech introduces
    "{S:The mayor of Ostvik} was more cautious{Q::} {C:“Maybe ten years, maybe never.”}",
    "{S:The mayor} put it this way{Q::} {C:“Nobody sleeps in the valley.”}",
    "{S:Orin Pask} {Q:hit} back in an interview. {C:“I grew up on a boat. She did not.”}",
    "The reason was simple: “Nobody sleeps in the valley.”",
    "{S1:Orin Pask} {Q1:called} {C1:it “a dirty little trick”} and {Q2:said}: {C2:“We will go.”}",
    # a dateline in capitals is no label, names in a transcript are
    "OSTVIK: {C:“We will sail on Monday,”} {S:Odd Brenn} {Q:said}.",
    "{S:Elin Tovel}{Q::} {C:The Bridge Is Safe}.\n\nMayor Elin Tovel spoke. Tovel left at noon.",
    # where a content ends
    "{S:Mansi} {Q:said} {C:9 civilians had died, including 4 women}; the figure could not be "
    "independently verified.",
    "{C:Nine civilians had died}, {S:Mansi} {Q:said}; the claim could not be verified.",
    "{C:The conflict has killed over 200 people and displaced thousands since May}, "
    "{Q:according to} {S:the UN}.",
    "A gulf between them remains, but {C:the truce holds}, {Q:according to} {S:the mayor}.",
    "{S:The movements} {Q:say} {C:they do not face a shortage of arms and other equipment, and are "
    "ready for a long battle with the army}.",
    # who spoke, or did not, and nothing of what was said
    "Prime Minister Lars Ovesen declined to comment.",
    "Mara Tovel declined to comment on the report.",
    "He also thanked the neighboring state of Ardan.",
    "Mara Tovel focused on the port.",
    "The mayor remembered the victims of the flood.",
    "Mara Tovel reminds us of the sea.",
    "The teachers sought to instill a love of the sea in their pupils.",
    "{S:Mara Tovel} {Q:declined to say} {C:whether the port was open}.",
    # deeds, titles and scare quotes are no statements
    'The army imposed a "complete blockade" on the port.',
    "The two leaders signed a treaty in Ostvik.",
    "She sang “The Long Road Home” at the fair.",
    "The so-called “peace column” crossed the river.",
    # dateline and list cut by the parser
    "OSTVIK (Sundry Press) – {S:A senior harbour official} {Q:says} {C:the port is full}.",
)

_MARK = re.compile(r"\{([SQC])(\d?):((?::\})|[^}]*\})")


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def read_case(marked: str) -> tuple[str, list[Roles]]:
    text = ""
    at = 0
    spans: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        words = match[3][:-1]
        spans[match[2]][match[1]].append((len(text), len(text) + len(words)))
        text += words
        at = match.end()
    text += marked[at:]
    return text, [{r: tuple(s) for r, s in roles.items()} for _, roles in sorted(spans.items())]


def join_close(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def get_roles(attribution: Attribution) -> Roles:
    roles = {"C": attribution.content.spans}
    if attribution.source is not None:
        roles["S"] = attribution.source.spans
    if attribution.cue is not None:
        roles["Q"] = attribution.cue.spans
    return roles


def show(text: str, roles: Roles) -> dict[str, list[str]]:
    return {r: [text[s:e] for s, e in spans] for r, spans in sorted(roles.items())}


@pytest.mark.parametrize("marked", CASES)
def test_planted_attribution_is_found_with_exactly_its_spans(marked: str, parser: Parser) -> None:
    text, wanted = read_case(marked)
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = [get_roles(a) for a in find_attributions(annotation) if a.parent is None]
    for roles in wanted:
        expected = {r: join_close(text, spans) for r, spans in roles.items()}
        if "S" not in expected:  # a participle's subject is given by the verb before it
            expected["S"] = join_close(text, wanted[0]["S"])
        assert show(text, expected) in [show(text, f) for f in found]
    assert len(found) == len(wanted), [show(text, f) for f in found]
