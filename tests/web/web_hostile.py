"""A report whose every field and record holds what a page might run, hide or stumble over."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

from ledger_samples import READ_AT

from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.entity import LocalEntity, Role
from sayso.records.figure import Figure
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Failure, Published, RawRecord, Report
from sayso.records.span import Fragments, Span
from sayso.records.statement import Speaker, Statement

EVIL = (
    "<script>alert(1)</script>",
    "</script><!--<script>",
    "\"><img src=x onerror=alert(1)>'",
    "</title></textarea></style><svg/onload=alert(1)>",
    "]]>--><b>&amp;&lt;&#60;{{7*7}}{% x %}",
    "\u202eevil\u2066\u200b\u2028\u2029\u0085\ufeff",
    "javascript:alert(1)//",
)
WORDS = "; ".join(EVIL)
BINARY = b"<script>alert(1)</script><meta http-equiv=refresh content='0;url=http://evil.example/'>"


class Page(HTMLParser):
    """What a browser would make of a page: elements, attributes, and the text of the reader."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.lines: list[tuple[int, str]] = []
        self._depth = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in given.items()]
        if "line" in given.get("class", "").split():
            self._depth = 1
            self.lines.append((int(given["data-start"]), ""))
        elif self._depth:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            start, text = self.lines[-1]
            self.lines[-1] = (start, text + data)

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.lines)

    def get_all(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def make_hostile() -> Findings:
    """A report of hostile words, with statements that nest and cross, and figures of any size."""
    text = f"{WORDS}\n\n{WORDS} 5 said. \n\t{WORDS}\n"
    body = (len(WORDS) + 2, len(text))
    report = Report(
        report_id=make_id("r", text),
        text=text,
        text_sha256=hash_text(text),
        body=body,
        title_span=(0, len(WORDS)),
        title=WORDS,
        path=f"/a/{WORDS}",
        url=f"javascript:{WORDS}",
        outlet=WORDS,
        outlet_evidence=WORDS,
        byline=WORDS,
        dateline=WORDS,
        language="en",
        published=Published(
            datetime(2031, 3, 1, tzinfo=UTC), datetime(2031, 3, 1, 23, 59, 59, tzinfo=UTC),
            "+03:00", "day", (0, 3),
        ),
    )  # fmt: skip
    entity = LocalEntity(
        entity_id="e-1",
        report_id=report.report_id,
        name=WORDS,
        type="person",
        spellings=((WORDS, 3), (EVIL[0], 1)),
        roles=(Role(WORDS, (0, len(WORDS))),),
    )
    spans: list[Span] = [(body[0], body[1] - 1), (body[0] + 5, body[0] + 60)]
    spans += [(body[0] + 40, body[0] + 90), (0, len(WORDS))]
    statements = tuple(
        Statement(
            statement_id=make_id("s", report.report_id, n),
            report_id=report.report_id,
            kind=("direct", "indirect", "mixed", "direct")[n],
            source=Fragments((span,), text[slice(*span)]),
            cue=Fragments((span,), text[slice(*span)]),
            content=Fragments((span,), text[slice(*span)]),
            confidence=0.5,
            found_by=WORDS,
            negated=True,
            parent_id=None if n == 0 else make_id("s", report.report_id, 0),
            speaker=Speaker(WORDS, "e-1", EVIL[0], WORDS, (span, (0, 5)), ("e-1",), 0.5),
        )
        for n, span in enumerate(spans)
    )
    place = text.index(" 5 said") + 1
    values = ("5", "123456789012345678901234567890", "-0.00000000000000000001", "1e300", "0.1")
    figures = tuple(
        Figure(
            figure_id=make_id("f", report.report_id, n),
            report_id=report.report_id,
            span=(place, place + 1),
            text="5",
            value=Decimal(value),
            value_lo=Decimal(value),
            value_hi=None if n % 2 else Decimal(value) + 1,
            bound=("exact", "at_least", "about")[n % 3],
            measure="people:killed",
            counted=WORDS,
            place=WORDS,
            found_by=WORDS,
            statement_id=statements[n % 4].statement_id,
        )
        for n, value in enumerate(values)
    )
    return Findings(
        report=report,
        version=WORDS,
        statements=statements,
        figures=figures,
        entities=(entity,),
        failures=(Failure(WORDS, WORDS, WORDS, report.report_id, report.path),),
    )


def load(folder: Path, *found: Findings, version: str = "f1") -> LedgerPaths:
    """A ledger that holds these reports with their findings."""
    paths = create_ledger(folder)
    reports = [one.report for one in found]
    raws = [RawRecord(r.path or "-", BINARY, "html") for r in reports]
    failures = (Failure("read", WORDS, WORDS, None, WORDS),)
    write_read_shard(paths, "r1", "0000", reports, raws, failures)
    write_findings_shard(paths, version, "0000", list(found))
    connection = open_writer(paths)
    load_pending(paths, connection, read_at=READ_AT)
    connection.close()
    return paths
