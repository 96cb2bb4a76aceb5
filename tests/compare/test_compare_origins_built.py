"""Built cases, from reports to origins: what rests on one say-so is one, what does not stays apart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.compare.origins import Traced, trace_origins
from sayso.errors import NotFoundError
from sayso.identify.correcting import decide_correction, read_given
from sayso.identify.judging import get_moment, judge
from sayso.ledger.bearers import _key_outlets
from sayso.ledger.database import open_reader
from sayso.ledger.paths import find_ledger
from sayso.records.judgement import make_judgement

pytestmark = pytest.mark.language

WIRE = (
    "A bridge over the Serel fell on Monday and 12 people were killed, the second such fall in the"
    " valley since the spring floods. Engineers had asked for it to be closed in January, when"
    " cracks were seen in two of its piers."
)

# Two witnesses in one passage, with and without their names.
_CROSSING = (
    "{} said that the crane fell at noon. The old crossing had carried buses and lorries over the"
    " narrow gorge since the winter floods washed the ferry landing away. {} said that the crane"
    " fell at noon. Nobody has yet begun to clear the piers from the water below, and traffic goes"
    " round by the northern road."
)
CRANE = _CROSSING.format("Mirela Sovan", "Teodor Brask")
BARGE = _CROSSING.replace("crane", "barge").replace("gorge", "harbour mouth")
URL = "https://example.org/dam"
# outlet, text, and perhaps day, address.
Given = tuple[str, str] | tuple[str, str, str, str]
SHORTENED = WIRE.replace("on Monday ", "").replace(" in January,", " this winter,")
CASES: dict[str, list[Given]] = {
    "wire": [
        ("Corvane Wire", f"SEREL (Corvane Wire) - {WIRE}"),
        ("Harbour Post", f"SEREL (Corvane Wire) - {WIRE}"),
        ("Varsk Lantern", WIRE + " The lantern of the old pier still stands."),
        ("Ossar Voice", "Our readers asked what happened in the valley. " + WIRE),
        ("Kestrel Echo", SHORTENED),
        ("Basin Review", f"{WIRE}\nSource: Corvane Wire"),
    ],
    "relays": [
        ("Orbis News", "The bridge over the Serel is closed for repairs."),
        ("Harbour Post", "Orbis News reported that the bridge over the Serel is closed."),
        ("Varsk Lantern", "The bridge over the Serel is closed, according to Orbis News."),
        ("Ossar Voice", "The bridge over the Serel is closed and buses go round by Halvik."),
    ],
    "witnesses": [
        ("Harbour Post", "“The bridge fell at noon,” said Mirela Sovan, a teacher in Halvik."),
        ("Varsk Lantern", "Teodor Brask, who sells fish, said that the bridge fell at noon."),
        ("Ossar Voice", "Mirela Sovan told the Ossar Voice that the bridge fell at noon."),
    ],
    "utterance": [
        ("Harbour Post", "“The bridge will open in June,” Works Minister Mirela Sovan said."),
        (
            "Varsk Lantern",
            "Mirela Sovan spoke in Halvik. She said that the bridge will open in June.",
        ),
        ("Ossar Voice", "According to Mirela Sovan, the bridge will open in June."),
    ],
    "told": [
        ("Harbour Post", "A senior official told Orbis News that the bridge will stay closed."),
        ("Varsk Lantern", "A senior official told Orbis News that the bridge will stay closed."),
        ("Ossar Voice", "A senior official said that the bridge will stay closed."),
    ],
    "corrected": [
        ("Harbour Post", "The dam broke at noon, police in Halvik said.", "2031-03-04", URL),
        ("Varsk Lantern", "The dam broke at noon, Mirela Sovan said."),
        ("Harbour Post", "Correction: the dam holds, police said.", "2031-03-05", URL),
    ],
    "denied": [
        ("Harbour Post", "Mirela Sovan said that the bridge was unsafe."),
        ("Varsk Lantern", "Teodor Brask denied that the bridge was unsafe."),
    ],
    "owners": [
        ("Harbour Post", "The ferry to Halvik is late again."),
        ("Harbour Post Online", "The ferry to Halvik is late, and no bus runs."),
    ],
    "two witnesses in one wire": [
        ("Harbour Post", CRANE),
        ("Varsk Lantern", CRANE + " Our own reporter will follow this."),
        ("Ossar Voice", "It was a cold day. " + CRANE.replace("old crossing", "crossing")),
    ],
    "one of them without a name": [
        ("Harbour Post", BARGE.format("Mirela Sovan", "Teodor Brask")),
        ("Varsk Lantern", BARGE.format("Mirela Sovan", "A fisherman")),
    ],
    "relayed": [("Harbour Post", "Orbis News reported that the quay will be mended.")],
    "quoted": [
        (
            "Harbour Post",
            "The agency Orbis News quoted Works Minister Mirela Sovan as saying that the pier"
            " was unsafe.",
        ),
        ("Varsk Lantern", "Mirela Sovan said that the pier was unsafe."),
    ],
    "anybody's": [
        ("Harbour Post", "The Foreign Ministry said that the border would be shut."),
        ("Varsk Lantern", "The Foreign Ministry said that the border would be shut."),
        ("Harbour Post", "The Defence Ministry said that the border would be shut."),
    ],
    "somebody's": [
        ("Harbour Post", "Peru’s Foreign Ministry said that the canal would be dug."),
        ("Varsk Lantern", "The Peruvian Foreign Ministry said that the canal would be dug."),
    ],
}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A ledger of all cases, read once: loading the language stack takes longest."""
    folder = tmp_path_factory.mktemp("origins")
    table = folder / "reports.jsonl"
    with table.open("w", encoding="utf-8") as file:
        for name, reports in CASES.items():
            for number, (outlet, text, *more) in enumerate(reports):
                address = f"https://example.org/{name}/{number}"
                day, url = more or (f"2031-03-{number + 4:02}", address)
                row = {"outlet": outlet, "text": text, "published": day, "url": url}
                file.write(json.dumps(row) + "\n")
    ledger = folder / "news.sayso"
    assert main(["read", str(table), "--ledger", str(ledger), "--workers", "1", "--quiet"]) == 0
    with closing(open_reader(find_ledger(ledger))) as opened:
        yield opened


