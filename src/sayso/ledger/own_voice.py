"""Questions about what outlets state in their own voice."""

from __future__ import annotations

import sqlite3

from sayso.errors import UsageError
from sayso.ledger.filters import Filters, make_parameters, narrow_assertions
from sayso.ledger.queries import CITATION, ORDERS, REPORT_ORDERS, find_undated, run_query
from sayso.ledger.result import Column, Rows

ASSERTION_ORDERS = REPORT_ORDERS
ASSERTION_COLUMNS = (
    *CITATION,
    Column("assertion_id", "text"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
)
_ASSERTIONS = """
    SELECT a.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      a.start, a.end, a.text, a.assertion_id, r.url, r.path, r.text_sha256, r.utc_offset
    FROM report r CROSS JOIN assertion a ON a.report_id = r.report_id
    WHERE {where}
    ORDER BY {order}, a.report_id, a.start
    LIMIT :limit OFFSET :offset
"""


def assertions(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the assertions that `filters` let through, one row each.

    Only filters of reports and `text` apply; UsageError for another.
    """
    chosen = filters or Filters()
    if chosen.order not in ASSERTION_ORDERS:
        raise UsageError(f"order {chosen.order!r}: it is one of {', '.join(ASSERTION_ORDERS)}")
    parameters = make_parameters(connection, chosen)
    where = narrow_assertions(parameters)
    statement = _ASSERTIONS.format(where=where, order=ORDERS[chosen.order])
    values = run_query(connection, statement, parameters)
    return Rows(ASSERTION_COLUMNS, values, undated=find_undated(connection, filters))
