"""Pairs of names that may be one, which nobody has decided on: what a person is asked first, and
what the reports have of either."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import islice

from sayso.errors import NotFoundError
from sayso.ledger.name_key import wrap_key
from sayso.ledger.result import Column, Rows
from sayso.wording import format_count

MAX_PLACES = 2
MAX_ROLES = 4

# Names that are alike, and family names alone with who is mostly called so.
_PAIRS = """
    (SELECT first, second, score, beside, NULL AS in_full, NULL AS of_all FROM name_pair
     UNION ALL SELECT first, second, 1.0 * reports / of_all, 0, reports, of_all FROM family_pair)
"""
# Those first that would move most reports. `:after_…` is the place of the last pair that was shown.
_DOUBTS = f"""
    SELECT a.spelling, a.reports, b.spelling, b.reports, round(p.score, 3), p.beside,
      a.identity_id, b.identity_id, p.first, p.second, p.in_full, p.of_all
    FROM {_PAIRS} p JOIN name a ON a.name_no = p.first JOIN name b ON b.name_no = p.second
      LEFT JOIN name_decision d ON d.first = p.first AND d.second = p.second
    WHERE a.identity_id <> b.identity_id AND d.first IS NULL {{where}}
    ORDER BY min(a.reports, b.reports) DESC, p.score DESC, p.first, p.second
"""
_HAS = """
    AND (instr(' ' || a.name_key || ' ', :part) > 0 OR instr(' ' || b.name_key || ' ', :part) > 0)
"""
_AFTER = """
    AND (-min(a.reports, b.reports), -p.score, p.first, p.second)
      > (:after_reports, :after_score, :after_first, :after_second)
"""
_PLACE_OF = f"""
    SELECT -min(a.reports, b.reports), -p.score, p.first, p.second
    FROM {_PAIRS} p JOIN name a ON a.name_no = p.first JOIN name b ON b.name_no = p.second
    WHERE p.first = ? AND p.second = ?
"""
_COUNT = f"""
    SELECT count(*) FROM (
      SELECT 1 FROM {_PAIRS} p JOIN name a ON a.name_no = p.first
        JOIN name b ON b.name_no = p.second
        LEFT JOIN name_decision d ON d.first = p.first AND d.second = p.second
      WHERE a.identity_id <> b.identity_id AND d.first IS NULL {{where}} LIMIT :most)
"""
_OF_ONE = """
    WITH own AS (SELECT name_no FROM name WHERE identity_id = :identity),
      pair AS (
        SELECT first, second FROM name_pair WHERE first IN own
        UNION SELECT first, second FROM name_pair WHERE second IN own
        UNION SELECT first, second FROM family_pair WHERE first IN own OR second IN own)
    SELECT o.spelling, o.reports FROM pair p
      JOIN name o ON o.name_no = iif(p.first IN own, p.second, p.first)
      LEFT JOIN name_decision d ON d.first = p.first AND d.second = p.second
    WHERE o.identity_id <> :identity AND d.first IS NULL
    GROUP BY o.identity_id ORDER BY max(o.reports) DESC, o.spelling LIMIT :limit
"""
MOST_COUNTED = 10_000
DOUBT_COLUMNS = (
    Column("name", "text"),
    Column("reports", "whole"),
    Column("other", "text"),
    Column("other_reports", "whole"),
    Column("score", "real"),
    Column("side_by_side", "flag"),
    Column("identity_id", "text"),
    Column("other_identity_id", "text"),
    Column("name_no", "whole"),
    Column("other_name_no", "whole"),
    Column("in_full", "whole"),
    Column("of_all", "whole"),
)

_OWN = "(SELECT name_no FROM name WHERE identity_id = :identity)"
_SPREAD = f"""
    SELECT r.outlet, count(*), min(r.published_lo), max(r.published_hi)
    FROM (SELECT DISTINCT report_id FROM local_entity WHERE name_no IN {_OWN}) own
      JOIN report r ON r.report_id = own.report_id
    WHERE r.is_newest = 1 GROUP BY 1 ORDER BY 2 DESC, 1
"""
_ROLES = f"""
    SELECT json_extract(one.value, '$[0]'), count(*)
    FROM local_entity e JOIN report r ON r.report_id = e.report_id, json_each(e.roles) one
    WHERE e.name_no IN {_OWN} AND r.is_newest = 1 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :limit
"""
_REPORTS = """
    SELECT e.report_id, e.entity_id, r.outlet, r.published_lo, r.published_hi,
      r.published_precision, r.text_sha256,
      row_number() OVER (PARTITION BY r.outlet ORDER BY r.published_lo DESC, e.report_id) AS nth
    FROM local_entity e JOIN report r ON r.report_id = e.report_id
    WHERE e.name_no = :name_no AND r.is_newest = 1
    ORDER BY nth, r.published_lo DESC, e.report_id LIMIT :limit
"""
_MENTION = """
    SELECT m.start, m.end, p.start, p.text
    FROM mention m JOIN passage p ON p.report_id = m.report_id
      AND p.start <= m.start AND p.end >= m.end
    WHERE m.report_id = ? AND m.entity_id = ? AND m.form = 'name' ORDER BY m.position LIMIT 1
