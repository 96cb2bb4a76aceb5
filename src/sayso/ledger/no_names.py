"""Names that are perhaps none: scraps of headlines, captions and the like.

`sayso.extract` leaves out what one report shows to be no name. What is left here has a word of its
own ("Harbour Bomb Suspect Captured"). It stays in the ledger as whatever it is, without a type, and
is compared with nothing until a report shows it in running text.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from sayso.running_text import count_plain_words, is_in_running_text, list_plain

# Reports looked at, by id: who has a name is known from one.
MAX_REPORTS = 20
# Letters of a word that counts as plain.
PLAIN = 3
# Different words of reports that are remembered, some 100 bytes each; 900 words have some 250.
MAX_REMEMBERED = 200_000

_REPORTS = """
    SELECT DISTINCT report_id, entity_id FROM local_entity
    WHERE name_no = ? ORDER BY report_id, entity_id LIMIT ?
"""
_MENTIONS = """
    SELECT m.text, m.start - p.start, m.end - p.start, p.text
    FROM mention m JOIN passage p ON p.report_id = m.report_id
      AND p.start <= m.start AND p.end >= m.end
    WHERE m.report_id = ? AND m.entity_id = ? AND m.form = 'name'
"""


class PlainWords:
    """The words that reports have in lower case, and how often; those of the reports that were
    asked about first are forgotten first.

    Of use while the reports of a ledger stay the same. Names of one report mostly come together,
    and a report has several that are in doubt.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reports: dict[str, Counter[str]] = {}
        self._held = 0

    def count(self, report_id: str) -> Counter[str]:
        """Return how often a report has each word in lower case."""
        known = self._reports.get(report_id)
        if known is not None:
            return known
        rows = self._connection.execute(
            "SELECT text FROM passage WHERE report_id = ?", (report_id,)
        )
        plain = count_plain_words("\n".join(text for (text,) in rows))
        self._held += len(plain)
        while self._reports and self._held > MAX_REMEMBERED:
            oldest = next(iter(self._reports))
            self._held -= len(self._reports.pop(oldest))
        self._reports[report_id] = plain
        return plain


def is_perhaps_none(connection: sqlite3.Connection, name_no: int, plain: PlainWords) -> bool:
    """Say whether a name stands nowhere in running text, and a report that has it has some of its
    words in lower case too.
    """
    found = []
    for report_id, entity_id in connection.execute(_REPORTS, (name_no, MAX_REPORTS)).fetchall():
        for text, start, end, around in connection.execute(_MENTIONS, (report_id, entity_id)):
            if is_in_running_text(around, start, end):
                return False
            found.append((report_id, text))
    return any(
        _has_plain(plain.count(report_id), [text for one, text in found if one == report_id])
        for report_id in dict.fromkeys(one for one, _ in found)
    )


def _has_plain(plain: Counter[str], names: list[str]) -> bool:
    return any(
        len(word) >= PLAIN for name in names for word in list_plain(name, plain, len(names))[1]
    )