def trace(
    connection: sqlite3.Connection, words: str, owners: dict[str, str] | None = None
) -> Traced:
    """Return the origins of what has these words: the innermost statements, and assertions."""
    ids = [
        row[0]
        for row in connection.execute(
            """
            SELECT statement_id FROM statement s WHERE instr(content_text, ?1) AND NOT EXISTS
              (SELECT 1 FROM statement i WHERE i.parent_id = s.statement_id
               AND instr(i.content_text, ?1))
            UNION SELECT assertion_id FROM assertion WHERE instr(text, ?1)
            """,
            (words,),
        )
    ]
    return trace_origins(connection, ids, owners or {})


def tell(traced: Traced) -> list[tuple[list[str], str]]:
    """Return the outlets of each origin, in order, and who is named first for it."""
    return [
        (
            sorted(str(r["outlet"]) for r in traced.rows if r["origin"] == number),
            origin.roots[0].name,
        )
        for number, origin in enumerate(traced.origins.origins, 1)
    ]


def check_evidence(connection: sqlite3.Connection, traced: Traced) -> None:
    for row in traced.rows:
        (text,) = connection.execute(
            "SELECT text FROM report_text WHERE report_id = ?", (row["report_id"],)
        ).fetchone()
        if row["how"] in ("said", "reported", "told", "credit"):
            evidence = text[row["evidence_start"] : row["evidence_end"]]
            assert evidence.strip() == evidence and evidence
        assert 0 <= row["start"] < row["end"] <= len(text)


def test_a_wire_report_that_five_print_is_one_origin(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "12 people were killed")
    check_evidence(connection, traced)
    ((outlets, name),) = tell(traced)
    assert len(outlets) == 6 and name == "Corvane Wire"
    assert traced.sum_up() == "6 reports, 6 outlets: 1 origin (1 on an outlet's own word)"


def test_two_relays_rest_on_the_outlet_that_they_name(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "bridge over the Serel is closed")
    check_evidence(connection, traced)
    assert tell(traced) == [
        (["Harbour Post", "Orbis News", "Varsk Lantern"], "Orbis News"),
        (["Ossar Voice"], "Ossar Voice"),
    ]
    assert traced.sum_up() == (
        "4 reports, 4 outlets: at most 2 origins (2 on an outlet's own word)"
    )


def test_two_witnesses_are_two(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "bridge fell at noon")
    check_evidence(connection, traced)
    assert tell(traced) == [
        (["Harbour Post", "Ossar Voice"], "Mirela Sovan"),
        (["Varsk Lantern"], "Teodor Brask"),
    ]
    assert traced.origins.count_named() == 2


def test_another_printing_does_not_join_two_witnesses(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "crane fell at noon")
    check_evidence(connection, traced)
    outlets = ["Harbour Post", "Ossar Voice", "Varsk Lantern"]
    assert sorted(tell(traced)) == [(outlets, "Mirela Sovan"), (outlets, "Teodor Brask")]
    assert traced.sum_up() == "3 reports, 3 outlets: at most 2 origins (2 named)"


