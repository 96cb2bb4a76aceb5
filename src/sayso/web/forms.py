"""Forms that write: their fields, where a reader goes on, and who it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qs, quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.identify.judging import get_user
from sayso.records.judgement import MAX_TEXT
from sayso.web.safety import MAX_FIELDS

AUTHOR_COOKIE = "sayso_author"
_KEPT_S = 365 * 24 * 3600
_PAGES = ("/names", "/speakers/", "/reports/", "/claims")

Fields = Mapping[str, Sequence[str]]


async def answer_form(request: Request, answer: Callable[[Request, Fields], Response]) -> Response:
    """Return what `answer`, in a thread of its own, makes of the fields of a form."""
    body = (await request.body()).decode("utf-8", "replace")
    fields = parse_qs(body, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    return await run_in_threadpool(answer, request, fields)


def get_field(fields: Fields, name: str) -> str:
    """Return the first value of a field on one line; empty where it is missing."""
    return " ".join(fields.get(name, [""])[0].split())


def get_next(fields: Fields) -> str:
    """Return the page of ours that a form came from; the queue where it names none."""
    given = get_field(fields, "next")
    parts = urlsplit(given)
    is_ours = not parts.scheme and not parts.netloc and parts.path.startswith(_PAGES)
    return given if is_ours and given.isprintable() and "\\" not in given else "/names"


def get_author(request: Request, fields: Fields | None = None) -> str:
    """Return who decides: as the form says, as it said the last time, or whose program this is."""
    given = get_field(fields, "author") if fields else ""
    for name in (given, unquote(request.cookies.get(AUTHOR_COOKIE, ""))):
        if name and name.isprintable() and len(name) <= MAX_TEXT:
            return name
    return get_user()


def go_on(request: Request, address: str, author: str) -> Response:
    """Return what leads on to a page, and keeps in this browser who decided."""
    answer = RedirectResponse(address, status_code=303)
    kept = quote(author)
    if kept != request.cookies.get(AUTHOR_COOKIE):
        answer.set_cookie(AUTHOR_COOKIE, kept, max_age=_KEPT_S, httponly=True, samesite="strict")
    return answer
