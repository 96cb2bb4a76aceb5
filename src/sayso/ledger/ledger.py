"""A ledger to ask: the Python API behind `sayso.open_ledger`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sayso.errors import LedgerError, UsageError
from sayso.ledger import queries
from sayso.ledger.claimed import claims, get_claim
from sayso.ledger.copied import copies
from sayso.ledger.database import deadline, open_reader, sqlite_errors
from sayso.ledger.doubts import count_doubts
from sayso.ledger.export import export_ledger
from sayso.ledger.filters import make_filters, resolve_report_id
from sayso.ledger.own_voice import assertions
from sayso.ledger.paths import LedgerPaths, find_ledger
from sayso.ledger.result import Column, Rows
from sayso.ledger.series import series
from sayso.ledger.status import Status, read_status
from sayso.ledger.stored_report import get_report
from sayso.ledger.unknown_values import Unknown, find_unknown
from sayso.ledger.who import who
from sayso.records.findings import Findings

SQL_TIMEOUT_S = 30.0
SQL_MAX_ROWS = 1_000_000
_MAX_VALUE_BYTES = 64_000_000
_READ_ACTIONS = frozenset(
    (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION)
)
_PRAGMAS = frozenset(
    (
        "table_info",
        "table_xinfo",
        "table_list",
        "index_list",
        "index_info",
        "foreign_key_list",
        "user_version",
        "application_id",
        "compile_options",
        "data_version",
        "function_list",
    )
)
_DENIED_FUNCTIONS = frozenset(("load_extension", "fts3_tokenizer", "zeroblob", "randomblob"))


def open_ledger(path: str | os.PathLike[str]) -> Ledger:
    """Return the ledger in the folder `path`, to read from; any number may be open, beside a writer
    too.

    Raises NotFoundError where there is none, LedgerError where it is damaged or too new.
    """
    return Ledger(find_ledger(path))


class Ledger:
    """An open ledger. Questions return `Rows`: iterate them, or take `.arrow()`, `.pl()`, `.df()`.

    Filters are those of `sayso.ledger.filters.Filters`, by name: `statements(speaker="Kovel",
    since="2024-03", kind="direct")`. Use it in one thread, and close it, or use it in a `with`
    block. A question to a closed ledger raises LedgerError.
    """

    def __init__(self, paths: LedgerPaths) -> None:
        self._paths = paths
        self._connection = open_reader(paths)
        self._closed = False

    @property
    def folder(self) -> Path:
        return self._paths.folder

    def statements(self, *, timeout_s: float | None = None, **filters: Any) -> Rows:
        """Return who said what: one row a statement, with its citation."""
        with self.asking(timeout_s):
            return queries.statements(self._connection, make_filters(filters))

    def figures(self, *, timeout_s: float | None = None, **filters: Any) -> Rows:
        """Return the figures with their bounds: one row a figure, with its citation."""
        with self.asking(timeout_s):
            return queries.figures(self._connection, make_filters(filters))

    def series(self, *, timeout_s: float | None = None, **filters: Any) -> Rows:
        """Return the series that figures make: one row a series, those of most reports first."""
        with self.asking(timeout_s):
            return series(self._connection, make_filters(filters))

    def assertions(self, *, timeout_s: float | None = None, **filters: Any) -> Rows:
        """Return what outlets state in their own voice: one row an assertion, with its citation."""
        with self.asking(timeout_s):
            return assertions(self._connection, make_filters(filters))

    def copies(
        self,
        *,
        copy_kind: str | None = None,
        across: bool = False,
        timeout_s: float | None = None,
        **filters: Any,
    ) -> Rows:
        """Return the passages that reports share: one row a passage, by cluster; of those clusters
        that have a report which the filters let through. across: only what outlets of several
        owners have."""
        with self.asking(timeout_s):
            chosen = make_filters(filters)
            return copies(self._connection, chosen, copy_kind=copy_kind, across=across)

    def claims(
        self, *, across: bool = False, timeout_s: float | None = None, **filters: Any
    ) -> Rows:
        """Return the claims that are kept: one row a claim, with its first saying; of those that
        have a saying which the filters let through. across: only those of several owners."""
        with self.asking(timeout_s):
            return claims(self._connection, make_filters(filters), across=across)

    def claim(self, claim_id: str, *, timeout_s: float | None = None) -> Rows:
        """Return the sayings of one claim by its id or that of a saying, then what stands beside
        it: one row a saying, with its relation. NotFoundError where there is none."""
        with self.asking(timeout_s):
            return get_claim(self._connection, claim_id)

    def find_unknown(self, **filters: Any) -> list[Unknown]:
        """Return the values of these filters that nothing in the ledger has, with what is near
        them: an outlet that is spelled otherwise, say."""
        with self.asking(None):
            return find_unknown(self._connection, make_filters(filters))

    def who(self, *, timeout_s: float | None = None, **filters: Any) -> Rows:
        """Return who speaks, the most often first."""
        with self.asking(timeout_s):
            return who(self._connection, make_filters(filters))

    def count_doubts(self, *, timeout_s: float | None = None) -> int:
        """Return how many pairs of names may be one, and nobody has decided on them: at most
        10,001."""
        with self.asking(timeout_s):
            return count_doubts(self._connection)

    def reports(self, *, timeout_s: float | None = None, **filters: Any) -> Rows:
        """Return the reports: one row a report."""
        with self.asking(timeout_s):
            return queries.reports(self._connection, make_filters(filters))

    def search(
        self,
        query: str,
        *,
        before: str = "[",
        after: str = "]",
        timeout_s: float | None = None,
        **filters: Any,
    ) -> Rows:
        """Return the passages that match `query`, the best first: words, "phrases", AND, OR, NOT,
        NEAR(a b, 5), prefix*. UsageError for a query that cannot be understood."""
        with self.asking(timeout_s):
            chosen = make_filters(filters)
            return queries.search(self._connection, query, chosen, before=before, after=after)

    def report(self, report_id: str) -> Findings:
        """Return one report and everything found in it, by its id or the beginning of it.

        Raises NotFoundError where there is none, UsageError where several begin like this.
        """
        with self.asking(None):
            return get_report(self._connection, resolve_report_id(self._connection, report_id))

    def sql(
        self,
        query: str,
        params: Sequence[Any] | Mapping[str, Any] = (),
        *,
        timeout_s: float = SQL_TIMEOUT_S,
        max_rows: int = SQL_MAX_ROWS,
    ) -> Rows:
        """Return the rows of one SELECT over the tables of docs/data-model.md.

        It cannot write, attach another file or load anything. Raises UsageError for what is not
        allowed or wrong, takes longer than `timeout_s` seconds or gives more than `max_rows` rows.
        """
        self._check_open()
        connection = open_reader(self._paths)
        try:
            connection.set_authorizer(_allow_reading)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE_BYTES)
            with sqlite_errors(self._paths.database), deadline(connection, timeout_s):
                return _run_sql(connection, query, params, max_rows)
        finally:
            connection.close()

    def status(self) -> Status:
        """Return what the ledger holds: counts, outlets, dates, failures, versions, size on
        disk."""
        with self.asking(None):
            return read_status(self._paths, self._connection)

    def export(
        self,
        target: str | os.PathLike[str],
        *,
        format: str = "parquet",
        table: str | None = None,
    ) -> list[Path]:
        """Write every table to the folder `target`, or one table to the file `target`; return the
        files.

        format: parquet, csv (cells that a spreadsheet would run are escaped) or jsonl.
        """
        with self.asking(None):
            return export_ledger(self._connection, Path(target), format=format, table=table)

    def close(self) -> None:
        """Close the ledger; closing it again does nothing."""
        self._closed = True
        self._connection.close()

    def __enter__(self) -> Ledger:
        self._check_open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<ledger {str(self._paths.folder)!r}>"

    @contextmanager
    def asking(self, timeout_s: float | None) -> Iterator[sqlite3.Connection]:
        """Lend the connection for a question of this package (`sayso.run.questions`), whose errors
        become ours, and whose queries are cut off after so many seconds."""
        self._check_open()
        with sqlite_errors(self._paths.database), deadline(self._connection, timeout_s):
            yield self._connection

    def _check_open(self) -> None:
        if self._closed:
            raise LedgerError(
                f"{str(self._paths.folder)!r}: this ledger is closed; open it again with "
                "sayso.open_ledger"
            )


def _run_sql(
    connection: sqlite3.Connection,
    query: str,
    params: Sequence[Any] | Mapping[str, Any],
    max_rows: int,
) -> Rows:
    try:
        cursor = connection.execute(query, params)
        found = cursor.fetchmany(max_rows + 1)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT or not _is_ours(
            error
        ):
            raise
        raise UsageError(f"SQL: {error}") from error
    except sqlite3.DatabaseError as error:
        if not _is_ours(error):
            raise
        raise UsageError(f"SQL: {_explain(error)}") from error
    except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError) as error:
        raise UsageError(f"SQL: {error}") from error
    if len(found) > max_rows:
        raise UsageError(f"SQL: more than {max_rows} rows; add a LIMIT, or use export")
    names = [column[0] for column in cursor.description or ()]
    if not names:
        raise UsageError("SQL: gives no rows; only a SELECT does")
    return Rows([Column(name) for name in names], found)


def _is_ours(error: sqlite3.DatabaseError) -> bool:
    """Say whether the query is to blame, not the file or the disk."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return code in (
        0,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_RANGE,
        sqlite3.SQLITE_NOMEM,
    )


def _explain(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "authorized" in text or "prohibited" in text:
        return f"{text}: only reading is allowed"
    return text


def _allow_reading(
    action: int, first: str | None, second: str | None, database: str | None, source: str | None
) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() not in _DENIED_FUNCTIONS
    elif action == sqlite3.SQLITE_PRAGMA:
        # pragma_table_info('report') asks with an argument; setting user_version would have one
        # too.
        name = (first or "").lower()
        allowed = name in _PRAGMAS and (
            second is None or name.endswith(("_info", "_xinfo", "_list"))
        )
    elif action == sqlite3.SQLITE_UPDATE:
        # SQLite asks this when it opens a virtual table. Nothing can be changed by it: the
        # connection is read-only, and a schema table takes no UPDATE without a pragma denied here.
        allowed = first == "sqlite_master"
    else:
        allowed = action in _READ_ACTIONS
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
