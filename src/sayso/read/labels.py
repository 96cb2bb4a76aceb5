"""Labels of header fields, as archives, databases, mail and feeds print them, by what they give.

Labels are compared in lower case with `-`, `/` and `.` as spaces. The kinds are those of `Mark`.
"""

from __future__ import annotations

import re

_LABELS: dict[str, tuple[str, ...]] = {
    "published": (
        "publish date", "published", "published on", "published at", "published date",
        "publication date", "publishing date", "date published", "date of publication", "pub date",
        "pubdate", "posted", "posted on", "posted at", "date posted", "release date", "released",
        "date", "date and time", "date time", "time", "issued", "issue date", "first published",
        "created", "created on", "news date", "publish time", "published time", "posted date",
        "time of publication", "date and time of publication", "publication date and time",
        "publication time", "release time", "date of issue", "date issued", "dated", "filed",
        "filed on", "date filed", "uploaded", "upload date", "aired", "aired on", "air date",
        "airdate", "broadcast", "broadcast date", "date of broadcast",
    ),
    "year": ("publication year", "year of publication", "year"),
    "updated": (
        "updated", "update", "updated on", "updated at", "last updated", "last update",
        "last modified", "modified", "date modified", "date updated", "updated date",
    ),
    "sent": ("sent", "date sent", "sent on"),
    "outlet": (
        "outlet", "source", "news source", "publication", "newspaper", "agency", "news agency",
        "website", "site", "media", "publication title", "publication name", "source name",
        "source title", "news outlet", "outlet name", "media outlet", "media name", "journal",
        "newspaper name", "newspaper title", "periodical", "channel", "network", "station",
        "site name", "website name",
    ),
    "publisher": ("publisher", "published by", "distributed by", "distributor"),
    "byline": (
        "by", "author", "authors", "byline", "writer", "written by", "reporter", "reported by",
        "reporting by", "journalist", "story by", "correspondent", "creator", "author name",
        "text by", "words by",
    ),
    "title": ("title", "headline", "heading", "article title", "news title", "document title"),
    "dateline": ("dateline", "location", "place", "city"),
    "language": ("language", "lang", "language of publication", "publication language"),
    "url": ("url", "link", "permalink", "web address", "document url", "source url", "article url",
            "original url"),
    "body": ("text", "body", "content", "article", "full text", "article text", "story text"),
    "summary": ("description", "summary", "abstract"),
    "from": ("from",),
    "subject": ("subject",),
    "skip": (
        "news id", "id", "article id", "story id", "document id", "doc id", "report id",
        "news code", "news no", "code", "ref", "reference", "section", "category", "categories",
        "topic", "topics", "tag", "tags", "keyword", "keywords", "edition", "word count",
        "words", "length", "copyright", "views", "visits", "hits", "shares", "comments",
        "reading time", "read time", "page", "pages", "volume", "short link", "print", "service",
        "news type", "type", "country",
        # newspaper and library databases
        "load date", "publication type", "document type", "source type", "issn", "eissn", "isbn",
        "oclc", "oclc number", "issue", "database", "place of publication",
        "country of publication", "publication subject", "publication info", "document feature",
        "proquest document id", "accession number", "acc no", "journal code", "graphic",
        "distribution", "highlight", "first page", "last page", "start page", "end page",
        "company", "organization", "person", "geographic", "industry", "ticker", "subjects",
        "rights", "doi", "number of pages", "subtitle", "subhead", "number", "correction date",
        # mail and feeds
        "to", "cc", "bcc", "reply to", "message id", "return path", "received", "mime version",
        "content type", "content transfer encoding", "delivered to", "list id", "x mailer",
        "importance", "attachments", "guid", "enclosure", "generator",
        # credits of others, and contacts
        "editor", "edited by", "editing by", "photo", "photos", "photo by", "photographer",
        "image", "translator", "translated by", "contact", "contacts", "media contact",
        "press contact", "phone", "tel", "telephone", "email", "e mail", "fax", "share",
        # when a person kept it
        "retrieved", "retrieved on", "accessed", "accessed on", "date accessed", "access date",
        "archived", "archived on", "archive date", "captured", "captured on", "capture date",
        "downloaded", "downloaded on", "download date", "printed", "printed on", "saved",
        "saved on", "saved from", "snapshot", "crawled", "crawl date", "scraped", "indexed",
    ),
}  # fmt: skip
_KIND_OF_LABEL = {label: kind for kind, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z \-/.]{0,30}?)[ \t]*[:：][ \t]*")
_BREAKS = re.compile(r"[\s\-/.]+")


def match_label(line: str) -> tuple[str, int] | None:
    """Return the kind of a line's label and where in the line its value begins, None without."""
    match = _LABEL.match(line)
    if match is None:
        return None
    kind = _KIND_OF_LABEL.get(_BREAKS.sub(" ", match["label"].lower()).strip())
    return None if kind is None else (kind, match.end())