"""
_BOTH = """
    SELECT count(DISTINCT a.report_id), min(a.report_id)
    FROM local_entity a JOIN local_entity b ON b.report_id = a.report_id AND b.name_no = :second
      JOIN report r ON r.report_id = a.report_id
    WHERE a.name_no = :first AND r.is_newest = 1
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: the span in its report, and the passage around it with its start."""

    report_id: str
    text_sha256: str
    outlet: str | None
    published_lo: str | None
    published_hi: str | None
    published_precision: str | None
    start: int
    end: int
    around: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be somebody else: what the reports have of them.

    names: (spelling, label, reports), the most first; roles: (words, times); outlets: (name,
    reports); places: of the name that is compared.
    """

    identity_id: str
    names: tuple[tuple[str, str, int], ...]
    roles: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str | None, int], ...]
    first: str | None
    last: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that may be one. both: in how many reports both names stand, and one of these."""

    first: Candidate
    second: Candidate
    both: int
    both_report_id: str | None


def doubts(
    connection: sqlite3.Connection,
    limit: int | None = None,
    *,
    part: str = "",
    after: tuple[int, int] | None = None,
) -> Rows:
    """Return pairs of names that may be one, those first that would move most reports; of two
    people or organisations only their first pair.

    part: words that one of the names has; after: the numbers of the pair behind which to begin.
    side_by_side: some report has both names and takes them for two. in_full, of_all: of a family
    name alone, how often reports name the other one in full, and anybody of that family name; the
    score is the share. Raises NotFoundError if no pair has the numbers `after`.
    """
    where = ""
    given: dict[str, str | int | float] = {}
    if part:
        where, given["part"] = _HAS, wrap_key(part)
    if after is not None:
        place = connection.execute(_PLACE_OF, after).fetchone()
        if place is None:
            raise NotFoundError("the pair that the list went on behind is gone; begin again")
        where += _AFTER
        names = ("after_reports", "after_score", "after_first", "after_second")
        given |= dict(zip(names, place, strict=True))
    seen: set[frozenset[str]] = set()

    def is_first(row: tuple[str, ...]) -> bool:
        both = frozenset(row[6:8])
        known = both in seen
        seen.add(both)
        return not known

    cursor = connection.execute(_DOUBTS.format(where=where), given)
    return Rows(DOUBT_COLUMNS, list(islice(filter(is_first, cursor), limit)))


def list_doubtful(
    connection: sqlite3.Connection, identity_id: str, limit: int
) -> list[tuple[str, int]]:
    """Return who may be the same as somebody, and nobody has decided on it: (name, reports), those
    of most reports first.
    """
    return connection.execute(_OF_ONE, {"identity": identity_id, "limit": limit}).fetchall()


def count_doubts(connection: sqlite3.Connection, part: str = "") -> int:
    """Return how many pairs of names nobody has decided on, at most one more than MOST_COUNTED;
    several of them may be of the same two.
    """
    given: dict[str, int | str] = {"most": MOST_COUNTED + 1}
    if part:
        given["part"] = wrap_key(part)
    statement = _COUNT.format(where=_HAS if part else "")
    return int(connection.execute(statement, given).fetchone()[0])


def format_doubts(doubts: int) -> str:
    """Return how many pairs `count_doubts` counted, in words: of many only that they are."""
    if doubts > MOST_COUNTED:
        return f"more than {MOST_COUNTED:,} pairs"
    return format_count(doubts, "pair")


def get_doubt(connection: sqlite3.Connection, first: int, second: int) -> Doubt:
    """Return what the reports have of the two whom two names, by their numbers, are of. Raises
    NotFoundError if there is no such name.
    """
    both, report_id = connection.execute(_BOTH, {"first": first, "second": second}).fetchone()
    one, other = (_get_candidate(connection, number) for number in (first, second))
    return Doubt(one, other, both, report_id)


def _get_candidate(connection: sqlite3.Connection, name_no: int) -> Candidate:
    row = connection.execute(
        "SELECT identity_id FROM name WHERE name_no = ?", (name_no,)
    ).fetchone()
    if row is None:
        raise NotFoundError(f"name {name_no}: there is none of this number")
    given = {"identity": row[0], "limit": MAX_ROLES}
    spread = connection.execute(_SPREAD, given).fetchall()
    names = connection.execute(
        "SELECT spelling, label, reports FROM name WHERE identity_id = :identity"
        " ORDER BY reports DESC, spelling, label",
        given,
    ).fetchall()
    return Candidate(
        identity_id=row[0],
        names=tuple(names),
        roles=tuple(connection.execute(_ROLES, given).fetchall()),
        outlets=tuple((outlet, reports) for outlet, reports, _, _ in spread),
        first=min((lo for *_, lo, _ in spread if lo), default=None),
        last=max((hi for *_, hi in spread if hi), default=None),
        places=_find_places(connection, name_no),
    )


def _find_places(connection: sqlite3.Connection, name_no: int) -> tuple[Place, ...]:
    """Return the newest places of a name, of several outlets if it can be."""
    places = []
    given = {"name_no": name_no, "limit": MAX_PLACES}
    for report_id, entity_id, outlet, lo, hi, precision, text_sha256, _ in connection.execute(
        _REPORTS, given
    ):
        found = connection.execute(_MENTION, (report_id, entity_id)).fetchone()
        if found is not None:
            start, end, at, text = found
            dates = (lo, hi, precision)
            places.append(
                Place(report_id, text_sha256, outlet, *dates, start, end, around=(at, text))
            )
    return tuple(places)
