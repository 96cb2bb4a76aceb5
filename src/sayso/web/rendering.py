"""Templates and what they may call: words for dates, intervals and names; addresses; drawings.

Everything that comes from a report is escaped by Jinja, and `shown` makes visible what would hide
or run backwards. Only the reader shows a text exactly as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

import sayso
from sayso.safe_text import one_line
from sayso.web.addresses import link_passage, link_report, link_speaker, make_query
from sayso.web.charts import draw_bound, draw_columns
from sayso.web.listings import HIT_END, HIT_START
from sayso.wording import (
    format_bytes,
    format_count,
    format_counted,
    format_interval,
    format_number,
    format_published,
    format_span,
    short_id,
)

MAX_SHOWN_CHARS = 700


def make_environment() -> Environment:
    """Return the templates of this package with their filters."""
    environment = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        shown=one_line,
        clipped=clip,
        published=format_row_date,
        short_id=short_id,
        hits=split_hits,
        bytes=format_bytes,
        number=format_number,
        words=lambda value: value.replace("_", " "),
    )
    environment.globals.update(
        count=format_count,
        counted=format_counted,
        interval=format_interval,
        span=format_span,
        link_passage=link_passage,
        link_report=link_report,
        link_speaker=link_speaker,
        query=make_query,
        draw_bound=draw_bound,
        draw_columns=draw_columns,
        version=sayso.__version__,
    )
    return environment


def clip(text: str, most: int = MAX_SHOWN_CHARS) -> str:
    """Return a text on one line, cut at a word where it is longer than `most` characters."""
    line = one_line(text)
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + " …"


def format_row_date(row: Mapping[str, Any]) -> str:
    """Return when the report of a row was published, as precisely as is known."""
    return format_published(row["published"], row["published_hi"], row["published_precision"], None)


def split_hits(snippet: str) -> list[tuple[str, bool]]:
    """Return the pieces of a snippet, each with whether it is a hit."""
    pieces = snippet.replace(HIT_END, HIT_START).split(HIT_START)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces)]


def render(
    request: Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """Return a page: the template with what every page knows of the request and the ledger."""
    state = request.app.state
    page = state.templates.get_template(template).render(
        path=request.url.path,
        ledger_name=state.connections.paths.folder.name,
        token=state.token,
        asset=state.asset,
        **context,
    )
    return HTMLResponse(page, status_code=status)