def test_who_is_left_out_of_a_copy_is_whom_the_other_names_there(
    connection: sqlite3.Connection,
) -> None:
    traced = trace(connection, "barge fell at noon")
    outlets = ["Harbour Post", "Varsk Lantern"]
    assert sorted(tell(traced)) == [(outlets, "Mirela Sovan"), (outlets, "Teodor Brask")]


def test_one_utterance_in_any_wording_is_one(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "bridge will open in June")
    assert tell(traced) == [(["Harbour Post", "Ossar Voice", "Varsk Lantern"], "Mirela Sovan")]


def test_a_ministry_without_a_land_may_be_another_one(connection: sqlite3.Connection) -> None:
    outlets = ["Harbour Post", "Varsk Lantern"]
    assert [found for found, _ in tell(trace(connection, "border would be shut"))] == [
        *(["Harbour Post"], ["Varsk Lantern"], ["Harbour Post"])
    ]
    ((found, name),) = tell(trace(connection, "canal would be dug"))
    assert found == outlets and "Foreign Ministry" in name


def test_an_unnamed_official_leads_to_the_outlet_that_he_told(
    connection: sqlite3.Connection,
) -> None:
    traced = trace(connection, "bridge will stay closed")
    assert tell(traced) == [
        (["Harbour Post", "Varsk Lantern"], "Orbis News"),
        (["Ossar Voice"], "Ossar Voice"),
    ]
    assert traced.origins.count_named() == 1


def test_a_corrected_report_counts_with_its_newest_text(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "dam broke at noon")
    old = connection.execute(
        "SELECT s.statement_id FROM statement s JOIN report r USING (report_id)"
        " WHERE NOT r.is_newest"
    ).fetchall()
    assert old
    with pytest.raises(NotFoundError, match="no statement, assertion or figure of a newest"):
        trace_origins(connection, [old[0][0]], {})
    assert tell(traced) == [(["Varsk Lantern"], "Mirela Sovan")]


def test_who_denies_it_is_no_origin_of_it(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "bridge was unsafe")
    assert tell(traced) == [(["Harbour Post"], "Mirela Sovan")]
    assert [row["outlet"] for row in traced.rows if row["origin"] is None] == ["Varsk Lantern"]
    assert traced.sum_up().endswith("; denied or not said in 1 record")
    denied = [row["id"] for row in traced.rows if row["origin"] is None]
    alone = trace_origins(connection, denied, {}).sum_up()
    assert alone == "no origin; denied or not said in 1 record"


def test_outlets_of_one_owner_are_one_word(connection: sqlite3.Connection) -> None:
    owners = {"harbour post": "Harbour Group", "harbour post online": "Harbour Group"}
    apart = trace(connection, "ferry to Halvik is late")
    joined = trace(connection, "ferry to Halvik is late", owners)
    assert len(apart.origins.origins) == 2 and len(joined.origins.origins) == 1
    owned = trace(connection, "ferry to Halvik is late", {"harbour post online": "harbour post"})
    assert len(owned.origins.origins) == 1


def test_outlets_without_a_letter_in_their_names_stay_apart(
    connection: sqlite3.Connection,
) -> None:
    assert _key_outlets(connection, {"***", "+++"}, {}) == {
        "***": "outlet:***",
        "+++": "outlet:+++",
    }


def test_whom_an_agency_quotes_is_the_origin(connection: sqlite3.Connection) -> None:
    traced = trace(connection, "pier was unsafe")
    assert tell(traced) == [(["Harbour Post", "Varsk Lantern"], "Mirela Sovan")]
    chains = {row["outlet"]: row["chain"] for row in traced.rows}
    assert chains["Varsk Lantern"] == "Varsk Lantern ▸ Mirela Sovan"
    assert chains["Harbour Post"].startswith("Harbour Post ▸ ")
    assert chains["Harbour Post"].endswith(" ▸ Mirela Sovan")


def test_whom_a_person_names_goes_before_the_outlet_that_was_found(
    connection: sqlite3.Connection,
) -> None:
    def get_root() -> tuple[str, str]:
        (root,) = trace(connection, "quay will be mended").origins.roots
        return root.kind, root.name

    assert get_root() == ("reported", "Orbis News")
    paths = find_ledger(Path(connection.execute("PRAGMA database_list").fetchone()[2]).parent)
    (statement_id,) = connection.execute(
        "SELECT statement_id FROM statement WHERE instr(content_text, 'quay will be mended')"
    ).fetchone()
    body = decide_correction(connection, statement_id, read_given([("speaker", "Mirela Sovan")]))
    correction = make_judgement("correct", body, judged_at=get_moment(), author="Ro")
    judge(paths, [correction])
    assert get_root() == ("said", "Mirela Sovan")
    undo = {"judgement_id": correction.judgement_id}
    judge(paths, [make_judgement("undo", undo, judged_at=get_moment(), author="Ro")])
    assert get_root() == ("reported", "Orbis News")
