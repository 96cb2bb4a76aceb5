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
# Names whose company is remembered at once.
MAX_REMEMBERED = 1_000

_KEY = "SELECT name_key FROM name WHERE name_no = ?"
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


class Companies:
    """What names have beside them. What is looked up is remembered, so one lives as long as no
    report changes: for one look at many pairs.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._keys: dict[int, str] = {}
        self._reports: dict[int, list[str]] = {}
        self._beside: dict[tuple[int, bool], set[str]] = {}

    def measure(self, first: int, second: int, *, places: bool = True) -> Company:
        """Return what two names have beside them; the same whichever is first. places: whether all
        names count, and not those of people and bodies only.
        """
        found = {n: self._list_reports(n) for n in (first, second)}
        keys = {n: self._get_key(n) for n in found}
        rare, other = sorted(found, key=lambda n: (len(found[n]), keys[n]))
        both = set(found[rare]).intersection(found[other])
        beside = self._list_beside(rare, places).difference(keys.values())
        elsewhere = (
            self._look_up([r for r in found[other] if r not in both], places)
            if both
            else self._list_beside(other, places)
        ).difference(keys.values())
        whole = max(map(len, found.values())) <= MAX_REPORTS
        return Company(
            names=len(beside),
            shared=len(beside & elsewhere),
            reports=len(found[rare]),
            both=len(both),
            others=len(elsewhere) if whole else None,
        )

    def _get_key(self, name_no: int) -> str:
        if name_no not in self._keys:
            row = self._connection.execute(_KEY, (name_no,)).fetchone()
            self._keys[name_no] = "" if row is None else row[0]
        return self._keys[name_no]

    def _list_reports(self, name_no: int) -> list[str]:
        if name_no not in self._reports:
            if len(self._reports) >= MAX_REMEMBERED:
                self._reports.clear()
            rows = self._connection.execute(_REPORTS, (name_no,))
            self._reports[name_no] = [report_id for (report_id,) in rows]
        return self._reports[name_no]

    def _list_beside(self, name_no: int, places: bool) -> set[str]:
        if (name_no, places) not in self._beside:
            if len(self._beside) >= MAX_REMEMBERED:
                self._beside.clear()
            self._beside[name_no, places] = self._look_up(self._list_reports(name_no), places)
        return self._beside[name_no, places]

    def _look_up(self, reports: list[str], places: bool) -> set[str]:
        given = (json.dumps(reports[:MAX_REPORTS]), places)
        return {key for (key,) in self._connection.execute(_BESIDE, given)}
