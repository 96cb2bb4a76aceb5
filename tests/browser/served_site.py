"""The reports that the pages are tried on, the served ledger, and the addresses of its pages."""

from __future__ import annotations

import json
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_S = 60
SCRIPT = "<script>window.hacked = true</script><img src=x onerror='window.hacked=true'>"
HOSTILE = {
    "script.html": f"""<html><head><title>{SCRIPT} Harbour talks</title>
<meta property="og:site_name" content="&lt;script&gt;window.hacked=true&lt;/script&gt; Post">
<meta property="article:published_time" content="2031-03-02T10:00:00Z">
<script>window.hacked = true; fetch("http://203.0.113.9/beacon")</script></head><body>
<article><h1>&lt;script&gt;window.hacked=true&lt;/script&gt; Harbour talks</h1>
<p>“&lt;/script&gt;&lt;script&gt;window.hacked=true&lt;/script&gt; is what the clerk typed into the form this
morning,” said Ilo Marrin, the harbour minister of Kestria, who had read the page aloud.</p>
<p>“Nothing runs,” Marrin added. “It is text and stays text, &lt;b&gt;all of it&lt;/b&gt;.”</p>
<p>Ilo Marrin said that 400 crates had arrived &lt;a href="javascript:window.hacked=true"&gt;here&lt;/a&gt;.</p>
</article></body></html>""",
    "bidi.txt": "Port notice\n\n“The ships \u202esail at noon\u202c,” said Ana Kovel.\n"
    "Kovel said zero\u200bwidth words were found in \u20665 letters\u2069 on Monday.\n",
    "emoji.txt": "Harbour 🚢 news\n\n“The ferry 🚢🚢 is back, 👩‍👩‍👧 and all,” said Ana Kovel. "
    "“At least 40 crates 📦 wait on the quay,” Kovel added.\n",
    "arabic.txt": "Talks resume in Varsk\n\nThe minister, Omar Sahl, said the word سلام (peace) was in the draft.\n"
    "“We wrote وقف إطلاق النار 🕊 in the margin,” Sahl said. "
    "“Then 12 pages were signed,” he added.\n",
    "table.csv": "title,text,url,outlet,published\n"
    "\"=HYPERLINK(\"\"http://203.0.113.9\"\")\",\"“We saw 30 trucks,” said Ira Melk.\","
    f"javascript:window.hacked=true,\"{SCRIPT.replace(chr(34), '')}\",2031-03-04\n",
}  # fmt: skip


@dataclass(slots=True)
class Site:
    """A served ledger: its address and its folder."""

    address: str
    ledger: Path

    def ask(self, path: str) -> Any:
        """Return the JSON at a path."""
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return json.load(answer)

    def find_report(self, words: str) -> dict[str, Any]:
        """Return the findings of the one report whose text has these words."""
        for row in self.ask("/reports.json")["rows"]:
            findings = self.ask(f"/reports/{row['report_id']}.json")
            if words in findings["report"]["text"]:
                return dict(findings)
        raise LookupError(words)


def start_server(ledger: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Start `sayso serve` and return it with the address it gives."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sayso", "serve", str(ledger), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    end = time.monotonic() + START_S
    line = ""
    while time.monotonic() < end and process.poll() is None:
        if select.select([process.stderr], [], [], 0.5)[0]:
            line = process.stderr.readline()
            found = re.search(r"http://\S+", line)
            if found:
                return process, found[0].rstrip("/")
    process.kill()
    raise AssertionError(f"the server did not start: {line}")


@contextmanager
def serve_site(ledger: Path) -> Iterator[Site]:
    """Serve a ledger for the block; the server must end quietly."""
    process, address = start_server(ledger)
    try:
        yield Site(address, ledger)
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(15)
        assert process.stderr is not None
        with process.stderr:
            said = process.stderr.read()
    assert (code, said) == (0, "")


def list_pages(site: Site) -> dict[str, str]:
    """Return a path of every kind of page."""
    statement = site.ask("/statements.json?speaker=Orvel")["rows"][0]
    other = site.ask("/statements.json?kind=direct")["rows"][0]
    passage = f"s={statement['start']}-{statement['end']}&t={statement['text_sha256'][:12]}"
    report = f"/reports/{statement['report_id']}"
    copied = site.ask("/copies.json?kind=copied")["rows"][0]
    claim = site.ask("/claims.json")["rows"][0]
    bidi = site.find_report("\u202e")["report"]["report_id"]
    return {
        "start": "/",
        "reports": "/reports",
        "statements": "/statements",
        "narrowed": "/statements?kind=direct&since=2031-01&sure=0.5",
        "empty": "/statements?q=zyxwv",
        "figures": "/figures?order=largest",
        "series": "/figures/series?measure=killed",
        "series form": "/figures/series",
        "consistency": "/figures/consistency?explained=1",
        "origins": f"/origins?id={statement['statement_id']}&id={other['statement_id']}",
        "own voice": "/assertions?q=town",
        "copies": "/copies",
        "compare": "/compare",
        "compared": "/compare?about=road&order=apart",
        "cluster": f"/copies/{copied['cluster_id']}",
        "claims": "/claims",
        "claim": f"/claims/{claim['claim_id']}",
        "claimed": f"/reports/{claim['report_id']}",
        "copied": f"/reports/{copied['report_id']}",
        "wording": "/wording",
        "words": "/wording?since=2031-01-01&until=2031-03-31&all=1",
        "sentences": "/wording/sentences?since=2031-01-01&until=2031-03-31&word=the",
        "references": "/wording/references?name=Dana+Orvel",
        "speakers": "/speakers",
        "speaker": "/speakers/dana%20orvel",
        "names": "/names",
        "decisions": "/names/decisions",
        "search": "/search?q=road",
        "search form": "/search",
        "about": "/about",
        "report": report,
        "passage": f"{report}?{passage}",
        "own voice marked": f"{report}?own=1",
        "lost": f"{report}?s=3-9&t=000000000000&q=zyxwv",
        "hostile": f"/reports/{bidi}",
        "cite": f"{report}/cite?{passage}",
        "correct": f"{report}/correct?record={statement['statement_id']}&source=0-9",
    }  # fmt: skip
