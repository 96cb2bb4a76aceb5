"""`sayso copies`: passages that reports share, each with report and span."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.identify.copying import relink_copies
from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import create_ledger
from sayso.ledger.shards import write_read_shard
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Published, Report
from sayso.settings import Settings

PASSAGE = (
    "The harbour board of Kestrin closed the northern pier on Tuesday after divers found cracks in "
    "four of its piles."
)
SPEECH = "“We have mended every pump in the valley and nobody will be without water this winter”"
TEXTS = {
    "Kestrin Wire": f"Kestrin's boats stay in.\n\n{PASSAGE}\n",
    "Harbour Post": f"Ferries wait, an engineer said. {SPEECH}, she said.\n\n{PASSAGE}\n",
    "Oller Times": f"Rain came at last.\n\nIn her words: {SPEECH}.\n",
}

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of three reports: two share a passage, two an utterance."""
    paths = create_ledger(tmp_path_factory.mktemp("copies") / "news.sayso")
    reports = []
    for number, (outlet, text) in enumerate(TEXTS.items()):
        day = datetime(2031, 2, 10 + number, tzinfo=UTC)
        reports.append(
            Report(
                report_id=make_id("r", text),
                text=text,
                text_sha256=hash_text(text),
                body=(0, len(text)),
                path=f"{number}.txt",
                outlet=outlet,
                language="en",
                published=Published(day, day + timedelta(hours=23), None, "day", "field"),
            )
        )
    write_read_shard(paths, "1", "s-1", reports, [None] * 3, [])
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection)
    relink_copies(paths, Settings())
    return paths.folder


def ask(capsys: Capture, copied: Path, *options: str) -> str:
    assert main(["copies", "--ledger", str(copied), *options]) == 0
    return capsys.readouterr().out


def test_every_row_cites_report_and_span(copied: Path, capsys: Capture) -> None:
    rows = [json.loads(line) for line in ask(capsys, copied, "--json").splitlines()]
    rows.sort(key=lambda row: (row["kind"], row["position"]))
    assert [(row["kind"], row["outlet"], row["position"]) for row in rows] == [
        ("copied", "Kestrin Wire", 0),
        ("copied", "Harbour Post", 1),
        ("quoted", "Harbour Post", 0),
        ("quoted", "Oller Times", 1),
    ]
    for row in rows:
        assert TEXTS[row["outlet"]][row["start"] : row["end"]] == row["text"]
    assert rows[0]["text"] == PASSAGE[:-1]
    first, second = rows[:2]
    assert first["partner_id"] is None
    assert second["partner_id"] == first["report_id"]
    assert (second["partner_start"], second["partner_end"]) == (first["start"], first["end"])


def test_csv_has_the_same_rows(copied: Path, capsys: Capture) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(capsys, copied, "--csv", "--kind", "copied"))))
    assert len(rows) == 2
    assert rows[1]["alike"] == "1.0"


@pytest.mark.parametrize(
    ("options", "outlets"),
    [
        (("--kind", "quoted"), ["Harbour Post", "Oller Times"]),
        (("--outlet", "Oller Times"), ["Harbour Post", "Oller Times"]),
        (("--until", "2031-02-10"), ["Kestrin Wire", "Harbour Post"]),
        (("--report", make_id("r", TEXTS["Kestrin Wire"])[:8]), ["Kestrin Wire", "Harbour Post"]),
        (("--kind", "boilerplate"), []),
        (("--across", "--kind", "copied", "--limit", "1"), ["Kestrin Wire"]),
    ],
)
def test_filters_choose_clusters_and_show_them_whole(
    copied: Path, capsys: Capture, options: tuple[str, ...], outlets: list[str]
) -> None:
    rows = [json.loads(line) for line in ask(capsys, copied, "--json", *options).splitlines()]
    assert [row["outlet"] for row in rows] == outlets


def test_lines_say_kind_and_counts(copied: Path, capsys: Capture) -> None:
    lines = ask(capsys, copied, "--kind", "copied").splitlines()
    assert len(lines) == 3
    assert "copied" in lines[1] and "Kestrin Wire" in lines[1] and "harbour board" in lines[1]


def test_none_is_an_answer(copied: Path, capsys: Capture) -> None:
    assert main(["copies", "--ledger", str(copied), "--since", "2040"]) == 0
    assert "no passage matches" in capsys.readouterr().err
