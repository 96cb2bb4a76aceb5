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
# Of either name, which are looked at first for one that stands beside both.
FEW_REPORTS = 5
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
    both do. names: beside the rarer one; shared: of these, beside the other one in other reports.
    """

    names: int
    shared: int
    reports: int
    both: int

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
        self._beside: dict[tuple[int, bool, int], set[str]] = {}

    def measure(self, first: int, second: int) -> Company:
        """Return what two names have beside them; the same whichever is first."""
        found = {n: self._list_reports(n) for n in (first, second)}
        keys = {n: self._get_key(n) for n in found}
        rare, other = sorted(found, key=lambda n: (len(found[n]), keys[n]))
        both = set(found[rare]).intersection(found[other])
        beside = self._list_beside(rare).difference(keys.values())
        elsewhere = (
            self._look_up([r for r in found[other] if r not in both])
            if both
            else self._list_beside(other)
        ).difference(keys.values())
        return Company(len(beside), len(beside & elsewhere), len(found[rare]), len(both))

    def are_strangers(self, first: int, second: int, least: int, *, places: bool = True) -> bool:
        """Say whether at least so many names stand beside either, none of them beside both; False
        where not all of their reports can be looked at. places: whether all names count, and not
        those of people and bodies only.
        """
        reports = [self._list_reports(n) for n in (first, second)]
        if max(map(len, reports)) > MAX_REPORTS or set(reports[0]) & set(reports[1]):
            return False
        own = {self._get_key(n) for n in (first, second)}
        for most in (FEW_REPORTS, MAX_REPORTS):  # mostly a few show that they are none
            one, other = (self._list_beside(n, places, most) - own for n in (first, second))
            if one & other:
                return False
        return min(len(one), len(other)) >= least

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

    def _list_beside(self, name_no: int, places: bool = True, most: int = MAX_REPORTS) -> set[str]:
        key = (name_no, places, most)
        if key not in self._beside:
            if len(self._beside) >= MAX_REMEMBERED:
                self._beside.clear()
            self._beside[key] = self._look_up(self._list_reports(name_no)[:most], places)
        return self._beside[key]

    def _look_up(self, reports: list[str], places: bool = True) -> set[str]:
        given = (json.dumps(reports[:MAX_REPORTS]), places)
        return {key for (key,) in self._connection.execute(_BESIDE, given)}
