"""Which other names stand beside two names: those of one person mostly have the same around them.

What is looked at are the reports that have one of the two, and nothing else, so that what comes out
changes only with these reports.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

# Reports of a name that are looked at, by id.
MAX_REPORTS = 200

_REPORTS = """
    SELECT DISTINCT report_id FROM local_entity WHERE name_no = ?1
    UNION SELECT report_id FROM statement_speaker WHERE name_no = ?1
    ORDER BY report_id
"""
# One word is too often anybody's.
_BESIDE = """
    SELECT DISTINCT name_key FROM local_entity
    WHERE report_id IN (SELECT value FROM json_each(?)) AND name_key LIKE '_% _%'
      AND (? OR type IN ('person', 'organisation'))
"""


@dataclass(frozen=True, slots=True)
class Company:
    """What stands beside the rarer of two names, in how many reports it stands, and in how many
    both do. names: beside the rarer one; shared: of these, beside the other one in other reports;
    others: beside the other one there, None if not all of its reports were looked at.
    """

    names: int
    shared: int
    reports: int
    both: int
    others: int | None

    def are_strangers(self, least: int) -> bool:
        """Say whether so many names stand beside either, none of them beside both."""
        apart = not self.shared and not self.both and self.others is not None
        return apart and min(self.names, self.others or 0) >= least

    def is_kept(self, least: int, share: float) -> bool:
        """Say whether enough of the names stand beside both."""
        return self.shared >= least and self.shared >= share * self.names


def measure_company(
    connection: sqlite3.Connection, first: int, second: int, *, places: bool = True
) -> Company:
    """Return what two names have beside them; the same whichever is first. places: whether all
    names count, and not those of people and bodies only.
    """
    keys = dict(
        connection.execute(
            "SELECT name_no, name_key FROM name WHERE name_no IN (?, ?)", (first, second)
        ).fetchall()
    )
    found = {n: [r for (r,) in connection.execute(_REPORTS, (n,))] for n in (first, second)}
    rare, other = sorted((first, second), key=lambda n: (len(found[n]), keys[n]))
    both = set(found[rare]).intersection(found[other])
    beside, elsewhere = (
        _list_beside(connection, reports[:MAX_REPORTS], places).difference(keys.values())
        for reports in (found[rare], [r for r in found[other] if r not in both])
    )
    whole = max(map(len, found.values())) <= MAX_REPORTS
    return Company(
        names=len(beside),
        shared=len(beside & elsewhere),
        reports=len(found[rare]),
        both=len(both),
        others=len(elsewhere) if whole else None,
    )


def _list_beside(connection: sqlite3.Connection, reports: list[str], places: bool) -> set[str]:
    return {key for (key,) in connection.execute(_BESIDE, (json.dumps(reports), places))}
