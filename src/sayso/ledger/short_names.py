"""Whether a short name of an organisation stands for it by itself: "Sovan" for Sovan University."""

from __future__ import annotations

import json
import sqlite3

from sayso.ledger.pair_company import MAX_REPORTS, Companies

# A name in more than so many times the reports of the longer one is something else's too.
SHORT_TO_LONGER = 10
# Of how a name is taken in reports this share must be an organisation.
ORGANISATIONS = 2 / 3
# Letters of words that are looked for in small letters.
LETTERS = 3
# So many of the names beside the one, and such a share of them, beside the other.
COMPANY, COMPANY_SHARE = 3, 0.12

_NAMES = """
    SELECT name_no, name_key, spelling, reports FROM name WHERE name_no IN (?, ?)
    ORDER BY length(name_key) - length(replace(name_key, ' ', '')), length(name_key), name_key
"""
_TAKEN = """
    SELECT total(type = 'organisation' OR (type = 'person' AND roles = '[]' AND ?)), count(*),
      total(type = 'place') FROM local_entity
    WHERE name_no = ?
"""
_PLAIN = """
    SELECT EXISTS (
      SELECT 1 FROM passage p, json_each(?2) word
      WHERE p.report_id IN (
          SELECT DISTINCT report_id FROM local_entity WHERE name_no = ?1
          ORDER BY report_id LIMIT ?3
        )
        AND (instr(p.text, ' in ' || ?4) -- a place
          OR instr(p.text, ' ' || word.value || ' ') OR instr(p.text, ' ' || word.value || ',')
          OR instr(p.text, ' ' || word.value || '.'))
    )
"""


def stands_alone(
    connection: sqlite3.Connection, companies: Companies, first: int, second: int
) -> bool:
    """Say whether the shorter of two names is mostly an organisation's, no place's, none that is
    known much better, and no word that its reports have in small letters ("Green", "Labour").

    One word that is taken for a person, without any title, counts as an organisation's where a
    report has both; and a name without its article is one if it has the same company.
    """
    names = connection.execute(_NAMES, (first, second)).fetchall()
    (own, key, spelling, reports), (_, whole, _, longer) = names
    if reports > SHORT_TO_LONGER * longer:
        return False
    company = companies.measure(first, second)
    if whole.endswith(f" {key}") and not (company.both or company.is_kept(COMPANY, COMPANY_SHARE)):
        return False
    is_one = company.both > 0 and sum(len(word) >= LETTERS for word in key.split()) == 1
    organisations, taken, places = connection.execute(_TAKEN, (is_one, own)).fetchone()
    if places or not taken or organisations < ORGANISATIONS * taken:
        return False
    words = json.dumps([word for word in key.split() if len(word) >= LETTERS])
    (plain,) = connection.execute(_PLAIN, (own, words, MAX_REPORTS, spelling)).fetchone()
    return not plain
