"""Pages. All texts, outlets and addresses are invented."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any

import pytest

from sayso.errors import ReadError
from sayso.read.html import MAX_DEPTH, read_page
from sayso.read.reports import read_report
from sayso.records.report import RawRecord
from sayso.settings import Settings

BODY = (
    "<p>LODRINO (Dispatches) — The harbour of Lodrino will close for repairs, "
    "the minister said.</p>"
    "<p>“We will open it before the autumn fair,” Tomas Vell told traders at the town hall.</p>"
    "<p>About 40 ships use the harbour each week, and traders said they would lose money.</p>"
)
HEAD = (
    "<title>Harbour to close | Kavria Post</title>"
    '<meta property="og:title" content="Harbour to close">'
    '<meta property="og:site_name" content="Kavria Post">'
    '<link rel="canonical" href="https://kavria.example/news/1">'
)


def _page(head: str = HEAD, body: str = BODY) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        '<nav><a href="/">Home</a><a href="/p">Politics</a></nav><main><article>'
        f"<h1>Harbour to close</h1>{body}</article></main>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def _read(data: bytes, **given: Any) -> Any:
    return read_report(RawRecord(path="a.html", data=data, form="html", **given), Settings())


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("reading a page reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_page_gives_title_body_outlet_and_address() -> None:
    report = _read(_page())
    assert report.title == "Harbour to close"
    assert report.text[slice(*report.title_span)] == "Harbour to close"
    assert (report.outlet, report.outlet_evidence) == ("Kavria Post", "meta og:site_name")
    assert report.url == "https://kavria.example/news/1"
    assert report.dateline == "LODRINO"
    body = report.text[slice(*report.body)]
    assert body.startswith("The harbour of Lodrino")
    assert body.endswith("lose money.")
    assert "Politics" not in report.text
    assert report.language == "en"


@pytest.mark.parametrize(
    ("head", "body", "low", "precision", "evidence"),
    [
        ('<meta property="article:published_time" content="2020-03-03T10:00:00+02:00">', "",
         "2020-03-03T08:00:00", "second", "meta article:published_time"),
        ('<meta name="DC.date.issued" content="2020-03-03">', "", "2020-03-03T00:00:00", "day",
         "meta dc.date.issued"),
        ('<script type="application/ld+json">'
         '{"@graph": [{"datePublished": "2020-03-03T10:00Z"}]}</script>', "",
         "2020-03-03T10:00:00", "minute", "json-ld datePublished"),
        ("", '<time itemprop="datePublished" datetime="2020-03-03T10:00Z">x</time>',
         "2020-03-03T10:00:00", "minute", "itemprop datePublished"),
        ("", '<time datetime="2020-03-03">3 March</time>',
         "2020-03-03T00:00:00", "day", "htmldate"),
    ],
)  # fmt: skip
def test_the_date_of_a_page_and_where_it_was_read(
    head: str, body: str, low: str, precision: str, evidence: str
) -> None:
    published = _read(_page(HEAD + head, body + BODY)).published
    assert published.lo.isoformat()[:19] == low
    assert (published.precision, published.evidence) == (precision, evidence)


def test_a_date_printed_in_the_article_counts_where_markup_states_none() -> None:
    report = _read(_page(body="<p>Published: 3 March 2020</p>" + BODY))
    assert report.text[slice(*report.published.evidence)] == "3 March 2020"


def test_a_page_without_a_date_has_none() -> None:
    assert _read(_page()).published is None


def test_an_address_given_wins_over_the_canonical_one() -> None:
    assert _read(_page(), address="https://given.example/1").url == "https://given.example/1"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "/news/1", ""])
def test_a_canonical_link_that_is_no_web_address_is_ignored(href: str) -> None:
    head = f'<title>Harbour to close</title><link rel="canonical" href="{href}">'
    assert _read(_page(head)).url is None


@pytest.mark.parametrize("address", ["https://127.0.0.1:9/x", "http://kavria.example/secret"])
def test_a_page_that_is_only_an_address_is_not_fetched(address: str) -> None:
    assert _read(address.encode()).text == address


def test_a_declared_encoding_is_used() -> None:
    body = BODY.replace("—", "-").replace("“", '"').replace("”", '"').replace("town", "Stadt für")
    page = _page(body=body).decode().replace("utf-8", "iso-8859-1").encode("iso-8859-1")
    assert "Stadt für" in _read(page).text


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_deep_nesting_is_refused_at_once(depth: int) -> None:
    begin = time.process_time()
    with pytest.raises(ReadError, match="nested deeper"):
        _read(b"<html><body>" + b"<div>" * depth + b"words" + b"</div>" * depth)
    assert time.process_time() - begin < 20


def test_nesting_within_the_limit_is_read_whole() -> None:
    depth = MAX_DEPTH - 10
    page = _page(body="<div>" * depth + BODY + "</div>" * depth)
    assert "lose money" in _read(page).text


def test_unclosed_paragraphs_are_no_nesting() -> None:
    page = _page(body="".join(f"<p>The minister spoke of {n} ships.<br>" for n in range(2000)))
    assert "1999 ships" in _read(page).text


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"<html></html>", b"<html><body><script>var a;</script></body></html>",
        b"<html><body>" + b"<br>" * 200_000, b"<!--" + b"-" * 500_000, b"<p " + b'a="' * 300_000,
    ],
    ids=lambda data: repr(data[:30]),
)  # fmt: skip
def test_a_page_without_text_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError):
        _read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<" * 300_000, b"<html>" * 200, b"</div>" * 50_000, b"&#x110000;" * 1000 + b"words",
        b"<html><body>" + b"<p>a</p>" * 3000, b"<![CDATA[" * 1000 + b"words",
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><p>&x; words",
        b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>words",
        b"<svg><math><template><table><p>words",
    ],
    ids=lambda data: repr(data[:30]),
)  # fmt: skip
def test_hostile_markup_gives_a_report_or_an_error_quickly(data: bytes) -> None:
    begin = time.process_time()
    try:
        report = _read(data)
    except ReadError:
        report = None
    assert time.process_time() - begin < 20
    assert report is None or "root:" not in report.text


def test_a_printed_day_of_publication_beats_the_day_of_a_change() -> None:
    head = HEAD + '<meta property="article:modified_time" content="2020-03-04T10:00:00Z">'
    line = "<div>Published: <b>3 March 2020</b> | Updated: 4 March 2020</div>"
    published = _read(_page(head).replace(b"<main>", line.encode() + b"<main>")).published
    assert published.lo.isoformat() == "2020-03-03T00:00:00+00:00"
    assert published.evidence == "page line Published"


def test_what_a_saved_page_prints_around_the_article_is_text_but_no_body() -> None:
    top = "<p>By Ana Ruiz</p><p>Share this article</p>"
    end = (
        "<p>Related stories</p><ul><li>Fishing fleet returns</li><li>Minister denies charge</li></ul>"
        "<p>© 2020 Kavria Post. All rights reserved.</p>"
    )
    report = _read(_page(body=top + BODY + end))
    assert report.byline == "Ana Ruiz"
    assert report.text[slice(*report.body)].endswith("lose money.")
    assert "Fishing fleet returns" in report.text


def test_reading_a_page_does_not_fill_in_a_text_it_lacks() -> None:
    page = read_page(_page(head="", body=BODY))
    assert (page.outlet, page.url, page.published, page.byline) == (None, None, None, None)


LEAD = "<p>LODRINO — The harbour of Lodrino will close, the minister said.</p>"
QUOTED = "<p>“We will open it before the fair,” Tomas Vell told traders.</p>"
TITLE = "<h1>Harbour to close</h1>"
SHORT = "LODRINO — The harbour of Lodrino will close, the minister said."
TOLD = "“We will open it before the fair,” Tomas Vell told traders."


def _whole(body: str, head: str = "<title>Harbour to close | Kavria Post</title>") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (f"<article>{TITLE}<p>By Ana Ruiz</p>{LEAD}{QUOTED}</article>",
         ["Harbour to close", "By Ana Ruiz", SHORT, TOLD]),
        (f"<nav><a href=/>Home</a></nav><article>{TITLE}<div class=byline>By Ana Ruiz</div>"
         f"<time>3 March 2031</time>{LEAD}{QUOTED}</article><footer>© Kavria Post</footer>",
         ["Harbour to close", "By Ana Ruiz", "3 March 2031", SHORT, TOLD]),
        (f"{TITLE}{LEAD}{QUOTED}", ["Harbour to close", SHORT, TOLD]),
        (f"{TITLE}<div>By Ana Ruiz<br><br>One ship left.<br><br>Two ships stayed,<br>he said.</div>",
         ["Harbour to close", "By Ana Ruiz", "One ship left.", "Two ships stayed,\nhe said."]),
        (f"{TITLE}{LEAD}<p>He named:</p><ul><li>the quay;</li><li>the <b>old</b> crane.</li></ul>",
         ["Harbour to close", SHORT, "He named:", "- the quay;", "- the old crane."]),
        (f"{TITLE}{LEAD}<ol><li><p>First, the quay.</p></li><li>Ships<ul><li>tugs</li></ul></li></ol>",
         ["Harbour to close", SHORT, "- First, the quay.", "- Ships", "- tugs"]),
        (f"{TITLE}{LEAD}<table><tr><th>Port</th><th>Ships</th></tr><tr><td>Kalva</td><td>12</td></tr>"
         "</table>", ["Harbour to close", SHORT, "| Port | Ships |", "| Kalva | 12 |"]),
        (f"{TITLE}{LEAD}<blockquote><p>“It is old.”</p><footer>Tomas Vell</footer></blockquote>",
         ["Harbour to close", SHORT, "“It is old.”", "Tomas Vell"]),
        (f"<article>{TITLE}<h2>Traders are angry</h2><p>By Ana Ruiz</p>{LEAD}</article>",
         ["Harbour to close", "Traders are angry", "By Ana Ruiz", SHORT]),
        ("<table><tr><td><a href=1>Home</a><br><a href=2>World</a></td><td><b>Harbour to close</b>"
         f"<br><br>By Ana Ruiz<br><br>{SHORT}<br><br>{TOLD}</td></tr></table>",
         ["Harbour to close", "By Ana Ruiz", SHORT, TOLD]),
        (f"<noscript><p>Turn on scripts.</p></noscript>{TITLE}{LEAD}", ["Harbour to close", SHORT]),
        (f"<form id=all><div><a href=1>Home</a></div>{TITLE}{LEAD}</form>",
         ["Harbour to close", SHORT]),
        (f"<article><h2><a href=1>Fleet returns</a></h2><p>It is back.</p></article><article>{TITLE}"
         f"{LEAD}{QUOTED}</article>", ["Harbour to close", SHORT, TOLD]),
        (f"<article>{TITLE}<p>  The har&shy;bour\n of  <a href=1>Lodrino</a>&nbsp;closes<!-- x -->, he"
         " said.</p><p hidden>x</p><script>1</script></article>",
         ["Harbour to close", "The harbour of Lodrino\xa0closes, he said."]),
        (f"<pre>Harbour to close\n\nBy Ana Ruiz\n\nThe harbour of Lodrino\nwill close.\n\n{TOLD}</pre>",
         ["Harbour to close", "By Ana Ruiz", "The harbour of Lodrino\nwill close.", TOLD]),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_short_page_keeps_its_blocks_apart(body: str, blocks: list[str]) -> None:
    report = _read(_whole(body))
    assert report.text.split("\n\n") == blocks
    assert report.title == "Harbour to close"
    assert "Ruiz" not in report.text[slice(*report.body)]


def test_the_printed_headline_is_the_title_if_metadata_word_it_otherwise() -> None:
    head = (
        '<meta property="og:title" content="Lodrino harbour closes: what to know | Kavria Post">'
        '<meta property="og:site_name" content="Kavria Post">'
    )
    report = _read(_whole(f"<article>{TITLE}{LEAD}{QUOTED}</article>", head))
    assert (report.title, report.text.count("what to know")) == ("Harbour to close", 0)
    report = _read(_whole(f"<p>By Ana Ruiz</p>{LEAD}{QUOTED}", head))
    assert report.title == "Lodrino harbour closes: what to know"


def test_lines_of_a_long_preformatted_page_stay_together() -> None:
    lines = "The harbour of Lodrino, which the council\nclosed in March, will open again.\n\n" * 80
    report = _read(_whole(f"<h1>Harbour to close</h1><pre>{lines}</pre>"))
    assert report.text.count("\n\n") == 80
    assert report.text.count("council\nclosed") == 80


def test_a_long_page_has_its_lists_quotations_and_tables() -> None:
    paragraph = "<p>Traders on the quay said the closing would cost them much money each day.</p>"
    more = "<ul><li>the quay is old;</li></ul><blockquote><p>“One.”</p><p>“Two.”</p></blockquote>"
    more += "<table><tr><td>Kalva</td><td>12</td></tr></table>"
    report = _read(_whole(f"<article>{TITLE}{LEAD}{paragraph * 40}{more}{QUOTED}</article>"))
    assert report.text.split("\n\n")[-5:] == [
        "- the quay is old;", "“One.”", "“Two.”", "| Kalva | 12 |", TOLD
    ]  # fmt: skip


@pytest.mark.parametrize(
    "start",
    [
        '<?xml version="1.0" encoding="windows-1250"?><html><body>',
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1250">',
        "<html><head><meta charset=windows-1250></head>",
        f"<html><head>{'<meta name=a content=b>' * 300}<meta charset=windows-1250></head>",
    ],
)
def test_the_encoding_that_a_page_declares_is_read(start: str) -> None:
    data = f"{start}<p>Dana Novák of Brňany said it.</p></html>".encode("cp1250")
    assert "Novák of Brňany" in _read(data).text


def test_a_page_of_frames_alone_is_an_error() -> None:
    data = (
        b"<html><frameset><frame src=a.html><noframes>No frames here.</noframes></frameset></html>"
    )
    with pytest.raises(ReadError, match="no text"):
        _read(data)


MHTML = (
    "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://kavria.example/news/1\r\n"
    "Subject: Harbour to close\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    '\ttype="text/html"; boundary="xx"\r\n\r\n--xx\r\nContent-Type: text/css\r\n\r\na {}\r\n--xx\r\n'
    "Content-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "\r\n<html><body><h1>Harbour to close</h1><p>The harbour =96 of Mu=F1oz =\r\nBay =96 will close.</p>"
    "</body></html>\r\n--xx--\r\n"
)


def test_a_page_saved_as_one_file_is_read() -> None:
    report = _read(MHTML.encode())
    assert report.text == "Harbour to close\n\nThe harbour – of Muñoz Bay – will close."
    assert report.url == "https://kavria.example/news/1"


@pytest.mark.parametrize(
    "data",
    [
        MHTML.replace("text/html; charset", "text/plain; charset").encode(),
        MHTML[:330].encode(),
        MHTML.replace("windows-1252", "no-such").replace("text/css", "multipart/mixed; boundary=xx").encode(),
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=0\n\n"
        + b"".join(b"--%d\nContent-Type: multipart/mixed; boundary=%d\n\n" % (n, n + 1) for n in range(5000)),
    ],
    ids=range(4),
)  # fmt: skip
def test_a_broken_saved_page_is_an_error_or_a_report(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert "harbour" in _read(data).text


def test_plain_text_under_the_name_of_a_page_keeps_its_lines() -> None:
    report = _read(b"Harbour to close\n\nBy Ana Ruiz\n\nThe harbour will close &ndash; for now.\n")
    assert report.text == "Harbour to close\n\nBy Ana Ruiz\n\nThe harbour will close – for now."
    assert report.byline == "Ana Ruiz"


def test_marks_of_windows_1252_written_as_numbers_are_those_marks() -> None:
    page = _whole("<p>&#147;We wait,&#148; Tomas Vell said&#133; It&#146;s late.</p>")
    assert _read(page).text.endswith("“We wait,” Tomas Vell said… It’s late.")
