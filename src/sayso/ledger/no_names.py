"""Names that are perhaps none: scraps of headlines, captions and the like.

`sayso.extract` leaves out what one report shows to be no name. What is left here has a word of its
own ("Harbour Bomb Suspect Captured"). It stays in the ledger as whatever it is, without a type, and
is compared with nothing until a report shows it in running text.
"""

from __future__ import annotations

import sqlite3

from sayso.running_text import count_plain_words, is_in_running_text, list_plain

# Reports looked at, by id: who has a name is known from one.
MAX_REPORTS = 20
# Letters of a word that counts as plain.
PLAIN = 3

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


def is_perhaps_none(connection: sqlite3.Connection, name_no: int) -> bool:
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
        _has_plain(connection, report_id, [text for one, text in found if one == report_id])
        for report_id in dict.fromkeys(one for one, _ in found)
    )


def _has_plain(connection: sqlite3.Connection, report_id: str, names: list[str]) -> bool:
    rows = connection.execute("SELECT text FROM passage WHERE report_id = ?", (report_id,))
    plain = count_plain_words("\n".join(text for (text,) in rows))
    return any(
        len(word) >= PLAIN for name in names for word in list_plain(name, plain, len(names))[1]
    )
