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
from sayso.safe_text import clip, cut_around, neutralise, show_line
from sayso.web.addresses import (
    link_cite,
    link_claim,
    link_copies,
    link_origins,
    link_passage,
    link_report,
    link_speaker,
    make_query,
)
from sayso.web.charts import draw_bound, draw_columns
from sayso.web.citations import is_web
from sayso.web.listings import (
    FACET_NAMES,
    FILTER_LABELS,
    HEADINGS,
    HIT_END,
    HIT_START,
    ORDER_NAMES,
)
from sayso.wording import (
    describe_unsure_speaker,
    format_bytes,
    format_count,
    format_counted,
    format_days,
    format_interval,
    format_number,
    format_p,
    format_place,
    format_published,
    format_report_date,
    format_span,
    is_corrected,
    list_row_notes,
    name_measure,
    short_id,
)

MAX_LINK_CHARS = 2_000


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
        shown=show_line,
        clipped=clip,
        published=format_row_date,
        short_id=short_id,
        hits=split_hits,
        bytes=format_bytes,
        number=format_number,
        p_value=format_p,
        visible=neutralise,
        visible_lines=show_lines,
        measured=name_measure,
        notes=list_row_notes,
        unsure_speaker=describe_unsure_speaker,
        is_corrected=is_corrected,
        is_web=is_web_address,
        words=lambda value: value.replace("_", " "),
    )
    environment.globals.update(
        count=format_count,
        counted=format_counted,
        days=format_days,
        interval=format_interval,
        span=format_span,
        cut_around=cut_around,
        facet_names=FACET_NAMES,
        headings=HEADINGS,
        filter_names=FILTER_LABELS,
        order_names=ORDER_NAMES,
        place=format_place,
        report_date=format_report_date,
        link_cite=link_cite,
        link_claim=link_claim,
        link_copies=link_copies,
        link_origins=link_origins,
        link_passage=link_passage,
        link_report=link_report,
        link_speaker=link_speaker,
        query=make_query,
        draw_bound=draw_bound,
        draw_columns=draw_columns,
        value_words=word_value,
        version=sayso.__version__,
    )
    for name in environment.list_templates():
        environment.get_template(name)  # compiled now, not while the first reader waits
    return environment


def show_lines(text: str) -> str:
    """Return a text with what hides or turns the direction made visible; its lines stay lines."""
    return "\n".join(neutralise(line) for line in text.split("\n"))


def format_row_date(row: Mapping[str, Any]) -> str:
    """Return when the report of a row was published, as precisely as is known."""
    return format_published(
        row["published"], row["published_hi"], row["published_precision"], row.get("utc_offset")
    )


def is_web_address(url: str) -> bool:
    """Say whether an address that a report gives may be a link: http and https only."""
    return is_web(url) and len(url) <= MAX_LINK_CHARS


def split_hits(snippet: str) -> list[tuple[str, bool]]:
    """Return the pieces of a snippet, each with whether it is a hit."""
    pieces = snippet.replace(HIT_END, HIT_START).split(HIT_START)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces)]


def word_value(value: Any) -> str:
    """Return a value of a correction in words; spans as they are cited, several names with commas.

    It may come from somebody else's file, so it may be of any kind.
    """
    if value is None or value == []:
        return "none"
    if isinstance(value, list):
        return ", ".join(
            f"{one[0]}–{one[1]}" if isinstance(one, list) and len(one) == 2 else str(one)
            for one in value
        )
    return str(value).replace("_", " ")


def render(
    request: Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """Return a page: the template with what every page knows of the request and the ledger."""
    state = request.app.state
    page = state.templates.get_template(template).render(
        path=request.scope["path"],
        ledger_name=state.pool.paths.folder.name,
        asset=state.asset,
        token=state.token,
        **context,
    )
    return HTMLResponse(page, status_code=status)
