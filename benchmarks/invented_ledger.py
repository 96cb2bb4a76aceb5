"""A ledger of invented reports, put straight into its tables: names, who speaks, who stands where.

What a report has is as in the US set (2,640 reports of 267,083 mentions: 20 people and
organisations and 22 speakers each; two thirds of its 25,181 names stand in one report), and how
many names share a block with how many others. Who is named follows Zipf's law. There are no
texts, figures, search indexes, and no rows of single mentions: nothing that is measured here reads
them. Everything follows from the seed.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from sayso.ledger.inserts import to_json
from sayso.ledger.name_key import fold_name
from sayso.records.ids import hash_text, make_id, make_identity_id
from sayso.records.statement import KINDS, STANCES

# Of one report: drawn with repetition, so that some are drawn twice.
PEOPLE, ORGANISATIONS, UNNAMED, STATEMENTS = 11, 11, 6, 24
MENTIONS = 101  # of one report of the US set; those of places and groups are among them
US_REPORTS = 2_640
# Of the US set: half of its reports have 15,327 names, all of them 25,181.
GROWTH = 0.72
AT_ONCE = 2_000
# How many there are, beside how often one is named.
SPREAD = {"person": 1.0, "organisation": 0.5, "unnamed": 100.0}
# How flat Zipf's law is at its top: the one named most stands in a third of the reports.
FLAT = 3.0
# The same of the words that names are made of.
FLAT_WORDS = 160.0
OUTLETS = ("Gazette", "Herald", "Post", "Courier", "Tribune", "Wire", "Observer", "Mirror")
KINDS_OF = (
    "Ministry", "Council", "Committee", "Agency", "Institute", "Union", "Bank", "Party", "Court",
    "Commission", "Foundation", "Group", "University", "Bureau", "Authority", "Federation",
)  # fmt: skip
FIELDS = (
    "Water", "Health", "Border", "Harbour", "Transport", "Energy", "Fishing", "Housing", "Labour",
    "Trade", "Justice", "Culture", "Forest", "Mining", "Railway", "Science", "Sports", "Tax",
    "Weather", "Youth",
)  # fmt: skip
ROLES = (
    "the mayor", "president", "foreign minister", "spokeswoman", "the lawyer", "General",
    "professor", "chief executive", "coach", "a teacher",
)  # fmt: skip
ONSETS = (*"bdfghjklmnprstvz", "br", "dr", "kr", "tr", "gr", "st", "sk", "sh", "ch", "kh")
NUCLEI = (*"aeiouaeio", "ai", "ou")
CODAS = ("", "", "", *"nrlskmtv")
# What another hand writes for it.
RESPELLED = (("k", "c"), ("ou", "u"), ("ai", "ay"), ("i", "y"), ("sh", "sch"), ("kh", "h"))

Number = Callable[[str, Mapping[str, str]], Mapping[str, int]]
Spelled = tuple[str, ...]


def draw_rank(most: int, chance: random.Random, flat: float = FLAT) -> int:
    """Return who is named, 0 for the one named most; a number below `most`."""
    return min(most - 1, int(flat * ((most + flat) / flat) ** chance.random() - flat))


def draw_word(kind: str, most: int, chance: random.Random) -> str:
    """Return a word that names have in common, one of so many."""
    return make_word(kind, draw_rank(most, chance, FLAT_WORDS))


@lru_cache(1 << 18)
def make_word(kind: str, number: int) -> str:
    """Return an invented word, the same for the same number."""
    chance = random.Random(f"{kind}/{number}")
    syllables = chance.choices((1, 2, 3), (1, 6, 3))[0]
    parts = [
        chance.choice(ONSETS) + chance.choice(NUCLEI) + chance.choice(CODAS)
        for _ in range(syllables)
    ]
    return "".join(parts).capitalize() + ("" if syllables > 1 else chance.choice(("a", "en", "o")))


def respell(name: str) -> str:
    """Return a name as another hand might write it."""
    for one, other in RESPELLED:
        if one in name:
            return name.replace(one, other, 1)
    return name


class World:
    """Everybody there is, for a number of reports.

    growth: names are about so many as the reports to this power; 1: ten times the reports have
    nearly ten times the names.
    """

    def __init__(self, reports: int, seed: int, growth: float = GROWTH) -> None:
        self.seed = seed
        self.reports = int(US_REPORTS * (reports / US_REPORTS) ** growth)
        self._words = 1_000 + self.reports * 3
        self.spell_person = lru_cache(1 << 16)(self._spell_person)
        self.spell_organisation = lru_cache(1 << 16)(self._spell_organisation)

    def _spell_person(self, rank: int) -> Spelled:
        """Spellings of a person: the fullest, the usual one, then rare ones."""
        chance = random.Random(f"{self.seed}/person/{rank}")
        given = draw_word("given", 4_000, chance)
        family = draw_word("family", self._words * 2, chance)
        if chance.random() < 0.03:
            family = f"{family}-{draw_word('family', self._words, chance)}"
        usual = f"{given} {family}"
        if chance.random() < 0.2:
            usual = f"{given} {chance.choice('ABDEHJKLMRST')}. {family}"
        rare = (f"{given[0]}. {family}", f"Dr. {given} {family}", respell(usual), family)
        return (usual, f"{given} {family}", *rare)

    def _spell_organisation(self, rank: int) -> Spelled:
        """Spellings of an organisation: the whole name, its acronym or another order, rare ones."""
        chance = random.Random(f"{self.seed}/organisation/{rank}")
        place = draw_word("place", self._words, chance)
        kind, field = chance.choice(KINDS_OF), chance.choice(FIELDS)
        other = draw_word("field", self._words, chance)
        whole = chance.choices(
            (
                place,
                f"{place} {kind}",
                f"{place} {other}",
                f"{kind} of {field} of {place}",
                f"{place} {other} {kind}",
                f"{place} {kind} for {other} and {field}",
            ),
            (3, 3, 4, 1, 4, 1),
        )[0]
        words = [w for w in whole.split() if w[0].isupper()]
        short = "".join(w[0] for w in words) if len(words) > 2 else whole
        return (whole, short, f"the {whole}", respell(whole))

    def spell_unnamed(self, rank: int) -> Spelled:
        """A description: nobody is looked for behind it."""
        chance = random.Random(f"{self.seed}/unnamed/{rank}")
        role = chance.choice(ROLES).removeprefix("the ").removeprefix("a ")
        return (f"the {draw_word('place', self._words, chance)} {role}".lower(),)


def choose_spelling(spellings: Spelled, chance: random.Random) -> str:
    """Return how a report writes a name: mostly the usual way."""
    if len(spellings) == 1:
        return spellings[0]
    weights = (80, 12, *[8 / (len(spellings) - 2)] * (len(spellings) - 2))
    return chance.choices(spellings, weights)[0]


def number_new(connection: sqlite3.Connection) -> Number:
    """Return what numbers names in a ledger that has none, much faster than looking each up."""
    numbers: dict[str, int] = {}

    def number(report_id: str, spelled: Mapping[str, str]) -> Mapping[str, int]:
        fresh = [key for key in spelled if key not in numbers]
        for key in fresh:
            numbers[key] = len(numbers) + 1
        connection.executemany(
            "INSERT INTO name (name_no, name_key, spelling, identity_id) VALUES (?, ?, ?, ?)",
            [(numbers[key], key, spelled[key], make_identity_id(key, "")) for key in fresh],
        )
        return {key: numbers[key] for key in spelled}

    return number


def add_reports(
    connection: sqlite3.Connection, world: World, wanted: Sequence[int], number: Number
) -> None:
    """Insert reports by their numbers, with all that is found in them, in transactions.

    number: gives the numbers of the names of a report, by their folded names.
    """
    for start in range(0, len(wanted), AT_ONCE):
        rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERTS}
        connection.execute("BEGIN")
        for one in wanted[start : start + AT_ONCE]:
            _make_report(world, one, rows, number)
        for table, statement in _INSERTS.items():
            connection.executemany(statement, rows[table])
        connection.execute("COMMIT")


def _insert(table: str, columns: str) -> str:
    marks = ", ".join("?" * len(columns.split()))
    return f"INSERT INTO {table} ({', '.join(columns.split())}) VALUES ({marks})"


_INSERTS = {
    "report": _insert(
        "report",
        "report_id outlet title published_lo published_hi published_precision language text_sha256"
        " body_start body_end read_version shard_id findings_version path",
    ),
    "statement": _insert(
        "statement",
        "statement_id report_id position kind content_text content_spans start end source_text"
        " cue_text stance parent_id confidence found_by speaker_name speaker_entity_id speaker_via"
        " speaker_chain speaker_members speaker_key",
    ),
    "statement_speaker": _insert(
        "statement_speaker", "statement_id position report_id entity_id name name_key name_no"
    ),
    "local_entity": _insert(
        "local_entity",
        "report_id entity_id position name type spellings roles name_key name_no",
    ),
}
_Rows = dict[str, list[tuple[object, ...]]]


def _make_report(world: World, one: int, rows: _Rows, number: Number) -> None:
    chance = random.Random(f"{world.seed}/report/{one}")
    report_id = make_id("r", world.seed, one)
    day = (date(2024, 1, 1) + timedelta(chance.randrange(3_000))).isoformat()
    dated = (f"{day}T00:00:00Z", f"{day}T23:59:59Z", "day")
    rows["report"].append((
        report_id, f"{make_word('outlet', one % 5)} {OUTLETS[draw_rank(len(OUTLETS), chance)]}",
        f"Report {one}", *(dated if chance.random() < 0.98 else (None, None, None)), "en",
        hash_text(report_id), 0, 3000, "r1", "x", "f1", f"reports/{one}.txt",
    ))  # fmt: skip
    entities = _draw_entities(world, chance)
    speakers = [chance.choice(list(entities)) for _ in range(STATEMENTS)]
    said = set(speakers)
    spelled = {
        key: name for key, (name, kind, _) in entities.items() if kind != "unnamed" or key in said
    }
    numbers = number(report_id, spelled)
    ids = {key: make_id("e", report_id, key) for key in entities}
    for position, (key, (name, kind, others)) in enumerate(entities.items()):
        counts = [(name, 1 + int(chance.expovariate(0.5))), *((o, 1) for o in others)]
        roles = [(chance.choice(ROLES), 10, 20)] if chance.random() < 0.3 else []
        rows["local_entity"].append((
            report_id, ids[key], position, name, kind, to_json(counts), to_json(roles), key,
            numbers.get(key),
        ))  # fmt: skip
    parent = None
    for position, key in enumerate(speakers):
        name = entities[key][0]
        statement_id = make_id("s", report_id, position)
        content = f"that the {name} matter of number {one} was late, and that it would be looked at"
        rows["statement"].append((
            statement_id, report_id, position, chance.choice(KINDS), content,
            f"[[{position * 100},{position * 100 + 80}]]", position * 100, position * 100 + 80,
            name, "said", chance.choice(STANCES), parent if chance.random() < 0.05 else None,
            0.9, "rules 1", name, ids[key], "name", "[[10,20],[30,35]]", f'["{ids[key]}"]',
            f" {key} ",
        ))  # fmt: skip
        joint = [key, chance.choice(speakers)] if chance.random() < 0.03 else [key]
        for place, who in enumerate(dict.fromkeys(joint)):
            rows["statement_speaker"].append(
                (statement_id, place, report_id, ids[who], entities[who][0], who, numbers[who])
            )
        parent = statement_id


def _draw_entities(world: World, chance: random.Random) -> dict[str, tuple[str, str, Spelled]]:
    """Return who stands in a report: by folded name the name, the type and other spellings."""
    found: dict[str, tuple[str, str, Spelled]] = {}

    def draw(times: int, kind: str, spell: Callable[[int], Spelled]) -> None:
        most = int(times * world.reports * SPREAD[kind])
        for _ in range(times):
            spellings = spell(draw_rank(most, chance))
            name = choose_spelling(spellings, chance)
            also = (spellings[1],) if chance.random() < 0.1 and spellings[1:] else ()
            others: Iterable[str] = (other for other in also if other != name)
            found.setdefault(fold_name(name), (name, kind, tuple(others)))

    draw(PEOPLE, "person", world.spell_person)
    draw(ORGANISATIONS, "organisation", world.spell_organisation)
    draw(UNNAMED, "unnamed", world.spell_unnamed)
    return found
